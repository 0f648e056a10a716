"""The assessor's replies to a reviewer's notes."""

from __future__ import annotations

from django.db import transaction

from secor.store.models import Audit, Note
from secor.store.scope import house
from secor.usecases import assessor
from secor.usecases.act import Act, Refusal

REPLY_MAX = 10_000


class Wordless(Refusal):
    """A reply to a must-fix note without a word."""


class NotSent(Refusal):
    """A note of a round that the reviewer has not sent back."""


@transaction.atomic
def reply(act: Act, *, note: Note, text: str) -> Note:
    """Answer a reviewer's note; a note for information may be answered without a word, which says that it was read.

    Refuses a person who may not work on the audit (``assessor.NotYours``), an audit that was not sent back
    (``assessor.Closed``), a note not sent yet (``NotSent``), and a must-fix note without words (``Wordless``).
    """
    rows = Note.objects.within(house("a note of an audit that the writer holds")).select_related("review__audit")
    held = rows.get(pk=note.pk)
    audit = assessor.hold_writable(act, audit=held.review.audit)
    if audit.stage != Audit.Stage.RETURNED or held.review.concluded_at is None:
        raise NotSent("The reviewer has not sent this note yet. Wait until the audit comes back.")
    plain = text.replace("\r\n", "\n").replace("\0", "").strip()[:REPLY_MAX]
    if held.kind == Note.Kind.MUST_FIX and not plain:
        raise Wordless("Say what you changed, or why nothing needs to change.")
    if held.replied_at is not None and held.reply == plain:
        return held
    held.reply, held.replied_at, held.replied_by = plain, act.at, act.by
    held.save(update_fields=["reply", "replied_at", "replied_by"])
    act.enter("note.replied", employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, note=held.code)
    return held
