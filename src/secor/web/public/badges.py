"""A badge for an employer's own website: drawn anew each time it is asked for, so that it never shows what was."""

from __future__ import annotations

from html import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from secor.queries import register
from secor.queries.register import Listing
from secor.web import shapes
from secor.web.door import public_reading
from secor.web.http import Visit

# Long enough that a busy website asks seldom, short enough that nothing old is shown for long.
MINUTES = 10
INKS = {"good": "#1a6b35", "soon": "#8a5300", "stop": "#a11d1d"}
STILL = "#4a5560"
LEFT, HEIGHT, SIGN, EDGE = 84, 44, 9.6, 14


@public_reading
def badge(request: Visit, number: str) -> HttpResponse:
    """Draw what a certificate is worth today. A number nobody issued is drawn as unknown, and is 404."""
    listing = register.find(number, on=request.on)
    word, ink = _said(listing)
    response = HttpResponse(
        _drawn(word, ink, f"{request.on:%b} {request.on.day}, {request.on.year}"),
        content_type="image/svg+xml",
        status=200 if listing else 404,
    )
    response.headers["Cache-Control"] = f"public, max-age={60 * MINUTES}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to stand on other people's pages
    return response


@public_reading
def page(request: Visit, number: str) -> HttpResponse:
    """Show the badge, and the lines that put it on a website."""
    listing = register.find(number, on=request.on)
    if listing is None:
        raise Http404
    image = settings.SITE_URL + reverse("public:badge", args=[listing.number])
    link = settings.SITE_URL + reverse("public:check", args=[listing.number])
    lines = (
        f'<a href="{link}"><img src="{image}" height="{HEIGHT}" alt="SECOR certificate of '
        f'{escape(listing.legal_name)}: see what it is worth today"></a>'
    )
    return render(request, "public/badge.html", {"listing": listing, "lines": lines})


def _said(listing: Listing | None) -> tuple[str, str]:
    if listing is None:
        return "Unknown", STILL
    if listing.newer:
        return "Replaced", STILL
    found = shapes.of(listing.standing)
    return found.word, INKS.get(found.tone, STILL)


def _drawn(word: str, ink: str, day: str) -> str:
    """The badge. Words alone tell it; nothing in it comes from a person."""
    width = LEFT + 2 * EDGE + round(max(len(word) * SIGN, len(day) * 6.6))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" '
        f'role="img" aria-label="SECOR: {word} on {day}"><title>SECOR: {word} on {day}</title>'
        f'<rect width="{width}" height="{HEIGHT}" rx="6" fill="{ink}"/>'
        f'<path d="M6 0h{LEFT - 6}v{HEIGHT}H6a6 6 0 0 1-6-6V6a6 6 0 0 1 6-6z" fill="#0c3547"/>'
        '<g fill="#fff" font-family="system-ui,Segoe UI,Helvetica,Arial,sans-serif">'
        f'<text x="{EDGE}" y="28" font-size="17" font-weight="700">SECOR</text>'
        f'<text x="{LEFT + EDGE}" y="20" font-size="16" font-weight="700">{word}</text>'
        f'<text x="{LEFT + EDGE}" y="36" font-size="11">{day}</text></g></svg>'
    )
