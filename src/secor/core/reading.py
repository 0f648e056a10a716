"""Reading what somebody wrote (a scheme, an instrument, an answers file) and noting everything to mend.

A ``Reading`` knows its place in the file and shares one list of problems with every part read under it, so
that a person sees all of them at once, each with its place (``rules.due.policy``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from secor.core.problem import Problem

E = TypeVar("E", bound=Enum)
_PERCENT_MAX = 100
_DIGITS_MAX = 40
_TOLD_MAX = 60
# Nothing here counts or pays so much, and no certificate lives in such years: beyond them arithmetic itself fails
# (months past the year 9999, numbers of thousands of digits).
_NUMBER_MAX = 10**15
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?(/[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Reading:
    """A place in a file, and the problems found in that file so far."""

    place: str = ""
    problems: list[Problem] = field(default_factory=list)

    def at(self, key: str | int) -> Reading:
        """Give the reading of what stands under ``key``; its problems join this one's."""
        return Reading(f"{self.place}.{key}" if self.place else str(key), self.problems)

    def note(self, problem: str) -> None:
        """Keep a problem at this place."""
        self.problems.append(Problem(self.place, problem))

    def mapping(
        self, value: Any, *, required: Sequence[str] = (), optional: Sequence[str] | None = ()
    ) -> Mapping[str, Any] | None:
        """Take a mapping with those keys; unknown and missing ones are problems.

        ``optional=None`` takes any further key. None comes back only where there is no mapping at all.
        """
        if not isinstance(value, Mapping):
            self.note(f"needs keys with values, not {_told(value)}")
            return None
        for key in value:
            if not isinstance(key, str):
                self.at(str(key)).note(f"the key {key!r} is not text; put it in quotes")
            elif optional is not None and key not in required and key not in optional:
                known = ", ".join(sorted({*required, *optional}))
                self.at(key).note(f"is not a known key; known here: {known}")
        for key in required:
            if key not in value:
                self.at(key).note("is missing")
        return value

    def text(self, value: Any) -> str | None:
        """Take a text that is not empty."""
        if isinstance(value, str) and value.strip():
            return value
        self.note(f"needs a text, not {_told(value)}; put it in quotes")
        return None

    def whole(self, value: Any, *, at_least: int = 0) -> int | None:
        """Take a whole number."""
        if isinstance(value, int) and not isinstance(value, bool) and at_least <= value <= _NUMBER_MAX:
            return value
        self.note(f"needs a whole number of {at_least} or more, not {_told(value)}")
        return None

    def number(self, value: Any) -> Fraction | None:
        """Take a number of 0 or more, exactly as it is written (``0.5``, ``"79.96"``, ``"1/3"``)."""
        exact = _exact(value)
        if exact is None or exact < 0:
            self.note(f"needs a number of 0 or more, not {_told(value)}")
            return None
        return exact

    def share(self, value: Any) -> Fraction | None:
        """Take a percentage between 0 and 100 (``80``, ``"79.5"``, ``"80 %"``) as an exact share."""
        exact = _exact(value.removesuffix("%").strip() if isinstance(value, str) else value)
        if exact is None or not 0 <= exact <= _PERCENT_MAX:
            self.note(f"needs a percentage from 0 to 100, not {_told(value)}")
            return None
        return exact / 100

    def day(self, value: Any) -> date | None:
        """Take a day written as YYYY-MM-DD."""
        day = value if type(value) is date else _day(value)
        if day is None or day.year not in _YEARS:
            self.note(f"needs a day such as 2025-05-17, not {_told(value)}")
            return None
        return day

    def choice(self, value: Any, kinds: type[E]) -> E | None:
        """Take one of the values of an enumeration."""
        for member in kinds:
            if member.value == value:
                return member
        self.note(f"needs one of {', '.join(str(each.value) for each in kinds)}, not {_told(value)}")
        return None

    def flag(self, value: Any) -> bool | None:
        """Take true or false."""
        if isinstance(value, bool):
            return value
        self.note(f"needs true or false, not {_told(value)}")
        return None

    def items(self, value: Any) -> tuple[tuple[Reading, Any], ...]:
        """Take a list: each item comes with its own reading, counted from 1."""
        if isinstance(value, list | tuple):
            return tuple((self.at(nth), item) for nth, item in enumerate(value, start=1))
        self.note(f"needs a list, not {_told(value)}")
        return ()

    def texts(self, value: Any) -> tuple[str, ...]:
        """Take a list of texts."""
        read = (reading.text(item) for reading, item in self.items(value))
        return tuple(text for text in read if text is not None)

    def text_at(self, given: Mapping[str, Any], key: str) -> str:
        """Take the text under ``key``; empty where it is absent."""
        return (self.at(key).text(given[key]) or "") if key in given else ""

    def texts_at(self, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Take the list of texts under ``key``; empty where it is absent."""
        return self.at(key).texts(given[key]) if key in given else ()

    def flag_at(self, given: Mapping[str, Any], key: str) -> bool:
        """Take the flag under ``key``; false where it is absent."""
        return bool(self.at(key).flag(given[key])) if key in given else False

    def choices_at(self, given: Mapping[str, Any], key: str, kinds: type[E]) -> frozenset[E]:
        """Take the list of choices under ``key``; empty where it is absent."""
        if key not in given:
            return frozenset()
        read = (reading.choice(item, kinds) for reading, item in self.at(key).items(given[key]))
        return frozenset(choice for choice in read if choice is not None)


def _exact(value: Any) -> Fraction | None:
    """Give a number exactly as written: a float by its shortest decimal, never by its binary shadow."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        return None
    if isinstance(value, Decimal):
        value = _written_out(value)
    elif isinstance(value, float):
        value = str(value)
    if isinstance(value, str) and (not _PLAIN.fullmatch(value) or len(value) > _DIGITS_MAX):
        return None  # "1e999999999" is ten characters, and a number that fills the memory
    try:
        exact = Fraction(value)
    except ZeroDivisionError:
        return None
    return exact if abs(exact) <= _NUMBER_MAX else None


def _written_out(number: Decimal) -> str:
    """Write a number without its exponent; empty where that would take more digits than anybody writes."""
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or len(digits) + abs(exponent) > _DIGITS_MAX:
        return ""
    return f"{number:f}"


def _day(value: Any) -> date | None:
    """A day in one form only: the fromisoformat of the standard library would also take 20250517 and 2025-W20-6."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _told(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "keys with values"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) > _NUMBER_MAX:
        return "a number of that size"
    told = repr(value)
    return told if len(told) <= _TOLD_MAX else f"{told[:_TOLD_MAX]}…"
