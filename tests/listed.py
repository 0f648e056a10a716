"""Certificates with a history, for tests of what strangers may see."""

from __future__ import annotations

from datetime import UTC, date, datetime

from secor.core.number import CertificateNumber
from secor.queries import schemes
from secor.queries.register import folded
from secor.store.models import Certificate, CertificateEvent, Employer, Partner

ISSUED = date(2024, 5, 17)
AT = datetime(2024, 5, 17, 18, tzinfo=UTC)


def partner(key: str = "asc") -> Partner:
    told = schemes.partner("ab-secor", key)
    return Partner.objects.get_or_create(key=key, defaults={"name": told.name, "acronym": told.acronym})[0]


def employer(name: str = "Prairie Rose Roofing Ltd.", **fields: object) -> Employer:
    given = {"trade_name": "", "city": "Red Deer", "phone": "403-555-0100", "address": "1 Secret Street"} | fields
    search = " ".join(folded(str(part)) for part in (name, given["trade_name"]) if part)
    return Employer.objects.create(legal_name=name, joined_on=date(2024, 1, 1), search_name=search, **given)


def certificate(of: Employer | None = None, *, serial: int = 123, by: str = "asc", on: date = ISSUED) -> Certificate:
    """A certificate issued and in force on its day, under the rules of that day."""
    owner, body = of or employer(), partner(by)
    row = Certificate.objects.create(
        employer=owner,
        number=str(CertificateNumber("SECOR", on.year, serial)),
        scheme="ab-secor",
        edition=schemes.edition_on("ab-secor", on).key,
        partner=body,
        legal_name=owner.legal_name,
        trade_name=owner.trade_name,
        issued_on=on,
        term_ends_on=date(on.year + 3, on.month, on.day),
        issued_at=AT,
    )
    happened(row, "certified", on=on, records_months=12)
    return row


def happened(row: Certificate, event: str, *, on: date, **facts: object) -> None:
    """Something happens to a certificate."""
    CertificateEvent.objects.create(
        employer=row.employer,
        scheme=row.scheme,
        partner=row.partner,
        certificate=row,
        on=on,
        event=event,
        recorded_at=AT,
        reason=str(facts.pop("reason", "a reason nobody outside may read")),
        **facts,
    )
