"""An audit's clocks: how long gathering, reporting and correcting may take, each day with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secor.core.reading import Reading

_DAYS = (
    "gather_days",
    "report_days",
    "correction_days",
    "correction_total_days",
    "review_days",
    "registration_lead_days",
)


@dataclass(frozen=True, slots=True)
class Timelines:
    """Days each step may take; None where the partner sets no limit. All are calendar days, the last included."""

    gather_days: int | None = None
    report_days: int | None = None
    correction_days: int | None = None
    correction_total_days: int | None = None
    review_days: int | None = None
    registration_lead_days: int | None = None
    gather_not_past_year_end: bool = False
    count_start_as_day_one: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A day something must be done by, and why, in words."""

    by: date
    why: str


def gathering_starts(documents_on: date | None, first_on_site: date | None) -> date | None:
    """Gathering starts on the earlier of the day documents came and the first day on site."""
    return min((day for day in (documents_on, first_on_site) if day is not None), default=None)


def gather_by(rule: Timelines, *, started_on: date) -> Clock | None:
    """Tell by when gathering must end."""
    if rule.gather_days is None:
        return None
    by = started_on + timedelta(days=rule.gather_days - (1 if rule.count_start_as_day_one else 0))
    why = f"{rule.gather_days} days from {started_on}"
    year_end = date(started_on.year, 12, 31)
    if rule.gather_not_past_year_end and by > year_end:
        return Clock(year_end, f"{why}, and not past the end of the year")
    return Clock(by, why)


def report_by(rule: Timelines, *, gathered_on: date) -> Clock | None:
    """Tell by when the audit must be sent after gathering ended."""
    return _after(rule.report_days, gathered_on, "gathering ended")


def correct_by(rule: Timelines, *, returned_on: date, first_returned_on: date) -> Clock | None:
    """Tell by when corrections must be back: each round has its days, all rounds together theirs."""
    this_round = _after(rule.correction_days, returned_on, "it was sent back")
    altogether = _after(rule.correction_total_days, first_returned_on, "it was first sent back")
    clocks = [clock for clock in (this_round, altogether) if clock is not None]
    return min(clocks, key=lambda clock: clock.by) if clocks else None


def review_by(rule: Timelines, *, submitted_on: date) -> Clock | None:
    """Tell by when the partner means to have reviewed the audit."""
    return _after(rule.review_days, submitted_on, "it was sent")


def _after(days: int | None, begun_on: date, what: str) -> Clock | None:
    if days is None:
        return None
    return Clock(begun_on + timedelta(days=days), f"{days} days after {what} on {begun_on}")


def read_timelines(reading: Reading, value: Any) -> Timelines | None:
    """Read the days of each step; an absent step has no limit."""
    flags = ("gather_not_past_year_end", "count_start_as_day_one")
    before = len(reading.problems)
    given = reading.mapping(value, optional=(*_DAYS, *flags))
    if given is None:
        return None
    days = {key: None if given.get(key) is None else reading.at(key).whole(given[key], at_least=1) for key in _DAYS}
    told = {key: reading.flag_at(given, key) for key in flags}
    if len(reading.problems) > before:
        return None
    return Timelines(
        gather_days=days["gather_days"],
        report_days=days["report_days"],
        correction_days=days["correction_days"],
        correction_total_days=days["correction_total_days"],
        review_days=days["review_days"],
        registration_lead_days=days["registration_lead_days"],
        gather_not_past_year_end=told["gather_not_past_year_end"],
        count_start_as_day_one=told["count_start_as_day_one"],
    )
