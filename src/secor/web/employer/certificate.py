"""The certificate: what it is worth today, and its years as a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from secor.core.anniversary import due
from secor.core.audit import Kind
from secor.core.certificate import StandingReport
from secor.core.event import Event, EventKind
from secor.core.term import term_of
from secor.queries import certificates, credentials, schemes
from secor.queries.certificates import Certificate, CertificateEvent
from secor.queries.duties import KINDS, MILESTONES
from secor.queries.situations import situation_of
from secor.web import charts
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, reached, show
from secor.web.http import SignedIn
from secor.web.words import days_left, plainly

EVENTS = {
    "certified": "Certified",
    "data_gathered": "Audit: everything gathered",
    "audit_submitted": "Audit sent",
    "audit_accepted": "Audit accepted",
    "extended": "Due day moved",
    "headcount": "Head-count",
    "suspended": "Suspended",
    "reinstated": "In force again",
    "withdrawn": "Given up",
    "cancelled": "Cancelled by the certifying partner",
    "revoked": "Ended by the government",
    "replaced": "Issued anew under another number",
    "transferred": "Handed over to another certifying partner",
    "corrected": "Corrected",
}


@door(*OPENS_OWN, methods=READING)
def certificate(request: SignedIn, code: str) -> HttpResponse:
    """Show the certificate, its three years, and what happened to it."""
    place = reached(request, code)
    at = situation_of(place.employer, on=request.on)
    row, report = at.certificate, at.report
    if row is None or report is None:
        return show(request, place, "certificate", {"row": None})
    owed = report.owed if at.live else None
    events = certificates.events_of(row)
    names = {"partner": row.partner.key, "acronym": row.partner.acronym}
    page = {
        "row": row,
        "report": report,
        "live": at.live,
        "standing": report.standing.value,
        "owed": owed,
        "owed_kind": KINDS[owed.kind] if owed else "",
        "owed_how": MILESTONES[owed.milestone] if owed else "",
        "left": days_left((owed.due_on - at.on).days) if owed else "",
        "why": [plainly(line, **names) for line in report.why],
        "years": charts.years(list(_milestones(row, report)), today=at.on, stopped=not at.live),
        "events": [(event.on, _event(event), event.reason) for event in reversed(events)],
        "check": reverse("public:check", args=[row.number]),
        "check_url": settings.SITE_URL + reverse("public:check", args=[row.number]),
        "due_told": at.rules.told("due"),
        "signed": credentials.of(row),
    }
    return show(request, place, "certificate", page)


def _event(event: CertificateEvent) -> str:
    word = EVENTS[event.event]
    if event.event == EventKind.AUDIT_ACCEPTED.value and not event.passed:
        word = "Audit did not count" if event.reason else "Audit did not pass"
    if event.count is not None:
        word = f"{word}: {event.count} people"
    return f"{word} ({event.kind.replace('_', ' ')})" if event.kind else word


def _milestones(row: Certificate, report: StandingReport) -> Iterator[charts.Milestone]:
    """The days of a certificate's term: its beginning, each audit it owes, and its end."""
    rules = schemes.pinned(row.edition, partner=row.partner.key, on=row.issued_on).certificate
    history = certificates.history(row.employer_id, row.scheme)
    months = next((e.records_months for e in reversed(history) if e.event is EventKind.CERTIFIED), None)
    owed, ends = report.owed, report.term_ends_on or row.term_ends_on
    passed = [e for e in history if _maintained(e) and e.on >= row.issued_on]
    nths = term_of(rules.terms, months).maintained_at
    yield charts.Milestone(row.issued_on, "Certificate issued", "done")
    for place, nth in enumerate(nths):
        day = due(rules.due, issued_on=row.issued_on, nth=nth, term_ends_on=ends, partner=rules.partner).due_on
        yield _stone(day, "Maintenance audit due", place, len(passed), report)
    last = owed.due_on if owed and len(passed) >= len(nths) else ends
    yield _stone(last, "Recertification due, or it ends", len(nths), len(passed), report)


def _maintained(event: Event) -> bool:
    return event.event is EventKind.AUDIT_ACCEPTED and event.kind is Kind.MAINTENANCE and bool(event.passed)


def _stone(day: date, label: str, place: int, passed: int, report: StandingReport) -> charts.Milestone:
    if place < passed:
        return charts.Milestone(day, label, "done")
    if place > passed:
        return charts.Milestone(day, label, "ahead")
    if report.owed is not None:
        return charts.Milestone(report.owed.due_on, label, "owed")
    missed = report.since is not None and (report.since - day).days == 1
    return charts.Milestone(day, label, "missed" if missed else "ahead")
