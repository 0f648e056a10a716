"""A record as a sheet of paper: what was written, who signed it, its photos, and the fingerprint it is known by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from secor.core.markdown import printable
from secor.core.transcript import Line, Signed, lines_of, place_in_words, signed_of
from secor.papers.manual import day
from secor.papers.photos import MOST_PIXELS, small
from secor.papers.press import print_pdf
from secor.queries import records
from secor.queries.evidence import bytes_of
from secor.queries.records import Record
from secor.usecases.act import ALBERTA

_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000"><path d="{path}" fill="none" stroke="#12252d" '
    'stroke-width="14" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo and its words; ``file`` is None while it is still on the phone that took it."""

    caption: str
    file: Path | None


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """Everything the sheet prints. Moments are aware; they are told in Alberta's time.

    ``by_hand`` says that it was filled in on paper: what was written stands on the photos of its pages.
    """

    business: str
    title: str
    form: str
    version: int
    language: str
    day: str
    site: str
    began_at: datetime
    finished_at: datetime
    received_at: datetime
    fingerprint: str
    lines: tuple[Line, ...]
    signed: tuple[Signed, ...]
    photos: tuple[Photo, ...] = ()
    problems: tuple[str, ...] = ()
    by_hand: bool = False

    def with_photos(self, most: int) -> RecordPaper:
        """The same record with its first photos alone."""
        return replace(self, photos=self.photos[:most])


def paper_of(row: Record) -> RecordPaper:
    """Put a record that was itself reached on paper, with those of its photos that have come."""
    form = records.form_of(row)
    return RecordPaper(
        business=row.employer.legal_name,
        title=form.title,
        form=form.key,
        version=form.version,
        language=row.language,
        day=day(row.on),
        site=row.site.name if row.site else "",
        began_at=row.began_at,
        finished_at=row.finished_at,
        received_at=row.received_at,
        fingerprint=row.fingerprint,
        lines=lines_of(form, row.values),
        signed=signed_of(form, row.values),
        photos=tuple(
            Photo(each.caption, bytes_of(each.file) if each.file else None) for each in records.photos_of(row)
        ),
        problems=tuple(f"{place_in_words(form, each['place'])}: {each['problem']}" for each in row.problems),
        by_hand=row.on_paper,
    )


def record(paper: RecordPaper) -> bytes:
    """Print the record as a tagged PDF/A. The same record gives the same bytes: it is dated by its own arrival."""
    return print_pdf("record", told(paper), at=paper.received_at, files=pictures(paper))


def told(paper: RecordPaper, *, name: str = "") -> dict[str, Any]:
    """The record as plain values for the press. ``name`` tells its pictures from another record's on the same paper."""
    return {
        "business": printable(paper.business),
        "title": printable(paper.title),
        "form": paper.form,
        "version": paper.version,
        "language": paper.language,
        "day": paper.day,
        "site": printable(paper.site),
        "began": _moment(paper.began_at),
        "finished": _moment(paper.finished_at),
        "received": _moment(paper.received_at),
        "fingerprint": paper.fingerprint,
        "lines": [_line(line) for line in paper.lines],
        "signed": [_signed(each, f"{name}signature-{nth}.svg") for nth, each in enumerate(paper.signed)],
        "photos": [
            {"caption": printable(each.caption), "file": f"{name}photo-{nth}.jpg" if each.file is not None else ""}
            for nth, each in enumerate(paper.photos)
        ],
        "problems": [printable(each) for each in paper.problems],
    }


def pictures(paper: RecordPaper, *, name: str = "", most: int = MOST_PIXELS) -> dict[str, bytes]:
    """What the record shows: its signatures as drawings, its photos at most ``most`` pixels a side."""
    drawings = {
        f"{name}signature-{nth}.svg": _DRAWN.format(path=each.path).encode()
        for nth, each in enumerate(paper.signed)
        if each.path
    }
    photos = {
        f"{name}photo-{nth}.jpg": small(each.file, most=most)
        for nth, each in enumerate(paper.photos)
        if each.file is not None
    }
    return drawings | photos


def _line(line: Line) -> dict[str, Any]:
    return {
        "label": printable(line.label),
        "words": [printable(words) for words in line.words],
        "table": [[printable(cell) for cell in row] for row in line.table],
    }


def _signed(each: Signed, drawing: str) -> dict[str, str]:
    return {
        "name": printable(each.name),
        "said": printable(each.said),
        "at": each.at,
        "drawing": drawing if each.path else "",
    }


def _moment(at: datetime) -> str:
    there = at.astimezone(ALBERTA)
    return f"{day(there.date())}, {there:%H:%M}"
