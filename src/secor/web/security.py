"""The headers that tell a browser what this site never does."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NEVER = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class PolicyMiddleware:
    """Sends the content security policy of ``SECURE_CSP``. Django 6 brings its own, under the same setting."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = "; ".join(f"{name} {' '.join(of)}" for name, of in settings.SECURE_CSP.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to every answer; a page that set a stricter policy of its own keeps it."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", NEVER)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _of_somebody(request):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _of_somebody(request: HttpRequest) -> bool:
    """Whether an answer is for one person alone: they signed in, or came in by the crew's door."""
    if getattr(request, "crew", None) is not None:
        return True
    return hasattr(request, "user") and request.user.is_authenticated
