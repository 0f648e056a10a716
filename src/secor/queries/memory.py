"""What reviewers wrote to an assessor before: this time's checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secor.queries.audits import BY_EMPLOYER, Audit
from secor.store.models import Note
from secor.store.scope import house

MOST = 20
OF_THE_ASSESSOR = house("what reviewers wrote to the assessor of an audit that was itself reached")


@dataclass(frozen=True, slots=True)
class Remembered:
    """One note of a reviewer on an earlier audit; never who wrote it, nor at which business."""

    question: str
    text: str
    must_fix: bool
    written_at: datetime


def remembered(audit: Audit) -> tuple[Remembered, ...]:
    """What reviewers noted on the earlier audits of this assessor, on the same instrument, the newest first.

    In a self-assessment only on those of the same business: its owner reads the page too. The same words are told
    once. One query.
    """
    if audit.assessor_id is None:
        return ()
    rows = Note.objects.within(OF_THE_ASSESSOR).filter(
        review__audit__assessor=audit.assessor_id,
        review__audit__instrument=audit.instrument,
        review__concluded_at__isnull=False,
    )
    if audit.performer in BY_EMPLOYER:
        rows = rows.filter(review__audit__employer=audit.employer_id)
    else:
        rows = rows.exclude(review__audit__performer__in=BY_EMPLOYER)
    told: dict[tuple[str, str], Remembered] = {}
    for note in rows.exclude(review__audit=audit).order_by("-written_at", "-pk")[: 4 * MOST]:
        must = note.kind == Note.Kind.MUST_FIX
        told.setdefault((note.question, note.text), Remembered(note.question, note.text, must, note.written_at))
    return tuple(told.values())[:MOST]
