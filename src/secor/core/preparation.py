"""Before the site visit: what papers an audit asks for, and a day planned from the instrument itself.

The minutes are our own, from what auditors tell of five-person firms; no source fixes them. They are there so that an
owner can plan a morning, and whoever audits can change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from secor.core.instrument import Instrument
from secor.core.method import Method

# What comes about during the visit itself, so that nobody has to have it ready.
MADE_ON_SITE = frozenset({"interview_notes", "observation_notes", "photo"})


class With(Enum):
    """Who has to be there."""

    OWNER = "owner"
    LEAD = "lead"
    EACH_ALONE = "each_alone"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One kind of paper: the questions that ask for it; ``directive`` where it is what the business has decided."""

    kind: str
    questions: tuple[str, ...]
    directive: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """How many minutes each thing takes."""

    opening: int = 20
    site: int = 40
    interview: int = 20
    question: int = 3
    closing: int = 20
    midday: int = 30


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing of the day: the minute it begins, how long it takes, who has to be there, and how many of it."""

    what: str
    begins: int
    minutes: int
    present: With
    count: int = 1

    @property
    def ends(self) -> int:
        """The minute it ends."""
        return self.begins + self.minutes


PACE = Pace()
# After so many minutes in a row everybody wants to eat.
UNTIL_MIDDAY = 210


def papers(instrument: Instrument) -> tuple[Wanted, ...]:
    """Every kind of paper that a question looks for in documents, in the order in which it is asked for first."""
    asked: dict[str, list[str]] = {}
    decided: dict[str, bool] = {}
    for element in instrument.elements:
        for question in element.questions:
            if question.rule_of(Method.DOCUMENT) is None:
                continue
            for kind in question.evidence_types:
                if kind not in MADE_ON_SITE:
                    asked.setdefault(kind, []).append(question.id)
                    directive = question.document_kind.value == "directive"
                    decided[kind] = decided.get(kind, True) and directive
    return tuple(Wanted(kind, tuple(questions), decided[kind]) for kind, questions in asked.items())


def agenda(instrument: Instrument, *, interviews: int, sites: int, pace: Pace = PACE) -> tuple[Slot, ...]:
    """Plan the visit: a start with the owner, the sites, the interviews one by one, the papers, and an end.

    ``interviews`` and ``sites`` are how many are wanted, none or more; minutes count from the start. A break comes
    between two things once three and a half hours have gone by.
    """
    return tuple(_laid(instrument, interviews, sites, pace))


def _laid(instrument: Instrument, interviews: int, sites: int, pace: Pace) -> Iterator[Slot]:
    documents = sum(
        question.rule_of(Method.DOCUMENT) is not None for each in instrument.elements for question in each.questions
    )
    things = (
        ("opening", pace.opening, With.OWNER, 1),
        ("sites", pace.site * sites, With.LEAD, sites),
        ("interviews", pace.interview * interviews, With.EACH_ALONE, interviews),
        ("papers", pace.question * documents, With.PAPERS, documents),
        ("closing", pace.closing, With.OWNER, 1),
    )
    at, rested = 0, False
    for what, minutes, present, count in things:
        if not minutes:
            continue
        if not rested and at and at + minutes > UNTIL_MIDDAY:
            yield Slot("midday", at, pace.midday, With.OWNER)
            at, rested = at + pace.midday, True
        yield Slot(what, at, minutes, present, count)
        at += minutes
