"""The demonstration's people, and the next day on which something in it falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from secor.core.role import RoleKind
from secor.store.models import Certificate, Person, Role
from secor.store.scope import Scope, house

# An address that no letter can ever reach (RFC 2606); only people under it are the demonstration's.
ADDRESS = "@demonstration.example"
WHAT_THEY_DO = {
    RoleKind.OWNER: "owns",
    RoleKind.WORKER: "works at",
    RoleKind.SELF_ASSESSOR: "assesses",
    RoleKind.AUDITOR: "audits for",
    RoleKind.REGISTRAR: "registers members at",
    RoleKind.REVIEWER: "reviews audits at",
    RoleKind.DECISION_MAKER: "issues certificates at",
    RoleKind.MINISTRY: "reads for the ministry",
    RoleKind.WCB: "reads for the WCB",
}


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """One of the demonstration's people, as the sign-in page shows them."""

    name: str
    email: str
    doing: str

    @property
    def first_name(self) -> str:
        """The name a button calls them by."""
        return self.name.split()[0] if self.name else self.email


def people(*, most: int = 24) -> list[Acquaintance]:
    """The people a visitor may be, those without a role first because their story is still to begin."""
    rows = list(Person.objects.filter(email__endswith=ADDRESS, is_active=True).order_by("pk")[:most])
    held: dict[int, list[Role]] = {row.pk: [] for row in rows}
    for role in Role.objects.filter(person__in=rows).select_related("employer", "partner").order_by("pk"):
        held[role.person_id].append(role)
    rows.sort(key=lambda row: bool(held[row.pk]))
    return [Acquaintance(row.name, row.email, _doing(held[row.pk])) for row in rows]


def person(email: str) -> Person | None:
    """The demonstration's person with this address; nobody for any other address."""
    if not email.endswith(ADDRESS):
        return None
    return Person.objects.filter(email=email, is_active=True).first()


def next_due(*, after: date, scope: Scope | None = None) -> date | None:
    """The first day after ``after`` on which a live certificate in ``scope`` (or in the whole house) owes something."""
    rows = Certificate.objects.within(scope or house("the demonstration's day moves for everybody"))
    due = rows.filter(Q(ended=False), replaced_by__isnull=True, owed_due_on__gt=after).aggregate(day=Min("owed_due_on"))
    found: date | None = due["day"]
    return found


def _doing(roles: list[Role]) -> str:
    if not roles:
        return "has just arrived, and has no business here yet"
    told = []
    for role in roles:
        words = WHAT_THEY_DO.get(RoleKind(role.kind), role.kind)
        place = role.employer.legal_name if role.employer else role.partner.name if role.partner else ""
        told.append(f"{words} {place}".strip())
    return "; ".join(dict.fromkeys(told))
