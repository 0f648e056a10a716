"""Explanations: what an assessor says to an objection that is nothing to mend."""

from __future__ import annotations

from django.db import transaction

from secor.queries.objections import raised_in
from secor.queries.progress import progress_of
from secor.store.models import Audit, Explanation
from secor.store.scope import house
from secor.usecases import assessor
from secor.usecases.act import Act, Refusal

MOST = 2000
OF_THE_HELD = house("the explanations of an audit that its assessor holds")


class NothingToExplain(Refusal):
    """No rule objects to this, or one that an explanation does not answer."""


class TooLong(Refusal):
    """An explanation that nobody would read."""


@transaction.atomic
def explain(act: Act, *, audit: Audit, rule: str, question: str, text: str) -> None:
    """Keep why an objection (by its rule's key and its question; empty: the whole audit) is nothing to mend.

    An empty ``text`` takes the explanation back. It travels with the version that is sent; the reviewer reads it
    beside the objection. Refuses as ``assessor.hold_writable`` does, what nothing objects to or what must be mended
    whatever is said (``NothingToExplain``), and more than ``MOST`` characters (``TooLong``).
    """
    held = assessor.hold_writable(act, audit=audit)
    rows = Explanation.objects.within(OF_THE_HELD).filter(audit=held, rule=rule, question=question)
    said = text.replace("\0", "").strip()
    if not said:
        if rows.delete()[0]:
            _enter(act, "audit.explanation_taken_back", held, rule, question)
        return
    if len(said) > MOST:
        raise TooLong(f"This is {len(said)} characters long. Say it in at most {MOST}.")
    found = {(each.objection.rule, each.objection.question): each for each in raised_in(progress_of(held))}
    raised = found.get((rule, question))
    if raised is None:
        raise NothingToExplain("This is in order by now, so there is nothing to explain. Open the page again.")
    if raised.must:
        raise NothingToExplain(f"This must be mended before the audit can be sent: {raised.objection.says}.")
    if raised.explanation == said:
        return
    kept = rows.first() or Explanation(audit=held, rule=rule, question=question)
    kept.text, kept.written_at, kept.written_by = said, act.at, act.by
    kept.save()
    _enter(act, "audit.objection_explained", held, rule, question)


def _enter(act: Act, what: str, audit: Audit, rule: str, question: str) -> None:
    """Which objection, and never the words: somebody could be named in them."""
    act.enter(
        what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, rule=rule, question=question
    )
