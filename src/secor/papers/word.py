"""What every Word file of ours begins with: its page, its head and foot, and Word's own fields."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

ACCENT, QUIET = RGBColor(0x0B, 0x55, 0x70), RGBColor(0x47, 0x5A, 0x61)
# Characters that XML cannot hold; somebody's paste may bring them.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def holdable(text: str) -> str:
    """The text without the characters that a Word file cannot hold."""
    return _UNHOLDABLE.sub("", text)


def set_up(book: DocxDocument, *, title: str, author: str, header: str, specimen: bool, at: datetime) -> None:
    """Give a new Word file its page, language, properties, header, and a footer that counts its pages."""
    about = book.core_properties
    about.title, about.author = title[:255], author[:255]
    about.created = about.modified = at.replace(tzinfo=None)
    about.last_modified_by, about.comments, about.language = "", "", "en-CA"
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-CA")
    normal.element.get_or_add_rPr().append(language)
    section = book.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(0.95)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = header
    foot = section.footer.paragraphs[0]
    foot.add_run("Specimen: made in a demonstration\t\tPage " if specimen else "\t\tPage ")
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")


def repeat_head(table: Any) -> None:
    """Mark the first row as the head, for the next page and for whoever hears the table read."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no word for it


def field(paragraph: DocxParagraph, code: str, shown: str) -> None:
    """One of Word's own fields; ``code`` is always a constant of ours."""
    sign(paragraph, "begin")
    instruct(paragraph, code)
    sign(paragraph, "separate")
    paragraph.add_run(shown)
    sign(paragraph, "end")


def sign(paragraph: DocxParagraph, kind: str) -> None:
    """Where a field begins, is parted from what it shows, or ends."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)  # noqa: SLF001 - python-docx has no word for fields


def instruct(paragraph: DocxParagraph, code: str) -> None:
    """What a field works out; always a constant of ours."""
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = code
    paragraph.add_run()._r.append(text)  # noqa: SLF001 - the same
