"""A record: a dated, signed form, as a phone sent it, read against its form.

A record is never changed once it is kept: a correction is a new record that says which one it corrects. So two phones
may send in any order and any number of times, and the same records are there in the end.

What each kind of field holds, as plain JSON values:

| kind | value |
|---|---|
| text, long_text, choice | a text |
| number | a text of digits, ``"12.5"`` |
| day, time | ``"2026-11-23"``, ``"06:30"`` |
| choices | a list of texts |
| yes_no | ``"yes"`` or ``"no"`` |
| risk | ``{"likelihood": 1-3, "severity": 1-3}`` |
| checklist | ``{line: {"found": "ok" | "not_ok" | "na", "note": text}}`` |
| person, site | ``{"code": text, "name": text}``; the code is empty for somebody who is not on the list |
| people | a list of persons |
| photos | a list of ``{"sha256": text, "caption": text}`` |
| signatures | a list of ``{"code", "name", "at", "said", "language", "strokes": [[x, y, x, y, ...], ...]}`` |
| rows | a list of mappings of the columns' values |

A record that was kept on paper has its pages beside its values: ``"paper": {"pages": [SHA-256, ...], "sheet": code}``,
with the code of the printed sheet where it bore one. What stands on the pages is not asked for again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from secor.core.form import Field, FieldKind, Form
from secor.core.reading import Reading
from secor.core.trade import RISK_MOST

TEXT_MOST, LONG_TEXT_MOST = 500, 10_000
ROWS_MOST, PHOTOS_MOST, PEOPLE_MOST = 100, 40, 60
# A signature is drawn on a square of 1000 by 1000, whatever the size of the glass, so that turning the phone keeps it.
SIDE = 1000
POINTS_MOST = 6_000
_DIGITS = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_HALVES = re.compile("[\\x00\\ud800-\\udfff]")
# A phone whose battery was empty may believe in 1970; what is further away than this is no moment of a record.
_YEARS = range(1970, 2200)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Found(Enum):
    """What was found at one line of a checklist."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a record was written on: the SHA-256 of the photo of each page, and the sheet's code or nothing."""

    pages: tuple[str, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A filled-in form. Moments are aware; ``values`` hold what was answered, by the keys of the form's fields.

    ``uid`` was made up by the phone, so that the same record sent twice is the same record. ``corrects`` is the uid of
    the record that this one takes the place of.
    """

    uid: UUID
    form: str
    form_digest: str
    on: date
    began_at: datetime
    finished_at: datetime
    language: str
    values: Mapping[str, Any]
    corrects: UUID | None = None
    paper: Paper | None = None


_NEEDS = ("uid", "form", "form_digest", "on", "began_at", "finished_at", "values")


def read_record(reading: Reading, sent: Any, form: Form) -> Record | None:
    """Read a record as it was sent against its form, and note every problem with its place.

    None comes back only where the record cannot be told from others (no uid, no day): what a person wrote is kept
    even when a field of it is wrong, with the problems beside it.
    """
    given = reading.mapping(sent, required=_NEEDS, optional=("language", "corrects", "paper"))
    if given is None:
        return None
    paper = _paper(reading.at("paper"), given["paper"]) if "paper" in given else None
    uid = _uid(reading.at("uid"), given.get("uid"))
    on = reading.at("on").day(given.get("on"))
    began_at = read_moment(reading.at("began_at"), given.get("began_at"))
    finished_at = read_moment(reading.at("finished_at"), given.get("finished_at"))
    if uid is None or on is None or began_at is None or finished_at is None:
        return None
    if finished_at < began_at:
        reading.at("finished_at").note("is before began_at")
    corrects = _uid(reading.at("corrects"), given["corrects"]) if given.get("corrects") else None
    if corrects == uid:
        reading.at("corrects").note("names the record itself")
    return Record(
        uid=uid,
        form=form.key,
        form_digest=str(given.get("form_digest", "")),
        on=on,
        began_at=began_at,
        finished_at=finished_at,
        language=str(given.get("language") or "en")[:12],
        values=_values(reading.at("values"), given.get("values", {}), form.fields, whole=paper is None),
        corrects=corrects if corrects != uid else None,
        paper=paper,
    )


def whole(sent: Any) -> Any:
    """Give what was sent with a mark (U+FFFD) for each sign that no database keeps: a zero, and half of an emoji.

    A phone cuts a text at the limit of its field, where need be through the middle of an emoji. The rest of the card is
    no worse for it.
    """
    if isinstance(sent, str):
        return _HALVES.sub("\ufffd", sent)
    if isinstance(sent, Mapping):
        return {whole(key): whole(value) for key, value in sent.items()}
    return [whole(each) for each in sent] if isinstance(sent, list) else sent


def fingerprint(sent: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a record as it was sent, the same for the same words whatever the order of their keys."""
    written = json.dumps(sent, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def read_moment(reading: Reading, value: Any) -> datetime | None:
    """Take a moment with its distance from UTC (``2026-11-23T06:30:00-06:00``)."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None or moment.year not in _YEARS:
        reading.note("needs a moment such as 2026-11-23T06:30:00-06:00")
        return None
    return moment


def _uid(reading: Reading, value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
    finally:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f-]{36}", value):
            reading.note("needs a UUID of 36 signs")


def _paper(reading: Reading, value: Any) -> Paper | None:
    """Take the pages; without one that can be told, it is no paper, and every question wants its answer."""
    given = reading.mapping(value, required=("pages",), optional=("sheet",)) or {}
    pages = []
    for place, item in _few(reading.at("pages"), given.get("pages", ()), PHOTOS_MOST):
        if isinstance(item, str) and _SHA256.fullmatch(item):
            pages.append(item)
        else:
            place.note("needs the SHA-256 of a photo, 64 small hexadecimal digits")
    if not pages:
        reading.at("pages").note("names no photo of a page")
        return None
    return Paper(tuple(dict.fromkeys(pages)), str(given.get("sheet", ""))[:16])


def _values(reading: Reading, value: Any, fields: Iterable[Field], *, whole: bool = True) -> dict[str, Any]:
    """Read the answers by their fields; ``whole`` wants each answer that the form does."""
    fields = tuple(fields)
    given = reading.mapping(value, optional=tuple(field.key for field in fields)) or {}
    kept: dict[str, Any] = {}
    for field in fields:
        answer = given.get(field.key)
        shown = is_shown(field, given)
        if answer is None or answer in ("", [], {}):
            if field.required and shown and whole:
                reading.at(field.key).note("is not filled in")
            continue
        read = _READERS[field.kind](reading.at(field.key), answer, field)
        if read is not None:
            kept[field.key] = read
    return kept


def is_shown(field: Field, values: Mapping[str, Any]) -> bool:
    """Tell whether a field is asked at all, by what was answered above it."""
    condition = field.shown_when
    if condition is None:
        return True
    answer = values.get(condition.field)
    answers = answer if isinstance(answer, list) else [answer]
    return any(each in condition.one_of for each in answers)


def _text(reading: Reading, value: Any, field: Field) -> str | None:
    most = LONG_TEXT_MOST if field.kind is FieldKind.LONG_TEXT else TEXT_MOST
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        reading.note(f"needs a text of at most {most:,} signs")
        return None
    return value


def _number(reading: Reading, value: Any, _field: Field) -> str | None:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return value
    reading.note("needs a number such as 12 or 12.5")
    return None


def _day(reading: Reading, value: Any, _field: Field) -> str | None:
    day = reading.day(value)
    return day.isoformat() if day else None


def _time(reading: Reading, value: Any, _field: Field) -> str | None:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return value
    reading.note("needs a time such as 06:30")
    return None


def _choice(reading: Reading, value: Any, field: Field) -> str | None:
    keys = [choice.key for choice in field.choices]
    if value in keys:
        return str(value)
    reading.note(f"needs one of {', '.join(keys)}")
    return None


def _choices(reading: Reading, value: Any, field: Field) -> list[str]:
    read = (_choice(place, item, field) for place, item in reading.items(value))
    return [each for each in read if each is not None]


def _yes_no(reading: Reading, value: Any, _field: Field) -> str | None:
    if value in ("yes", "no"):
        return str(value)
    reading.note("needs yes or no")
    return None


def _risk(reading: Reading, value: Any, _field: Field) -> dict[str, int] | None:
    given = reading.mapping(value, required=("likelihood", "severity"))
    levels = {key: (given or {}).get(key) for key in ("likelihood", "severity")}
    if not all(type(level) is int and 1 <= level <= RISK_MOST for level in levels.values()):
        reading.note(f"needs a likelihood and a severity from 1 to {RISK_MOST}")
        return None
    return {key: level for key, level in levels.items() if isinstance(level, int)}


def _checklist(reading: Reading, value: Any, field: Field) -> dict[str, Any]:
    lines = tuple(choice.key for choice in field.choices)
    kept = {}
    for line, answer in (reading.mapping(value, optional=lines) or {}).items():
        place = reading.at(line)
        given = place.mapping(answer, required=("found",), optional=("note",)) or {}
        found = place.at("found").choice(given.get("found"), Found)
        note = given.get("note", "")
        if line in lines and found and isinstance(note, str) and len(note) <= TEXT_MOST:
            kept[line] = {"found": found.value, "note": note}
    if field.required:
        for line in lines:
            if line not in kept:
                reading.at(line).note("is not ticked")
    return kept


def _named(reading: Reading, value: Any, _field: Field) -> dict[str, str] | None:
    given = reading.mapping(value, required=("name",), optional=("code",)) or {}
    name, code = given.get("name"), given.get("code", "")
    if not isinstance(name, str) or not name.strip() or not isinstance(code, str):
        reading.note("needs a name")
        return None
    return {"code": code[:40], "name": name.strip()[:TEXT_MOST]}


def _people(reading: Reading, value: Any, field: Field) -> list[dict[str, str]]:
    read = (_named(place, item, field) for place, item in _few(reading, value, PEOPLE_MOST))
    return [each for each in read if each is not None]


def _photos(reading: Reading, value: Any, _field: Field) -> list[dict[str, str]]:
    kept = []
    for place, item in _few(reading, value, PHOTOS_MOST):
        given = place.mapping(item, required=("sha256",), optional=("caption",)) or {}
        sha256, caption = given.get("sha256"), given.get("caption", "")
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256) or not isinstance(caption, str):
            place.note("needs the SHA-256 of a photo, 64 small hexadecimal digits")
            continue
        kept.append({"sha256": sha256, "caption": caption[:TEXT_MOST]})
    return kept


def _signatures(reading: Reading, value: Any, _field: Field) -> list[dict[str, Any]]:
    kept = []
    for place, item in _few(reading, value, PEOPLE_MOST):
        given = place.mapping(item, required=("name", "at", "strokes"), optional=("code", "said", "language")) or {}
        signer = _named(place, {key: given[key] for key in ("name", "code") if key in given}, _field)
        at = read_moment(place.at("at"), given.get("at"))
        strokes = read_strokes(place.at("strokes"), given.get("strokes"))
        if signer and at and strokes:
            told = {key: str(given.get(key, ""))[:TEXT_MOST] for key in ("said", "language")}
            kept.append({**signer, "at": given["at"], **told, "strokes": strokes})
    return kept


def read_strokes(reading: Reading, value: Any) -> list[list[int]] | None:
    """Take what was drawn: lists of x and y in turn, each from 0 to 1000, two points at least in one of them."""
    strokes = value if isinstance(value, list) else []
    good = all(
        isinstance(stroke, list)
        and len(stroke) % 2 == 0
        and all(type(each) is int and 0 <= each <= SIDE for each in stroke)
        for stroke in strokes
    )
    points = sum(len(stroke) for stroke in strokes) // 2 if good else 0
    if not good or not 2 <= points <= POINTS_MOST:  # noqa: PLR2004 - a line has two points
        reading.note("holds no drawing; sign with a finger on the glass")
        return None
    return strokes


def _rows(reading: Reading, value: Any, field: Field) -> list[dict[str, Any]]:
    return [_values(place, item, field.fields) for place, item in _few(reading, value, ROWS_MOST)]


def _few(reading: Reading, value: Any, most: int) -> tuple[tuple[Reading, Any], ...]:
    items = reading.items(value)
    if len(items) > most:
        reading.note(f"holds {len(items)}; a record holds at most {most}")
    return items[:most]


_READERS: Mapping[FieldKind, Callable[[Reading, Any, Field], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.TIME: _time,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.RISK: _risk,
    FieldKind.CHECKLIST: _checklist,
    FieldKind.PERSON: _named,
    FieldKind.PEOPLE: _people,
    FieldKind.SITE: _named,
    FieldKind.PHOTOS: _photos,
    FieldKind.SIGNATURES: _signatures,
    FieldKind.ROWS: _rows,
}
