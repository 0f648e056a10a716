"""Four eyes: a certificate is cancelled or reinstated when one person proposes it and another confirms it."""

from __future__ import annotations

from django.db import transaction

from secor.core.certificate import LIVE, Standing
from secor.core.role import PARTNER_STAFF, RoleKind
from secor.queries.certificates import standing_of
from secor.store.models import Certificate, Motion
from secor.store.scope import house
from secor.usecases import decisions, projections, staff
from secor.usecases.act import Act, Refusal

HELD = house("an act holds a certificate and what is proposed about it")
ALLOWED = {
    Motion.Kind.CANCEL: (LIVE, "cancelled"),
    Motion.Kind.REINSTATE: (frozenset({Standing.SUSPENDED}), "reinstated"),
}
_CARRY_OUT = {Motion.Kind.CANCEL: decisions.cancel, Motion.Kind.REINSTATE: decisions.reinstate}


class AlreadyProposed(Refusal):
    """Something is proposed about this certificate already."""


class SamePerson(Refusal):
    """Who proposed it does not also confirm it."""


class NotOpen(Refusal):
    """The proposal was confirmed or withdrawn already, or there is none."""


@transaction.atomic
def propose(act: Act, *, certificate: Certificate, kind: Motion.Kind | str, reason: str) -> Motion:
    """Propose to cancel or to reinstate a certificate; nothing changes until a colleague confirms it.

    Done by anybody of the partner's staff. Refuses others (``staff.NotYourDesk``), a missing reason
    (``decisions.Unexplained``), a standing that does not allow it (``decisions.NotNow``), a number replaced by a
    newer one (``decisions.Replaced``), and a second proposal beside an open one (``AlreadyProposed``). The same
    person proposing the same twice is one act.
    """
    kind = Motion.Kind(kind)
    person = staff.permit_any(act, PARTNER_STAFF, partner=certificate.partner)
    held = _held(certificate)
    if (known := _open(held)) is not None:
        if (known.kind, known.proposed_by_id) == (kind, person.pk):
            return known
        raise AlreadyProposed(
            f"{known.proposed_by} has proposed to {known.kind} {held.number}. Confirm or withdraw that first."
        )
    why = decisions.reason_of(reason)
    allowed, to = ALLOWED[kind]
    decisions.allow(held, standing_of(held, on=act.on), allowed=allowed, to=to)
    motion = Motion(certificate=held, kind=kind, reason=why, proposed_at=act.at, proposed_by=person)
    motion.save(force_insert=True)
    _enter(act, "motion.proposed", motion)
    return motion


@transaction.atomic
def confirm(act: Act, *, certificate: Certificate) -> Motion:
    """Confirm what is proposed about a certificate, and carry it out. Two confirming at once make one decision.

    Done by a decision maker of the partner (else ``staff.NotYourDesk``) who is not the one who proposed it
    (``SamePerson``). Refuses where nothing is open (``NotOpen``), and as the decision itself does.
    """
    person = staff.permit(act, RoleKind.DECISION_MAKER, partner=certificate.partner)
    motion = _open_one(_held(certificate))
    if motion.proposed_by_id == person.pk:
        raise SamePerson("You proposed this, so a colleague confirms it. Ask another decision maker.")
    _end(act, motion, Motion.Outcome.CONFIRMED)
    _CARRY_OUT[Motion.Kind(motion.kind)](act, certificate=motion.certificate, reason=motion.reason)
    _enter(act, "motion.confirmed", motion)
    return motion


@transaction.atomic
def withdraw(act: Act, *, certificate: Certificate) -> Motion:
    """Withdraw what is proposed about a certificate; the proposal stays on file.

    Done by who proposed it, or by a decision maker of the partner. Refuses others (``staff.NotYourDesk``), and where
    nothing is open (``NotOpen``).
    """
    person = staff.permit_any(act, PARTNER_STAFF, partner=certificate.partner)
    motion = _open_one(_held(certificate))
    if motion.proposed_by_id != person.pk:
        staff.permit(act, RoleKind.DECISION_MAKER, partner=certificate.partner)
    _end(act, motion, Motion.Outcome.WITHDRAWN)
    _enter(act, "motion.withdrawn", motion)
    return motion


def _held(certificate: Certificate) -> Certificate:
    rows = projections.hold(certificate.employer_id, scheme=certificate.scheme)
    held = next(row for row in rows if row.pk == certificate.pk)
    if held.replaced_by_id is not None and _open(held) is None:
        newer = next(row for row in rows if row.pk == held.replaced_by_id)
        raise decisions.Replaced(f"The number {newer.number} goes on in this one's place. Decide about that one.")
    return held


def _open(certificate: Certificate) -> Motion | None:
    rows = Motion.objects.within(HELD).filter(certificate=certificate, outcome="")
    return rows.select_related("proposed_by", "certificate__partner", "certificate__employer").first()


def _open_one(certificate: Certificate) -> Motion:
    motion = _open(certificate)
    if motion is None:
        raise NotOpen("This was confirmed or withdrawn already. Open the certificate again to see which.")
    return motion


def _end(act: Act, motion: Motion, outcome: Motion.Outcome) -> None:
    motion.outcome, motion.ended_at, motion.ended_by = outcome, act.at, act.by
    motion.save(update_fields=["outcome", "ended_at", "ended_by"])


def _enter(act: Act, what: str, motion: Motion) -> None:
    """In the partner's own chain: the employer hears of a decision, and not of what was only proposed."""
    certificate = motion.certificate
    act.enter(what, partner=certificate.partner_id, subject=certificate.number, kind=motion.kind, motion=motion.pk)
