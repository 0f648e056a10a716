"""The records of an employer, as its own people may read them, and the forms they are filled in by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from secor.core import told
from secor.core.form import Form, read_form
from secor.core.reading import Reading
from secor.core.record import Record as Sent
from secor.queries import library
from secor.queries.files import Unreadable, read_text
from secor.queries.paging import Page, page_of
from secor.store.models import Arrival, Employer, FormText, OwnForm, Record, RecordPhoto
from secor.store.scope import Scope, house

__all__ = ["Arrival", "FormInUse", "FormText", "Receipt", "Record", "RecordPhoto", "Sent"]

_OWN_FORMS = house("the forms of an employer that was itself reached")
_PHOTOS = house("the photos of a record that was itself reached")


@dataclass(frozen=True, slots=True)
class FormInUse:
    """A form as one employer uses it: its definition, the text it was read from, and that text's SHA-256."""

    form: Form
    text: str
    digest: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept of a record: its words, and how many of its photos have come."""

    uid: UUID
    fingerprint: str
    photos_kept: int
    photos_awaited: int
    signatures: int
    problems: tuple[Mapping[str, str], ...]


@lru_cache(maxsize=512)
def form_of_text(text: str) -> Form:
    """Read a form's definition. Raises ``Unreadable`` with every problem and its place."""
    reading = Reading()
    form = read_form(reading, read_text(text, name="form"))
    if form is None:
        raise Unreadable(reading.problems)
    return form


def forms_in_use(employer: Employer) -> Mapping[str, FormInUse]:
    """Every form that an employer can fill in, by its key: ours, and in their place or beside them its own.

    Where an own one was put away, ours stands again.
    """
    ours = {key: FormInUse(form, *library.form_text(key)) for key, form in library.forms().items()}
    found = dict(ours)
    for row in OwnForm.objects.within(_OWN_FORMS).filter(employer=employer).select_related("definition"):
        if row.retired_at is not None:
            found.pop(row.key, None)
            if row.key in ours:
                found[row.key] = ours[row.key]
            continue
        text = row.definition.text
        found[row.key] = FormInUse(form_of_text(text), text, row.definition_id, own=True)
    return found


def form_of(record: Record) -> Form:
    """The form that a record was filled in by, as it was on that day."""
    return form_of_text(record.definition.text)


def reached(scope: Scope, uid: UUID) -> Record | None:
    """The record of that uid, when ``scope`` may read it."""
    rows = Record.objects.within(scope).filter(uid=uid)
    return rows.select_related("definition", "employer", "site").first()


def kept(
    scope: Scope, employer: Employer, *, form: str = "", before: int | None = None, most: int = 50
) -> tuple[Record, ...]:
    """The employer's records that ``scope`` may read, the newest first, without those that were corrected.

    ``before`` is the key of the last record of the page before.
    """
    rows = Record.objects.within(scope).filter(employer=employer, corrected=False)
    if form:
        rows = rows.filter(form=form)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(rows.select_related("site").defer("values").order_by("-pk")[:most])


def paged(scope: Scope, employer: Employer, *, number: int) -> Page[Record]:
    """One page of what ``kept`` lists, for a program that goes through all of it."""
    rows = Record.objects.within(scope).filter(employer=employer, corrected=False)
    return page_of(rows.select_related("site").defer("values").order_by("-pk"), number=number)


def all_of(scope: Scope, employer: Employer) -> Iterator[Record]:
    """Every record of the employer that ``scope`` may read, corrected ones too, the oldest first."""
    rows = Record.objects.within(scope).filter(employer=employer)
    return rows.select_related("definition").order_by("on", "pk").iterator()


def corrections_of(record: Record, scope: Scope) -> tuple[Record, ...]:
    """The records that take this one's place. Two of them were made without knowing of each other: a person decides."""
    return tuple(Record.objects.within(scope).filter(employer=record.employer_id, corrects=record.uid).order_by("pk"))


def photos_of(record: Record) -> tuple[RecordPhoto, ...]:
    """The photos of a record that was itself reached, also those that have not come yet."""
    rows = RecordPhoto.objects.within(_PHOTOS).filter(record=record)
    return tuple(rows.select_related("file").order_by("place"))


def photos_by_record(employer: Employer) -> Mapping[int, tuple[RecordPhoto, ...]]:
    """The photos of every record of an employer that was itself reached, by the record's key."""
    rows = RecordPhoto.objects.within(_PHOTOS).filter(record__employer=employer)
    found: dict[int, list[RecordPhoto]] = {}
    for row in rows.select_related("file").order_by("record_id", "place"):
        found.setdefault(row.record_id, []).append(row)
    return {key: tuple(theirs) for key, theirs in found.items()}


def receipt_of(record: Record) -> Receipt:
    """Tell what is kept of a record that was itself reached."""
    photos = photos_of(record)
    there = sum(photo.file_id is not None for photo in photos)
    return Receipt(
        uid=record.uid,
        fingerprint=record.fingerprint,
        photos_kept=there,
        photos_awaited=len(photos) - there,
        signatures=len(told.signatures(form_of(record), record.values)),
        problems=tuple(record.problems),
    )
