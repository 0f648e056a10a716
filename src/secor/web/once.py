"""A form sent twice is carried out once.

Every form carries a key (``{% once %}``). The key's receipt is written in the act's own transaction, and the answer
goes out after the commit. A second sending finds the receipt and is led to where the first one went. A page that
refuses answers 4xx, which takes the receipt back with everything else, so that the mended form can be sent again.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from secor.usecases import receipts

REFUSED = 400


class OnceMiddleware:
    """Carries out each form once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a form's first sending; lead its second to the same place."""
        key = _key(request)
        if not key:
            return self.get_response(request)
        with transaction.atomic():
            once = receipts.take(
                person=_sender(request),
                key=key,
                path=request.path,
                at=request.act.at,  # type: ignore[attr-defined]
            )
            if once.answered:
                return HttpResponseRedirect(once.answered)
            response = self.get_response(request)
            if response.status_code >= REFUSED:
                transaction.set_rollback(True)
            elif location := response.headers.get("Location") or response.headers.get("HX-Redirect"):
                once.answer(location)
        return response


def _key(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    return (request.headers.get("Idempotency-Key") or request.POST.get("once") or "")[:64]


def _sender(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    return f"visitor:{request.META.get('CSRF_COOKIE', '')[:24]}"
