"""The ministry's and the WCB's pages: who held what on which day, by account and industry code. Read only."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from secor.core.cell import plain
from secor.core.role import RoleKind
from secor.queries.holdings import SHOWN, Holding
from secor.usecases import lookups
from secor.usecases.act import Refusal
from secor.web.door import READING, door
from secor.web.http import SignedIn

REFUSED = 422
HEAD = (
    "account",
    "industry_code",
    "employer",
    "city",
    "certifying_partner",
    "scheme",
    "certificate",
    "standing",
    "since",
    "term_ends_on",
)
TITLES = {RoleKind.MINISTRY: "For the ministry", RoleKind.WCB: "For the WCB"}


class LookForm(forms.Form):
    """Which day, and which accounts."""

    on = forms.DateField(
        label="On which day?",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-05-17."},
    )
    account = forms.CharField(label="WCB account", help_text="Leave it empty for all.", required=False, max_length=20)
    industry_code = forms.CharField(
        label="Industry code", help_text="Leave it empty for all.", required=False, max_length=20
    )


@door(RoleKind.MINISTRY, methods=READING)
def ministry(request: SignedIn) -> HttpResponse:
    """Show what accounts held on a day, to a reader of the ministry."""
    return _page(request, RoleKind.MINISTRY)


@door(RoleKind.MINISTRY, methods=READING)
def ministry_list(request: SignedIn) -> HttpResponse:
    """Give the whole list to a reader of the ministry."""
    return _list(request, RoleKind.MINISTRY)


@door(RoleKind.WCB, methods=READING)
def wcb(request: SignedIn) -> HttpResponse:
    """Show what accounts held on a day, to a reader of the WCB."""
    return _page(request, RoleKind.WCB)


@door(RoleKind.WCB, methods=READING)
def wcb_list(request: SignedIn) -> HttpResponse:
    """Give the whole list to a reader of the WCB."""
    return _list(request, RoleKind.WCB)


def _page(request: SignedIn, kind: RoleKind) -> HttpResponse:
    """Ask for the day; nothing is read, and nothing entered, before one was named."""
    asked = "on" in request.GET
    form = LookForm(request.GET if asked else None, initial={"on": request.on})
    rows: list[Holding] | None = None
    if asked and form.is_valid() and request.method == "GET":
        try:
            rows = list(islice(lookups.look(request.act, kind=kind, **form.cleaned_data), SHOWN + 1))
        except Refusal as refusal:
            form.add_error("on", str(refusal))
    page: dict[str, Any] = {
        "title": TITLES[kind],
        "form": form,
        "rows": rows[:SHOWN] if rows is not None else None,
        "more": rows is not None and len(rows) > SHOWN,
        "shown": SHOWN,
        "list": f"list.csv?{urlencode(_plain(form))}" if rows is not None else "",
    }
    return render(request, "reader/holdings.html", page, status=REFUSED if form.errors else 200)


def _list(request: SignedIn, kind: RoleKind) -> HttpResponse:
    form = LookForm(request.GET)
    page = f"reader:{kind.value}"
    if not form.is_valid() or request.method != "GET":
        return redirect(page)
    try:
        rows = lookups.look(request.act, kind=kind, whole=True, **form.cleaned_data)
    except Refusal:
        return redirect(page)
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    name = f"{form.cleaned_data['on'].isoformat()}-certificates.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    # A streamed answer is no HttpResponse to its types, and one to everybody who handles it.
    return cast("HttpResponse", response)


def _plain(form: LookForm) -> dict[str, str]:
    given = form.cleaned_data
    return {"on": given["on"].isoformat(), "account": given["account"], "industry_code": given["industry_code"]}


class _Line:
    """What the writer of a line of CSV writes to: it hands the line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: Iterable[Holding]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(HEAD)
    for row in rows:
        cells = (
            row.account,
            row.industry_code,
            row.employer,
            row.city,
            row.partner,
            row.scheme,
            row.number,
            row.standing,
            row.since.isoformat() if row.since else "",
            row.term_ends_on.isoformat() if row.term_ends_on else "",
        )
        yield writer.writerow([plain(cell) for cell in cells])
