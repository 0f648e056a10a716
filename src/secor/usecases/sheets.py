"""Forms printed on paper, and the photos of filled pages filed as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from secor.core import told
from secor.queries import library
from secor.queries import records as asked
from secor.queries import sheets as there
from secor.queries.records import FormInUse, Receipt
from secor.store.models import Arrival, Employer, Record, Sheet, Site, Worker
from secor.store.scope import house
from secor.usecases import pictures, records
from secor.usecases.act import Act, Refusal
from secor.usecases.codes import codes_in

_OURS = house("a sheet is printed and filed by the employer's own people")
AT_ONCE = 60
PAGES_MOST = 10


class TooMany(Refusal):
    """More sheets or pages than one act prints or files."""


class NoPages(Refusal):
    """A filing without a photo."""


class NotYet(Refusal):
    """A filing under a day to come."""


class SeveralSheets(Refusal):
    """Photos of different sheets, sent as pages of one."""


class FiledAlready(Refusal):
    """A sheet, or a photo, that is a record already. ``record`` is that one."""

    def __init__(self, record: Record) -> None:
        super().__init__(
            f"This page was filed already, as the record of {record.on:%Y-%m-%d}. "
            "If there is another page of it, add that one to the record."
        )
        self.record = record


@dataclass(frozen=True, slots=True)
class Filing:
    """What the photos of one filled sheet are filed as. ``use`` is the form as it stood on the sheet.

    ``sheet`` is None where a page bore no code of ours and the form was chosen by hand.
    """

    photos: tuple[str, ...]
    use: FormInUse
    on: date
    sheet: Sheet | None = None
    site: Site | None = None
    worker: Worker | None = None


@transaction.atomic
def lay_out(
    act: Act,
    *,
    employer: Employer,
    form: str,
    copies: int = 1,
    site: Site | None = None,
    workers: Sequence[Worker | None] = (None,),
    on: date | None = None,
    language: str = "",
) -> tuple[Sheet, ...]:
    """Give each sheet to be printed its code: ``copies`` for each of ``workers``, None standing for nobody yet.

    Without a ``language``, a sheet is in that of its worker where forms have it, and else in English.
    Refuses people of elsewhere, a form that is not in use (``records.NoForm``) and more than 60 at once (``TooMany``).
    """
    use = records.hand_out(act, employer=employer).get(form)
    if use is None:
        raise records.NoForm("This form is not in use any more. Choose one of the list.")
    if not 1 <= copies * len(workers) <= AT_ONCE:
        raise TooMany(f"At most {AT_ONCE} sheets are printed at once. Print fewer, and the others after them.")
    made = [
        Sheet(
            employer=employer,
            form=form,
            definition_id=use.digest,
            worker=worker,
            site=site,
            on=on,
            language=_language(language or (worker.language if worker else "")),
            printed_at=act.at,
            printed_by=act.by,
        )
        for worker in workers
        for _ in range(copies)
    ]
    Sheet._base_manager.bulk_create(made)  # noqa: SLF001 - rows of sheets made in this act
    act.enter("sheet.printed", employer=employer, subject=made[0].code, form=form, sheets=len(made))
    return tuple(made)


def _language(wanted: str) -> str:
    return wanted if wanted in library.languages() else library.languages()[0]


def recognize(*, employer: Employer, photos: Sequence[Arrival]) -> tuple[Sheet | None, bool]:
    """Tell which of the employer's sheets the photos show, and whether a code of ours stands on them at all.

    A code that this employer did not print is nobody's here. Refuses photos of several sheets (``SeveralSheets``).
    """
    codes: set[str] = set()
    for photo in photos:
        assert photo.file is not None, "only photos that have come are looked at"
        with there.opened(photo) as file:
            codes |= codes_in(pictures.grey(file, kind=photo.file.kind))
    if len(codes) > 1:
        raise SeveralSheets(
            "These photos show different sheets, and each is a record of its own. Send the pages of one sheet, then "
            "those of the next."
        )
    return next((there.sheet_of(employer, code) for code in codes), None), bool(codes)


def file(act: Act, *, employer: Employer, filing: Filing) -> Receipt:
    """Keep the record that filled pages are. A sheet, and a photo, is filed once.

    What is written on the pages is not asked for again; the record says that it was kept on paper. Refuses people of
    elsewhere, no or too many photos (``NoPages``, ``TooMany``), a day to come (``NotYet``), and what is filed already
    (``FiledAlready``).
    """
    records.permit(act, employer=employer)
    _check(act, filing)
    before = there.filed_as(filing.sheet) if filing.sheet else None
    before = before or there.filed_with(employer, filing.photos)
    if before is not None:
        raise FiledAlready(before)
    mark = filing.sheet.code if filing.sheet else " ".join(sorted(filing.photos))
    uid = uuid5(NAMESPACE_URL, f"secor:paper:{employer.code}:{mark}")
    sent = _sent(act, uid, filing.use, filing.on, filing.photos, filing.sheet) | {"values": _values(filing)}
    try:
        return records.keep(act, employer=employer, sent=sent)
    except records.Differs as differs:  # two phones filed it at the same moment
        raise FiledAlready(Record.objects.within(_OURS).get(uid=differs.kept.uid)) from differs


def add_pages(act: Act, *, record: Record, photos: Sequence[str]) -> Receipt:
    """Add pages to a record that was kept on paper: a correction of it with every page, those of before first.

    Refuses people of elsewhere, and no or too many pages. Pages that are in it already change nothing.
    """
    records.permit(act, employer=record.employer)
    pages = there.pages_of(record)
    new = tuple(each for each in dict.fromkeys(photos) if each not in pages)
    if not photos or len(pages) + len(new) > PAGES_MOST:
        raise _number_of(photos)
    if not new:
        return asked.receipt_of(record)
    form = asked.form_of(record)
    use = FormInUse(form, record.definition.text, record.definition_id)
    in_answers = set(told.photos(form, record.values))
    kept = tuple(each for each in pages if each not in in_answers)
    uid = uuid5(record.uid, " ".join(new))
    sent = _sent(act, uid, use, record.on, (*kept, *new), record.sheet)
    return records.keep(
        act, employer=record.employer, sent=sent | {"values": record.values, "corrects": str(record.uid)}
    )


def _check(act: Act, filing: Filing) -> None:
    if not 1 <= len(filing.photos) <= PAGES_MOST:
        raise _number_of(filing.photos)
    if filing.on > act.on:
        raise NotYet("This day is still to come. Choose the day on which the page was filled in.")


def _number_of(photos: Sequence[str]) -> Refusal:
    if not photos:
        return NoPages("There is no photo here. Take one of each page that was filled in.")
    return TooMany(f"One record holds at most {PAGES_MOST} pages. Leave out those that nobody wrote on.")


def _sent(act: Act, uid: UUID, use: FormInUse, on: date, photos: Sequence[str], sheet: Sheet | None) -> dict[str, Any]:
    """The record in the shape that a phone sends: it was written by hand, and filed at this moment."""
    return {
        "uid": str(uid),
        "form": use.form.key,
        "form_digest": use.digest,
        "on": on.isoformat(),
        "began_at": act.at.isoformat(),
        "finished_at": act.at.isoformat(),
        "language": sheet.language if sheet else "en",
        "paper": {"pages": list(photos), "sheet": sheet.code if sheet else ""},
    }


def _values(filing: Filing) -> Mapping[str, Any]:
    """The site and the worker, where the form asks for them."""
    place = there.place_of(filing.use.form)
    values: dict[str, Any] = {}
    if place.site and filing.site is not None:
        values[place.site] = {"code": str(filing.site.pk), "name": filing.site.name}
    if place.worker and filing.worker is not None:
        worker = {"code": filing.worker.code, "name": filing.worker.name}
        values[place.worker] = [worker] if place.several else worker
    return values
