"""Who somebody is, which roles they hold on a day, and what they may therefore see."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from secor.core.role import EMPLOYER_SIDE, PARTNER_STAFF
from secor.store.models import Person, Role
from secor.store.scope import Scope

__all__ = ["Person", "Role", "Scope", "roles_of", "scope_of"]


def roles_of(person: Person, *, on: date) -> tuple[Role, ...]:
    """The roles ``person`` holds on the day ``on``, each with its employer and partner."""
    held = Role.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), person=person, from_on__lte=on)
    return tuple(held.select_related("employer", "partner").order_by("pk"))


def scope_of(person: Person, roles: tuple[Role, ...]) -> Scope:
    """What these roles let ``person`` see: nothing without a role, but the audits that were given to them."""
    return Scope(
        employers=frozenset(r.employer_id for r in roles if r.kind in EMPLOYER_SIDE and r.employer_id),
        partners=frozenset(r.partner_id for r in roles if r.kind in PARTNER_STAFF and r.partner_id),
        assessor=person.pk,
    )
