"""The author's own words in the composed report of an audit."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from secor.queries.composition import drafted
from secor.store.models import Audit, ReportEdit
from secor.store.scope import house
from secor.usecases import assessor
from secor.usecases.act import Act, Refusal

MOST = 10_000
OF_THE_HELD = house("the report of an audit that its assessor holds")


class NoSuchSentence(Refusal):
    """The report does not have that sentence now."""


class TooLong(Refusal):
    """More words than one sentence of a report may have."""


@transaction.atomic
def edit(act: Act, *, audit: Audit, sentence: str, text: str) -> None:
    """Put ``text`` in place of the composed sentence of that key; an empty one takes the sentence out.

    The places it cites stay. The composed words themselves undo an edit. Refuses as ``assessor.hold_writable`` does,
    a sentence that is not composed (``NoSuchSentence``), and more than ``MOST`` characters (``TooLong``).
    """
    held = assessor.hold_writable(act, audit=audit)
    standing = drafted(held).sentence(sentence)
    if standing is None:
        raise NoSuchSentence("This sentence is not in the report any more, because its answers changed. Open it again.")
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(words) > MOST:
        raise TooLong(f"This is {len(words)} characters long. Say it in at most {MOST}.")
    if words == standing.composed:
        _undo(act, held, sentence)
        return
    if standing.edited and not standing.moved and words == standing.text:
        return
    kept = _rows(held, sentence).first() or ReportEdit(audit=held, sentence=sentence)
    kept.text, kept.over, kept.edited_at, kept.edited_by = words, standing.composed, act.at, act.by
    kept.save()
    _enter(act, "report.edited", held, sentence)


@transaction.atomic
def undo(act: Act, *, audit: Audit, sentence: str) -> None:
    """Take the author's words back, so that the composed sentence stands again. Refuses as ``hold_writable`` does."""
    _undo(act, assessor.hold_writable(act, audit=audit), sentence)


def _undo(act: Act, audit: Audit, sentence: str) -> None:
    if _rows(audit, sentence).delete()[0]:
        _enter(act, "report.edit_undone", audit, sentence)


def _rows(audit: Audit, sentence: str) -> QuerySet[ReportEdit]:
    return ReportEdit.objects.within(OF_THE_HELD).filter(audit=audit, sentence=sentence)


def _enter(act: Act, what: str, audit: Audit, sentence: str) -> None:
    """Which sentence, and never its words."""
    act.enter(what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, sentence=sentence)
