"""Asking for more time, and the partner's answer. Until it is granted, the due day stands."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from secor.core.certificate import LIVE
from secor.core.role import RoleKind
from secor.queries import certificates, extensions
from secor.queries.audits import UNDER_WAY
from secor.store.models import Audit, Certificate, Employer, ExtensionRequest
from secor.store.scope import house
from secor.usecases import assessor, decisions, owner, projections, staff
from secor.usecases.act import Act, Refusal

REASON_MAX = 2000


class NothingOwed(Refusal):
    """There is no certificate in force that owes anything."""


class AskedAlready(Refusal):
    """A request waits for an answer."""


class Answered(Refusal):
    """The request was answered already."""


class NotLater(Refusal):
    """A day that is not after the due day, or too long after it."""


@transaction.atomic
def ask(act: Act, *, employer: Employer, until: date, reason: str) -> ExtensionRequest:
    """Ask the certifying partner to move the due day of what the certificate owes next to ``until``.

    Asked by an owner, or by whoever does the audit that is under way. Refuses others (``owner.NotOwner``), where
    nothing is owed (``NothingOwed``), a second request beside an open one (``AskedAlready``), a day that no extension
    could give (``NotLater``) and one without a reason (``decisions.Unexplained``).
    """
    _may_ask(act, employer)
    found = certificates.live_of(employer)
    rows = projections.hold(employer.pk, scheme=found.scheme) if found is not None else ()
    held = next((row for row in rows if found is not None and row.pk == found.pk), None)
    report = certificates.standing_of(held, on=act.on) if held is not None else None
    if held is None or report is None or report.standing not in LIVE or report.owed is None:
        raise NothingOwed("There is no certificate in force that owes anything, so there is no day to move.")
    if extensions.open_about(held) is not None:
        raise AskedAlready("You have asked already. Wait for the answer, or call your certifying partner.")
    due_on = report.owed.due_on
    if until <= due_on:
        raise NotLater(f"What you owe is due on {due_on} already. Choose a later day.")
    if until > due_on + decisions.LONGEST_EXTENSION:
        raise NotLater(f"That is more than a year after {due_on}. Choose an earlier day.")
    row = ExtensionRequest(
        employer_id=held.employer_id,
        certificate=held,
        due_on=due_on,
        until=until,
        reason=decisions.reason_of(reason)[:REASON_MAX],
        asked_at=act.at,
        asked_by=act.by,
    )
    row.save(force_insert=True)
    _enter(act, "extension.asked", row, until=until.isoformat())
    return row


@transaction.atomic
def grant(act: Act, *, request: ExtensionRequest, until: date, answer: str) -> ExtensionRequest:
    """Move the due day to ``until``, which may be another day than was asked for, and close the request.

    Refuses what ``decisions.extend`` refuses, and a request that was answered (``Answered``).
    """
    held = _held(act, request)
    decisions.extend(act, certificate=held.certificate, until=until, reason=answer)
    return _close(act, held, granted=True, answer=answer)


@transaction.atomic
def refuse(act: Act, *, request: ExtensionRequest, answer: str) -> ExtensionRequest:
    """Say no, with a reason that whoever asked reads. Refuses a request that was answered (``Answered``)."""
    return _close(act, _held(act, request), granted=False, answer=decisions.reason_of(answer))


def _may_ask(act: Act, employer: Employer) -> None:
    rows = Audit.objects.within(house("whether somebody does an audit of this employer")).filter(
        employer=employer, stage__in=UNDER_WAY
    )
    for audit in rows.select_related("partner", "employer"):
        try:
            assessor.permit(act, audit=audit)
        except assessor.NotYours:
            continue
        return
    owner.permit(act, employer=employer)


def _held(act: Act, request: ExtensionRequest) -> ExtensionRequest:
    rows = ExtensionRequest.objects.within(house("an act holds its request")).select_for_update(of=("self",))
    held = rows.select_related("certificate__partner", "certificate__employer").get(pk=request.pk)
    staff.permit(act, RoleKind.DECISION_MAKER, partner=held.certificate.partner)
    if held.answered_at is not None:
        raise Answered("Somebody has answered this request already. Open the page again to see how.")
    return held


def _close(act: Act, held: ExtensionRequest, *, granted: bool, answer: str) -> ExtensionRequest:
    held.granted, held.answer = granted, answer.strip()[:REASON_MAX]
    held.answered_at, held.answered_by = act.at, act.by
    held.save(update_fields=["granted", "answer", "answered_at", "answered_by"])
    _enter(act, "extension.granted" if granted else "extension.refused", held)
    return held


def _enter(act: Act, what: str, row: ExtensionRequest, **facts: str) -> None:
    certificate: Certificate = row.certificate
    act.enter(what, employer=row.employer_id, partner=certificate.partner_id, subject=row.code, **facts)
