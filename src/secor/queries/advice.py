"""An assessor's own recommendations, kept to be used again."""

from __future__ import annotations

from secor.queries.people import Person, Scope
from secor.store.models import Advice

__all__ = ["Advice", "of", "one"]


def of(person: Person, *, instrument: str, question: str) -> tuple[Advice, ...]:
    """What ``person`` keeps for a question of an instrument, the newest first."""
    rows = Advice.objects.within(Scope(assessor=person.pk)).filter(instrument=instrument, question=question)
    return tuple(rows.order_by("-kept_at", "-pk"))


def one(code: str, *, person: Person) -> Advice | None:
    """The piece of advice of that code, when it is the person's own."""
    return Advice.objects.within(Scope(assessor=person.pk)).filter(code=code).first()
