"""A rule's value with its source and its days, and choosing the one in force on a day."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from secor.core.reading import Reading

T = TypeVar("T")
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """One value of a rule: where it comes from and from which day until which it holds (both included).

    ``open_question`` names the question the sources leave open; then the value is our own default, and pages say so.
    """

    value: T
    source: str
    from_on: date | None = None
    until_on: date | None = None
    open_question: str | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the value holds on ``day``."""
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day <= self.until_on)

    @property
    def ours(self) -> bool:
        """Tell whether the value is our own default."""
        return self.open_question is not None


def in_force(values: Sequence[Sourced[T]], day: date) -> Sourced[T] | None:
    """Give the value in force on ``day``, if there is one."""
    return next((value for value in values if value.holds_on(day)), None)


def read_sourced(reading: Reading, value: Any, read: Callable[[Reading, Any], T | None]) -> tuple[Sourced[T], ...]:
    """Read ``{value, source}`` or ``{values: [{from, until, value, source}]}``; two values may not hold on one day."""
    if isinstance(value, dict) and "values" in value:
        reading.mapping(value, required=("values",))
        dated = [_one(place, item, read) for place, item in reading.at("values").items(value["values"])]
        if not value["values"]:
            reading.at("values").note("needs at least one value")
    else:
        dated = [_one(reading, value, read)]
    found = sorted((each for each in dated if each is not None), key=lambda each: each.from_on or date.min)
    for earlier, later in itertools.pairwise(found):
        if earlier.until_on is None or (later.from_on is not None and later.from_on <= earlier.until_on):
            reading.note(f"two values hold on {later.from_on}; end the earlier one the day before")
    return tuple(found)


def note_holes(reading: Reading, values: Sequence[Sourced[T]], *, first: date | None, last: date | None) -> None:
    """Note every day between ``first`` and ``last`` (None: without end) on which no value holds."""
    if not values:
        return
    begins = values[0].from_on
    if begins is not None and (first is None or begins > first):
        reading.note(f"no value holds before {begins}, but the edition begins on {first or 'no first day'}")
    for earlier, later in itertools.pairwise(values):
        if earlier.until_on is not None and later.from_on is not None and later.from_on > earlier.until_on + A_DAY:
            reading.note(f"no value holds from {earlier.until_on + A_DAY} until {later.from_on - A_DAY}")
    ends = values[-1].until_on
    if ends is not None and (last is None or ends < last):
        reading.note(f"no value holds after {ends}, but the edition goes on")


def _one(reading: Reading, value: Any, read: Callable[[Reading, Any], T | None]) -> Sourced[T] | None:
    given = reading.mapping(value, required=("value", "source"), optional=("from", "until", "open_question", "note"))
    if given is None or "value" not in given:
        return None
    source = reading.text_at(given, "source")
    from_on, until_on = (_day(reading, given.get(key), key) for key in ("from", "until"))
    if from_on is not None and until_on is not None and until_on < from_on:
        reading.at("until").note(f"is before its first day, {from_on}")
    question = given.get("open_question")
    if question is not None:
        question = reading.at("open_question").text(question)
    was = read(reading.at("value"), given["value"])
    return None if was is None else Sourced(was, source, from_on, until_on, question)


def _day(reading: Reading, value: Any, key: str) -> date | None:
    return None if value is None else reading.at(key).day(value)
