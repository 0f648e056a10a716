"""Giving an audit up, and taking that back."""

from __future__ import annotations

from django.db import transaction

from secor.queries.audits import UNDER_WAY, UNDONE_WITHIN, withdrawal_of
from secor.store.models import Audit
from secor.store.scope import house
from secor.usecases import assessor, milestones, owner, visits
from secor.usecases.act import Act, Refusal

REASON_MAX = 2000
_SENT = frozenset({Audit.Stage.SUBMITTED.value, Audit.Stage.RETURNED.value})


class Claimed(Refusal):
    """A reviewer has the audit in hand, or it has ended."""


class NotWithdrawn(Refusal):
    """The audit was not withdrawn by anybody of its own side, longer ago than a day, or another has begun since."""


@transaction.atomic
def withdraw(act: Act, *, audit: Audit, reason: str = "") -> Audit:
    """Give the audit up; what was written stays on file. Done by who does it, or by an owner of the employer.

    Visits to come are called off. A certificate that waited for its decision waits no more, and one whose due day has
    passed ends. Refuses others (``assessor.NotYours``), an audit in a reviewer's hands or at its end (``Claimed``), and
    everybody but an owner where it ends a certificate (``milestones.EndsCertificate``). Withdrawing twice is one act.
    """
    held = _held(act, audit)
    if held.stage == Audit.Stage.WITHDRAWN:
        return held
    if held.stage not in UNDER_WAY or held.stage == Audit.Stage.IN_REVIEW:
        raise Claimed("A reviewer has this audit in hand, or it has ended, so it cannot be withdrawn. Ask the partner.")
    before = held.stage
    milestones.withdraw(act, audit=held)
    held.stage, held.reason = Audit.Stage.WITHDRAWN, reason.strip()[:REASON_MAX]
    held.save(update_fields=["stage", "reason"])
    _enter(act, "audit.withdrawn", held, before=before)
    visits.call_off_all(act, audit=held)
    return held


@transaction.atomic
def put_back(act: Act, *, audit: Audit) -> Audit:
    """Take a withdrawal back: the audit goes on where it stood. Visits that were called off stay so.

    Had it been sent, it counts as sent today. Refuses as ``withdraw`` does; an audit that was withdrawn a day ago or
    more, whose start the partner refused, or beside which another has begun (``NotWithdrawn``).
    """
    held = _held(act, audit)
    if held.stage != Audit.Stage.WITHDRAWN or (withdrawal := withdrawal_of(held)) is None:
        raise NotWithdrawn("This audit was not withdrawn by you, so there is nothing to take back.")
    if act.at - withdrawal.at >= UNDONE_WITHIN:
        raise NotWithdrawn(
            "This audit was given up more than a day ago, so it cannot go on. What was written stays on file. "
            "Begin a new audit, or ask the certifying partner."
        )
    last = str(withdrawal.detail["before"])
    others = Audit.objects.within(house("whether another audit has begun")).filter(
        employer=held.employer_id, scheme=held.scheme, stage__in=UNDER_WAY
    )
    if others.exists():
        raise NotWithdrawn("Another audit has begun since. Go on with that one, or withdraw it first.")
    held.stage, held.reason = last, ""
    held.save(update_fields=["stage", "reason"])
    if last in _SENT:
        milestones.tell(act, audit=held)
    _enter(act, "audit.put_back", held)
    return held


def _held(act: Act, audit: Audit) -> Audit:
    rows = Audit.objects.within(house("an act holds its audit")).select_for_update(of=("self",))
    held = rows.select_related("employer", "partner").get(pk=audit.pk)
    try:
        assessor.permit(act, audit=held)
    except assessor.NotYours:
        owner.permit(act, employer=held.employer)
    return held


def _enter(act: Act, what: str, audit: Audit, **facts: str) -> None:
    act.enter(what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, **facts)
