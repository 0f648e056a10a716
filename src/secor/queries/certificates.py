"""Certificates, and what they are worth on a day. The standing is asked of the events and the day, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from secor.core.certificate import CertificateRules, Standing, StandingReport, standing
from secor.core.event import Event
from secor.core.number import NotANumber, parse
from secor.queries import schemes
from secor.queries.histories import Pin, kept_of, life_of, lives
from secor.queries.people import Scope
from secor.store.models import Certificate, CertificateEvent, Employer
from secor.store.scope import house

__all__ = [
    "Certificate",
    "carrying",
    "events_of",
    "history",
    "live_of",
    "newest_of",
    "reached",
    "rules_of",
    "standing_of",
    "standings",
]

NEVER = StandingReport(Standing.NONE, why=("no certificate has been issued",))
ASKED = house("the certificates of an employer that was itself reached")


def live_of(employer: Employer | int, *, scheme: str | None = None) -> Certificate | None:
    """The certificate that carries an employer's life under a scheme, when nothing that happened has ended it.

    Time may have: whether it is good on a day is asked of ``standing_of``.
    """
    return carrying(employer, scheme=scheme).filter(ended=False).first()


def newest_of(employer: Employer | int, *, scheme: str | None = None) -> Certificate | None:
    """The newest certificate of an employer, ended or not."""
    return carrying(employer, scheme=scheme).first()


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


def rules_of(pin: Pin) -> CertificateRules:
    """The rules that a certificate's life is judged by."""
    return schemes.pinned(pin.edition, partner=pin.partner, on=pin.on).certificate


def standing_of(certificate: Certificate, *, on: date) -> StandingReport:
    """What a certificate is worth on the day ``on``."""
    return standings([certificate], on=on)[certificate.pk]


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
