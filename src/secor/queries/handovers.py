"""Who could go on with an audit in its assessor's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secor.core.audit import Kind, Performer
from secor.queries import starting
from secor.queries.audits import Audit, Stage, rules_of
from secor.queries.people import Person
from secor.store.models import Review
from secor.store.scope import house

__all__ = ["UNDER_WAY", "Colleague", "colleagues"]

UNDER_WAY = frozenset({Stage.ASKED, Stage.OPEN, Stage.SUBMITTED, Stage.IN_REVIEW, Stage.RETURNED})
OF_THE_REACHED = house("who reviews an audit that was itself reached")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody the partner certifies, and why they may not do the audit; they may where ``why`` is empty."""

    person: Person
    why: tuple[str, ...]


def colleagues(audit: Audit, *, on: date) -> tuple[Colleague, ...]:
    """The other auditors whom the audit's partner certifies on the day ``on``, by name. Four queries."""
    people = [each for each in starting.auditors_of(audit.partner, on=on) if each.pk != audit.assessor_id]
    why = starting.conflicts_among(
        people,
        employer=audit.employer,
        rules=rules_of(audit),
        kind=Kind(audit.kind),
        performer=Performer(audit.performer),
        on=on,
    )
    judges = set(Review.objects.within(OF_THE_REACHED).filter(audit=audit).values_list("reviewer", flat=True))
    return tuple(
        Colleague(each, (("reviews it, or has reviewed it",) if each.pk in judges else ()) + why[each.pk])
        for each in people
    )
