"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from secor.core.role import EMPLOYER_SIDE, PARTNER_STAFF, RoleKind


def page(request: HttpRequest) -> dict[str, Any]:
    """The day, the desks this person has, and whether this is the demonstration."""
    kinds = {role.kind for role in getattr(request, "roles", ())}
    return {
        "today": getattr(request, "on", None),
        "demonstration": settings.DEMONSTRATION,
        "desks": {
            "employer": bool(kinds & EMPLOYER_SIDE),
            "auditor": RoleKind.AUDITOR in kinds,
            "partner": bool(kinds & PARTNER_STAFF),
        },
    }
