"""What to have ready before the auditor comes, and how the day goes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from secor.queries.preparation import preparation_of
from secor.queries.situations import situation_of
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, reached, show
from secor.web.http import SignedIn
from secor.web.preparing import apart, day_of


@door(*OPENS_OWN, methods=READING)
def prepare(request: SignedIn, code: str) -> HttpResponse:
    """Show the papers that the audit asks for, those on file already marked, and a plan of the day."""
    place = reached(request, code)
    audit = situation_of(place.employer, on=request.on).under_way
    if audit is None or not audit.writable:
        return redirect("employer:audit", code)
    prepared = preparation_of(audit, on=request.on)
    lines, begins = day_of(prepared, begins=request.GET.get("from", ""))
    page = {
        "prepared": prepared,
        **apart(prepared, seen=True),
        "lines": lines,
        "begins": begins,
    }
    return show(request, place, "prepare", page)
