"""What an auditor has before them: talks, visits, days away, and the days by which their audits must move on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from secor.core.role import RoleKind
from secor.queries import audits as audited
from secor.queries.audits import Audit, Stage
from secor.queries.bookings import IN_A_DIARY
from secor.queries.clocks import running
from secor.queries.people import Role, roles_of
from secor.queries.shares import digest
from secor.store.models import AuditVisit, Booking, Certificate, Diary, DiaryAway, Person
from secor.store.scope import house

__all__ = [
    "Agenda",
    "AuditVisit",
    "Booking",
    "Diary",
    "DiaryAway",
    "Due",
    "agenda",
    "diary_of",
    "diary_or_none_yet",
    "followed_by",
    "talk_with",
]

OWED = house("by when the employers of one's own audits owe them")
# An audit that is with the partner wants nothing of its auditor.
THEIRS_TO_DO = frozenset({Stage.ASKED.value, Stage.OPEN.value, Stage.RETURNED.value})


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something of an audit must be done; ``what`` begins a sentence, ``why`` tells the reason."""

    audit: Audit
    on: date
    what: str
    why: str
    key: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything from a moment on, each sort by its time; what was due earlier and is not done is still there."""

    talks: tuple[Booking, ...]
    visits: tuple[AuditVisit, ...]
    due: tuple[Due, ...]
    away: tuple[DiaryAway, ...]


def diary_of(person: Person) -> Diary | None:
    """The person's diary; None before they kept one."""
    return Diary.objects.filter(person=person).prefetch_related("away").first()


def diary_or_none_yet(person: Person) -> Diary:
    """The person's diary; before they kept one, one that offers nothing and is kept nowhere."""
    return diary_of(person) or Diary(person=person, is_open=False)


def talk_with(person: Person, code: str) -> Booking | None:
    """The talk of that code, when it is booked with the person."""
    return Booking.objects.filter(diary__person=person, code=code[:16]).select_related("enquiry").first()


def agenda(person: Person, *, keys: Sequence[Role], at: datetime, zone: tzinfo) -> Agenda:
    """What is booked and not over at ``at``, and what is due, for the audits that ``keys`` open."""
    on = at.astimezone(zone).date()
    booked = {"diary__person": person, "cancelled_at__isnull": True, "ends_at__gt": at}
    visits = AuditVisit.objects.within(IN_A_DIARY).filter(**booked).select_related("audit__employer", "audit__partner")
    return Agenda(
        talks=tuple(Booking.objects.filter(**booked).select_related("enquiry")),
        visits=tuple(visits),
        due=tuple(sorted(_due(person, keys, on), key=lambda each: (each.on, each.key))),
        away=tuple(DiaryAway.objects.filter(diary__person=person, last_on__gte=on)),
    )


def followed_by(secret: str, *, on: date) -> tuple[Person, tuple[Role, ...]] | None:
    """Whose feed a secret opens on a day, with the roles that it shows the audits of; None where it opens nothing."""
    diary = Diary.objects.filter(feed_digest=digest(secret), person__is_active=True).select_related("person").first()
    if diary is None:
        return None
    keys = tuple(role for role in roles_of(diary.person, on=on) if role.kind == RoleKind.AUDITOR)
    return (diary.person, keys) if keys else None


def _due(person: Person, keys: Sequence[Role], on: date) -> Iterator[Due]:
    mine = [row for row in audited.assigned_to(person, keys=keys) if row.stage in THEIRS_TO_DO]
    clocks = running(mine, on=on)
    owed = dict(
        Certificate.objects.within(OWED)
        .filter(employer__in={row.employer_id for row in mine}, ended=False, replaced_by__isnull=True)
        .exclude(owed_due_on=None)
        .values_list("employer", "owed_due_on")
    )
    for row in mine:
        for nth, clock in enumerate(clocks[row.pk]):
            yield Due(row, clock.by, clock.what, clock.why, f"{row.code}-{nth}-{clock.what.split()[0].lower()}")
        if (by := owed.get(row.employer_id)) is not None:
            yield Due(row, by, "The certificate owes this audit", "the due day of the certificate", f"{row.code}-owed")
