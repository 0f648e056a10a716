"""A partner's decisions about a certificate that has been issued, each with its reason.

Two people who decide at once make one decision: the second finds the certificate as the first left it, and is told.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from secor.core.certificate import LIVE, Standing, StandingReport
from secor.core.event import EventKind
from secor.core.role import RoleKind
from secor.queries import keys
from secor.queries.certificates import standing_of
from secor.store.models import Certificate, CertificateEvent
from secor.usecases import certificates, credentials, projections, staff
from secor.usecases.act import Act, Refusal

# Our own limit against a slip of the year: partners decide extensions case by case and publish no longest one.
LONGEST_EXTENSION = timedelta(days=366)


class Unexplained(Refusal):
    """A decision that needs its reason."""


class NotNow(Refusal):
    """What the certificate is worth today does not allow the decision."""


class Replaced(Refusal):
    """A newer number goes on in this one's place."""


class NotLater(Refusal):
    """An extension that is none, or one too long to be meant."""


@transaction.atomic
def suspend(act: Act, *, certificate: Certificate, reason: str) -> CertificateEvent:
    """Let a valid certificate rest until it is reinstated. Its due days go on."""
    held, _, why = _about(act, certificate, reason, allowed=frozenset({Standing.VALID}), to="suspended")
    event = _decide(act, held, EventKind.SUSPENDED, why)
    if standing_of(held, on=act.on).standing is not Standing.SUSPENDED:
        # Events of one day have one order, in which a reinstatement is the last word.
        raise NotNow("This certificate was reinstated today. It can be suspended again tomorrow.")
    return event


@transaction.atomic
def reinstate(act: Act, *, certificate: Certificate, reason: str) -> CertificateEvent:
    """End a suspension. A certificate that lapsed, expired or was cancelled never comes back this way."""
    staff.still_recognized(act, partner=certificate.partner)
    held, _, why = _about(act, certificate, reason, allowed=frozenset({Standing.SUSPENDED}), to="reinstated")
    event = _decide(act, held, EventKind.REINSTATED, why)
    _anew(act, held)
    return event


@transaction.atomic
def cancel(act: Act, *, certificate: Certificate, reason: str) -> CertificateEvent:
    """End a certificate by the partner's own decision, for good."""
    held, _, why = _about(act, certificate, reason, allowed=LIVE, to="cancelled")
    return _decide(act, held, EventKind.CANCELLED, why)


@transaction.atomic
def revoke(act: Act, *, certificate: Certificate, reason: str) -> CertificateEvent:
    """Write down that the government has ended a certificate, for good."""
    held, _, why = _about(act, certificate, reason, allowed=LIVE, to="revoked")
    return _decide(act, held, EventKind.REVOKED, why)


@transaction.atomic
def withdraw(act: Act, *, certificate: Certificate, reason: str) -> CertificateEvent:
    """End a certificate because its employer gives it up, for good."""
    held, _, why = _about(act, certificate, reason, allowed=LIVE, to="withdrawn")
    return _decide(act, held, EventKind.WITHDRAWN, why)


@transaction.atomic
def extend(act: Act, *, certificate: Certificate, until: date, reason: str) -> CertificateEvent:
    """Move the day of what is owed next to ``until``, which is the last day in time.

    Refuses (``NotLater``) a day that is not after the present due day, or more than a year after it.
    """
    staff.still_recognized(act, partner=certificate.partner)
    held, report, why = _about(act, certificate, reason, allowed=LIVE, to="extended")
    assert report.owed is not None, "a live certificate always owes something next"
    due_on = report.owed.due_on
    if until <= due_on:
        raise NotLater(f"What is owed is due on {due_on} already. Choose a later day.")
    if until > due_on + LONGEST_EXTENSION:
        raise NotLater(f"That is more than a year after {due_on}. Choose an earlier day.")
    event = _decide(act, held, EventKind.EXTENDED, why, until=until)
    if standing_of(held, on=act.on).term_ends_on != report.term_ends_on:
        _anew(act, held)
    return event


def held_live(act: Act, certificate: Certificate) -> tuple[Certificate, StandingReport]:
    """Hold a certificate, for a decision maker of its partner, and tell what it is worth today.

    Refuses everyone else (``NotYourDesk``), and a certificate whose place a newer number has taken (``Replaced``).
    """
    staff.permit(act, RoleKind.DECISION_MAKER, partner=certificate.partner)
    rows = projections.hold(certificate.employer_id, scheme=certificate.scheme)
    held = next(row for row in rows if row.pk == certificate.pk)
    if held.replaced_by_id is not None:
        newer = next(row for row in rows if row.pk == held.replaced_by_id)
        raise Replaced(f"The number {newer.number} goes on in this one's place. Decide about that one.")
    return held, standing_of(held, on=act.on)


def reason_of(reason: str) -> str:
    """Give a reason without the space around it; refuse an empty one (``Unexplained``)."""
    if why := reason.replace("\0", "").strip():
        return why
    raise Unexplained("Write why. The reason is kept with the decision and shown to the employer.")


def allow(certificate: Certificate, report: StandingReport, *, allowed: frozenset[Standing], to: str) -> None:
    """Refuse (``NotNow``) what the standing of a certificate does not allow; ``to`` says what it would be."""
    if report.standing not in allowed:
        since = f" since {report.since}" if report.since else ""
        told = f"{certificate.number} is {report.standing.value}{since}, so it cannot be {to}."
        raise NotNow(told if report.standing in LIVE else f"{told} Only a new certification begins again.")


def _about(
    act: Act, certificate: Certificate, reason: str, *, allowed: frozenset[Standing], to: str
) -> tuple[Certificate, StandingReport, str]:
    held, report = held_live(act, certificate)
    why = reason_of(reason)
    allow(held, report, allowed=allowed, to=to)
    return held, report, why


def _anew(act: Act, certificate: Certificate) -> None:
    """A credential whose days moved, or that was on hold, is followed by a new one.

    A decision that helps the employer holds even while signing is stopped; the credential it has then goes on.
    """
    if keys.stopped() is None:
        credentials.seal(act, certificate=certificate)


def _decide(
    act: Act, certificate: Certificate, event: EventKind, reason: str, *, until: date | None = None
) -> CertificateEvent:
    row = certificates.record(
        act,
        employer=certificate.employer,
        partner=certificate.partner,
        scheme=certificate.scheme,
        event=event,
        on=act.on,
        certificate=certificate,
        until=until,
        reason=reason,
    )
    facts = {"until": until.isoformat()} if until else {}
    act.enter(
        f"certificate.{event.value}",
        employer=certificate.employer_id,
        partner=certificate.partner_id,
        subject=certificate.number,
        **facts,
    )
    return row
