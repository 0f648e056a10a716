"""A score: shares earned, overall and by element, question and method; exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from secor.core.method import Method, Points


class MethodScore(NamedTuple):
    """What one method earned of its points: ``numerator / denominator`` points, exactly.

    A named tuple, as it is made 88 times for every score: a frozen dataclass takes three times as long.
    """

    method: Method
    possible: Points
    numerator: int
    denominator: int
    answered: bool

    @property
    def awarded(self) -> Fraction:
        """The points earned, before the question is rounded."""
        return Fraction(self.numerator, self.denominator)


class QuestionScore(NamedTuple):
    """What one question earned; a named tuple for the same reason.

    ``numerator / denominator`` are its exact points and ``awarded`` the same rounded once. ``possible`` is 0
    for a question that left the denominator. ``zeroed_by`` names the question whose cascade took the points.
    """

    question: str
    possible: Points
    awarded: Points
    numerator: int
    denominator: int
    methods: tuple[MethodScore, ...]
    unanswered: bool = False
    not_applicable: bool = False
    zeroed_by: str | None = None


@dataclass(frozen=True, slots=True)
class ElementScore:
    """What one element earned. An element that is not ``counted`` is shown but decides nothing."""

    number: int
    possible: Points
    awarded: Points
    counted: bool

    @property
    def share(self) -> Fraction | None:
        """The exact share earned; None where nothing is left to earn."""
        return Fraction(self.awarded) / Fraction(self.possible) if self.possible else None


@dataclass(frozen=True, slots=True)
class Refused:
    """A "not applicable" that was not accepted: the question scores 0 and stays in the denominator."""

    question: str
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one audit, exact, overall and by element and question."""

    elements: tuple[ElementScore, ...]
    questions: tuple[QuestionScore, ...]
    possible: Points
    awarded: Points
    unanswered: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every question has been answered."""
        return not self.unanswered

    @property
    def share(self) -> Fraction | None:
        """The exact share earned overall; None where nothing is left to earn."""
        return Fraction(self.awarded) / Fraction(self.possible) if self.possible else None
