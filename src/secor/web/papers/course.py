"""The certificate of an online course, to keep."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from secor.core.role import EMPLOYER_SIDE, PARTNER_STAFF
from secor.papers.course_certificate import CoursePaper, course_certificate
from secor.queries import lessons
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.papers.giving import PDF, given


@door(*sorted(EMPLOYER_SIDE | PARTNER_STAFF), methods=READING)
def course(request: SignedIn, code: str) -> HttpResponse:
    """Give the certificate of a finished course to whoever took it, an owner there, or the partner with its proof."""
    row = lessons.finished(code, scope=request.scope, person=request.user)
    taught = lessons.course_of(row.course) if row is not None else None
    if row is None or row.finished_on is None or taught is None:
        raise Http404
    paper = CoursePaper(
        course=row.title,
        name=row.holder_name,
        business=row.employer.trade_name or row.employer.legal_name,
        finished_on=row.finished_on,
        written_on=row.written_on or taught.written_on,
        lessons=tuple(each.title for each in taught.lessons),
        right=row.right or 0,
        of=row.of or 0,
        check_url=settings.SITE_URL + reverse("public:course_check", args=[row.secret]),
        specimen=settings.DEMONSTRATION,
    )
    at = datetime.combine(row.finished_on, time(12), tzinfo=UTC)
    return given(course_certificate(paper, at=at), row.finished_on, row.holder_name, "course", PDF)
