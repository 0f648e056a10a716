"""A secret that a page shows once, right after it was made. It travels in its maker's own browser, and is kept nowhere.

A page that answers a form leads on, so what it made has to reach the next page: not through the database, where a copy
of the night would keep it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, SALT, A_MINUTE = "shown", "secor.web.shown", 60


def carry(response: HttpResponse, secret: str, *, to: str) -> HttpResponse:
    """Send a secret along to the page at the address ``to``, for a minute."""
    response.set_signed_cookie(
        COOKIE,
        secret,
        salt=SALT + to,
        max_age=A_MINUTE,
        path=to,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def carried(request: HttpRequest) -> str:
    """The secret that was sent along to this page; nothing, most times."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT + request.path, max_age=A_MINUTE))


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Take the secret out of the browser, once the page has been drawn."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
    return response
