"""A client's whole list of suppliers, checked at once: on the page, or as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from secor.core.cell import plain
from secor.core.supplier_list import MOST, Supplier, TooMany, read_suppliers
from secor.queries import register
from secor.queries.register import Listing
from secor.web.door import public
from secor.web.http import Visit

SHOWN = 200
BIGGEST = 2 * 1024 * 1024
HEAD = ("line", "given", "answer", "number", "employer", "since", "newer_number", "as_of", "trouble")
# What wants somebody's eye stands first.
ORDER = ("unknown", "cancelled", "lapsed", "expired", "suspended", "valid")
TELLING = {"unknown": "Not found"}


class SuppliersForm(forms.Form):
    """A list, pasted or as a file."""

    numbers = forms.CharField(
        label="Certificate numbers, one on each line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Or your list as a CSV file",
        required=False,
        help_text="The number may be in any column. Save a spreadsheet as CSV first.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, Any]:
        """Read the list; what cannot be is said beside the field it came by."""
        given = super().clean() or {}
        upload = given.get("file")
        text, field = (_read(upload), "file") if upload else (given.get("numbers", ""), "numbers")
        if upload and (upload.size or 0) > BIGGEST:
            self.add_error("file", "This file is bigger than 2 MB. Send the list in parts.")
        elif not text.strip():
            self.add_error(field, "There is no number in it. Paste some, or choose a file.")
        else:
            try:
                given["suppliers"] = read_suppliers(text)
            except TooMany as refusal:
                self.add_error(field, str(refusal))
            else:
                if not given["suppliers"]:
                    self.add_error(field, "There is no certificate number in it. Paste some, or choose a file.")
        return given


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the list, and what its certificate is worth today; no listing where nobody issued it here."""

    supplier: Supplier
    listing: Listing | None

    @property
    def word(self) -> str:
        """One word of six."""
        return self.listing.word if self.listing else "unknown"


@public
def suppliers(request: Visit) -> HttpResponse:
    """Check a list. Nothing of it is kept."""
    form = SuppliersForm(request.POST, request.FILES) if request.method == "POST" else SuppliersForm()
    page: dict[str, Any] = {"form": form, "most": f"{MOST:,}"}
    if form.is_valid():
        checked = _checked(form.cleaned_data["suppliers"], request)
        if request.POST.get("do") == "file":
            return _file(checked, request)
        counts = Counter(each.word for each in checked)
        first = sorted(checked, key=lambda each: ORDER.index(each.word))
        page |= {
            "checked": first[:SHOWN],
            "shown": SHOWN,
            "of": len(checked),
            "counts": [(word, TELLING.get(word, ""), counts[word]) for word in reversed(ORDER) if counts[word]],
        }
    response = render(request, "public/suppliers.html", page, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _read(upload: UploadedFile[Any]) -> str:
    """A list as a spreadsheet saves it: in UTF-8, with or without its mark, or as older Windows writes it."""
    raw: bytes = upload.read(BIGGEST + 1)
    for encoding in ("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _checked(given: Sequence[Supplier], request: Visit) -> list[Checked]:
    listings = register.many((each.number for each in given if each.number), on=request.on)
    return [Checked(each, listings.get(each.number)) for each in given]


def _file(checked: Sequence[Checked], request: Visit) -> HttpResponse:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(HEAD)
    for each in checked:
        listing = each.listing
        cells = (
            str(each.supplier.line),
            each.supplier.given,
            each.word,
            each.supplier.number,
            listing.legal_name if listing else "",
            listing.since.isoformat() if listing and listing.since else "",
            listing.newer if listing else "",
            request.on.isoformat(),
            each.supplier.trouble,
        )
        writer.writerow([plain(cell) for cell in cells])
    response = HttpResponse(made.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{request.on.isoformat()}-suppliers.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
