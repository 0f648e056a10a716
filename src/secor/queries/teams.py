"""Who works on an audit together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secor.store.models import Audit, Declaration, Person, Teammate
from secor.store.prepared import Prepared
from secor.store.scope import house

__all__ = ["Member", "Teammate", "team_of", "works_on"]

OF_THE_REACHED = house("who works on an audit that was itself reached")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works on an audit besides its assessor. ``declared`` tells whether their word opened the answers."""

    key: int
    name: str
    joined_at: datetime
    declared: bool


def works_on(person: Person, audit: Audit) -> bool:
    """Whether ``person`` was asked to work on ``audit`` besides its assessor, and has not left."""
    return bool(_JOINED(audit=audit.pk, person=person.pk))


_JOINED = Prepared(
    lambda audit, person: (
        Teammate.objects.within(OF_THE_REACHED)
        .filter(audit=audit, person=person, left_at__isnull=True)
        .values_list("pk")
    ),
    audit=900_000_001,
    person=900_000_002,
)


def team_of(audit: Audit) -> tuple[Member, ...]:
    """Those who work on ``audit`` besides its assessor, in the order in which they joined."""
    rows = Teammate.objects.within(OF_THE_REACHED).filter(audit=audit, left_at__isnull=True)
    words = Declaration.objects.within(OF_THE_REACHED).filter(audit=audit).order_by("pk")
    said = dict(words.values_list("person", "clear"))
    return tuple(
        Member(row.person_id, row.person.name, row.joined_at, said.get(row.person_id, False))
        for row in rows.select_related("person").order_by("joined_at", "pk")
    )


def person_of(key: int) -> Person | None:
    """The person of that key, who was found in a team that was itself reached."""
    return Person.objects.filter(pk=key).first()
