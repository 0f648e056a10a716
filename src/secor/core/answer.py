"""An answer: what one method found for one question, as it was counted.

Every shape gives its ``share()`` as two whole numbers, positives and counted, so that scoring stays exact
and quick. Nothing counted (0 of 0) means that the method leaves the denominator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from secor.core.method import Method, Points

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Percent:
    """A share judged as a whole, between 0 and 1."""

    of_all: Fraction

    def share(self, _left_out: frozenset[str] = _NOTHING) -> tuple[int, int]:
        """Positives and counted."""
        return self.of_all.numerator, self.of_all.denominator


@dataclass(frozen=True, slots=True)
class Count:
    """Things met out of the things that apply; a partial one counts one half.

    ``missing`` names the items that were not there (by their role where they have one, else by their text), and
    ``absent`` in the same way those that nobody needs here and that ``of`` therefore leaves out.
    """

    met: int
    of: int
    partial: int = 0
    missing: frozenset[str] = _NOTHING
    absent: frozenset[str] = _NOTHING

    def share(self, _left_out: frozenset[str] = _NOTHING) -> tuple[int, int]:
        """Positives and counted, doubled where halves are in play."""
        if self.partial:
            return 2 * self.met + self.partial, 2 * self.of
        return self.met, self.of


@dataclass(frozen=True, slots=True)
class Voices:
    """What people said. "No comment" and "not asked" leave the count.

    ``by_role`` holds the same answers role by role where they were kept so; ``positive`` and ``negative``
    are then their sums. Without it a role cannot be left out afterwards.
    """

    positive: int
    negative: int
    no_comment: int = 0
    not_asked: int = 0
    by_role: Mapping[str, Voices] = field(default_factory=lambda: MappingProxyType({}))

    def share(self, left_out: frozenset[str] = _NOTHING) -> tuple[int, int]:
        """Positives and counted, without the voices of the roles ``left_out``."""
        positive, counted = self.positive, self.positive + self.negative
        if left_out:
            for role, voices in self.by_role.items():
                if role in left_out:
                    positive -= voices.positive
                    counted -= voices.positive + voices.negative
        return positive, counted

    @classmethod
    def of_roles(cls, by_role: Mapping[str, Voices]) -> Voices:
        """Add up what was kept role by role."""
        voices = by_role.values()
        return cls(
            positive=sum(each.positive for each in voices),
            negative=sum(each.negative for each in voices),
            no_comment=sum(each.no_comment for each in voices),
            not_asked=sum(each.not_asked for each in voices),
            by_role=MappingProxyType(dict(by_role)),
        )


@dataclass(frozen=True, slots=True)
class Given:
    """Points chosen from a points list, out of the method's points."""

    points: Points
    out_of: Points

    def share(self, _left_out: frozenset[str] = _NOTHING) -> tuple[int, int]:
        """The points as a share of the method's points."""
        share = Fraction(self.points) / Fraction(self.out_of)
        return share.numerator, share.denominator


@dataclass(frozen=True, slots=True)
class Site:
    """What was found at one site, and how many people work there."""

    employees: int
    answer: Percent | Count | Voices


@dataclass(frozen=True, slots=True)
class Sites:
    """What was found at several sites, averaged by head-count or plainly.

    A site where nothing was counted leaves the average.
    """

    sites: tuple[Site, ...]
    weighted: bool = True

    def share(self, left_out: frozenset[str] = _NOTHING) -> tuple[int, int]:
        """The average share as positives and counted."""
        total, weights = Fraction(0), 0
        for site in self.sites:
            positive, counted = site.answer.share(left_out)
            if counted:
                weight = site.employees if self.weighted else 1
                total += Fraction(positive, counted) * weight
                weights += weight
        if not weights:
            return 0, 0
        average = total / weights
        return average.numerator, average.denominator


Answer: TypeAlias = Percent | Count | Voices | Given | Sites


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """Everything that was answered to one question: by method, or that it does not apply, with its note.

    ``notes`` hold what was written about one method alone.
    """

    by_method: Mapping[Method, Answer] = field(default_factory=lambda: MappingProxyType({}))
    note: str = ""
    not_applicable: bool = False
    notes: Mapping[Method, str] = field(default_factory=lambda: MappingProxyType({}))


NOT_APPLICABLE = QuestionAnswer(not_applicable=True)


def across(answer: Answer) -> tuple[Answer, ...]:
    """Give the answers of each site, or the one answer there is."""
    return tuple(site.answer for site in answer.sites) if isinstance(answer, Sites) else (answer,)


def missing_items(given: QuestionAnswer) -> frozenset[str]:
    """Name every item (by its role where it has one) that an answer says is missing."""
    return frozenset(
        name
        for answer in given.by_method.values()
        for each in across(answer)
        if isinstance(each, Count)
        for name in each.missing
    )


def items_missing(given: QuestionAnswer) -> bool:
    """Tell whether any counted item was not met."""
    return any(
        each.met < each.of for answer in given.by_method.values() for each in across(answer) if isinstance(each, Count)
    )
