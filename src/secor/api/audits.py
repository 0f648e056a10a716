"""Audits: their kind, stage, days and verdict."""

from __future__ import annotations

from secor.api.offer import PAGE, FromProgram, NotHere, mapped, offer, page_in
from secor.api.told import AuditTold
from secor.core.access import AccessScope
from secor.core.role import ANSWERS_FOR_IT, PARTNER_STAFF, RoleKind
from secor.queries import audits
from secor.queries.audits import Audit, Stage
from secor.queries.paging import Page

EVERY_SIDE = ANSWERS_FOR_IT | PARTNER_STAFF | {RoleKind.AUDITOR}
REVIEWED = frozenset({Stage.ACCEPTED, Stage.REJECTED})


@offer(
    AuditTold,
    "The audits of the token, the newest first",
    scope=AccessScope.AUDITS,
    roles=EVERY_SIDE,
    many=True,
    asked=(PAGE,),
)
def all_of_them(request: FromProgram) -> Page[AuditTold]:
    """List the audits of one's business, those one was given, or those asked of one's partner."""
    found = audits.listed(request.scope, person=request.user, keys=request.keys, number=page_in(request))
    return mapped(found, _told)


@offer(AuditTold, "One audit", scope=AccessScope.AUDITS, roles=EVERY_SIDE)
def one(request: FromProgram, code: str) -> AuditTold:
    """Tell of one audit."""
    audit = audits.listed_at(code, request.scope, person=request.user, keys=request.keys)
    if audit is None:
        raise NotHere("There is no audit of this code, or none that this token may read.")
    return _told(audit)


def _told(audit: Audit) -> AuditTold:
    return AuditTold(
        code=audit.code,
        employer=audit.employer.code,
        legal_name=audit.employer.legal_name,
        certifying_partner=audit.partner.key,
        kind=audit.kind,
        performer=audit.performer,
        stage=audit.stage,
        edition=audit.edition,
        instrument=audit.instrument,
        asked_on=audit.asked_on,
        submitted_on=audit.submitted_on,
        accepted_on=audit.accepted_on,
        passed=audit.passed if audit.stage in REVIEWED else None,
    )
