"""Acts whose letters have not been written yet, letters that wait to be sent, and who gets them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from secor.core.role import RoleKind
from secor.store.models import Audit, Certificate, Entry, Letter, Person, Role
from secor.store.scope import house

WRITING = house("letters are written for everybody")


def entries_without_letters(*, most: int) -> list[Entry]:
    """The oldest acts whose letters have not been written yet."""
    rows = Entry.objects.within(WRITING).filter(letters_written=False)
    return list(rows.select_related("employer", "partner").order_by("pk")[:most])


def waiting(*, at: datetime, most: int) -> list[Letter]:
    """Letters whose time to be sent has come, the oldest first."""
    rows = Letter.objects.filter(sent_at__isnull=True, parked_at__isnull=True, send_after__lte=at)
    return list(rows.order_by("send_after", "pk")[:most])


def holders(kind: RoleKind, *, on: date, employer: int | None = None, partner: int | None = None) -> list[Person]:
    """The people who hold a role for an employer or a partner on the day ``on``."""
    roles = Role.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), kind=kind, from_on__lte=on)
    roles = roles.filter(employer=employer) if employer else roles.filter(partner=partner)
    return [role.person for role in roles.select_related("person").order_by("pk")]


def audit_of(code: str) -> Audit | None:
    """The audit an act was about."""
    return Audit.objects.within(WRITING).filter(code=code).select_related("assessor", "employer", "partner").first()


def owed_between(first: date, last: date) -> Iterable[Certificate]:
    """Live certificates whose next duty falls due from ``first`` to ``last``, both included."""
    rows = Certificate.objects.within(WRITING).filter(
        ended=False, replaced_by__isnull=True, owed_due_on__gte=first, owed_due_on__lte=last
    )
    return rows.select_related("employer", "partner").order_by("owed_due_on", "pk").iterator(chunk_size=500)
