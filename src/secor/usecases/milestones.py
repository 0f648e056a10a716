"""What an audit under way has reached in its employer's certificate: told when it is sent, and taken back with it."""

from __future__ import annotations

from secor.core.event import EventKind
from secor.queries import certificates as known
from secor.store.models import Audit
from secor.usecases import certificates, owner
from secor.usecases.act import Act, Refusal


class EndsCertificate(Refusal):
    """The due day has passed, and this audit alone keeps the certificate."""


def tell(act: Act, *, audit: Audit) -> None:
    """An audit of somebody who holds a certificate reaches its milestones there; correcting it reaches none anew.

    Call inside the act that sends it.
    """
    if known.live_of(audit.employer, scheme=audit.scheme) is None:
        return
    told = {row.event for row in known.told_by(audit)}
    steps = [(EventKind.DATA_GATHERED, audit.gathered_on), (EventKind.AUDIT_SUBMITTED, act.on)]
    for event, on in steps:
        if on is not None and event.value not in told:
            certificates.record(
                act,
                employer=audit.employer,
                partner=audit.partner,
                scheme=audit.scheme,
                event=event,
                on=on,
                audit=audit,
                kind=audit.kind,
            )


def take_back(act: Act, *, audit: Audit) -> None:
    """Let the audit count as not sent; what was gathered stays gathered.

    Refuses (``EndsCertificate``) where the certificate would end by it: a reviewer can send the audit back instead.
    """
    if due_on := known.kept_by(audit, on=act.on):
        raise EndsCertificate(
            f"The audit was due on {due_on}, and only because you sent it is the certificate still good. Taken back, "
            "it would end. Ask the certifying partner to send the audit back to you instead."
        )
    _clear(act, audit, {EventKind.AUDIT_SUBMITTED.value}, reason="The audit was taken back.")


def withdraw(act: Act, *, audit: Audit) -> None:
    """Let the audit count as never begun.

    Where its due day has passed it was all that kept the certificate, which ends today and not in the past; only an
    owner may do that (``EndsCertificate``).
    """
    due_on = known.kept_by(audit, on=act.on)
    if due_on is None:
        steps = {EventKind.DATA_GATHERED.value, EventKind.AUDIT_SUBMITTED.value}
        _clear(act, audit, steps, reason="The audit was withdrawn.")
        return
    try:
        owner.permit(act, employer=audit.employer)
    except owner.NotOwner:
        raise EndsCertificate(
            f"The audit was due on {due_on}, and withdrawing it ends the certificate of {audit.employer}. "
            "Only its owner may do that."
        ) from None
    certificates.record(
        act,
        employer=audit.employer,
        partner=audit.partner,
        scheme=audit.scheme,
        event=EventKind.AUDIT_ACCEPTED,
        on=act.on,
        audit=audit,
        kind=audit.kind,
        passed=False,
        reason="The audit was withdrawn after its due day.",
    )


def _clear(act: Act, audit: Audit, steps: set[str], *, reason: str) -> None:
    for row in known.told_by(audit):
        if row.event in steps:
            certificates.correct(act, event=row, reason=reason)
