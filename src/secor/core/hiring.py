"""What becomes of a head-count: the months behind from the ledger, the months ahead from plans and from last year.

A picture for whoever hires, never a rule: who is small enough is told by ``employer.eligible``, from the ledger alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from secor.core.anniversary import add_months, anniversary
from secor.core.employer import Headcount, HeadcountRule

MONTHS = 12
_A_DAY = timedelta(days=1)


class Source(Enum):
    """Where a number comes from."""

    REPORTED = "reported"
    LAST_YEAR = "last_year"  # nobody planned anything: as a year before, or as today
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Step:
    """How many people count from a day on, until the next step."""

    on: date
    count: int
    source: Source


@dataclass(frozen=True, slots=True)
class Month:
    """The highest count of a month; None before the ledger begins."""

    first_on: date
    count: int | None
    source: Source
    over: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """A year back and a year ahead. ``over`` is the first step to come that passes the limit, if today is within it."""

    months: tuple[Month, ...]
    over: Step | None
    limit: int | None


def outlook(ledger: Sequence[Headcount], plans: Sequence[Headcount], *, rule: HeadcountRule, on: date) -> Outlook:
    """Look a year back and a year ahead from the day ``on``.

    From the first planned day on, the plans hold. Before it, it is as many as today, or as many as a year before where
    that was more: summers come again, and nobody is told of growth that nobody plans.
    """
    steps = (*_behind(ledger, rule, on), *_ahead(ledger, plans, rule, on))
    months = tuple(_month(steps, first_on, rule.at_most) for first_on in _firsts(on))
    return Outlook(months, _passes(steps, rule.at_most, on), rule.at_most)


def _behind(ledger: Sequence[Headcount], rule: HeadcountRule, on: date) -> tuple[Step, ...]:
    days = {entry.on: entry.counted(rule.counts) for entry in ledger if entry.on <= on}
    return tuple(Step(day, days[day], Source.REPORTED) for day in sorted(days))


def _ahead(ledger: Sequence[Headcount], plans: Sequence[Headcount], rule: HeadcountRule, on: date) -> tuple[Step, ...]:
    planned = {plan.on: plan.counted(rule.counts) for plan in plans if plan.on > on}
    until = min(planned, default=anniversary(on, 1) + _A_DAY)
    told = _behind(ledger, rule, on)
    if not told:
        return tuple(Step(day, planned[day], Source.PLANNED) for day in sorted(planned))
    today, last_year = told[-1].count, anniversary(on, -1)
    guessed = [
        Step(anniversary(step.on, 1), max(step.count, today), Source.LAST_YEAR)
        for step in told
        if last_year < step.on and on < anniversary(step.on, 1) < until
    ]
    held = next((step.count for step in reversed(told) if step.on <= last_year), today)
    tomorrow = [Step(on + _A_DAY, max(held, today), Source.LAST_YEAR)] if on + _A_DAY < until else []
    first = [step for step in tomorrow if all(step.on != each.on for each in guessed)]
    return (*first, *guessed, *(Step(day, planned[day], Source.PLANNED) for day in sorted(planned)))


def _firsts(on: date) -> Iterator[date]:
    """The first days of the months that are shown: this one, those of a year behind, and those of a year ahead."""
    this = on.replace(day=1)
    for nth in range(1 - MONTHS, MONTHS + 1):
        yield add_months(this, nth)


def _month(steps: Sequence[Step], first_on: date, limit: int | None) -> Month:
    last_on = add_months(first_on, 1) - _A_DAY
    held = [step for step in steps if step.on <= first_on][-1:]
    there = [*held, *(step for step in steps if first_on < step.on <= last_on)]
    if not there:
        return Month(first_on, None, Source.REPORTED, over=False)
    peak = max(there, key=lambda step: step.count)
    return Month(first_on, peak.count, peak.source, over=limit is not None and peak.count > limit)


def _passes(steps: Sequence[Step], limit: int | None, on: date) -> Step | None:
    now = next((step.count for step in reversed(steps) if step.on <= on), 0)
    if limit is None or now > limit:
        return None
    return next((step for step in steps if step.on > on and step.count > limit), None)
