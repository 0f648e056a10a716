"""The public log as files that anybody's program reads (C2SP tlog-tiles), and a page that says what it is."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from secor.core.leaf import read_leaf
from secor.core.tile import NotATile, read_name
from secor.queries import log as asked
from secor.queries import register
from secor.web.door import public_reading
from secor.web.http import Visit

TEXT = "text/plain; charset=utf-8"
SHOWN = 25
A_YEAR = 365 * 24 * 60 * 60


@public_reading
def page(request: Visit) -> HttpResponse:
    """Say what the log is for, what it holds now, and how somebody watches it."""
    row = asked.log()
    newest = [(index, read_leaf(data)) for index, data in asked.newest(SHOWN)]
    given = {"log": row, "origin": asked.origin(), "verifiers": asked.verifiers(), "newest": newest}
    return render(request, "public/log.html", given)


@public_reading
def checkpoint(_: Visit) -> HttpResponse:
    """Give the last signed checkpoint; 404 before the first."""
    note = asked.log().note
    if not note:
        raise Http404
    response = _open(HttpResponse(note, content_type=TEXT))
    response.headers["Cache-Control"] = "no-cache"
    return response


@public_reading
def keys(_: Visit) -> HttpResponse:
    """Give the log's keys as checkers of signed notes take them, one on each line."""
    return _open(HttpResponse("".join(f"{each}\n" for each in asked.verifiers()), content_type=TEXT))


@public_reading
def tile(_: Visit, name: str) -> HttpResponse:
    """Give a tile, or a file of entries. What was given once is never given otherwise, so everybody may keep it."""
    try:
        raw = asked.tile(read_name(name))
    except NotATile:
        raw = None
    if raw is None:
        raise Http404
    response = _open(HttpResponse(raw, content_type="application/octet-stream"))
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@public_reading
def proof(_: Visit, number: str) -> HttpResponse:
    """Give the proof that the newest entry of a certificate is in the log, with the checkpoint it leads to."""
    certificate = register.row_of(number)
    found = asked.proof_of(certificate) if certificate else None
    if certificate is None or found is None:
        raise Http404
    response = _open(HttpResponse(found.text, content_type=TEXT))
    response.headers["Content-Disposition"] = f'attachment; filename="{certificate.number}.tlog-proof"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Nothing here is anybody's secret: programs of other sites may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
