"""Certificates: what happens to them is written down, and a passed, accepted audit earns one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from secor.core.audit import Kind
from secor.core.certificate import LIVE, CertificateRules, Standing, standing
from secor.core.event import EventKind
from secor.core.role import RoleKind
from secor.core.term import IssueAnchor, RenewalAnchor, term_end, term_of
from secor.queries import schemes
from secor.queries.certificates import rules_of, standing_of
from secor.queries.histories import CORRECTED, Life, kept_of, life_of, lives
from secor.store.models import Audit, Certificate, CertificateEvent, Employer, Membership, Partner, Review
from secor.store.scope import house
from secor.usecases import credentials, log, numbers, projections, staff
from secor.usecases.act import Act, Refusal

EARNED_BY = frozenset({Kind.CERTIFICATION, Kind.RECERTIFICATION, Kind.LIMITED_SCOPE, Kind.ADMINISTRATIVE})
BY_DECISION = frozenset({Standing.CANCELLED, Standing.REVOKED, Standing.WITHDRAWN})


class NotDecided(Refusal):
    """The partner has not accepted the audit."""


class NotPassed(Refusal):
    """The audit was accepted, and its score does not reach the pass mark."""


class NothingToIssue(Refusal):
    """The audit keeps a certificate; it does not earn a new one."""


class SamePerson(Refusal):
    """Who reviewed the audit does not also decide on the certificate."""


class NotAMember(Refusal):
    """The employer is not with this partner today."""


class StillCertified(Refusal):
    """The employer holds a certificate already."""


class EndedSince(Refusal):
    """The certificate was ended by a decision after the audit was sent."""


class NotYet(Refusal):
    """The next certificate has new rules, which hold only from its own first day on."""


@transaction.atomic
def record(  # noqa: PLR0913 - an event has as many facts as the rules know
    act: Act,
    *,
    employer: Employer,
    partner: Partner,
    scheme: str,
    event: EventKind | str,
    on: date,
    certificate: Certificate | None = None,
    audit: Audit | None = None,
    kind: Kind | str = "",
    passed: bool | None = None,
    until: date | None = None,
    count: int | None = None,
    records_months: int | None = None,
    reason: str = "",
) -> CertificateEvent:
    """Write down that something happened to an employer's certificate, and work out what is owed next.

    Without ``certificate`` it happened to the one that carries the employer's life now, if any does. Part of another
    act, which writes the journal's line. An ``event`` or ``kind`` that the rules do not know raises ValueError.
    """
    rows = projections.hold(employer.pk, scheme=scheme)
    row = CertificateEvent(
        employer=employer,
        partner=partner,
        scheme=scheme,
        certificate=certificate or _live_among(rows),
        audit=audit,
        on=on,
        event=EventKind(event).value,
        kind=Kind(kind).value if kind else "",
        passed=passed,
        until=until,
        count=count,
        records_months=records_months,
        reason=reason,
        recorded_at=act.at,
        recorded_by=act.by,
    )
    row.save(force_insert=True)
    log.enter_event(row)
    projections.project(rows, employer=employer.pk, scheme=scheme)
    return row


@transaction.atomic
def correct(act: Act, *, event: CertificateEvent, reason: str) -> CertificateEvent:
    """Write down that an event did not hold, and work out what is owed next without it. Nothing is deleted.

    Both rows stay on file, and the rules are told neither. Part of another act, which writes the journal's line.
    Correcting twice is one act.
    """
    rows = projections.hold(event.employer_id, scheme=event.scheme)
    known = CertificateEvent.objects.within(projections.HELD).filter(corrects=event).first()
    if known is not None:
        return known
    row = CertificateEvent(
        employer=event.employer,
        partner=event.partner,
        scheme=event.scheme,
        certificate=event.certificate,
        audit=event.audit,
        corrects=event,
        on=act.on,
        event=CORRECTED,
        kind=event.kind,
        count=event.count,
        reason=reason,
        recorded_at=act.at,
        recorded_by=act.by,
    )
    row.save(force_insert=True)
    log.enter_event(row)
    projections.project(rows, employer=event.employer_id, scheme=event.scheme)
    return row


@transaction.atomic
def issue(act: Act, *, audit: Audit) -> Certificate:
    """Issue the certificate that an accepted, passed audit earned. Asked twice, or by two at once, it is issued once.

    Refuses everyone but a decision maker of the partner (``NotYourDesk``), who neither did nor reviewed the audit nor
    is tied to the employer (``Tied``, ``SamePerson``); a partner that is not recognized today (``PartnerEnded``); an
    employer that left (``NotAMember``); an audit not accepted (``NotDecided``), not passed (``NotPassed``) or of a
    kind that earns none (``NothingToIssue``); everybody while signing is stopped (``SigningStopped``); and what
    ``_place`` refuses.
    """
    held = _hold(audit)
    staff.permit(act, RoleKind.DECISION_MAKER, partner=held.partner)
    issued = Certificate.objects.within(projections.HELD).filter(audit=held).first()
    if issued is not None:
        return issued
    _may_decide(act, held)
    _has_earned(held)
    credentials.may_issue()
    rows = projections.hold(held.employer_id, scheme=held.scheme)
    place = _place(act, held, rows)
    new = _write(act, held, place)
    if place.certifies:
        record(
            act,
            employer=held.employer,
            partner=held.partner,
            scheme=held.scheme,
            event=EventKind.CERTIFIED,
            on=place.begins_on,
            certificate=new,
            records_months=held.records_months,
        )
    else:
        projections.project([new, *rows], employer=held.employer_id, scheme=held.scheme)
    new.refresh_from_db(fields=["owed_kind", "owed_due_on", "ended"])
    credentials.seal(act, certificate=new)
    act.enter(
        "certificate.issued", employer=held.employer_id, partner=held.partner_id, subject=new.number, audit=held.code
    )
    return new


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a certificate stands in its employer's history: from when it counts, and which one it follows."""

    begins_on: date
    ends_on: date
    follows: Certificate | None
    certifies: bool


def _hold(audit: Audit) -> Audit:
    rows = Audit.objects.within(house("a decision holds its audit")).select_for_update(of=("self",))
    return rows.select_related("partner", "employer").get(pk=audit.pk)


def _may_decide(act: Act, audit: Audit) -> None:
    assert act.by is not None, "only a person holds a role"
    staff.still_recognized(act, partner=audit.partner)
    staff.independent(act, person=act.by, audit=audit)
    if Review.objects.within(projections.HELD).filter(audit=audit, reviewer=act.by).exists():
        raise SamePerson("You reviewed this audit, so somebody else decides on the certificate. Ask a colleague.")
    members = Membership.objects.within(house("whose member an employer is")).filter(
        employer=audit.employer_id, partner=audit.partner_id, approved_on__isnull=False, left_on__isnull=True
    )
    if not members.exists():
        raise NotAMember(
            f"{audit.employer} is no longer with {audit.partner.name}, so it cannot issue. Ask them first."
        )


def _has_earned(audit: Audit) -> None:
    if audit.stage != Audit.Stage.ACCEPTED or audit.accepted_on is None:
        raise NotDecided("This audit has not been accepted, so there is nothing to issue yet. Review it first.")
    if not audit.passed:
        raise NotPassed(
            "This audit was accepted, which says that it was done well. Its score does not reach the pass mark, "
            "so no certificate is issued. The employer can put right what was missing and be audited again."
        )
    if Kind(audit.kind) not in EARNED_BY:
        raise NothingToIssue(
            f"A {audit.kind.replace('_', ' ')} audit keeps the certificate the employer has. There is no new one."
        )


def _place(act: Act, audit: Audit, rows: Sequence[Certificate]) -> _Place:
    """Find the certificate's place.

    Refuses a second certificate beside a live one (``StillCertified``), one after a decision that ended the last
    (``EndedSince``), and a renewal under new rules before its first day (``NotYet``).
    """
    last = next((row for row in rows if row.replaced_by_id is None), None)
    report = standing_of(last, on=act.on) if last else None
    if last is not None and report is not None and report.standing in LIVE:
        if Kind(audit.kind) is not Kind.RECERTIFICATION:
            raise StillCertified(
                f"{audit.employer} holds {last.number} already, until {report.term_ends_on}. "
                "A second one beside it is never issued."
            )
        return _renewed(act, audit, last)
    decided_on = report.since if report is not None and report.standing in BY_DECISION else None
    if report is not None and decided_on and audit.submitted_on and audit.submitted_on <= decided_on:
        raise EndedSince(
            f"The certificate was {report.standing.value} on {decided_on}, after this audit was sent. "
            "A new certification audit is needed."
        )
    return _first(audit)


def _first(audit: Audit) -> _Place:
    """A life's first day is the day that the rules anchor it to; its term follows from the months of records."""
    assert audit.accepted_on is not None, "an accepted audit has its day"
    rules = _rules(audit, audit.accepted_on)
    anchors = {
        IssueAnchor.GATHERED: audit.gathered_on,
        IssueAnchor.SUBMITTED: audit.submitted_on,
        IssueAnchor.ACCEPTED: audit.accepted_on,
    }
    begins_on = anchors[rules.expiry.issue_anchor] or audit.accepted_on
    ends_on = term_end(begins_on, term_of(rules.terms, audit.records_months), rules.expiry)
    return _Place(begins_on, ends_on, follows=None, certifies=True)


def _renewed(act: Act, audit: Audit, last: Certificate) -> _Place:
    """A renewal goes on with the life it renews, unless the rules are others now: then it begins one of its own."""
    assert audit.accepted_on is not None, "an accepted audit has its day"
    pair = (last.employer_id, last.scheme)
    life = life_of(last.pk, among=lives(kept_of([last.employer_id]).get(pair, ())))
    assert life is not None, "a live certificate has a life"
    rules = rules_of(life.pin)
    begins_on = _renewal_day(audit.accepted_on, life, rules)
    anew = _rules(audit, begins_on)
    certifies = anew != rules
    if certifies and begins_on > act.on:
        raise NotYet(
            f"The next certificate has new rules and begins on {begins_on}. Issue it from that day on; "
            f"{last.number} stays good until then."
        )
    ends_on = term_end(begins_on, term_of(anew.terms, audit.records_months), anew.expiry)
    return _Place(begins_on, ends_on, follows=last, certifies=certifies)


def _renewal_day(accepted_on: date, life: Life, rules: CertificateRules) -> date:
    if rules.expiry.renewal_anchor is RenewalAnchor.NEW_ISSUE:
        return accepted_on
    renewed = (EventKind.AUDIT_ACCEPTED, Kind.RECERTIFICATION, accepted_on)
    before = [event for event in life.events if (event.event, event.kind, event.on) != renewed]
    return standing(before, rules=rules, on=accepted_on).term_ends_on or accepted_on


def _rules(audit: Audit, on: date) -> CertificateRules:
    return schemes.pinned(audit.edition, partner=audit.partner.key, on=on).certificate


def _write(act: Act, audit: Audit, place: _Place) -> Certificate:
    """Write the new row in the old one's place: an employer has one live certificate at every moment."""
    Certificate.objects.within(projections.HELD).filter(
        employer=audit.employer_id, scheme=audit.scheme, ended=False
    ).update(ended=True)
    new = Certificate(
        employer=audit.employer,
        partner=audit.partner,
        audit=audit,
        number=numbers.take(audit.scheme, year=act.on.year),
        scheme=audit.scheme,
        edition=audit.edition,
        legal_name=audit.employer.legal_name,
        trade_name=audit.employer.trade_name,
        issued_on=place.begins_on,
        term_ends_on=place.ends_on,
        issued_at=act.at,
        issued_by=act.by,
    )
    new.save(force_insert=True)
    if place.follows is not None:
        place.follows.replaced_by = new
        place.follows.save(update_fields=["replaced_by"])
    return new


def _live_among(rows: Sequence[Certificate]) -> Certificate | None:
    return next((row for row in rows if row.replaced_by_id is None and not row.ended), None)
