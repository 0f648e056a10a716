"""The review's own score: how well an audit was done, whatever the employer scored in it.

The mark of 80 % comes from the scheme file (`rules.quality_mark`). No partner publishes the sheet behind it, so the
criteria are our own default: ten things a reviewer looks at, ten points each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secor.core.problem import Problem

MET, PARTLY, NOT_MET = "met", "partly", "not_met"
POINTS = {MET: 10, PARTLY: 5, NOT_MET: 0}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a reviewer looks at, in the words of the review page."""

    key: str
    words: str


CRITERIA = (
    Criterion("scope", "The right business, sites and time span were looked at"),
    Criterion("independence", "The assessor may do this audit and has signed the declaration"),
    Criterion("clocks", "Gathering and sending kept to their days"),
    Criterion("sample", "Enough people were asked and enough records were seen"),
    Criterion("methods", "Each question was answered by the methods it asks for"),
    Criterion("notes", "Each note says what was seen, well enough for a stranger to follow"),
    Criterion("evidence", "The documents and photos show what the notes say"),
    Criterion("marks", "The marks follow from what was found"),
    Criterion("left_out", "Questions left out as not applicable are justified"),
    Criterion("recommendations", "Each gap has a recommendation the business can act on"),
)


@dataclass(frozen=True, slots=True)
class Quality:
    """Points earned of points possible, exact."""

    awarded: int
    possible: int


def quality(judged: Mapping[str, str]) -> Quality | list[Problem]:
    """Add up a reviewer's judgement by criterion (``met``, ``partly``, ``not_met``), or tell what is open in it."""
    problems = [
        Problem(each.key, f"Say how well this was done: {each.words}.")
        for each in CRITERIA
        if judged.get(each.key) not in POINTS
    ]
    if problems:
        return problems
    return Quality(sum(POINTS[judged[each.key]] for each in CRITERIA), POINTS[MET] * len(CRITERIA))
