"""Who asked for a first talk, and how far that has come."""

from __future__ import annotations

from secor.queries.paging import Page, page_of
from secor.store.models import Enquiry

__all__ = ["Enquiry", "enquiries", "enquiry", "waiting"]


def enquiries(*, closed: bool, number: int) -> Page[Enquiry]:
    """Enquiries, those without an answer first and the longest waiting of them first; or those that were closed."""
    rows = Enquiry.objects.filter(closed_at__isnull=not closed).select_related("answered_by", "closed_by")
    return page_of(rows.order_by("-closed_at") if closed else rows.order_by("answered_at", "pk"), number=number)


def waiting() -> int:
    """How many enquiries nobody has answered."""
    return Enquiry.objects.filter(answered_at__isnull=True, closed_at__isnull=True).count()


def enquiry(code: str) -> Enquiry | None:
    """The enquiry of that code."""
    return Enquiry.objects.filter(code=code[:16]).first()
