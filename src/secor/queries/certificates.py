"""Certificates, and what they are worth on a day. The standing is asked of the events and the day, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from secor.core.anniversary import due
from secor.core.audit import Kind
from secor.core.certificate import CertificateRules, Standing, StandingReport, standing
from secor.core.event import Event, EventKind
from secor.core.number import NotANumber, parse
from secor.queries import schemes
from secor.queries.histories import Pin, kept_of, life_of, lives
from secor.queries.paging import Page, page_of
from secor.queries.people import Scope
from secor.store.models import Audit, Certificate, CertificateEvent, Employer
from secor.store.scope import house

__all__ = [
    "Certificate",
    "CertificateEvent",
    "Stone",
    "carrying",
    "events_of",
    "history",
    "kept_by",
    "live_of",
    "milestones",
    "newest_of",
    "of_audit",
    "reached",
    "rules_of",
    "search",
    "standing_of",
    "standings",
    "told_by",
]

NEVER = StandingReport(Standing.NONE, why=("no certificate has been issued",))
MISSED = frozenset({Standing.LAPSED, Standing.EXPIRED})
ASKED = house("the certificates of an employer that was itself reached")


@dataclass(frozen=True, slots=True)
class Stone:
    """One day of a certificate's cycle: ``kind`` None is the first day. ``state``: done, owed, missed or ahead."""

    on: date
    kind: Kind | None
    state: str


def live_of(employer: Employer | int, *, scheme: str | None = None) -> Certificate | None:
    """The certificate that carries an employer's life under a scheme, when nothing that happened has ended it.

    Time may have: whether it is good on a day is asked of ``standing_of``.
    """
    return carrying(employer, scheme=scheme).filter(ended=False).first()


def newest_of(employer: Employer | int, *, scheme: str | None = None) -> Certificate | None:
    """The newest certificate of an employer, ended or not."""
    return carrying(employer, scheme=scheme).first()


def of_audit(audit: Audit) -> Certificate | None:
    """The certificate that an audit earned."""
    return Certificate.objects.within(ASKED).filter(audit=audit).select_related("partner").first()


def carrying(employer: Employer | int, *, scheme: str | None = None) -> QuerySet[Certificate]:
    """An employer's certificates that were not replaced, the newest first."""
    key = employer.pk if isinstance(employer, Employer) else employer
    rows = Certificate.objects.within(ASKED).filter(employer=key, replaced_by__isnull=True)
    if scheme is not None:
        rows = rows.filter(scheme=scheme)
    return rows.select_related("employer", "partner").order_by("-pk")


def reached(number: str, *, scope: Scope) -> Certificate | None:
    """The certificate with this number, when ``scope`` reaches it."""
    try:
        canonical = str(parse(number))
    except NotANumber:
        return None
    rows = Certificate.objects.within(scope).filter(number=canonical)
    return rows.select_related("employer", "partner", "audit", "replaced_by", "issued_by").first()


def events_of(certificate: Certificate) -> tuple[CertificateEvent, ...]:
    """Everything that happened to the employer's certificates under this one's scheme, as it is kept."""
    rows = CertificateEvent.objects.within(ASKED).filter(employer=certificate.employer_id, scheme=certificate.scheme)
    return tuple(rows.select_related("certificate", "partner", "recorded_by"))


def history(employer_id: int, scheme: str) -> tuple[Event, ...]:
    """Everything that happened to an employer's certificates under a scheme, in the form that the rules take."""
    return tuple(kept.event for kept in kept_of([employer_id]).get((employer_id, scheme), ()))


def told_by(audit: Audit) -> tuple[CertificateEvent, ...]:
    """What an audit that is not decided yet has reached in its employer's certificate, the oldest first."""
    rows = CertificateEvent.objects.within(ASKED).filter(audit=audit, corrected_by__isnull=True)
    steps = (EventKind.DATA_GATHERED.value, EventKind.AUDIT_SUBMITTED.value)
    return tuple(rows.filter(event__in=steps).select_related("employer", "partner", "certificate", "audit"))


def kept_by(audit: Audit, *, on: date) -> date | None:
    """The due day that has passed and is kept by this audit alone, so that without it the certificate ends."""
    certificate = live_of(audit.employer_id, scheme=audit.scheme)
    if certificate is None or not told_by(audit):
        return None
    report = standing_of(certificate, on=on)
    if not report.decision_pending or report.owed is None:
        return None
    return report.owed.due_on if report.owed.due_on < on else None


def rules_of(pin: Pin) -> CertificateRules:
    """The rules that a certificate's life is judged by."""
    return schemes.pinned(pin.edition, partner=pin.partner, on=pin.on).certificate


def standing_of(certificate: Certificate, *, on: date) -> StandingReport:
    """What a certificate is worth on the day ``on``."""
    return standings([certificate], on=on)[certificate.pk]


def milestones(certificate: Certificate, *, on: date) -> tuple[Stone, ...]:
    """The days of a certificate's present cycle, from its first day to the end of its term, and how each stands."""
    kept = kept_of([certificate.employer_id]).get((certificate.employer_id, certificate.scheme), ())
    life = life_of(certificate.pk, among=lives(kept))
    if life is None:
        return ()
    rules, report = rules_of(life.pin), standing(life.events, rules=rules_of(life.pin), on=on)
    began_on, ends_on = certificate.issued_on, report.term_ends_on or certificate.term_ends_on
    months = (certificate.term_ends_on.year - began_on.year) * 12 + certificate.term_ends_on.month - began_on.month
    term = min(rules.terms, key=lambda each: abs(each.months - months))
    days = [
        due(rules.due, issued_on=began_on, nth=nth, term_ends_on=ends_on, partner=rules.partner).due_on
        for nth in term.maintained_at
    ]
    kinds = [Kind.MAINTENANCE] * len(days) + [Kind.RECERTIFICATION]
    done = sum(
        event.event is EventKind.AUDIT_ACCEPTED
        and event.kind is Kind.MAINTENANCE
        and bool(event.passed)
        and began_on < event.on <= on
        for event in life.events
    )
    stones = [Stone(began_on, None, "done")]
    for nth, (kind, day) in enumerate(zip(kinds, [*days, ends_on], strict=True)):
        if nth < done:
            stones.append(Stone(day, kind, "done"))
        elif nth > done:
            stones.append(Stone(day, kind, "ahead"))
        elif report.owed is not None:
            stones.append(Stone(report.owed.due_on, kind, "owed"))
        else:
            stones.append(Stone(day, kind, "missed" if report.standing in MISSED else "ahead"))
    return tuple(stones)


def standings(certificates: Iterable[Certificate], *, on: date) -> dict[int, StandingReport]:
    """What each of these certificates is worth on the day ``on``, by its key. One query, however many they are.

    A certificate that was renewed or replaced is told with the life that goes on under its newer number; one whose
    life ended before another began is told by its own life alone.
    """
    rows = list(certificates)
    kept = kept_of({row.employer_id for row in rows})
    told = {key: lives(events) for key, events in kept.items()}
    reports = {}
    for row in rows:
        life = life_of(row.pk, among=told.get((row.employer_id, row.scheme), ()))
        reports[row.pk] = standing(life.events, rules=rules_of(life.pin), on=on) if life else NEVER
    return reports


def search(scope: Scope, *, text: str, number: int) -> Page[Certificate]:
    """Certificates of these partners by number or by the employer's name, the newest first; all where it is empty."""
    rows = Certificate.objects.within(Scope(partners=scope.partners)).select_related("employer", "partner")
    if wanted := " ".join(text.split())[:100]:
        try:
            rows = rows.filter(number=str(parse(wanted)))
        except NotANumber:
            rows = rows.filter(employer__search_name__contains=wanted.casefold())
    return page_of(rows.order_by("-pk"), number=number)
