"""The program's manual as a Word file, to be changed by whoever wants to go on in Word."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from secor.core.markdown import Block, Grid, Heading, Listing, Words
from secor.papers.manual import ManualPaper

_ACCENT, _QUIET = RGBColor(0x0B, 0x55, 0x70), RGBColor(0x47, 0x5A, 0x61)
_DEEPEST_LIST = 3  # Word's own styles for lists go no deeper
_HEAD = ("Part", "Version", "Written", "Signed", "What changed")


def manual_docx(paper: ManualPaper, *, at: datetime) -> bytes:
    """Write the manual as a Word file. Words are written as words: none of them is ever a field's code."""
    book = Document()
    _set_up(book, paper, at)
    _cover(book, paper)
    _contents(book, paper)
    for part in paper.parts:
        _chapter(book, f"{part.number}. {part.title}")
        told = book.add_paragraph().add_run(part.told)
        told.font.color.rgb, told.bold = _QUIET, part.draft
        _lay(book, part.blocks)
    _chapter(book, "List of versions")
    _revisions(book, paper)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _set_up(book: DocxDocument, paper: ManualPaper, at: datetime) -> None:
    about = book.core_properties
    about.title, about.author = f"Health and safety program: {paper.business}"[:255], paper.business[:255]
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
    section.header.paragraphs[0].text = f"{paper.business}\t\tHealth and safety program, {paper.day}"
    foot = section.footer.paragraphs[0]
    foot.add_run("Specimen: made in a demonstration\t\tPage " if paper.specimen else "\t\tPage ")
    _field(foot, "PAGE", "1")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES", "1")


def _cover(book: DocxDocument, paper: ManualPaper) -> None:
    for _ in range(6):
        book.add_paragraph()
    kind = book.add_paragraph().add_run("Health and safety program")
    kind.font.size, kind.font.color.rgb = Pt(14), _QUIET
    name = book.add_paragraph(style="Title").add_run(paper.business)
    name.font.color.rgb = _ACCENT
    if paper.about:
        book.add_paragraph(paper.about)
    unsigned = f" {paper.drafts} of them nobody has signed yet: they are marked as drafts." if paper.drafts else ""
    book.add_paragraph(f"Printed on {paper.day}. {len(paper.parts)} parts.{unsigned}")


def _contents(book: DocxDocument, paper: ManualPaper) -> None:
    """A list of contents that Word can bring up to date, and that says the same where nobody does."""
    line = book.add_paragraph()
    line.paragraph_format.page_break_before = True
    title = line.add_run("Contents")
    title.bold, title.font.size, title.font.color.rgb = True, Pt(16), _ACCENT
    entries = [*(f"{part.number}. {part.title}" for part in paper.parts), "List of versions"]
    holder = book.add_paragraph()
    _sign(holder, "begin")
    _code(holder, 'TOC \\o "1-1" \\h \\z \\u')
    _sign(holder, "separate")
    for nth, entry in enumerate(entries):
        run = holder.add_run(entry)
        if nth < len(entries) - 1:
            run.add_break(WD_BREAK.LINE)
    _sign(holder, "end")


def _chapter(book: DocxDocument, title: str) -> None:
    """A heading at the top of a page of its own."""
    book.add_heading(title, level=1).paragraph_format.page_break_before = True


def _lay(book: DocxDocument, blocks: Iterable[Block], *, depth: int = 0) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            _write(book.add_heading(level=block.level), block.words)
        elif isinstance(block, Listing):
            _list(book, block, depth + 1)
        elif isinstance(block, Grid):
            _table(book, [block.head, *block.rows])
        else:
            _write(book.add_paragraph(style=_under(depth)), block.words)


def _under(depth: int) -> str:
    """The style of a paragraph that goes on inside a list's item."""
    if not depth:
        return "Normal"
    return "List Continue" if depth == 1 else f"List Continue {min(depth, _DEEPEST_LIST)}"


def _list(book: DocxDocument, listing: Listing, depth: int) -> None:
    kind = "List Number" if listing.ordered else "List Bullet"
    style = kind if depth == 1 else f"{kind} {min(depth, _DEEPEST_LIST)}"
    restarted = _restarted(book, style) if listing.ordered else None
    for item in listing.items:
        line = book.add_paragraph(style=style)
        if restarted is not None:
            numbering = line._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - Word's own way to count anew
            numbering.get_or_add_numId().val = restarted
        first, rest = (item[0], item[1:]) if item and not isinstance(item[0], (Listing, Grid)) else (None, item)
        if first is not None:
            _write(line, first.words)
        _lay(book, rest, depth=depth)


def _restarted(book: DocxDocument, style: str) -> int:
    """A numbering that begins at 1: Word would go on counting from the list before."""
    numbering: Any = book.part.numbering_part.element
    own = book.styles[style].element.pPr.numPr.numId.val
    counted = next(num for num in numbering.num_lst if num.numId == own)
    fresh = numbering.add_num(counted.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def _table(book: DocxDocument, rows: list[tuple[Words, ...]]) -> None:
    table = book.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for nth, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            _write(cell.paragraphs[0], words, bold=nth == 0)
    _repeat_head(table)
    book.add_paragraph()


def _revisions(book: DocxDocument, paper: ManualPaper) -> None:
    table = book.add_table(rows=0, cols=len(_HEAD), style="Table Grid")
    lines = ((each.part, str(each.version), each.written_on, each.signed, each.why) for each in paper.revisions)
    for nth, line in enumerate((_HEAD, *lines)):
        cells = table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            cell.paragraphs[0].add_run(text).bold = nth == 0
    _repeat_head(table)


def _repeat_head(table: Any) -> None:
    """Mark the first row as the head, for the next page and for whoever hears the table read."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no word for it


def _write(paragraph: DocxParagraph, words: Words, *, bold: bool = False) -> None:
    for span in words:
        lines = span.text.split("\n")
        for nth, line in enumerate(lines):
            run = paragraph.add_run(line)
            run.bold, run.italic = (span.bold or bold) or None, span.italic or None
            if nth < len(lines) - 1:
                run.add_break(WD_BREAK.LINE)


def _field(paragraph: DocxParagraph, code: str, shown: str) -> None:
    """One of Word's own fields; ``code`` is always a constant of ours."""
    _sign(paragraph, "begin")
    _code(paragraph, code)
    _sign(paragraph, "separate")
    paragraph.add_run(shown)
    _sign(paragraph, "end")


def _sign(paragraph: DocxParagraph, kind: str) -> None:
    sign = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(sign)  # noqa: SLF001 - python-docx has no word for fields


def _code(paragraph: DocxParagraph, code: str) -> None:
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = code
    paragraph.add_run()._r.append(text)  # noqa: SLF001 - the same
