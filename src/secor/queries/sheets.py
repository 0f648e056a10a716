"""Printed sheets: which form, site, worker and day each is for, and the record it was filed as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from secor.core.form import FieldKind, Form
from secor.queries.records import FormInUse, form_of_text
from secor.store import shelf
from secor.store.models import Arrival, Employer, Record, RecordPhoto, Sheet
from secor.store.scope import house

__all__ = ["Arrival", "Sheet"]

_ASKED = house("the sheets of an employer that was itself reached")
# Whom a record is about: one person, or else the first of several.
_ABOUT = (FieldKind.PERSON, FieldKind.PEOPLE)


@dataclass(frozen=True, slots=True)
class Place:
    """The questions of a form into which a sheet's site and worker go; empty where the form does not ask."""

    site: str
    worker: str
    several: bool


def sheet_of(employer: Employer, code: str) -> Sheet | None:
    """The sheet of that code, when this employer printed it."""
    rows = Sheet.objects.within(_ASKED).filter(employer=employer, code=code.lower())
    return rows.select_related("definition", "worker", "site").first()


def form_of(sheet: Sheet) -> FormInUse:
    """The form that stands on the sheet, as it was when it was printed."""
    text = sheet.definition.text
    return FormInUse(form_of_text(text), text, sheet.definition_id)


def filed_as(sheet: Sheet) -> Record | None:
    """The record that a sheet was filed as, the one that counts today before others; None while it was not."""
    rows = Record.objects.within(_ASKED).filter(employer=sheet.employer_id, sheet=sheet)
    return rows.select_related("definition", "employer", "sheet").order_by("corrected", "-pk").first()


def filed_with(employer: Employer, photos: Sequence[str]) -> Record | None:
    """The record that one of these photos stands in already as a page."""
    named = RecordPhoto.objects.within(_ASKED).filter(record__employer=employer, sha256__in=photos)
    rows = Record.objects.within(_ASKED).filter(pk__in=named.values("record"), on_paper=True, corrected=False)
    return rows.select_related("definition", "employer", "sheet").order_by("pk").first()


def pages_of(record: Record) -> tuple[str, ...]:
    """The SHA-256 of each page of a record that was itself reached, in order."""
    rows = RecordPhoto.objects.within(_ASKED).filter(record=record).order_by("place")
    return tuple(rows.values_list("sha256", flat=True))


def brought(employer: Employer, photos: Sequence[str]) -> tuple[Arrival, ...]:
    """The photos of these SHA-256 that have come for this employer, in the order asked."""
    rows = Arrival.objects.within(_ASKED).filter(employer=employer, sha256__in=photos, file__isnull=False)
    known = {row.sha256: row for row in rows.select_related("file")}
    return tuple(known[sha256] for sha256 in dict.fromkeys(photos) if sha256 in known)


def opened(arrival: Arrival) -> IO[bytes]:
    """The photo as it was sent, open to be read."""
    return shelf.place(arrival.sha256).open("rb")


def printed_with(employer: Employer, code: str) -> tuple[Sheet, ...]:
    """A sheet of this employer with those that were printed in the same go; none where there is no such sheet."""
    sheet = sheet_of(employer, code)
    if sheet is None:
        return ()
    rows = Sheet.objects.within(_ASKED).filter(
        employer=employer, printed_at=sheet.printed_at, printed_by=sheet.printed_by_id
    )
    return tuple(rows.select_related("definition", "worker", "site").order_by("pk"))


def place_of(form: Form) -> Place:
    """Tell where in a form the site and the worker go."""
    site = next((field.key for field in form.fields if field.kind is FieldKind.SITE), "")
    about = next((field for kind in _ABOUT for field in form.fields if field.kind is kind), None)
    return Place(site, about.key if about else "", about is not None and about.kind is FieldKind.PEOPLE)
