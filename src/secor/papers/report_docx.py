"""The audit report as a Word file: the same sentences with the same marks, for whoever wants to go on in Word."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from secor.papers.report import ElementPart, Fact, Line, Photo, QuestionPart, ReportPaper
from secor.papers.word import ACCENT, QUIET, holdable, repeat_head, set_up

_SCORES = ("No.", "Element", "Possible", "Awarded", "Percent")
_FOUND = ("Method", "Found", "Points")
_WIDE = Inches(2)
_TOLD = "The small marks after a sentence tell where it comes from: a question (1.1), a photo or document (E1), the "
_TOLD += "score (S) or the particulars (P)."


def report_docx(paper: ReportPaper, *, at: datetime) -> bytes:
    """Write the report as a Word file. Each mark after a sentence leads to its place in the file."""
    return _Book(paper, at).written()


class _Book:
    def __init__(self, paper: ReportPaper, at: datetime) -> None:
        self.paper, self.at = paper, at
        self.book: DocxDocument = Document()
        self.places = 0

    def written(self) -> bytes:
        paper = self.paper
        title = f"{paper.title}: {holdable(paper.business)}"
        header = f"{paper.title}\t\t{holdable(paper.business)}"
        set_up(
            self.book, title=title, author=holdable(paper.business), header=header, specimen=paper.specimen, at=self.at
        )
        self._cover()
        for section in paper.sections:
            self._heading(section.title, 1)
            if section.kind == "scoring":
                self._scores()
            self._lines(section.lines, bullets=section.kind == "action_plan")
        if all(section.kind != "scoring" for section in paper.sections):
            self._heading("Score by element", 1)
            self._scores()
        self._particulars()
        for element in paper.elements:
            self._element(element)
        self._end()
        made = io.BytesIO()
        self.book.save(made)
        return made.getvalue()

    def _cover(self) -> None:
        paper = self.paper
        name = self.book.add_paragraph(style="Title").add_run(paper.title)
        name.font.color.rgb = ACCENT
        self._words(paper.business).runs[0].bold = True
        score = self._words(f"{paper.percent}: {paper.awarded:g} of {paper.possible:g} points. {paper.outcome}.")
        self._mark(score, "score")
        told = self._words(f"Pass mark: {paper.pass_mark}. Each element: {paper.element_mark}. {_TOLD}")
        told.runs[0].font.color.rgb = QUIET

    def _lines(self, lines: Iterable[Line], *, bullets: bool) -> None:
        for line in lines:
            written = self._words("", style="List Bullet" if bullets else "Normal")
            if line.about in {"note", "wish"}:
                written.paragraph_format.left_indent = Inches(0.2)
            if line.about == "wish":
                written.add_run("Recommendation: ").bold = True
            written.add_run(holdable(line.text))
            for nth, mark in enumerate(line.marks):
                _link(written, f"{', ' if nth else ' '}{mark.label}", mark.to)

    def _scores(self) -> None:
        paper = self.paper
        rows = [
            (
                str(each.number),
                each.name + (" (below its mark)" if each.below else "") + ("" if each.counted else " (not counted)"),
                f"{each.possible:g}",
                f"{each.awarded:g}",
                each.percent,
            )
            for each in paper.elements
        ]
        rows.append(("", "All elements", f"{paper.possible:g}", f"{paper.awarded:g}", paper.percent))
        self._table(_SCORES, rows)

    def _particulars(self) -> None:
        self._mark(self._heading("Particulars", 1), "particulars")
        paper = self.paper
        for title, facts in (
            ("The employer", paper.employer),
            ("Who did the audit", paper.performer),
            ("Dates", paper.dates),
            ("Scope and sampling", paper.scope),
        ):
            self._facts(title, facts, 2)

    def _element(self, element: ElementPart) -> None:
        self._heading(f"Element {element.number}: {element.name}", 1)
        self._words(f"{element.awarded:g} of {element.possible:g} points, {element.percent}")
        for question in element.questions:
            self._question(question)

    def _question(self, question: QuestionPart) -> None:
        self._mark(self._heading(f"{question.code} {question.text}", 2), f"q-{question.code}")
        if question.not_applicable:
            self._words("Does not apply.").runs[0].italic = True
        elif question.findings:
            self._table(
                _FOUND, [(each.method, each.found, f"{each.awarded} of {each.possible}") for each in question.findings]
            )
        for text in (*question.remarks, question.note):
            if text:
                self._words(text)
        if question.recommendation:
            wish = self._words("")
            wish.add_run("Recommendation: ").bold = True
            wish.add_run(holdable(question.recommendation))
        if question.evidence:
            self._words(f"Evidence: {'; '.join(question.evidence)}").runs[0].font.size = Pt(9)
        for photo in question.photos:
            self._photo(photo)

    def _photo(self, photo: Photo) -> None:
        content = self.paper.photos[photo.file]
        drawn = self.book.add_picture(str(content) if isinstance(content, Path) else io.BytesIO(content), width=_WIDE)
        drawn._inline.docPr.set("descr", holdable(photo.words))  # noqa: SLF001 - python-docx has no word for it
        self._words(photo.words).runs[0].font.size = Pt(8)

    def _end(self) -> None:
        paper = self.paper
        if paper.declarations:
            self._heading("Declarations", 1)
            for text in paper.declarations:
                self._words(text, style="List Bullet")
        self._facts("The certifying partner's review", paper.conclusion, 1)
        if paper.evidence:
            self._heading("Evidence index", 1)
            rows = self._table(("File", "Fingerprint (SHA-256)"), [(each.label, each.text) for each in paper.evidence])
            for nth, row in enumerate(rows, start=1):
                self._mark(row[0], f"e-{nth}")

    def _facts(self, title: str, facts: Sequence[Fact], level: int) -> None:
        if facts:
            self._heading(title, level)
            self._table(("What", "Told"), [(each.label, each.text) for each in facts])

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[DocxParagraph]]:
        """Write a table, and give the paragraphs of its rows."""
        table = self.book.add_table(rows=0, cols=len(head), style="Table Grid")
        written = []
        for nth, row in enumerate((head, *rows)):
            cells = [cell.paragraphs[0] for cell in table.add_row().cells]
            for cell, text in zip(cells, row, strict=True):
                cell.add_run(holdable(text)).bold = nth == 0
            written.append(cells)
        repeat_head(table)
        self.book.add_paragraph()
        return written[1:]

    def _heading(self, text: str, level: int) -> DocxParagraph:
        heading: DocxParagraph = self.book.add_heading(holdable(text), level=level)
        return heading

    def _words(self, text: str, *, style: str = "Normal") -> DocxParagraph:
        return self.book.add_paragraph(holdable(text), style=style)

    def _mark(self, paragraph: DocxParagraph, name: str) -> None:
        """Make a paragraph a place that marks lead to."""
        self.places += 1
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            end = OxmlElement(kind)
            end.set(qn("w:id"), str(self.places))
            if kind == "w:bookmarkStart":
                end.set(qn("w:name"), _place(name))
            paragraph._p.append(end)  # noqa: SLF001 - python-docx has no word for places


def _link(paragraph: DocxParagraph, label: str, to: str) -> None:
    """A small raised mark that leads to a place in the file."""
    run = paragraph.add_run(label)
    run.font.superscript, run.font.color.rgb = True, ACCENT
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _place(to))
    paragraph._p.append(link)  # noqa: SLF001 - python-docx has no word for links inside a file
    link.append(run._r)  # noqa: SLF001 - the same


def _place(name: str) -> str:
    """Word takes letters, digits and underscores."""
    return name.replace("-", "_").replace(".", "_")
