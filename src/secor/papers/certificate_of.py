"""From a certificate on file to its paper."""

from __future__ import annotations

from secor.core.event import EventKind
from secor.core.term import term_of
from secor.papers.certificate import CertificatePaper
from secor.queries import certificates, schemes
from secor.queries.certificates import Certificate


def paper_of(certificate: Certificate, *, site_url: str, specimen: bool) -> CertificatePaper:
    """Put a certificate on paper as it was issued; its standing of today is told at the address on it.

    The address stands in capitals, which make its QR code smaller; ours are read either way.
    """
    edition = schemes.edition(certificate.edition)
    rules = schemes.pinned(certificate.edition, partner=certificate.partner.key, on=certificate.issued_on)
    return CertificatePaper(
        number=certificate.number,
        scheme_title=edition.title,
        jurisdiction=edition.jurisdiction,
        legal_name=certificate.legal_name,
        trade_name=certificate.trade_name,
        partner=certificate.partner.name,
        issued_on=certificate.issued_on,
        term_ends_on=certificate.term_ends_on,
        owed_each_year=bool(term_of(rules.terms, _records_months(certificate)).maintained_at),
        check_url=f"{site_url}/v/{certificate.number}".upper(),
        specimen=specimen,
    )


def _records_months(certificate: Certificate) -> int | None:
    """The months of records it was certified on: they choose between the terms of the scheme."""
    began = [
        event
        for event in certificates.history(certificate.employer_id, certificate.scheme)
        if event.event is EventKind.CERTIFIED and event.on <= certificate.issued_on
    ]
    return began[-1].records_months if began else None
