"""The open data file: every certificate that is good today, as CSV, with a description that programs read.

Written once a day into a folder, whole or not at all, so that nobody who asks for it makes the site work it out anew.
The description is a Data Package (https://specs.frictionlessdata.io/data-package/).
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from secor.core.cell import plain
from secor.queries import doubts
from secor.queries import open_data as asked
from secor.queries.register import Listing

TABLE, DESCRIPTION = "certificates.csv", "datapackage.json"
# What a column is called, what is in it, and its type in the description.
COLUMNS = (
    ("number", "The certificate's number, as it is printed on it.", "string"),
    (
        "legal_name",
        "The employer's legal name. A ' stands before a first sign that spreadsheets would compute.",
        "string",
    ),
    ("trade_name", "The name it is known by, where that is another.", "string"),
    ("city", "The city or town of its seat.", "string"),
    ("certifying_partner", "Who certified it.", "string"),
    ("scheme", "The programme: ab-secor is the Small Employer Certificate of Recognition.", "string"),
    ("issued_on", "The day it was issued.", "date"),
    ("valid_since", "The day since which it has been valid without a break.", "date"),
    ("term_ends_on", "The last day of its term. It may lapse earlier: look at the register.", "date"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """The file that stands: the day it tells of, its rows, its size in bytes, and its fingerprint."""

    on: date
    rows: int
    size: int
    sha256: str


def folder() -> Path:
    """Where the file is kept: beside the tables. It can be made anew at any time."""
    return Path(settings.DATA) / "open-data"


def made() -> Made | None:
    """The file that stands; None before the first."""
    try:
        told: Mapping[str, Any] = json.loads((folder() / DESCRIPTION).read_text())
        table = told["resources"][0]
        return Made(date.fromisoformat(told["as_of"]), told["rows"], table["bytes"], table["hash"].partition(":")[2])
    except (FileNotFoundError, KeyError, ValueError):
        return None


def make(*, on: date) -> Made | None:
    """Make the file of the day ``on``, where it is not made yet. None where it is, or while nothing can be confirmed.

    The table is put in its place first and its description after: between the two, the description's fingerprint tells
    that it belongs to the table of the day before.
    """
    last = made()
    if (last is not None and last.on == on) or doubts.of_all():
        return None
    folder().mkdir(parents=True, exist_ok=True)
    half = folder() / f"{TABLE}.{os.getpid()}.half"
    rows = _write(half, on=on)
    with half.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    found = Made(on, rows, half.stat().st_size, digest)
    half.replace(folder() / TABLE)
    told = folder() / f"{DESCRIPTION}.{os.getpid()}.half"
    told.write_text(json.dumps(_description(found), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    told.replace(folder() / DESCRIPTION)
    return found


def _write(place: Path, *, on: date) -> int:
    """Write the table, and give how many rows it has."""
    rows = 0
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([name for name, _, _ in COLUMNS])
        for each in asked.good(on=on):
            writer.writerow(_cells(each))
            rows += 1
    return rows


def _cells(each: Listing) -> list[str]:
    days = (each.issued_on, each.since, each.term_ends_on)
    names = (each.legal_name, each.trade_name, each.city, each.partner)
    return [each.number, *map(plain, names), each.scheme, *(day.isoformat() if day else "" for day in days)]


def _description(found: Made) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "certificates-that-are-good-today",
        "title": "Certificates that are good today",
        "description": "Every certificate in this register that a client may rely on, on the day named in `as_of`. "
        "A certificate may end on any day: ask the register before you rely on one.",
        "homepage": f"{settings.SITE_URL}/open-data/",
        "as_of": found.on.isoformat(),
        "rows": found.rows,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "certificates",
                "path": TABLE,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": found.size,
                "hash": f"sha256:{found.sha256}",
                "schema": {
                    "fields": [{"name": name, "type": kind, "description": told} for name, told, kind in COLUMNS],
                    "primaryKey": "number",
                    "missingValues": [""],
                },
            }
        ],
    }
