"""The open data file of the day: a page that says what is in it, the table, and its description for programs."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from secor.usecases import open_data
from secor.usecases.open_data import COLUMNS, DESCRIPTION, TABLE
from secor.web.door import public_reading
from secor.web.http import Visit

AN_HOUR = 60 * 60


@public_reading
def page(request: Visit) -> HttpResponse:
    """Say what is in the file, of which day it is, and how it may be checked."""
    return render(request, "public/open_data.html", {"made": open_data.made(), "columns": COLUMNS})


@public_reading
def table(request: Visit) -> HttpResponseBase:
    """Give the table."""
    return _file(request, TABLE, "text/csv; charset=utf-8")


@public_reading
def description(request: Visit) -> HttpResponseBase:
    """Give its description, as a Data Package."""
    return _file(request, DESCRIPTION, "application/json")


def _file(request: Visit, name: str, kind: str) -> HttpResponseBase:
    made = open_data.made()
    if made is None:
        raise Http404
    tag = quote_etag(made.sha256)
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return unchanged
    file = (open_data.folder() / name).open("rb")
    response = FileResponse(file, content_type=kind, filename=f"{made.on.isoformat()}-{name}", as_attachment=True)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={AN_HOUR}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
