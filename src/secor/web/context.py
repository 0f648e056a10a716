"""What every page is given: the day, the reader, the ways to everywhere, and whom to call for help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from secor.core.role import EMPLOYER_SIDE, PARTNER_STAFF, RoleKind
from secor.web.speech import speech_of

DESKS = frozenset({"employer", "auditor", "partner", "crew"})
PUBLIC_PAGES = (
    ("public:about", "What it is"),
    ("public:qualify", "Do I qualify?"),
    ("public:savings", "What it may save"),
    ("public:partners", "Certifying partners"),
    ("public:register", "Register"),
)
FOOT_PAGES = (
    ("public:steps", "The six steps"),
    ("public:questions", "Questions and answers"),
    ("public:register", "Look up an employer"),
    ("public:check_form", "Check a certificate"),
    ("api:about", "The register for programs"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of a menu."""

    href: str
    word: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """How to reach a person; on every page, in the same place (WCAG 3.2.6)."""

    phone: str
    email: str

    @property
    def phone_link(self) -> str:
        """The number as a telephone link wants it."""
        return "+1" + "".join(sign for sign in self.phone if sign.isdigit())


def page(request: HttpRequest) -> dict[str, Any]:
    """Tell the page the day, who reads it, and where everything is. Asks the database for nothing by itself."""
    kinds = {role.kind for role in getattr(request, "roles", ())}
    match = request.resolver_match
    return {
        "today": getattr(request, "on", None),
        "demonstration": settings.DEMONSTRATION,
        "person": SimpleLazyObject(lambda: _reader(request)),
        "in_crew": getattr(request, "worker", None) is not None,
        "desks": {
            "employer": bool(kinds & EMPLOYER_SIDE),
            "auditor": RoleKind.AUDITOR in kinds,
            "partner": bool(kinds & PARTNER_STAFF),
        },
        "in_desk": match is not None and match.namespace in DESKS,
        "links": _links(),
        "public_pages": [_way(request, name, word) for name, word in PUBLIC_PAGES],
        "foot_pages": [_way(request, name, word) for name, word in FOOT_PAGES],
        "speech": speech_of(request),
        "help": Help(settings.HELP_PHONE, settings.HELP_EMAIL),
    }


def _reader(request: HttpRequest) -> Any:
    """Who reads the page; looked at only by pages that show it, so that the page for our own faults cannot fail."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _way(request: HttpRequest, name: str, word: str) -> Way:
    href = reverse(name)
    return Way(href, word, here=request.path == href)


def _links() -> dict[str, str]:
    return {
        "home": reverse("public:home"),
        "register": reverse("public:register"),
        "enquiry": reverse("public:enquiry"),
        "desk": reverse("account:desk"),
        "profile": reverse("account:profile"),
        "sign_in": reverse("account_login"),
        "sign_up": reverse("account_signup"),
        "sign_out": reverse("account_logout"),
        "leave_crew": reverse("crew:leave"),
        "move_day": reverse("public:move_day") if settings.DEMONSTRATION else "",
    }
