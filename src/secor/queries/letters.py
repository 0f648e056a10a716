"""Acts whose letters have not been written yet, letters that wait to be sent, and who gets them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from secor.core.role import RoleKind
from secor.store.models import Audit, Certificate, Enquiry, Entry, ExtensionRequest, Person, Role
from secor.store.scope import house

WRITING = house("letters are written for everybody")


def entries_without_letters(*, most: int) -> list[Entry]:
    """The oldest acts whose letters have not been written yet."""
    rows = Entry.objects.within(WRITING).filter(letters_written=False)
    return list(rows.select_related("employer", "partner").order_by("pk")[:most])


def holders(kind: RoleKind, *, on: date, employer: int | None = None, partner: int | None = None) -> list[Person]:
    """The people with an open account who hold a role for an employer or a partner on the day ``on``, each once."""
    roles = _held(kind, on).filter(employer=employer) if employer else _held(kind, on).filter(partner=partner)
    return list({role.person_id: role.person for role in roles}.values())


def owners_of(employers: Iterable[int], *, on: date) -> dict[int, list[Person]]:
    """The owners of each of these employers on the day ``on``: one query, however many they are."""
    found: dict[int, dict[int, Person]] = {}
    for role in _held(RoleKind.OWNER, on).filter(employer__in=list(employers)):
        assert role.employer_id is not None, "an owner owns an employer"
        found.setdefault(role.employer_id, {})[role.person_id] = role.person
    return {employer: list(people.values()) for employer, people in found.items()}


def _held(kind: RoleKind, on: date) -> QuerySet[Role]:
    held = Role.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), kind=kind, from_on__lte=on)
    return held.filter(person__is_active=True).select_related("person").order_by("pk")


def person_of(number: str) -> Person | None:
    """The person an act was about, while their account is open."""
    return Person.objects.filter(pk=int(number), is_active=True).first() if number.isdecimal() else None


def enquiry_of(code: str) -> Enquiry | None:
    """The enquiry an act was about."""
    return Enquiry.objects.filter(code=code).first()


def certificate_of(number: str) -> Certificate | None:
    """The certificate an act made."""
    return Certificate.objects.within(WRITING).filter(number=number).first()


def asker_of(code: str) -> Person | None:
    """Who asked for more time, by the code of the request."""
    row = ExtensionRequest.objects.within(WRITING).filter(code=code).select_related("asked_by").first()
    return row.asked_by if row else None


def audit_of(code: str) -> Audit | None:
    """The audit an act was about."""
    return Audit.objects.within(WRITING).filter(code=code).select_related("assessor", "employer", "partner").first()


def owed_between(first: date, last: date) -> Iterable[Certificate]:
    """Live certificates whose next duty falls due from ``first`` to ``last``, both included."""
    rows = Certificate.objects.within(WRITING).filter(
        ended=False, replaced_by__isnull=True, owed_due_on__gte=first, owed_due_on__lte=last
    )
    return rows.select_related("employer", "partner").order_by("owed_due_on", "pk").iterator(chunk_size=500)
