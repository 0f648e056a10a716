"""A worker's tickets, for whoever was given the address: what each is, and whether it is good today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from secor.queries import tickets
from secor.web.door import public
from secor.web.http import Visit
from secor.web.wallet import wallet_page


@public
def wallet(request: Visit, code: str) -> HttpResponse:
    """Tell the worker's name, the business and each ticket. A code that was withdrawn looks like one that never was."""
    worker = tickets.owner_of_wallet(code, on=request.on)
    if worker is None:
        response = render(request, "public/wallet_gone.html", status=410)
    else:
        response = render(request, "public/wallet.html", {"wallet": wallet_page(worker, on=request.on)})
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
