"""A score against a pass mark, and where it fell short.

Decided on exact shares, and the mark itself is enough: 79.96 % prints as 80.0 and falls short of 80.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from secor.core.method import Points
from secor.core.pass_mark import PassMark
from secor.core.score import ElementScore, Score

__all__ = [
    "LimitedScope",
    "PassMark",
    "Shortfall",
    "Verdict",
    "Where",
    "below",
    "decide",
    "decide_quality",
    "elements_to_repeat",
]


class Where(Enum):
    """The place of a shortfall."""

    OVERALL = "overall"
    ELEMENT = "element"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One place where the pass mark was missed. ``share`` is None where nothing was left to earn."""

    where: Where
    minimum: Fraction
    share: Fraction | None
    element: int | None = None
    points_minimum: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passed, or every place that fell short.

    It tells neither of the audit's quality nor whether every question was answered.
    """

    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing fell short."""
        return not self.shortfalls

    @property
    def elements_below(self) -> tuple[int, ...]:
        """The numbers of the elements under their own mark."""
        return tuple(each.element for each in self.shortfalls if each.element is not None)


def decide(score: Score, pass_mark: PassMark) -> Verdict:
    """Hold ``score`` against ``pass_mark``; overall first, then the elements in their order.

    An element with nothing left to earn is not tested. An audit with nothing left at all has shown nothing
    and falls short of any overall mark. Elements that are not counted are not tested.
    """
    overall = _overall(score, pass_mark)
    return Verdict((*overall, *(_short(each, pass_mark) for each in below(score, pass_mark))))


def below(score: Score, pass_mark: PassMark) -> tuple[ElementScore, ...]:
    """The counted elements under the mark of the element."""
    minimum = pass_mark.element
    if minimum is None:
        return ()
    return tuple(
        element
        for element in score.elements
        if element.counted and element.possible and not _reaches(element.awarded, element.possible, minimum)
    )


def _reaches(awarded: Points, possible: Points, minimum: Fraction) -> bool:
    return awarded * minimum.denominator >= possible * minimum.numerator


def _overall(score: Score, pass_mark: PassMark) -> tuple[Shortfall, ...]:
    if pass_mark.points is not None and score.awarded >= pass_mark.points:
        return ()
    minimum = pass_mark.overall
    if minimum is None:
        if pass_mark.points is None:
            return ()
        minimum = Fraction(pass_mark.points) / score.possible if score.possible else Fraction(1)
    elif score.possible and _reaches(score.awarded, score.possible, minimum):
        return ()
    return (Shortfall(Where.OVERALL, minimum, score.share, points_minimum=pass_mark.points),)


def _short(element: ElementScore, pass_mark: PassMark) -> Shortfall:
    assert pass_mark.element is not None
    return Shortfall(Where.ELEMENT, pass_mark.element, element.share, element=element.number)


def decide_quality(*, points: Points, possible: Points, mark: Fraction) -> Verdict:
    """Hold a review's quality score against ``mark``: the audit's quality, never the employer's verdict."""
    if possible and _reaches(points, possible, mark):
        return Verdict()
    share = Fraction(points) / Fraction(possible) if possible else None
    return Verdict((Shortfall(Where.QUALITY, mark, share),))


@dataclass(frozen=True, slots=True)
class LimitedScope:
    """Which failed audits may put right their weak elements alone, instead of everything again.

    ``overall`` is the least overall share, ``at_most`` the most elements that may have fallen short.
    """

    overall: Fraction
    at_most: int


def elements_to_repeat(score: Score, pass_mark: PassMark, *, band: LimitedScope) -> tuple[int, ...] | None:
    """Name the elements that a limited-scope audit would repeat, or None where it must be a whole audit.

    It is for an audit that failed in at most ``band.at_most`` elements and reached ``band.overall``.
    """
    verdict = decide(score, pass_mark)
    weak = verdict.elements_below
    if verdict.passed or not weak or len(weak) > band.at_most or not score.possible:
        return None
    return weak if _reaches(score.awarded, score.possible, band.overall) else None
