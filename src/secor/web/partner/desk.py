"""What every page of this desk begins with: its menu, and the words for kinds and stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from secor.core.role import RoleKind
from secor.queries.members import Partner
from secor.queries.people import Role
from secor.web.context import Way
from secor.web.http import SignedIn
from secor.web.words import plainly

STAFF = (RoleKind.REGISTRAR, RoleKind.REVIEWER, RoleKind.DECISION_MAKER)
REFUSED = 422
KINDS = {
    "certification": "Certification audit",
    "maintenance": "Maintenance audit",
    "recertification": "Recertification audit",
    "limited_scope": "Limited-scope audit",
    "administrative": "Administrative audit",
    "action_plan": "Action plan",
}
PERFORMERS = {
    "self_assessor": "the business itself",
    "internal_auditor": "an auditor of the business",
    "external_auditor": "an auditor from outside",
    "partner": "the certifying partner",
}
PAGES = (
    ("partner:home", "Queue"),
    ("partner:members", "Members"),
    ("partner:certificates", "Certificates"),
    ("partner:auditors", "Auditors"),
    ("partner:calendar", "Calendar"),
    ("partner:forecasts", "Forecasts"),
    ("partner:numbers", "Numbers"),
    ("partner:letters", "Letters"),
)


def show(request: SignedIn, template: str, page: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw one page of this desk."""
    whole = {
        "desk": _names(request.keys),
        "entries": _ways(request),
        "kinds": KINDS,
        "may": {role.kind: True for role in request.keys},
        **page,
    }
    return render(request, f"partner/{template}.html", whole, status=status)


def kind_words(kind: str) -> str:
    """A kind of audit as a page says it."""
    return KINDS.get(kind, kind.replace("_", " "))


def told(reasons: Iterable[str], partner: Partner) -> list[str]:
    """The rules' reasons as people write them: days in words, and the partner by its name."""
    return [plainly(reason, partner=partner.key, acronym=partner.acronym) for reason in reasons]


def number_in(request: SignedIn, name: str = "page") -> int:
    """The page's number in the address; 1 where it is none."""
    written = request.GET.get(name, "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 1  # noqa: PLR2004 - pages


def _names(keys: tuple[Role, ...]) -> str:
    found = {role.partner.acronym: None for role in keys if role.partner is not None}
    return ", ".join(found) or "Certifying partner"


def _ways(request: SignedIn) -> list[Way]:
    ways = [(reverse(name), word) for name, word in PAGES]
    home = ways[0][0]
    return [
        Way(href, word, here=request.path == href or (href != home and request.path.startswith(href)))
        for href, word in ways
    ]
