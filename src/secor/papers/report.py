"""The audit report: what was looked at, what was found, what it scored, and what to put right.

Every sentence comes composed, with small marks that lead to its answer or its evidence; the paper adds none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

from secor.papers.press import print_pdf


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one method found: the count in words, and the points."""

    method: str
    found: str
    possible: str
    awarded: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture beside a finding. ``words`` is read aloud in its place, so it may not be empty."""

    file: str
    words: str


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One question as it stands in the report. Points are whole, or halves where a scheme gives them."""

    code: str
    text: str
    possible: float
    awarded: float
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...] = ()
    note: str = ""
    recommendation: str = ""
    not_applicable: bool = False
    evidence: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementPart:
    """One element: its score in words and in points, and its questions. ``share`` runs from 0 to 1, for the bar."""

    number: int
    name: str
    possible: float
    awarded: float
    percent: str
    share: float
    below: bool
    counted: bool
    questions: tuple[QuestionPart, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A small mark after a sentence: what it reads, and the name of the place in this report that it leads to."""

    label: str
    to: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as it is printed, and the marks after it. ``about``: ``question``, ``note``, ``wish`` or nothing."""

    text: str
    marks: tuple[Mark, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One composed section. ``kind`` names it as the scheme does; the table of the score stands in ``scoring``."""

    kind: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """Everything the report prints, already in words; only the press rounds nothing more."""

    title: str
    business: str
    code: str
    outcome: str
    percent: str
    possible: float
    awarded: float
    pass_mark: str
    element_mark: str
    element_mark_share: float
    sections: tuple[SectionPart, ...]
    employer: tuple[Fact, ...]
    performer: tuple[Fact, ...]
    dates: tuple[Fact, ...]
    scope: tuple[Fact, ...]
    elements: tuple[ElementPart, ...]
    declarations: tuple[str, ...]
    evidence: tuple[Fact, ...]
    conclusion: tuple[Fact, ...]
    printed_on: date
    specimen: bool = False
    photos: Mapping[str, bytes | Path] = field(default_factory=dict)


def report(paper: ReportPaper, *, at: datetime) -> bytes:
    """Print the report as a tagged PDF/A. ``photos`` maps the file names used in the questions to bytes or files.

    Photos should be no wider than 900 px: more only costs memory on paper this size.
    """
    values = asdict(paper)
    del values["photos"]
    values["printed_on"] = f"{paper.printed_on:%B} {paper.printed_on.day}, {paper.printed_on.year}"
    return print_pdf("report", values, at=at, files=paper.photos)
