"""How often a record is made, and which stretches of a window want one."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class Rhythm(Enum):
    """How often an employer makes a kind of record, unless its own schedule says otherwise."""

    EACH_JOB = "each_job"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ON_HIRE = "on_hire"
    AS_IT_HAPPENS = "as_it_happens"


# What is made at least monthly is looked for month by month: an auditor's sample is spread over the months.
MONTHLY_OR_MORE = frozenset({Rhythm.EACH_JOB, Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.MONTHLY})
_MONTHS = 12
_QUARTER = 3


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Days from ``first`` to ``last``, both counted, in which one record at least is looked for."""

    first: date
    last: date

    def holds(self, on: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= on <= self.last


def stretches(rhythm: Rhythm, *, first: date, last: date) -> tuple[Stretch, ...]:
    """Cut the window from ``first`` to ``last`` into the stretches that want a record each.

    Calendar months for what is made monthly or more often, three of them together for what is made quarterly, the
    whole window for what is made yearly; the first and the last may be cut short by the window. What is made on hire
    or as it happens wants none. An empty window has none.
    """
    if rhythm in MONTHLY_OR_MORE:
        return _by_months(first, last, 1)
    if rhythm is Rhythm.QUARTERLY:
        return _by_months(first, last, _QUARTER)
    if rhythm is Rhythm.YEARLY and first <= last:
        return (Stretch(first, last),)
    return ()


def next_by(rhythm: Rhythm, made_on: date) -> date | None:
    """Tell the last day by which the next record is to be made, after one that was made on ``made_on``.

    The day after for what is made daily, a week later, or the last day of the next month, of the third month, or of
    the twelfth. None for what is made for each job, on hire, or as it happens: no day is late there.
    """
    match rhythm:
        case Rhythm.DAILY:
            return made_on + timedelta(days=1)
        case Rhythm.WEEKLY:
            return made_on + timedelta(days=7)
        case Rhythm.MONTHLY:
            return _month_end(made_on, 1)
        case Rhythm.QUARTERLY:
            return _month_end(made_on, _QUARTER)
        case Rhythm.YEARLY:
            return _month_end(made_on, _MONTHS)
        case _:
            return None


def _by_months(first: date, last: date, months: int) -> tuple[Stretch, ...]:
    found = []
    begins = first
    while begins <= last:
        ends = min(last, _month_end(begins, months - 1))
        found.append(Stretch(begins, ends))
        begins = ends + timedelta(days=1)
    return tuple(found)


def _month_end(on: date, months_later: int) -> date:
    """Give the last day of the calendar month that lies so many months after a day's own."""
    years, month = divmod(on.month - 1 + months_later, _MONTHS)
    year = on.year + years
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
