"""Requests for more time: what waits for an answer, and what became of the rest."""

from __future__ import annotations

from secor.queries.people import Scope
from secor.store.models import Certificate, ExtensionRequest
from secor.store.scope import house

__all__ = ["ExtensionRequest", "about", "open_about", "reached", "waiting"]

MOST = 50
_ASKED = house("the requests about a certificate that was itself reached")


def waiting(scope: Scope) -> tuple[ExtensionRequest, ...]:
    """What waits at these partners for an answer, the one whose due day comes first on top."""
    rows = ExtensionRequest.objects.within(Scope(partners=scope.partners)).filter(answered_at__isnull=True)
    return tuple(rows.select_related("certificate", "employer").order_by("due_on", "pk")[:MOST])


def reached(code: str, *, scope: Scope) -> ExtensionRequest | None:
    """The request of that code, when it was asked of one of these partners."""
    rows = ExtensionRequest.objects.within(Scope(partners=scope.partners)).filter(code=code[:16])
    return rows.select_related("certificate__partner", "employer", "asked_by").first()


def about(certificate: Certificate) -> tuple[ExtensionRequest, ...]:
    """Every request about a certificate, the newest first."""
    rows = ExtensionRequest.objects.within(_ASKED).filter(certificate=certificate)
    return tuple(rows.select_related("asked_by").order_by("-pk")[:MOST])


def open_about(certificate: Certificate) -> ExtensionRequest | None:
    """The request about a certificate that waits for an answer."""
    rows = ExtensionRequest.objects.within(_ASKED).filter(certificate=certificate, answered_at__isnull=True)
    return rows.select_related("asked_by").first()
