"""What a reviewer writes under a question: to be put right, or only to be read."""

from __future__ import annotations

from django.db import transaction

from secor.queries.audits import instrument_of
from secor.store.models import Audit, Note, Review
from secor.store.scope import house
from secor.usecases.act import Act, Refusal
from secor.usecases.reviews import hold

HELD = house("the notes of a review that its reviewer holds")
LONGEST = 5000


class Unwritten(Refusal):
    """A note without a word, or one longer than is kept."""


class NoSuchQuestion(Refusal):
    """The instrument has no question of that number."""


class Sent(Refusal):
    """The note was sent already; it stays as it was read."""


class Answered(Refusal):
    """The note belongs to the round that is being reviewed, so nothing has been put right yet."""


@transaction.atomic
def note(act: Act, *, review: Review, question: str, kind: str, text: str) -> Note:
    """Write a note of this round. The assessor sees it when the audit is sent back or concluded, not before.

    ``question`` is empty for a note on the whole audit. Refuses everyone but the reviewer who has it, a question
    that the instrument does not have (``NoSuchQuestion``), and no words or too many (``Unwritten``).
    """
    audit, held = hold(act, review)
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not words:
        raise Unwritten("Write what you want to say, or leave the note out.")
    if len(words) > LONGEST:
        raise Unwritten(f"This note has {len(words)} signs; at most {LONGEST} are kept. Shorten it.")
    if question and question not in instrument_of(audit).questions:
        raise NoSuchQuestion(f"There is no question {question}. Open the page again.")
    row = Note(review=held, question=question, kind=Note.Kind(kind), text=words, written_at=act.at)
    row.save(force_insert=True)
    _enter(act, "review.noted", audit, row)
    return row


@transaction.atomic
def strike(act: Act, *, note: Note) -> None:
    """Take back a note that has not been sent. Refuses one of an earlier round (``Sent``)."""
    audit, held = hold(act, _under_way(note))
    if note.review_id != held.pk:
        raise Sent("This note was sent with an earlier round, so it stays. Mark it as settled instead.")
    if Note.objects.within(HELD).filter(pk=note.pk).delete()[0]:
        _enter(act, "review.note_struck", audit, note)


@transaction.atomic
def settle(act: Act, *, note: Note) -> Note:
    """Say that what an earlier round's note asked for was put right. Refuses a note of this round (``Answered``)."""
    audit, held = hold(act, _under_way(note))
    if note.review_id == held.pk:
        raise Answered("This note has not been sent yet. Take it back, or send the audit back with it.")
    row = Note.objects.within(HELD).get(pk=note.pk)
    if row.resolved_at is None:
        row.resolved_at = act.at
        row.save(update_fields=["resolved_at"])
        _enter(act, "review.note_settled", audit, row)
    return row


def _under_way(note: Note) -> Review:
    """The round of review that the note's audit is in now, or its own when there is none."""
    rows = Review.objects.within(HELD).filter(audit=note.review.audit_id, concluded_at__isnull=True)
    return rows.select_related("audit").first() or note.review


def _enter(act: Act, what: str, audit: Audit, note: Note) -> None:
    act.enter(
        what,
        employer=audit.employer_id,
        partner=audit.partner_id,
        subject=audit.code,
        note=note.code,
        kind=note.kind,
    )
