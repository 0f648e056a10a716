"""Letters: kept before they are sent, sent once, and tried again when the post fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from secor.store.models import Entry, Letter, Person
from secor.store.scope import house

TRIES = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is kept. The same ``once`` is never kept twice."""

    once: str
    to: str
    kind: str
    subject: str
    body: str
    person: Person | None = None
    employer_id: int | None = None
    partner_id: int | None = None
    invitation: str = ""


@transaction.atomic
def keep(drafts: Iterable[Draft], *, at: datetime, entries: Sequence[Entry] = ()) -> int:
    """Keep letters to be sent, and mark the journal entries they follow from as written. Give how many are new."""
    rows = [
        Letter(
            once=draft.once,
            to=draft.to,
            kind=draft.kind,
            subject=draft.subject,
            body=draft.body,
            invitation=draft.invitation,
            person=draft.person,
            employer_id=draft.employer_id,
            partner_id=draft.partner_id,
            written_at=at,
            send_after=at,
        )
        for draft in drafts
    ]
    before = Letter.objects.filter(once__in=[row.once for row in rows]).count()
    Letter.objects.bulk_create(rows, ignore_conflicts=True)
    if entries:
        written = Entry.objects.within(house("their letters are written")).filter(pk__in=[e.pk for e in entries])
        written.update(letters_written=True)
    return len({row.once for row in rows}) - before


@transaction.atomic
def take(*, at: datetime, lease: timedelta, most: int) -> list[Letter]:
    """Take letters to send. For the time of the lease no other sender gets them; after it they are tried again.

    A sender that dies between taking and sending loses nothing; one that dies between sending and saying so sends
    that one letter a second time, which is the side to err on for a due day.
    """
    rows = Letter.objects.select_for_update(skip_locked=_can_skip()).filter(
        sent_at__isnull=True, parked_at__isnull=True, send_after__lte=at
    )
    letters = list(rows.order_by("send_after", "pk")[:most])
    for letter in letters:
        letter.tries += 1
        letter.send_after = at + max(lease, timedelta(minutes=2**letter.tries))
        letter.save(update_fields=["tries", "send_after"])
    return letters


def sent(letter: Letter, *, at: datetime) -> None:
    """Say that a letter has gone out."""
    letter.sent_at, letter.trouble = at, ""
    letter.save(update_fields=["sent_at", "trouble"])


def failed(letter: Letter, *, trouble: str, at: datetime) -> None:
    """Say that a letter could not be sent. After eight tries it is parked, where a person can see it."""
    letter.trouble = trouble[:300]
    if letter.tries >= TRIES:
        letter.parked_at = at
    letter.save(update_fields=["trouble", "parked_at"])


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)
