"""The binder to print: cover, contents, a tab for each element, what proves it under it, and what stands behind."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from secor.core.markdown import printable
from secor.core.method import Method
from secor.core.ticket import Need
from secor.papers import certificate as certificates
from secor.papers import manual, record
from secor.papers.certificate import CertificatePaper
from secor.papers.manual import day
from secor.papers.press import print_pdf
from secor.papers.record import RecordPaper
from secor.queries.actions import CorrectiveAction, Listed
from secor.queries.binders import Asked, Binder, Sheaf, Tab
from secor.queries.manuals import Chapter
from secor.queries.workers import Card, Training

# Three photos stand side by side; a page that was filled in by hand has to be read, and takes the width of the sheet.
PHOTOS_MOST, PHOTO_PIXELS, PAGE_PIXELS = 3, 420, 1100
NEEDS: Mapping[Need, str] = {
    Need.HELD: "Has it",
    Need.RUNS_OUT: "Runs out",
    Need.EXPIRED: "Ran out",
    Need.MISSING: "Missing",
    Need.UNTOLD: "Not said",
    Need.NOT_NEEDED: "Not needed",
}


@dataclass(frozen=True, slots=True)
class BinderPaper:
    """Everything the binder prints. ``business`` stands on the cover and above each page.

    ``certificate`` is the one that is good on the day, None where none is.
    """

    business: str
    about: str
    printed_on: date
    binder: Binder
    actions: Listed
    trainings: tuple[Training, ...]
    cards: tuple[Card, ...]
    certificate: CertificatePaper | None = None
    specimen: bool = False


def binder(paper: BinderPaper, *, at: datetime) -> bytes:
    """Print the binder as a tagged PDF/A, to be printed on both sides: each tab lies on the right."""
    holds = paper.binder
    sheets = {row.pk: record.paper_of(row) for tab in holds.tabs for each in tab.sheaves for row in each.chosen}
    files: dict[str, bytes] = {}
    with ThreadPoolExecutor() as hands:  # drawing a photo anew lets go of the interpreter, so every core helps
        for found in hands.map(_pictures, sheets.keys(), sheets.values()):
            files |= found
    held = paper.certificate
    if held is not None:
        files["qr.svg"] = certificates.qr(held.check_url)
    values: dict[str, Any] = {
        "business": printable(paper.business),
        "about": printable(paper.about),
        "printed_on": day(paper.printed_on),
        "specimen": paper.specimen,
        "first": day(holds.first),
        "last": day(holds.last),
        "printed": holds.printed,
        "there": holds.there,
        "tabs": [_tab(tab, sheets) for tab in holds.tabs],
        "beside": [_part(chapter) for chapter in holds.beside],
        "actions": [_action(row, paper.printed_on) for row in (*paper.actions.open, *paper.actions.done)],
        "done_more": paper.actions.done_in_all - len(paper.actions.done),
        "certificate": certificates.told(held) if held is not None else None,
        "trainings": [printable(each.title) for each in paper.trainings],
        "crew": [_worker(card) for card in paper.cards],
    }
    return print_pdf("binder", values, at=at, files=files)


def _tab(tab: Tab, sheets: Mapping[int, RecordPaper]) -> dict[str, Any]:
    return {
        "number": tab.element.number,
        "name": tab.element.name,
        "purpose": tab.element.purpose,
        "questions": [_question(each) for each in tab.asked],
        "parts": [_part(chapter) for chapter in tab.chapters],
        "sheaves": [
            {
                "key": _of_form(each),
                "title": printable(each.form.title),
                "there": each.there,
                "records": [_record(row.pk, sheets[row.pk]) for row in each.chosen],
            }
            for each in tab.sheaves
        ],
    }


def _question(asked: Asked) -> dict[str, Any]:
    """A question, and where the binder answers it. One that no paper answers says how an audit asks it instead."""
    by_paper = asked.question.rule_of(Method.DOCUMENT) is not None
    return {
        "code": asked.question.id,
        "text": asked.question.text,
        "here": [
            *({"key": _of_part(each), "title": _title(each), "told": ""} for each in asked.chapters),
            *(
                {
                    "key": _of_form(each),
                    "title": printable(each.form.title),
                    "told": f"{each.there} in the year, {len(each.chosen)} printed",
                }
                for each in asked.sheaves
            ),
        ],
        "instead": "Nothing on file." if by_paper else "No paper: people are asked, or the work is looked at.",
    }


def _part(chapter: Chapter) -> dict[str, Any]:
    return {"key": _of_part(chapter)} | manual.told(manual.part_of(chapter))


def _record(key: int, sheet: RecordPaper) -> dict[str, Any]:
    told = record.told(_fewer(sheet), name=_of_record(key))
    return told | {"by_hand": sheet.by_hand, "more": len(sheet.photos) - len(told["photos"])}


def _pictures(key: int, sheet: RecordPaper) -> dict[str, bytes]:
    most = PAGE_PIXELS if sheet.by_hand else PHOTO_PIXELS
    return record.pictures(_fewer(sheet), name=_of_record(key), most=most)


def _fewer(sheet: RecordPaper) -> RecordPaper:
    """The record with as many photos as are printed here."""
    return sheet if sheet.by_hand else sheet.with_photos(PHOTOS_MOST)


def _action(row: CorrectiveAction, on: date) -> dict[str, str]:
    stands = f"Done {row.done_on}" if row.done_on else "Past its day" if row.due_on and row.due_on < on else "Open"
    return {
        "what": printable(row.what),
        "who": printable(row.worker.name) if row.worker else "",
        "due": row.due_on.isoformat() if row.due_on else "",
        "stands": stands,
        "how": printable(row.done_how),
    }


def _worker(card: Card) -> dict[str, Any]:
    return {
        "name": printable(card.worker.name),
        "needs": [
            {
                "word": NEEDS[each.need],
                "until": each.ticket.row.expires_on.isoformat() if each.ticket and each.ticket.row.expires_on else "",
                "lacks": each.need in {Need.MISSING, Need.EXPIRED},
            }
            for each in card.needs
        ],
    }


def _title(chapter: Chapter) -> str:
    return f"Part {chapter.part.number}. {printable(chapter.part.title)}"


def _of_part(chapter: Chapter) -> str:
    return f"part-{chapter.part.pk}"


def _of_form(sheaf: Sheaf) -> str:
    return f"form-{sheaf.form.key}"


def _of_record(key: int) -> str:
    return f"record-{key}-"
