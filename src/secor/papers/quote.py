"""A quote as a sheet of paper: for whom, what it comes to line by line, until when, and whether it was accepted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from secor.papers.manual import day
from secor.papers.press import print_pdf
from secor.queries.quotes import Quote
from secor.usecases.act import ALBERTA

KINDS = {"certification": "Certification audit", "maintenance": "Maintenance audit"}
KINDS |= {"recertification": "Recertification audit"}


def quote(row: Quote, *, specimen: bool = False) -> bytes:
    """Print a quote as a tagged PDF/A. The same quote gives the same bytes: it is dated by when it was made."""
    return print_pdf("quote", told(row, specimen=specimen), at=row.accepted_at or row.made_at, files={})


def told(row: Quote, *, specimen: bool = False) -> dict[str, Any]:
    """Everything the sheet prints, as plain values."""
    accepted_on: date | None = row.accepted_at.astimezone(ALBERTA).date() if row.accepted_at else None
    return {
        "number": row.code.upper(),
        "from": row.trades_as,
        "tax_number": row.tax_number,
        "business": row.business,
        "kind": KINDS[row.kind],
        "partner": row.partner.name,
        "made": day(row.made_at.astimezone(ALBERTA).date()),
        "until": day(row.good_until),
        "lines": [[line["what"], line["how"], _money(Decimal(line["amount"]))] for line in row.lines],
        "net": _money(row.net),
        "tax": _money(row.tax),
        "tax_percent": f"{row.tax_percent.normalize():f}",
        "total": _money(row.total),
        "note": row.note,
        "accepted": f"Accepted by {row.accepted_by} on {day(accepted_on)}" if accepted_on else "",
        "specimen": specimen,
    }


def _money(amount: Decimal) -> str:
    return f"${amount:,.2f}"
