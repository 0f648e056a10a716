"""Moving the demonstration's own day forward."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import F

from secor.queries import demonstration
from secor.store.models import DemonstrationDay
from secor.store.scope import Scope
from secor.usecases.act import Act, Refusal


class NotADemonstration(Refusal):
    """The site is a real one, whose day is the calendar's."""


class NothingDue(Refusal):
    """There is no later day on which anything falls due."""


class Stride(StrEnum):
    """How far the day moves."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    DUE = "due"


@transaction.atomic
def move_day(act: Act, *, by: Stride, scope: Scope | None = None) -> date:
    """Move the demonstration's day forward and give the day it is then.

    "The next due day" is the first one within ``scope``, or anybody's where the scope holds none. Nothing else is
    written: standings follow from events and the day. Refuses ``NotADemonstration`` on a real site, and
    ``NothingDue`` where no due day lies ahead.
    """
    if not settings.DEMONSTRATION:
        raise NotADemonstration("This is not a demonstration, so its day cannot be moved.")
    ahead = _goal(act.on, by, scope)
    days = (ahead - act.on).days
    DemonstrationDay.objects.get_or_create(one=True)
    DemonstrationDay.objects.filter(one=True).update(days_ahead=F("days_ahead") + days)
    act.enter("demonstration.day_moved", days=days, by=by.value)
    return ahead


def _goal(today: date, by: Stride, scope: Scope | None) -> date:
    if by is Stride.MONTH:
        return _next_month(today)
    if by is not Stride.DUE:
        return today + timedelta(days=7 if by is Stride.WEEK else 1)
    due = (scope and demonstration.next_due(after=today, scope=scope)) or demonstration.next_due(after=today)
    if due is None:
        raise NothingDue("Nothing falls due after today. Move on by a day, a week or a month instead.")
    return due


def _next_month(today: date) -> date:
    """The same day of the next month, or that month's last day where it has no such day."""
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)  # noqa: PLR2004 - December
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
