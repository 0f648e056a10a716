"""A small firm's safety figures, exact, each with what it is made of; None where there is too little to say.

A crew of six has so few hours that one incident more or less turns a rate upside down, so every figure says what it is
made of, and a figure that one event would overturn is not given at all. All least numbers here are our own.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from secor.core.anniversary import add_months
from secor.core.employer import Headcount
from secor.core.rhythm import Rhythm, stretches

# What rates are told for: a hundred people at full time for a year, as WCB and the trades reckon.
RATE_HOURS = 200_000
# One person at full time for a year. With fewer hours one incident alone would make a rate above a hundred.
LEAST_HOURS = 2_000
LEAST_EVENTS = 5
LEAST_CLOSED = 3
MONTHS = 12
# Hours of a month by kind of people, where the owner told none: our own estimate, and always marked as one.
# Volunteers and subcontractors are left out: their hours are their own firm's.
HOURS_A_MONTH: Mapping[str, int] = {"owners": 160, "full_time": 160, "part_time": 80, "casual": 80, "family": 80}
# A group of fewer firms could be guessed at, and so could one of which a single firm is more than half.
LEAST_FIRMS = 10
MOST_OF_ONE = Fraction(1, 2)
LEAST_DAYS_SEEN = 90
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one month, exact, and whether nobody told them. None where nobody can know."""

    month: date
    number: Fraction | None
    estimated: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """Events for each 200,000 hours, what they were counted over, and what one event more would add.

    ``value`` is None where there are too few hours.
    """

    events: int
    hours: Fraction
    estimated: bool
    months: int
    value: Fraction | None
    one_more: Fraction | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Of how many weeks, months or quarters that wanted a record how many have one."""

    done: int
    wanted: int

    @property
    def share(self) -> Fraction | None:
        """The share that was kept, None while nothing was wanted yet."""
        return Fraction(self.done, self.wanted) if self.wanted else None


@dataclass(frozen=True, slots=True)
class Seen:
    """What one firm brings to a comparison: so many things in so many days."""

    number: int
    days: int


@dataclass(frozen=True, slots=True)
class Pool:
    """Several firms taken together, none of them to be told from the others."""

    firms: int
    number: int
    days: int

    @property
    def every(self) -> Fraction | None:
        """So many days for each one; None where there is none."""
        return Fraction(self.days, self.number) if self.number else None


def whole_months(on: date) -> tuple[date, ...]:
    """The first days of the twelve months that are over on a day, the oldest first."""
    this = on.replace(day=1)
    return tuple(add_months(this, -back) for back in range(MONTHS, 0, -1))


def last_day_of(month: date) -> date:
    """The last day of the month that a day lies in."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def days_since(days: Iterable[date], *, on: date) -> int | None:
    """How many days have passed since the last of some days; None where there was none. Days to come do not count."""
    last = max((day for day in days if day <= on), default=None)
    return (on - last).days if last is not None else None


def near_miss_ratio(near_misses: int, incidents: int) -> Fraction | None:
    """How many near misses were told for each incident; None without an incident, or with fewer than five events."""
    if not incidents or near_misses + incidents < LEAST_EVENTS:
        return None
    return Fraction(near_misses, incidents)


def hours_of(month: date, *, told: int | None, ledger: Sequence[Headcount]) -> Hours:
    """The hours of a month: as told; else from the head-counts that held on its days; else unknown.

    A count holds from its day until the next. Days before the first count have no hours.
    """
    if told is not None:
        return Hours(month, Fraction(told), estimated=False)
    counts = sorted(ledger, key=lambda each: each.on)
    last = last_day_of(month)
    total, known = Fraction(0), False
    for place, count in enumerate(counts):
        until = counts[place + 1].on - A_DAY if place + 1 < len(counts) else last
        days = (min(until, last) - max(count.on, month)).days + 1
        if days > 0:
            known = True
            a_month = sum(HOURS_A_MONTH.get(kind, 0) * number for kind, number in count.people.items())
            total += Fraction(a_month * days, last.day)
    return Hours(month, total if known else None, estimated=True)


def rate(events: int, hours: Sequence[Hours]) -> Rate:
    """Events for each 200,000 hours. Months whose hours nobody can know add none."""
    known = [each for each in hours if each.number is not None]
    total = sum((each.number or Fraction(0) for each in known), Fraction(0))
    enough = total >= LEAST_HOURS
    return Rate(
        events=events,
        hours=total,
        estimated=any(each.estimated for each in known),
        months=len(known),
        value=Fraction(events * RATE_HOURS) / total if enough else None,
        one_more=Fraction(RATE_HOURS) / total if enough else None,
    )


def kept(rhythm: Rhythm, made: AbstractSet[date], *, first: date, last: date, on: date) -> Kept:
    """How a rhythm was kept from ``first`` to ``last``: which of its weeks, months or quarters have a record.

    A week counts from Monday to Sunday, and only whole. One that still runs on the day ``on`` counts only once it has
    its record. What is made for each job or daily is looked for month by month, because nobody knows on which days
    there was work; what is made on hire or as it happens wants nothing.
    """
    if rhythm is Rhythm.WEEKLY:
        monday = first + timedelta(days=-first.weekday() % 7)
        spans = []
        while monday + A_WEEK - A_DAY <= last:
            spans.append((monday, monday + A_WEEK - A_DAY))
            monday += A_WEEK
        if monday <= last:
            spans.append((monday, monday + A_WEEK - A_DAY))
    else:
        spans = [(each.first, each.last) for each in stretches(rhythm, first=first, last=last)]
    done = wanted = 0
    for begins, ends in spans:
        has = any(begins <= day <= ends for day in made)
        over = ends < on and ends <= last
        done, wanted = done + has, wanted + (has or over)
    return Kept(done, wanted)


def days_to_close(closed: Iterable[tuple[date, date]]) -> Fraction | None:
    """How many days it took on average from opening to done; None where fewer than three were done."""
    days = [(done - opened).days for opened, done in closed]
    return Fraction(sum(days), len(days)) if len(days) >= LEAST_CLOSED else None


def pool(firms: Sequence[Seen]) -> Pool | None:
    """Take firms together so that none can be told from the others; None where that cannot be.

    Never fewer than ten firms, and none of them with more than half of what is counted or of its days.
    """
    whole = Pool(len(firms), sum(each.number for each in firms), sum(each.days for each in firms))
    if whole.firms < LEAST_FIRMS:
        return None
    if any(each.number > MOST_OF_ONE * whole.number or each.days > MOST_OF_ONE * whole.days for each in firms):
        return None
    return whole
