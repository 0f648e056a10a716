"""What an owner tells for the firm's figures: a month's hours and lost days, and whether the figures may be counted."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from secor.core.anniversary import add_months
from secor.store.models import Consent, Employer, MonthOfWork
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal

HOURS_MOST, DAYS_LOST_MOST = 20_000, 2_000
MONTHS_BACK = 60
_HELD = house("an act holds what its employer told")


class Impossible(Refusal):
    """A number of hours or days that cannot be."""


class WrongMonth(Refusal):
    """A month that is not over, or too long ago."""


@transaction.atomic
def tell_month(
    act: Act, *, employer: Employer, month: date, hours: int | None, days_lost: int | None
) -> MonthOfWork | None:
    """Keep how many hours everybody worked together in a month, and how many days were lost; None takes one back.

    ``month`` is any day of it. Done by an owner (``NotOwner``). Refuses a month that is not over or lies more than
    five years back (``WrongMonth``), and a number below 0 or above what a small firm can have (``Impossible``). The
    same numbers again are no act; without any there is no row.
    """
    held = owner.hold(act, employer=employer)
    first = month.replace(day=1)
    if not add_months(act.on.replace(day=1), -MONTHS_BACK) <= first < act.on.replace(day=1):
        raise WrongMonth("Tell the hours of a month that is over, up to five years back.")
    if hours is not None and not 0 <= hours <= HOURS_MOST:
        raise Impossible(f"Write the hours of all people together, 0 to {HOURS_MOST:,}.")
    if days_lost is not None and not 0 <= days_lost <= DAYS_LOST_MOST:
        raise Impossible(f"Write the days that were lost, 0 to {DAYS_LOST_MOST:,}.")
    row = MonthOfWork.objects.within(_HELD).filter(employer=held, month=first).first()
    before = (row.hours, row.days_lost) if row is not None else (None, None)
    if before == (hours, days_lost):
        return row
    if hours is None and days_lost is None:
        assert row is not None, "otherwise nothing was told before, nor now"
        row.delete()
    else:
        row = row or MonthOfWork(employer=held, month=first)
        row.hours, row.days_lost, row.told_at, row.told_by = hours, days_lost, act.at, act.by
        row.save()
    act.enter("figures.told", employer=held, subject=first.isoformat(), hours=hours, days_lost=days_lost, before=before)
    return row if row is not None and row.pk else None


@transaction.atomic
def consent(act: Act, *, employer: Employer) -> Consent:
    """Let the firm's figures be counted, unnamed, into those of firms like it, from today on. Twice is once.

    Done by an owner (``NotOwner``).
    """
    held = owner.hold(act, employer=employer)
    row = Consent.objects.within(_HELD).filter(employer=held, withdrawn_on__isnull=True).first()
    if row is None:
        row = Consent(employer=held, given_on=act.on, given_by=act.by)
        row.save(force_insert=True)
        act.enter("figures.consented", employer=held, subject=held.code)
    return row


@transaction.atomic
def withdraw(act: Act, *, employer: Employer) -> None:
    """Take the consent back: from this moment the firm's figures are counted into nobody's. Twice is once.

    Done by an owner (``NotOwner``).
    """
    held = owner.hold(act, employer=employer)
    row = Consent.objects.within(_HELD).filter(employer=held, withdrawn_on__isnull=True).first()
    if row is not None:
        row.withdrawn_on, row.withdrawn_by = act.on, act.by
        row.save(update_fields=["withdrawn_on", "withdrawn_by"])
        act.enter("figures.withdrawn", employer=held, subject=held.code)
