"""How a program is told that something is the matter: RFC 9457, Problem Details for HTTP APIs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

MEDIA_TYPE = "application/problem+json"


def problem_details(status: int, detail: str) -> dict[str, Any]:
    """Give the members of one problem: ``detail`` is for the person, and says what to do next.

    The type is ``about:blank``: what is the matter is its HTTP status and no more (RFC 9457, 4.2.1).
    """
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
