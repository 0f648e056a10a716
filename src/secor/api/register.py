"""The register as JSON: what a certificate is worth today, by its number.

    GET /api/v1/certificates/SECOR-2024-000123-43

answers 200 with the certificate, or 404 with ``{"problem": "..."}`` saying what to do. Days are ISO dates. ``standing``
is one of none, valid, suspended, lapsed, cancelled, revoked, withdrawn, expired, converted, as of ``as_of``; only
``relied_on`` true means that a client may rely on this number today. Nothing here is told that the register's pages do
not tell, and nobody has to sign in.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from secor.core.number import NotANumber, parse
from secor.queries import register

READING = ("GET", "HEAD")
HELLO = {
    "what": "What a certificate is worth today, by its number. The pages of the register tell the same.",
    "certificate": "/api/v1/certificates/{number}",
    "standing": [
        "none",
        "valid",
        "suspended",
        "lapsed",
        "cancelled",
        "revoked",
        "withdrawn",
        "expired",
        "converted",
    ],
}


class DayOfRequest(HttpRequest):
    """A request that has been told the day in Alberta."""

    on: date


def about(request: HttpRequest) -> HttpResponse:
    """Tell what can be asked here."""
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    return JsonResponse(HELLO, json_dumps_params={"indent": 2})


def certificate(request: DayOfRequest, number: str) -> HttpResponse:
    """Tell what the certificate with this number is worth today."""
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    listing = register.find(number, on=request.on)
    if listing is None:
        return JsonResponse({"problem": _problem(number)}, status=404)
    answer = JsonResponse(_told(listing))
    answer.headers["Access-Control-Allow-Origin"] = "*"  # public, and the same for everyone
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


def _told(listing: register.Listing) -> dict[str, Any]:
    return {
        "number": listing.number,
        "standing": listing.standing,
        "since": listing.since,
        "as_of": listing.as_of,
        "relied_on": listing.good,
        "legal_name": listing.legal_name,
        "trade_name": listing.trade_name or None,
        "city": listing.city or None,
        "scheme": listing.scheme,
        "certifying_partner": listing.partner,
        "issued_on": listing.issued_on,
        "term_ends_on": listing.term_ends_on,
        "newer_number": listing.newer or None,
    }


def _problem(number: str) -> str:
    try:
        parse(number[: register.LONGEST])
    except NotANumber as refusal:
        return str(refusal)
    return "Nobody issued a certificate with this number here."
