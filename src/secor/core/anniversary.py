"""The calendar: anniversaries, and the day something is due by a certifying partner's policy, with the reason in words.

Deadlines are inclusive: what arrives on its due day is in time.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from secor.core.reading import Reading

MONTHS_IN_YEAR = 12
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


class DuePolicy(Enum):
    """How a certifying partner counts the day a yearly audit is due."""

    ANNIVERSARY_DAY = "ANNIVERSARY_DAY"
    EXPIRY_MONTH = "EXPIRY_MONTH"
    CALENDAR_YEAR = "CALENDAR_YEAR"
    YEAR_END = "YEAR_END"
    FIXED_DAY = "FIXED_DAY"


class Milestone(Enum):
    """What must have happened by the due day."""

    DATA_GATHERED = "data_gathered"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a yearly audit is due, and what counts as being in time.

    ``fixed_day`` is (month, day) and belongs to ``FIXED_DAY`` alone. ``opens_months_before`` is None where the
    partner publishes no earliest day. ``grace_days`` are counted after the due day.
    """

    policy: DuePolicy
    milestone: Milestone = Milestone.SUBMITTED
    fixed_day: tuple[int, int] | None = None
    opens_months_before: int | None = None
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A due day, the first day something may be sent for it (None: any time before), and why, in words."""

    due_on: date
    opens_on: date | None
    why: str


def add_months(day: date, months: int) -> date:
    """Give the same day so many months on; where the month is too short, its last day.

    2024-01-31 and one month is 2024-02-29; 2024-02-29 and 36 months is 2027-02-28.
    """
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def anniversary(day: date, nth: int) -> date:
    """Give the ``nth`` anniversary of ``day``; one of 29 February falls on 28 February in a common year."""
    return add_months(day, nth * MONTHS_IN_YEAR)


def month_end(day: date) -> date:
    """Give the last day of the month of ``day``."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_in(year: int, day_of_year: tuple[int, int]) -> date:
    """Give a day of every year (month, day) in one year; 29 February is the 28th in a common year."""
    month, day = day_of_year
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def due(rule: DueRule, *, issued_on: date, nth: int, term_ends_on: date, partner: str) -> Due:
    """Tell when the audit of the ``nth`` anniversary is due, by ``rule``, for a certificate issued on ``issued_on``.

    ``partner`` only stands in the reason. Sources of the policies are in the scheme files, one for each partner.
    """
    due_on, reason = _policy(rule, issued_on, nth, term_ends_on)
    due_on += timedelta(days=rule.grace_days)
    if rule.grace_days:
        reason += f", and {rule.grace_days} days of grace"
    return Due(due_on, _opens(rule, due_on), f"due {due_on}: {reason} ({partner})")


def _policy(rule: DueRule, issued_on: date, nth: int, term_ends_on: date) -> tuple[date, str]:
    that_day = anniversary(issued_on, nth)
    match rule.policy:
        case DuePolicy.ANNIVERSARY_DAY:
            return that_day, f"{ordinal(nth)} anniversary of {issued_on}, on or before the day"
        case DuePolicy.EXPIRY_MONTH:
            last = month_end(date(that_day.year, term_ends_on.month, 1))
            return last, f"last day of {last:%B}, the month in which the certificate expires"
        case DuePolicy.CALENDAR_YEAR:
            return date(that_day.year, 12, 31), f"one audit in the calendar year {that_day.year}"
        case DuePolicy.YEAR_END:
            return date(that_day.year, 12, 31), f"by the end of {that_day.year}"
    assert rule.fixed_day is not None, "a fixed-day rule is only read with its day"
    return day_in(that_day.year, rule.fixed_day), f"the partner's fixed day in {that_day.year}"


def _opens(rule: DueRule, due_on: date) -> date | None:
    if rule.policy is DuePolicy.CALENDAR_YEAR:
        return date(due_on.year, 1, 1)
    return None if rule.opens_months_before is None else add_months(due_on, -rule.opens_months_before)


def ordinal(nth: int) -> str:
    """Give a small number as a word."""
    return _NTH.get(nth, f"{nth}th")


def read_due(reading: Reading, value: Any) -> DueRule | None:
    """Read ``{policy, milestone, fixed_day: "12-01", opens_months_before, grace_days}``."""
    before = len(reading.problems)
    given = reading.mapping(
        value, required=("policy", "milestone"), optional=("fixed_day", "opens_months_before", "grace_days")
    )
    if given is None or not {"policy", "milestone"} <= given.keys():
        return None
    policy = reading.at("policy").choice(given["policy"], DuePolicy)
    milestone = reading.at("milestone").choice(given["milestone"], Milestone)
    fixed = read_day_of_year(reading.at("fixed_day"), given.get("fixed_day"))
    if (policy is DuePolicy.FIXED_DAY) != (fixed is not None):
        reading.at("fixed_day").note("belongs to the policy FIXED_DAY, and only to it")
        return None
    opens = given.get("opens_months_before")
    if opens is not None:
        opens = reading.at("opens_months_before").whole(opens)
    grace = reading.at("grace_days").whole(given.get("grace_days", 0))
    if len(reading.problems) > before or policy is None or milestone is None or grace is None:
        return None
    return DueRule(policy, milestone, fixed, opens, grace)


def read_day_of_year(reading: Reading, value: Any) -> tuple[int, int] | None:
    """Read a day of every year, written as "12-01"; None stays None."""
    if value is None:
        return None
    try:
        # A leap year, so that 29 February may be written; in a common year it means the 28th.
        day = date.fromisoformat(f"2024-{value}")
    except ValueError:
        reading.note('needs a month and a day such as "12-01"')
        return None
    return day.month, day.day
