"""What programs fetch to check a certificate without us: a partner's keys, its status list, and the credential."""

from __future__ import annotations

import json
import threading
from datetime import date
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.cache import patch_vary_headers

from secor.papers.sealed_certificate import sealed_certificate
from secor.queries import credentials, doubts, journal, keys, register
from secor.queries.credentials import Credential, Listed, Stand
from secor.queries.employers import partner_of
from secor.web.door import public
from secor.web.http import Visit
from secor.web.kept import Kept

VC, VC_JWT, DID = "application/vc", "application/vc+jwt", "application/did+json"
JSON = "application/json"
SLOW = 0.5  # seconds
NO_LIST = "The list cannot be signed at present, so no standing can be confirmed. Do not rely on what you kept."
MINUTES = 5  # how long whoever asks may keep a list without asking again


@public
def did_document(_: Visit, partner: str) -> HttpResponse:
    """Tell a partner's keys, where ``did:web`` has them looked for."""
    row = partner_of(partner)
    if row is None:
        raise Http404
    told = credentials.did_document(row)
    if not told["verificationMethod"]:
        raise Http404
    return _open(json.dumps(told, indent=1), DID)


@public
def status_list(request: Visit, partner: str, nth: int) -> HttpResponse:
    """Tell which credentials may no longer be relied on: signed as statements, or as a token where that is asked."""
    row = partner_of(partner)
    if row is None:
        raise Http404
    if doubts.of_all():  # who cannot tell says so: without a list, whoever checks confirms nothing
        return _open(NO_LIST, "text/plain; charset=utf-8", status=503)
    key = (partner, nth)
    stand = credentials.stand(row, nth)
    kept = _LISTS.get(key)
    if kept is None or not kept.good((stand, request.on)):
        began = monotonic()
        try:
            listed = credentials.status_list_of(row, nth, on=request.on, at=request.act.at)
        except keys.NoKey:
            return _open(NO_LIST, "text/plain; charset=utf-8", status=503)
        if stand is None or listed is None:
            raise Http404
        kept = _List((stand, request.on), listed, began, monotonic() - began)
        with _LOCK:
            _LISTS[key] = kept
    wanted = request.get_preferred_type([VC, VC_JWT, JSON])
    listed = kept.listed
    response = _open(listed.jwt, VC_JWT) if wanted == VC_JWT else _open(listed.body, wanted or VC)
    response.headers["Cache-Control"] = f"public, max-age={60 * MINUTES}"
    patch_vary_headers(response, ["Accept"])
    return response


@public
def credential(request: Visit, number: str) -> HttpResponse:
    """Give a certificate as a credential, as signed statements."""
    row = _of(request, number)
    return _kept_by_whoever(_open(row.body, VC), f"{row.certificate.number}.json")


@public
def compact(request: Visit, number: str) -> HttpResponse:
    """Give a certificate as a credential, as a signed token."""
    row = _of(request, number)
    return _kept_by_whoever(_open(row.jwt, VC_JWT), f"{row.certificate.number}.jwt")


@public
def paper(request: Visit, number: str) -> HttpResponse:
    """Give the certificate's PDF as its employer has it: printed, with the credential inside, and signed."""
    certificate = _of(request, number).certificate
    key = (certificate.number, request.on)
    made = _PAPERS.get(key)
    if made is None:
        heads = journal.heads_of(employer=certificate.employer_id, partner=certificate.partner_id)
        made = sealed_certificate(certificate, site_url=settings.SITE_URL, specimen=settings.DEMONSTRATION)
        _PAPERS.put(key, made, employer=certificate.employer_id, partner=certificate.partner_id, heads=heads)
    return _kept_by_whoever(HttpResponse(made, content_type="application/pdf"), f"{certificate.number}.pdf")


def _of(_: Visit, number: str) -> Credential:
    certificate = register.row_of(number)
    row = credentials.of(certificate) if certificate else None
    if row is None:
        raise Http404
    return row


def _open(text: str, kind: str, *, status: int = 200) -> HttpResponse:
    """Answer a program anywhere: nothing here is anybody's secret."""
    response = HttpResponse(text, content_type=kind, status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _kept_by_whoever(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


class _List(NamedTuple):
    """A list that was signed, what it followed from, and how long it took.

    It is kept while nothing happened and the day is the same. A list of tens of thousands takes seconds, so a busy
    register makes it anew only after a while, ten times as long as it took: never longer than some minutes, which is
    also how long others may keep it.
    """

    follows_from: tuple[Stand | None, date]
    listed: Listed
    made: float
    took: float

    def good(self, now: tuple[Stand | None, date]) -> bool:
        if self.follows_from == now:
            return True
        same_day = self.follows_from[1] == now[1]
        return same_day and self.took > SLOW and monotonic() - self.made < min(10 * self.took, 60 * MINUTES)


_LISTS: dict[tuple[str, int], _List] = {}
_LOCK = threading.Lock()
_PAPERS: Kept[bytes] = Kept(most=100)
