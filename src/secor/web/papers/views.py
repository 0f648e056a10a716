"""Papers to keep: printed anew each time, for who may have them, under a name that sorts by its day."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.text import slugify

from secor.core.role import PARTNER_STAFF, RoleKind
from secor.papers.action_plan import action_plan as plan_in_cells
from secor.papers.audit_plan import gaps_of
from secor.papers.audit_report import report_of
from secor.papers.report import report as bound
from secor.papers.report_docx import report_docx
from secor.papers.sealed_certificate import sealed_certificate
from secor.papers.submission import submission
from secor.queries import certificates, evidence, papers
from secor.queries.audits import BY_EMPLOYER
from secor.queries.papers import Readable
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.papers.giving import DOCX, PDF, XLSX, given

STAFF = tuple(sorted(PARTNER_STAFF))
READERS = (RoleKind.OWNER, RoleKind.SELF_ASSESSOR, RoleKind.AUDITOR, *STAFF)


@door(RoleKind.OWNER, RoleKind.SELF_ASSESSOR, RoleKind.WORKER, *STAFF, methods=READING)
def certificate(request: SignedIn, number: str) -> HttpResponse:
    """Give the certificate as it was issued, signed and with its credential inside where its partner has the keys."""
    found = certificates.reached(number, scope=request.scope)
    if found is None:
        raise Http404
    made = sealed_certificate(found, site_url=settings.SITE_URL, specimen=settings.DEMONSTRATION)
    return given(made, found.issued_on, found.legal_name, found.number, PDF)


@door(*READERS, methods=READING)
def report(request: SignedIn, code: str) -> HttpResponse:
    """Give the audit's report: as it was sent, or as it stands to who is doing the audit."""
    reached = _reached(request, code)
    paper = report_of(reached, on=request.on, specimen=settings.DEMONSTRATION)
    made = bound(paper, at=request.act.at)
    return given(made, _day(reached, request.on), paper.business, f"{reached.audit.kind}-audit-report", PDF)


@door(*READERS, methods=READING)
def report_in_word(request: SignedIn, code: str) -> HttpResponse:
    """Give the audit's report as a Word file: the same sentences with the same marks."""
    reached = _reached(request, code)
    paper = report_of(reached, on=request.on, specimen=settings.DEMONSTRATION)
    made = report_docx(paper, at=request.act.at)
    return given(made, _day(reached, request.on), paper.business, f"{reached.audit.kind}-audit-report", DOCX)


@door(*READERS, methods=READING)
def action_plan(request: SignedIn, code: str) -> HttpResponse:
    """Give the action plan: each gap with its recommendation, and empty columns for who and when."""
    reached = _reached(request, code)
    business = reached.audit.employer.legal_name
    made = plan_in_cells(business, gaps_of(reached), on=request.on)
    return given(made, _day(reached, request.on), business, "action-plan", XLSX)


@door(RoleKind.OWNER, RoleKind.SELF_ASSESSOR, methods=READING)
def package(request: SignedIn, code: str) -> FileResponse:
    """Give a self-assessment as one ZIP: its report, its action plan, and every proof with an index."""
    reached = _reached(request, code)
    audit = reached.audit
    if audit.performer not in BY_EMPLOYER:
        raise Http404
    business, on = audit.employer.legal_name, _day(reached, request.on)
    made = submission(
        business,
        report=bound(report_of(reached, on=request.on, specimen=settings.DEMONSTRATION), at=request.act.at),
        plan=plan_in_cells(business, gaps_of(reached), on=request.on),
        pieces=evidence.rows_of(audit),
        on=request.on,
    )
    name = f"{on.isoformat()}-{slugify(business)[:60] or 'business'}-submission.zip"
    response = FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _reached(request: SignedIn, code: str) -> Readable:
    """The audit whose papers the person may have; otherwise it is not there at all."""
    reached = papers.reached(code, person=request.user, keys=request.keys)
    if reached is None:
        raise Http404
    return reached


def _day(reached: Readable, today: date) -> date:
    """The day the paper speaks of: the day of sending, or today while the audit is being done."""
    sent_on = reached.audit.submitted_on
    return sent_on if sent_on and not reached.live else today
