"""A quote as both sides have it: the same lines on their pages, and the same paper."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.http import HttpResponse

from secor.papers.quote import KINDS
from secor.papers.quote import quote as printed
from secor.queries.quotes import Quote
from secor.usecases.act import ALBERTA
from secor.web.papers.giving import PDF, given


def paper_of(found: Quote) -> HttpResponse:
    """A quote to keep."""
    made_on = found.made_at.astimezone(ALBERTA).date()
    return given(printed(found, specimen=settings.DEMONSTRATION), made_on, found.business, "quote", PDF)


def shown(found: Quote) -> dict[str, object]:
    """What a page shows of a quote."""
    return {
        "quote": found,
        "kind": KINDS[found.kind],
        "lines": [(each["what"], each["how"], Decimal(each["amount"])) for each in found.lines],
        "percent": f"{found.tax_percent.normalize():f}",
    }
