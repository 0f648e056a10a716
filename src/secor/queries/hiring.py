"""The months ahead of a business: what plans and last year say, and the way to the next scheme with its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from secor.core.anniversary import add_months
from secor.core.audit import Kind
from secor.core.certificate import StandingReport
from secor.core.employer import GrowthBy, Headcount
from secor.core.event import Event, EventKind
from secor.core.hiring import Month, Outlook, Source, Step, outlook
from secor.queries.growth import SCHEMES
from secor.queries.situations import Situation, as_if
from secor.store.models import Certificate, Employer, HeadcountPlan
from secor.store.scope import house

__all__ = ["HeadcountPlan", "Month", "Outlook", "Source", "Step"]

_ASKED = house("the plans of an employer that was itself reached")
# Our own suggestion, and said to be so: nobody has published when an audit for the next scheme wants to be begun.
CHOOSE_AUDITOR, AUDITED = 6, timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the way to the next scheme. ``ours`` is a day that no rule names."""

    on: date
    told: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the next scheme: its days in order, and what no day can be told for."""

    scheme: str
    days: tuple[Day, ...]
    told: tuple[str, ...]
    by: date | None


def plans_of(employer: Employer, *, on: date) -> tuple[HeadcountPlan, ...]:
    """The plans for days to come, the next one first."""
    return tuple(HeadcountPlan.objects.within(_ASKED).filter(employer=employer, on__gt=on).order_by("on"))


def plans_past(employer: Employer, *, on: date) -> tuple[HeadcountPlan, ...]:
    """Plans whose day has come, the latest first: each is asked about until it is taken out or reported."""
    return tuple(HeadcountPlan.objects.within(_ASKED).filter(employer=employer, on__lte=on).order_by("-on"))


def outlook_of(situation: Situation) -> Outlook:
    """A year back and a year ahead, by the rule of the business's partner."""
    plans = [Headcount(row.on, row.people) for row in plans_of(situation.employer, on=situation.on)]
    return outlook(situation.ledger, plans, rule=situation.rules.headcount, on=situation.on)


def way_of(situation: Situation, over: Step | None) -> Way | None:
    """The way to the next scheme: from the day the limit was passed, or from the step that would pass it."""
    growth = situation.rules.headcount.growth
    if growth is None:
        return None
    scheme = SCHEMES.get(growth.to, growth.to)
    report = situation.report if situation.live else None
    if report is not None and report.convert_by is not None:
        return Way(scheme, _days(situation.on, report.convert_by, scheme), (), report.convert_by)
    if over is None:
        return None
    by, told = _by(situation, over, growth.by)
    first = Day(over.on, f"{over.count} people from this day on: report it on the day, not before.")
    days = (first, *_days(situation.on, by, scheme)) if by else (first,)
    return Way(scheme, tuple(sorted(days, key=lambda day: day.on)), told, by)


def _by(situation: Situation, over: Step, growth: GrowthBy) -> tuple[date | None, tuple[str, ...]]:
    """The day to have moved on by, and what is to be said where no day is known yet."""
    if not situation.live or situation.certificate is None or situation.report is None:
        limit = situation.size.maximum
        return None, (f"You hold no certificate now. Over {limit}, this one is not for you: ask about the other.",)
    if growth is GrowthBy.YEAR_END:
        return date(over.on.year, 12, 31), ()
    if growth is GrowthBy.IMMEDIATE:
        return over.on, ("From that day on this certificate is no longer good.",)
    passed, told = _meanwhile(situation.certificate, situation.report, until=over.on)
    events = [*passed, Event(over.on, EventKind.HEADCOUNT, count=over.count)]
    report = as_if(situation.certificate, events, on=over.on)
    return (report.convert_by if report else None), told


def _meanwhile(certificate: Certificate, report: StandingReport, *, until: date) -> tuple[list[Event], tuple[str, ...]]:
    """The maintenance audits that fall due before ``until``, as if each were passed on its last day; and what to say.

    A recertification brings a certificate of its own, of which nothing can be told before it is there.
    """
    events: list[Event] = []
    told: list[str] = []
    now: StandingReport | None = report
    while now is not None and now.owed is not None and now.owed.due_on < until:
        due_on = now.owed.due_on
        if now.owed.kind is not Kind.MAINTENANCE:
            told.append(f"Your certificate is renewed by {due_on}, before that. What follows hangs on the new one.")
            break
        told.append(f"Your audit due {due_on} comes first. These days hold if it is sent in time and passed.")
        events.append(Event(due_on, EventKind.AUDIT_SUBMITTED, kind=Kind.MAINTENANCE))
        events.append(Event(due_on, EventKind.AUDIT_ACCEPTED, kind=Kind.MAINTENANCE, passed=True))
        now = as_if(certificate, events, on=due_on)
    return events, tuple(told)


def _days(on: date, by: date, scheme: str) -> tuple[Day, ...]:
    """The last day and the days before it that we suggest, as far as they are still to come."""
    ours = (
        Day(add_months(by, -CHOOSE_AUDITOR), "Choose the auditor with your certifying partner.", ours=True),
        Day(by - AUDITED, "Have the audit done, so that the review has its time.", ours=True),
    )
    last = Day(by, f"Your certificate is good until this day. By then you need {scheme}.")
    return (*(day for day in ours if day.on > on), last)
