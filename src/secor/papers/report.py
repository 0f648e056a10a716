"""The audit report: what was looked at, what was found, what it scored, and what to put right.

Every sentence of fact comes from an answer, a count or a note; the report adds none of its own.
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
    summary: tuple[str, ...]
    employer: tuple[Fact, ...]
    performer: tuple[Fact, ...]
    dates: tuple[Fact, ...]
    scope: tuple[Fact, ...]
    strengths: tuple[str, ...]
    improvements: tuple[str, ...]
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
