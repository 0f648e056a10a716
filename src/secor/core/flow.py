"""How audits flow through a partner's office: how long each leg took, and how many were right the first time.

Small groups tell of one firm or one person, so what fewer than five make up is not told at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

# Our own setting; statistics offices suppress cells under five.
LEAST = 5
LEGS = ("approval", "audit", "review")

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Passage:
    """One audit that was concluded: the days it passed each door, how often it was sent, and what came of it."""

    asked_on: date
    approved_on: date | None
    sent_on: date | None
    concluded_on: date
    rounds: int
    accepted: bool
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of the way: the days that half of the audits took at most, and those that nine in ten did."""

    name: str
    count: int
    half: Fraction
    nine_in_ten: int


@dataclass(frozen=True, slots=True)
class Flow:
    """All audits of a time: how many, which share was accepted at once, which passed, and the legs."""

    count: int
    at_once: Fraction | None
    passed: Fraction | None
    legs: tuple[Leg, ...]


def flow(passages: Sequence[Passage]) -> Flow:
    """Work out the flow. Shares and legs of fewer than five audits are None and left out."""
    accepted = [each for each in passages if each.accepted]
    days: dict[str, list[int]] = {name: [] for name in LEGS}
    for each in passages:
        doors = (each.asked_on, each.approved_on, each.sent_on, each.concluded_on)
        for name, (begun, ended) in zip(LEGS, pairwise(doors), strict=True):
            if begun is not None and ended is not None and ended >= begun:
                days[name].append((ended - begun).days)
    return Flow(
        len(passages),
        share_of(sum(each.accepted and each.rounds == 1 for each in passages), len(passages)),
        share_of(sum(bool(each.passed) for each in accepted), len(accepted)),
        tuple(_leg(name, taken) for name, taken in days.items() if len(taken) >= LEAST),
    )


def share_of(some: int, of: int) -> Fraction | None:
    """A share; None of fewer than five."""
    return Fraction(some, of) if of >= LEAST else None


def means(points: Iterable[tuple[Key, Fraction]]) -> Mapping[Key, tuple[Fraction, int]]:
    """The mean and the number of each group's shares, without groups of fewer than five."""
    groups: dict[Key, list[Fraction]] = defaultdict(list)
    for key, share in points:
        groups[key].append(share)
    return {
        key: (sum(all_of, Fraction(0)) / len(all_of), len(all_of))
        for key, all_of in groups.items()
        if len(all_of) >= LEAST
    }


def median(days: Sequence[int]) -> Fraction:
    """The middle of them, or half-way between the two in the middle. Refuses none at all (``ValueError``)."""
    if not days:
        raise ValueError("There is no middle of nothing.")
    ordered = sorted(days)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def _leg(name: str, days: Sequence[int]) -> Leg:
    ordered = sorted(days)
    place = -(-len(ordered) * 9 // 10) - 1  # nearest rank
    return Leg(name, len(days), median(days), ordered[place])
