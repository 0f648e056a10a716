"""The program's manual as a Word file, to be changed by whoever wants to go on in Word."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_BREAK
from docx.shared import Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from secor.core.markdown import Block, Grid, Heading, Listing, Words
from secor.papers.manual import ManualPaper
from secor.papers.word import ACCENT, QUIET, instruct, repeat_head, set_up, sign

_DEEPEST_LIST = 3  # Word's own styles for lists go no deeper
_HEAD = ("Part", "Version", "Written", "Signed", "What changed")


def manual_docx(paper: ManualPaper, *, at: datetime) -> bytes:
    """Write the manual as a Word file. Words are written as words: none of them is ever a field's code."""
    book = Document()
    set_up(
        book,
        title=f"Health and safety program: {paper.business}",
        author=paper.business,
        header=f"{paper.business}\t\tHealth and safety program, {paper.day}",
        specimen=paper.specimen,
        at=at,
    )
    _cover(book, paper)
    _contents(book, paper)
    for part in paper.parts:
        _chapter(book, f"{part.number}. {part.title}")
        told = book.add_paragraph().add_run(part.told)
        told.font.color.rgb, told.bold = QUIET, part.draft
        _lay(book, part.blocks)
    _chapter(book, "List of versions")
    _revisions(book, paper)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cover(book: DocxDocument, paper: ManualPaper) -> None:
    for _ in range(6):
        book.add_paragraph()
    kind = book.add_paragraph().add_run("Health and safety program")
    kind.font.size, kind.font.color.rgb = Pt(14), QUIET
    name = book.add_paragraph(style="Title").add_run(paper.business)
    name.font.color.rgb = ACCENT
    if paper.about:
        book.add_paragraph(paper.about)
    unsigned = f" {paper.drafts} of them nobody has signed yet: they are marked as drafts." if paper.drafts else ""
    book.add_paragraph(f"Printed on {paper.day}. {len(paper.parts)} parts.{unsigned}")


def _contents(book: DocxDocument, paper: ManualPaper) -> None:
    """A list of contents that Word can bring up to date, and that says the same where nobody does."""
    line = book.add_paragraph()
    line.paragraph_format.page_break_before = True
    title = line.add_run("Contents")
    title.bold, title.font.size, title.font.color.rgb = True, Pt(16), ACCENT
    entries = [*(f"{part.number}. {part.title}" for part in paper.parts), "List of versions"]
    holder = book.add_paragraph()
    sign(holder, "begin")
    instruct(holder, 'TOC \\o "1-1" \\h \\z \\u')
    sign(holder, "separate")
    for nth, entry in enumerate(entries):
        run = holder.add_run(entry)
        if nth < len(entries) - 1:
            run.add_break(WD_BREAK.LINE)
    sign(holder, "end")


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
    repeat_head(table)
    book.add_paragraph()


def _revisions(book: DocxDocument, paper: ManualPaper) -> None:
    table = book.add_table(rows=0, cols=len(_HEAD), style="Table Grid")
    lines = ((each.part, str(each.version), each.written_on, each.signed, each.why) for each in paper.revisions)
    for nth, line in enumerate((_HEAD, *lines)):
        cells = table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            cell.paragraphs[0].add_run(text).bold = nth == 0
    repeat_head(table)


def _write(paragraph: DocxParagraph, words: Words, *, bold: bool = False) -> None:
    for span in words:
        lines = span.text.split("\n")
        for nth, line in enumerate(lines):
            run = paragraph.add_run(line)
            run.bold, run.italic = (span.bold or bold) or None, span.italic or None
            if nth < len(lines) - 1:
                run.add_break(WD_BREAK.LINE)
