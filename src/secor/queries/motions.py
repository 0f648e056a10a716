"""What is proposed about certificates: what waits for a colleague, and what became of the rest."""

from __future__ import annotations

from secor.queries.people import Scope
from secor.store.models import Certificate, Motion
from secor.store.scope import house

__all__ = ["Motion", "about", "open_about", "waiting"]

MOST = 50
ASKED = house("what is proposed about a certificate that was itself reached")


def waiting(scope: Scope) -> tuple[Motion, ...]:
    """What waits to be confirmed at these partners, the oldest first."""
    rows = Motion.objects.within(Scope(partners=scope.partners)).filter(outcome="")
    return tuple(rows.select_related("certificate__employer", "proposed_by").order_by("pk")[:MOST])


def about(certificate: Certificate) -> tuple[Motion, ...]:
    """Everything that was ever proposed about a certificate, the newest first."""
    rows = Motion.objects.within(ASKED).filter(certificate=certificate)
    return tuple(rows.select_related("proposed_by", "ended_by").order_by("-pk")[:MOST])


def open_about(certificate: Certificate) -> Motion | None:
    """What is proposed about a certificate now, if anything."""
    rows = Motion.objects.within(ASKED).filter(certificate=certificate, outcome="")
    return rows.select_related("proposed_by").first()
