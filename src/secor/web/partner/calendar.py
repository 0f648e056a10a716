"""The maintenance and recertification calendar: overdue first, then month by month."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse

from secor.queries import calendar as asked
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import STAFF, show

OWED = (("", "All"), ("maintenance", "Maintenance"), ("recertification", "Recertification"))
MONTHS_AHEAD = 12


@door(*STAFF, methods=READING)
def calendar(request: SignedIn) -> HttpResponse:
    """Show what falls due, filtered by kind and from a month on."""
    kind = request.GET.get("kind", "")
    wish = asked.Wish(
        kind=kind if kind in dict(OWED) else "",
        from_on=_month_in(request.GET.get("from", "")),
        after=request.GET.get("after", "")[:40],
        only_overdue=request.GET.get("show") == "overdue",
    )
    found = asked.calendar(request.scope, on=request.on, wish=wish)
    kept = {"kind": wish.kind, "show": "overdue" if wish.only_overdue else ""}
    page = {
        "calendar": found,
        "wish": wish,
        "owed": OWED,
        "months": [_month_after(request.on, nth) for nth in range(1, MONTHS_AHEAD + 1)],
        "more_overdue": _query(kept | {"show": "overdue", "after": found.overdue_more if wish.only_overdue else ""}),
        "more": _query(kept | {"after": found.more}),
        "here": _query({"kind": wish.kind}),
    }
    return show(request, "calendar", page)


def _query(parts: dict[str, str]) -> str:
    return "?" + urlencode({key: value for key, value in parts.items() if value})


def _month_in(written: str) -> date | None:
    """The first day of a month written as 2026-05; None for anything else."""
    try:
        return date.fromisoformat(f"{written}-01") if len(written) == len("2026-05") else None
    except ValueError:
        return None


def _month_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
