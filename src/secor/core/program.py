"""A program: what its builder asks, how its answers hang together, and where each of its parts stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from secor.core.anniversary import add_months
from secor.core.trade import Condition

# So long before a part is due to be looked at again, its owner is told.
SOON = timedelta(days=30)
# What cannot be so where nobody but the owner works.
_OF_A_CREW = frozenset({Condition.YOUNG, Condition.REPRESENTATIVE, Condition.SUPERVISOR})


def settled(conditions: frozenset[Condition]) -> frozenset[Condition]:
    """Bring conditions into line: an owner without workers works alone, and leads nobody."""
    if Condition.WORKERS in conditions:
        return conditions
    return (conditions - _OF_A_CREW) | {Condition.ALONE}


class PartState(Enum):
    """Where a part of a program stands."""

    TO_SIGN = "to_sign"  # never signed
    CHANGED = "changed"  # an earlier text is in force, a later one waits for its signature
    OVERDUE = "overdue"  # in force, and its day to be looked at again has passed
    DUE = "due"  # in force, and that day is near or today
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Written:
    """A text of a part: its number, and the days it was signed and last looked at again."""

    number: int
    signed_on: date | None = None
    reviewed_on: date | None = None


def in_force(versions: Sequence[Written]) -> Written | None:
    """The text that holds: the latest that was signed."""
    return max((each for each in versions if each.signed_on), key=lambda each: each.number, default=None)


def review_due_on(version: Written, *, months: int) -> date | None:
    """The day by which a signed text is looked at again; None for one that was never signed."""
    if version.signed_on is None:
        return None
    return add_months(max(version.signed_on, version.reviewed_on or version.signed_on), months)


def state_of(versions: Sequence[Written], *, months: int, on: date) -> PartState:
    """Where a part stands on a day, from its texts. The due day itself is still in time."""
    holds = in_force(versions)
    if holds is None:
        return PartState.TO_SIGN
    if holds.number < max(each.number for each in versions):
        return PartState.CHANGED
    due_on = review_due_on(holds, months=months)
    assert due_on is not None, "what is in force was signed"
    if due_on < on:
        return PartState.OVERDUE
    return PartState.DUE if due_on - SOON <= on else PartState.IN_FORCE
