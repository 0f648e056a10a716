"""The ministry's and the WCB's pages: who held what on which day, by account and industry code. Read only."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from secor.core.cell import plain
from secor.core.role import RoleKind
from secor.queries.holdings import SHOWN, Holding, totals
from secor.usecases import lookups
from secor.usecases.act import Refusal
from secor.web.door import READING, door
from secor.web.http import SignedIn

REFUSED = 422
# What a column is called, what is in it, and its type. A ' stands before a first sign that a spreadsheet would compute.
COLUMNS = (
    ("account", "The WCB account. One account with several industry codes has a line for each.", "string"),
    ("industry_code", "The industry code the account is charged under; empty where it is not known.", "string"),
    ("employer", "The employer's legal name, as the certificate bears it.", "string"),
    ("city", "The city or town of its seat.", "string"),
    ("certifying_partner", "Who the certificate is with.", "string"),
    ("scheme", "The programme: ab-secor is the Small Employer Certificate of Recognition.", "string"),
    ("certificate", "The certificate's number: the newest issued by that day.", "string"),
    ("standing", "What it was worth at the end of that day, in one word; none where it had not begun.", "string"),
    ("since", "The day since which that has been so.", "date"),
    ("term_ends_on", "The last day of its term.", "date"),
)
TOTALS = (
    ("certifying_partner", "Who the certificates are with.", "string"),
    ("scheme", "The programme.", "string"),
    ("standing", "What they were worth at the end of that day.", "string"),
    ("accounts", "How many lines the list has of these: each account with each of its industry codes.", "integer"),
    ("certificates", "How many certificates that are.", "integer"),
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


@door(RoleKind.MINISTRY, methods=READING)
def ministry_totals(request: SignedIn) -> HttpResponse:
    """Give a reader of the ministry the totals of the list."""
    return _totals(request, RoleKind.MINISTRY)


@door(RoleKind.MINISTRY, methods=READING)
def ministry_dictionary(request: SignedIn) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """Describe the columns of both files."""
    return _dictionary()


@door(RoleKind.WCB, methods=READING)
def wcb_totals(request: SignedIn) -> HttpResponse:
    """Give a reader of the WCB the totals of the list."""
    return _totals(request, RoleKind.WCB)


@door(RoleKind.WCB, methods=READING)
def wcb_dictionary(request: SignedIn) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """Describe the columns of both files."""
    return _dictionary()


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
        "asked": urlencode(_plain(form)) if rows is not None else "",
    }
    return render(request, "reader/holdings.html", page, status=REFUSED if form.errors else 200)


def _list(request: SignedIn, kind: RoleKind) -> HttpResponse:
    form, rows = _whole(request, kind)
    if rows is None:
        return redirect(f"reader:{kind.value}")
    return _file(_lines(COLUMNS, map(_cells, rows)), f"{form.cleaned_data['on'].isoformat()}-certificates.csv")


def _totals(request: SignedIn, kind: RoleKind) -> HttpResponse:
    form, rows = _whole(request, kind)
    if rows is None:
        return redirect(f"reader:{kind.value}")
    cells = (
        (each.partner, each.scheme, each.standing, str(each.accounts), str(each.certificates)) for each in totals(rows)
    )
    return _file(_lines(TOTALS, cells), f"{form.cleaned_data['on'].isoformat()}-totals.csv")


def _dictionary() -> HttpResponse:
    """Both files' columns, as a Data Package describes them (https://specs.frictionlessdata.io/data-package/)."""
    files = (("certificates", "list.csv", COLUMNS), ("totals", "totals.csv", TOTALS))
    told = {
        "profile": "tabular-data-package",
        "name": "who-held-a-certificate-on-a-day",
        "title": "Who held a certificate on a day",
        "description": "By WCB account and industry code, told by what is known on the day of asking.",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": key, "type": kind, "description": about} for key, about, kind in columns],
                    "missingValues": [""],
                },
            }
            for name, path, columns in files
        ],
    }
    return JsonResponse(told, json_dumps_params={"indent": 1})


def _whole(request: SignedIn, kind: RoleKind) -> tuple[LookForm, Iterator[Holding] | None]:
    """The form, and every row it asks for; None where it asks for nothing that can be given."""
    form = LookForm(request.GET)
    if not form.is_valid() or request.method != "GET":
        return form, None
    try:
        return form, lookups.look(request.act, kind=kind, whole=True, **form.cleaned_data)
    except Refusal:
        return form, None


def _file(lines: Iterator[str], name: str) -> HttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
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


def _cells(row: Holding) -> tuple[str, ...]:
    return (
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


def _lines(columns: Iterable[tuple[str, str, str]], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow([name for name, _, _ in columns])
    for cells in rows:
        yield writer.writerow([plain(cell) for cell in cells])
