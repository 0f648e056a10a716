"""What to ask a business to have ready, and how the day of the visit goes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from secor.queries import viewings
from secor.queries.audits import BY_EMPLOYER
from secor.queries.preparation import preparation_of
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.preparing import apart, day_of


@door(*ASSESSORS, methods=READING)
def prepare(request: SignedIn, code: str) -> HttpResponse:
    """Show the papers that the audit asks for and a plan of the day; what is on file only to who may look at it."""
    audit = reached(request, code)
    if not audit.instrument:
        raise Http404
    prepared = preparation_of(audit, on=request.on)
    lines, begins = day_of(prepared, begins=request.GET.get("from", ""))
    seen = audit.performer in BY_EMPLOYER or viewings.reach(audit, by=request.user, on=request.on) is not None
    page = {
        "head": head(request, audit),
        "prepared": prepared,
        **apart(prepared, seen=seen),
        "lines": lines,
        "begins": begins,
    }
    return render(request, "auditor/prepare.html", page)
