"""Plans for a head-count: how many people an owner means to have from a day to come. No rule ever reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from secor.core.anniversary import anniversary
from secor.store.models import Employer, HeadcountPlan
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal
from secor.usecases.headcounts import checked

MOST, YEARS_AHEAD = 24, 2
_HELD = house("the plans of an employer whose owner acts")


class NotAhead(Refusal):
    """A plan for a day that is not to come, or too far away."""


class Full(Refusal):
    """More plans than anybody carries out."""


@transaction.atomic
def plan(act: Act, *, employer: Employer, on: date, counts: Mapping[str, int]) -> HeadcountPlan:
    """Keep how many people an owner means to have from the day ``on``. A second plan for a day replaces the first.

    Refuses ``NotOwner``, today and every day before, and one more than two years ahead (``NotAhead``), what
    ``headcounts.checked`` refuses, and the 25th plan (``Full``).
    """
    held = owner.hold(act, employer=employer)
    people = checked(counts)
    if on <= act.on:
        raise NotAhead("A plan is for a day to come. For today or before, report the head-count instead.")
    if on > anniversary(act.on, YEARS_AHEAD):
        raise NotAhead(f"Plan at most {YEARS_AHEAD} years ahead.")
    rows = HeadcountPlan.objects.within(_HELD).filter(employer=held)
    row = rows.filter(on=on).first()
    if row is not None and row.people == people:
        return row
    if row is None and rows.filter(on__gt=act.on).count() >= MOST:
        raise Full(f"There are {MOST} plans already. Take one out first.")
    row = row or HeadcountPlan(employer=held, on=on)
    row.people, row.made_at, row.made_by = people, act.at, act.by
    row.save()
    act.enter("headcount.planned", employer=held, subject=held.code, on=on.isoformat(), counts=people)
    return row


@transaction.atomic
def drop(act: Act, *, employer: Employer, on: date) -> None:
    """Take the plan for a day out. Twice is one act. Refuses ``NotOwner``."""
    held = owner.hold(act, employer=employer)
    gone, _ = HeadcountPlan.objects.within(_HELD).filter(employer=held, on=on).delete()
    if gone:
        act.enter("headcount.plan_dropped", employer=held, subject=held.code, on=on.isoformat())
