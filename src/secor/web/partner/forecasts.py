"""Forecasts: which members would pass today, of those who let this partner see it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse

from secor.queries import forecasts as asked
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import STAFF, number_in, show

SHOWN = (("", "All"), ("fail", "Under the pass mark"))
DUE = (("", "Any day"), ("soon", "Within 90 days"))


@door(*STAFF, methods=READING)
def forecasts(request: SignedIn) -> HttpResponse:
    """List the forecasts of members who consented, the worst first."""
    wish = asked.Wish(
        due_soon=request.GET.get("due") == "soon",
        would_fail=request.GET.get("show") == "fail",
        number=number_in(request),
    )
    found = asked.overview(request.scope, on=request.on, wish=wish)
    kept = {"show": "fail" if wish.would_fail else "", "due": "soon" if wish.due_soon else ""}
    query = urlencode({key: value for key, value in kept.items() if value})
    page = {
        "found": found,
        "page": found.page,
        "lines": [(each, (each.due_on - request.on).days if each.due_on else None) for each in found.page.rows],
        "wish": wish,
        "shows": SHOWN,
        "dues": DUE,
        "kept": kept,
        "query": f"{query}&" if query else "",
    }
    return show(request, "forecasts", page)
