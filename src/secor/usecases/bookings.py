"""Booking a first talk at a free time, moving it and calling it off. One time is given to one person, whatever happens.

Whoever acts holds the enquiry's row and then the diaries' rows, in the order of their keys, and works the free times
out anew under that lock. On PostgreSQL the rows are locked; on SQLite the whole transaction is the only one that
writes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from secor.core.hours import LENGTHS, Language, Visit
from secor.queries import bookings as asked
from secor.store.models import Booking, Diary, Enquiry
from secor.usecases.act import ALBERTA, Act, Refusal

# Enough for a person whose week changes, too few for a program that wants to fill a letter box.
CHANGES = 10
OFFERED_NEXT = 5
TOWN_MAX = 80


class Gone(Refusal):
    """Somebody else has the time, or it was never free; ``soonest`` are times that are free now."""

    def __init__(self, soonest: tuple[datetime, ...]) -> None:
        super().__init__("Somebody else has just taken this time, or it has passed. Choose another one.")
        self.soonest = soonest


class Booked(Refusal):
    """The enquirer has a talk already; it can be moved."""


class Over(Refusal):
    """There is nothing left to change: the talk was called off, has begun, or was changed too often."""


@transaction.atomic
def book(
    act: Act, *, enquiry: Enquiry, starts_at: datetime, visit: Visit, language: Language, town: str = ""
) -> Booking:
    """Book a talk for an enquirer with a consultant who is free then: the one with the fewest talks to come.

    ``starts_at`` is a moment that ``queries.bookings.free`` gives. Refuses ``Gone`` when nobody is free then any more,
    and ``Booked`` when this enquirer has a talk to come. Whoever has cancelled ten talks is told to write (``Over``).
    """
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if asked.live_of(held) is not None:
        raise Booked("You have a talk already. You can move it to another time.")
    if held.closed_at is not None or held.bookings.count() >= CHANGES:
        raise Over("No talk can be booked by this link any more. Ask us again, or call us.")
    town = " ".join(town.replace("\0", "").split())[:TOWN_MAX]
    candidates = _hold(asked.diaries(visit=visit, language=language, on=act.on))
    open_then = asked.free(visit=visit, language=language, town=town, at=act.at, zone=ALBERTA)
    free_in = {diary.pk for diary in open_then.get(starts_at, ())}
    if not free_in & candidates.keys():
        raise Gone(tuple(open_then)[:OFFERED_NEXT])
    diary = min((candidates[pk] for pk in free_in & candidates.keys()), key=lambda each: _load(each, act))
    booking = Booking(
        uid=uuid.uuid4(),
        diary=diary,
        enquiry=held,
        visit=visit.value,
        language=language.value,
        starts_at=starts_at,
        ends_at=starts_at + LENGTHS[visit],
        town=town if visit is Visit.ON_SITE else "",
        made_at=act.at,
        changed_at=act.at,
    )
    booking.save(force_insert=True)
    _enter(act, "booking.made", booking)
    return booking


@transaction.atomic
def move(act: Act, *, booking: Booking, starts_at: datetime) -> Booking:
    """Move a talk to another free time of the same consultant. To the time it has already is no change.

    Refuses ``Gone`` as ``book`` does, and ``Over`` when the talk was called off, has begun or was moved ten times.
    """
    held = _change(act, booking)
    if held.starts_at == starts_at:
        return held
    diary = _hold([held.diary])[held.diary_id]
    taken = asked.taken_in([diary], but=held).get(diary.pk, ())
    visit = Visit(held.visit)
    open_then = asked.free_in(diary, visit=visit, town=held.town, at=act.at, zone=ALBERTA, taken=taken)
    if starts_at not in open_then:
        raise Gone(open_then[:OFFERED_NEXT])
    held.starts_at, held.ends_at = starts_at, starts_at + LENGTHS[visit]
    held.sequence, held.changed_at = held.sequence + 1, act.at
    held.save(update_fields=["starts_at", "ends_at", "sequence", "changed_at"])
    _enter(act, "booking.moved", held)
    return held


@transaction.atomic
def cancel(act: Act, *, booking: Booking) -> Booking:
    """Call a talk off; its time is free again at once. Twice is once. Refuses ``Over`` once it has begun."""
    held = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if held.cancelled_at is not None:
        return held
    if held.starts_at <= act.at:
        raise Over("The talk has begun, so it cannot be called off.")
    held.cancelled_at = held.changed_at = act.at
    held.sequence += 1
    held.save(update_fields=["cancelled_at", "changed_at", "sequence"])
    _enter(act, "booking.cancelled", held)
    return held


def _change(act: Act, booking: Booking) -> Booking:
    """Lock a talk, and refuse one that can no longer be moved."""
    Enquiry.objects.select_for_update().get(pk=booking.enquiry_id)
    held = Booking.objects.select_for_update(of=("self",)).select_related("diary").get(pk=booking.pk)
    if held.cancelled_at is not None or held.starts_at <= act.at:
        raise Over("This talk was called off or has begun. Choose a new time, or ask us again.")
    if held.sequence >= CHANGES:
        raise Over("This talk was moved very often. Call it off, or write to us.")
    return held


def _hold(diaries: Sequence[Diary]) -> dict[int, Diary]:
    """Lock diaries until the transaction ends, always in the same order, so that no two acts wait for each other."""
    rows = Diary.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in diaries])
    return {row.pk: row for row in rows.order_by("pk")}


def _load(diary: Diary, act: Act) -> tuple[int, int]:
    return diary.bookings.filter(cancelled_at__isnull=True, starts_at__gte=act.at).count(), diary.pk


def _enter(act: Act, name: str, booking: Booking) -> None:
    """Write what happened, with the time it was about: the letter that follows may be written after the next change."""
    act.enter(
        name,
        subject=booking.code,
        starts_at=booking.starts_at.isoformat(),
        ends_at=booking.ends_at.isoformat(),
        sequence=booking.sequence,
        visit=booking.visit,
    )
