"""Certificates as their owners and their partner see them: what they are worth, and what is due when."""

from __future__ import annotations

from collections.abc import Sequence

from secor.api.employers import BOTH_SIDES, reached
from secor.api.offer import PAGE, SEARCH, FromProgram, offer, page_in, words_in
from secor.api.told import CertificateTold
from secor.core.access import AccessScope
from secor.core.certificate import StandingReport
from secor.core.role import PARTNER_STAFF
from secor.queries import certificates
from secor.queries.certificates import Certificate
from secor.queries.paging import Page


@offer(
    CertificateTold,
    "The certificates of a partner, the newest first",
    scope=AccessScope.CERTIFICATES,
    roles=PARTNER_STAFF,
    many=True,
    asked=(PAGE, SEARCH),
)
def of_partner(request: FromProgram) -> Page[CertificateTold]:
    """List a partner's certificates with what each is worth today."""
    found = certificates.search(request.scope, text=words_in(request, "q"), number=page_in(request))
    return Page(_all_told(found.rows, request), found.number, has_next=found.has_next)


@offer(
    CertificateTold,
    "The certificates of a business, the newest first",
    scope=AccessScope.CERTIFICATES,
    roles=BOTH_SIDES,
    many=True,
)
def of_employer(request: FromProgram, code: str) -> Page[CertificateTold]:
    """List the certificates that a business has held; of a member, those of the token's own partner."""
    rows = certificates.carrying(reached(request, code))
    if request.scope.partners:
        rows = rows.filter(partner__in=request.scope.partners)
    return Page(_all_told(tuple(rows), request), 1, has_next=False)


def _all_told(rows: Sequence[Certificate], request: FromProgram) -> tuple[CertificateTold, ...]:
    reports = certificates.standings(rows, on=request.on)
    return tuple(_told(row, reports[row.pk]) for row in rows)


def _told(row: Certificate, report: StandingReport) -> CertificateTold:
    return CertificateTold(
        number=row.number,
        employer=row.employer.code,
        legal_name=row.legal_name,
        certifying_partner=row.partner.key,
        scheme=row.scheme,
        standing=report.standing.value,
        since=report.since,
        relied_on=report.good and row.replaced_by_id is None,
        issued_on=row.issued_on,
        term_ends_on=report.term_ends_on,
        decision_pending=report.decision_pending,
        owed_kind=report.owed.kind.value if report.owed else None,
        owed_on=report.owed.due_on if report.owed else None,
    )
