"""What members owe, by the day it is due: overdue first, then month by month.

The day is kept beside each certificate, so every list here is a walk along one index from a known place: it takes as
long for a hundred thousand employers as for a thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet

from secor.core.certificate import StandingReport
from secor.core.number import NotANumber, parse
from secor.queries.certificates import standings
from secor.queries.people import Scope
from secor.store.models import Certificate

A_PAGE = 25
A_GLANCE = 5
# What was missed longer ago than this is history, and found by name.
LOOK_BACK = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Owing:
    """One certificate, what it owes by when, and what it is worth today."""

    certificate: Certificate
    report: StandingReport
    due_on: date
    left: int


@dataclass(frozen=True, slots=True)
class Month:
    """What falls due in one month."""

    first_on: date
    owing: tuple[Owing, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """One page of the calendar. ``more`` is the number to go on after; empty at the end."""

    overdue: tuple[Owing, ...]
    overdue_more: str
    months: tuple[Month, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see: one kind of audit, from a day on, after a certificate, or only what is overdue."""

    kind: str = ""
    from_on: date | None = None
    after: str = ""
    only_overdue: bool = False


def calendar(scope: Scope, *, on: date, wish: Wish) -> Calendar:
    """One page of what the members of these partners owe. At most four queries."""
    rows = Certificate.objects.within(Scope(partners=scope.partners)).filter(ended=False, replaced_by__isnull=True)
    if wish.kind:
        rows = rows.filter(owed_kind=wish.kind)
    rows = rows.select_related("employer", "partner")
    place = _place(scope, wish.after)
    late, late_more = _late(rows, on, wish, place)
    coming, more = ((), "") if wish.only_overdue else _coming(rows, on, wish, place)
    reports = standings([*late, *coming], on=on)
    owing = [_owing(row, reports, on) for row in coming]
    months = groupby(owing, key=lambda each: each.due_on.replace(day=1))
    return Calendar(
        tuple(_owing(row, reports, on) for row in late),
        late_more,
        tuple(Month(first_on, tuple(each)) for first_on, each in months),
        more,
    )


def _place(scope: Scope, after: str) -> tuple[date, int] | None:
    """Where the page before ended: its last due day, and its certificate."""
    try:
        number = str(parse(after))
    except NotANumber:
        return None
    rows = Certificate.objects.within(Scope(partners=scope.partners)).filter(number=number, owed_due_on__isnull=False)
    found = rows.values_list("owed_due_on", "pk").first()
    return (found[0], found[1]) if found and found[0] else None


def _late(
    rows: QuerySet[Certificate], on: date, wish: Wish, place: tuple[date, int] | None
) -> tuple[Sequence[Certificate], str]:
    """What was due before today, the latest first; a glance at it on the first page only."""
    if not wish.only_overdue and (wish.after or wish.from_on):
        return (), ""
    late = rows.filter(owed_due_on__lt=on, owed_due_on__gte=on - LOOK_BACK).order_by("-owed_due_on", "-pk")
    if wish.only_overdue and place:
        day, key = place
        late = late.filter(Q(owed_due_on__lt=day) | Q(owed_due_on=day, pk__lt=key), owed_due_on__lte=day)
    return _read(late, A_PAGE if wish.only_overdue else A_GLANCE)


def _coming(
    rows: QuerySet[Certificate], on: date, wish: Wish, place: tuple[date, int] | None
) -> tuple[Sequence[Certificate], str]:
    coming = rows.filter(owed_due_on__gte=max(on, wish.from_on or on)).order_by("owed_due_on", "pk")
    if place:
        day, key = place
        coming = coming.filter(Q(owed_due_on__gt=day) | Q(owed_due_on=day, pk__gt=key), owed_due_on__gte=day)
    return _read(coming, A_PAGE)


def _read(rows: QuerySet[Certificate], most: int) -> tuple[Sequence[Certificate], str]:
    found = list(rows[: most + 1])
    return found[:most], found[most - 1].number if len(found) > most else ""


def _owing(row: Certificate, reports: dict[int, StandingReport], on: date) -> Owing:
    assert row.owed_due_on is not None, "only certificates with a due day were asked for"
    return Owing(row, reports[row.pk], row.owed_due_on, (row.owed_due_on - on).days)
