"""Who somebody is, which roles they hold on a day, and what they may therefore see."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from secor.core.role import ANSWERS_FOR_IT, EMPLOYER_SIDE, PARTNER_STAFF, RoleKind
from secor.store.models import Person, Role
from secor.store.prepared import Prepared
from secor.store.scope import Scope

__all__ = ["Person", "Role", "Scope", "person", "roles_of", "scope_of"]

A_DAY = timedelta(days=1)


def person(key: int) -> Person | None:
    """The person of that key, or None."""
    return _PERSON.one(key=key)


_PERSON: Prepared[Person] = Prepared(lambda key: Person.objects.filter(pk=key), key=900_000_001)


def roles_of(person: Person, *, on: date) -> tuple[Role, ...]:
    """The roles ``person`` holds on the day ``on``, each with its employer and partner."""
    return tuple(_HELD(person=person.pk, first=on, last=on + A_DAY))


# Asked at every page's door. Held on a day: begun before the day after (``last``), not over before the day itself.
_HELD = Prepared(
    lambda person, first, last: (
        Role.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=first), person=person, from_on__lt=last)
        .select_related("employer", "partner")
        .order_by("pk")
    ),
    person=900_000_001,
    first=date(1901, 1, 1),
    last=date(1901, 1, 2),
)


def scope_of(person: Person, roles: tuple[Role, ...]) -> Scope:
    """What these roles let ``person`` see: nothing without a role, but the audits that were given to them."""
    return Scope(
        employers=frozenset(r.employer_id for r in roles if r.kind in EMPLOYER_SIDE and r.employer_id),
        owned=frozenset(r.employer_id for r in roles if r.kind in ANSWERS_FOR_IT and r.employer_id),
        first_aid=frozenset(r.employer_id for r in roles if r.kind == RoleKind.FIRST_AIDER and r.employer_id),
        partners=frozenset(r.partner_id for r in roles if r.kind in PARTNER_STAFF and r.partner_id),
        assessor=person.pk,
    )
