"""Looking an employer up, and checking a certificate by its number."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from secor.core.number import NotANumber, parse
from secor.queries import doubts, journal, register
from secor.web.door import public
from secor.web.http import Visit
from secor.web.kept import Kept
from secor.web.public.linked import linked

log = logging.getLogger(__name__)


@public
def search(request: Visit) -> HttpResponse:
    """Search the register by name or number."""
    text = request.GET.get("q", "")[: register.LONGEST]
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1  # noqa: PLR2004 - pages
    wanted = register.folded(text)
    found = register.search(text, on=request.on, page=page)
    given = {
        "text": text.replace("\0", ""),
        "page": found,
        "asked": bool(wanted),
        "short": len(wanted) < register.SHORTEST,
        "query": urlencode({"q": text}) + "&",
    }
    return render(request, "public/register.html", given)


@public
def check_form(request: Visit) -> HttpResponse:
    """Ask for a certificate's number, and lead to what it is worth."""
    text = request.GET.get("number", "")[: register.LONGEST]
    if not text.strip():
        return render(
            request, "public/check_form.html", {"problem": "Type the number." if "number" in request.GET else ""}
        )
    try:
        return redirect("public:check", str(parse(text)))
    except NotANumber as refusal:
        given = {"problem": str(refusal), "text": text.replace("\0", "")}
        return render(request, "public/check_form.html", given, status=422)


@public
def check(request: Visit, number: str) -> HttpResponse:
    """Tell in one word what a certificate is worth today. The square code on the paper leads here.

    Where the database cannot be asked the answer is no 500: it could not be confirmed, and why.
    """
    try:
        return _checked(request, number.strip("/"))
    except (OperationalError, InterfaceError):
        log.exception("The register cannot be asked.")
        headers = {"Retry-After": "60", "Cache-Control": "no-store"}
        told = render_to_string("refusals/not_confirmed.html", {"number": number.strip("/")[:40]})
        return HttpResponse(told, status=503, headers=headers)


def _checked(request: Visit, number: str) -> HttpResponse:
    key = (number, request.on)
    # What stands at the top for whoever signed in, and for whoever may move the day, is theirs alone.
    shared = not (settings.DEMONSTRATION or request.user.is_authenticated)
    if shared and not doubts.of_all() and (drawn := _DRAWN.get(key)) is not None:
        return HttpResponse(drawn)
    row = register.row_of(number)
    heads = journal.heads_of(employer=row.employer_id, partner=row.partner_id) if row else ()
    told = register.told(number, on=request.on)
    if told is None:
        return render(request, "public/check_unknown.html", _unknown(number), status=404)
    if request.path != f"/v/{told.listing.number}":
        return redirect("public:check", told.listing.number)
    if not told.listing.confirmed:
        log.error("%s could not be confirmed: the tables and the public log do not agree.", told.listing.number)
    response = render(request, "public/check.html", {"told": told, "listing": told.listing, "linked": linked(told)})
    if shared and row is not None and told.listing.confirmed:
        _DRAWN.put(key, response.content, employer=row.employer_id, partner=row.partner_id, heads=heads)
    return response


_DRAWN: Kept[bytes] = Kept(most=2000)


def _unknown(number: str) -> dict[str, str]:
    """What may have gone wrong: a slip of the hand, or a number nobody ever issued."""
    try:
        return {"number": str(parse(number[: register.LONGEST])), "slip": ""}
    except NotANumber as refusal:
        return {"number": number[:40].replace("\0", ""), "slip": str(refusal)}
