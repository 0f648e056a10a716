"""What a record tells without being opened: who signed, its photos, what has to be put right, what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from secor.core.form import Field, FieldKind, Form
from secor.core.record import Found

_TITLE_MOST = 120
_LINE = 16
# Fewer signs than a short sentence are no wording of one's own: "none", "all good".
_WORDS_LEAST = 40
_WRITTEN = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
# The columns by which rows are measures to take. A table that also tells how each one stands only looks back on others.
_MEASURE = {"what": FieldKind.TEXT, "who": FieldKind.PERSON, "by": FieldKind.DAY}


@dataclass(frozen=True, slots=True)
class ToFix:
    """Something that a record says has to be put right, under ``line`` of ``field``.

    ``code`` and ``name`` are of whoever was chosen for it, the code empty for somebody who is not on the list; ``by``
    is the day that was agreed on.
    """

    field: str
    line: str
    what: str
    code: str = ""
    name: str = ""
    by: date | None = None


def photos(form: Form, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The SHA-256 of each photo, in order; the same photo twice is there twice."""
    return tuple(each["sha256"] for _, value in _of(form, values, FieldKind.PHOTOS) for each in value)


def captions(form: Form, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What was written under each photo, in the order of ``photos``; empty where nothing was."""
    return tuple(each.get("caption", "") for _, value in _of(form, values, FieldKind.PHOTOS) for each in value)


def signatures(form: Form, values: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Every signature, in order."""
    return tuple(each for _, value in _of(form, values, FieldKind.SIGNATURES) for each in value)


def people(form: Form, values: Mapping[str, Any]) -> frozenset[str]:
    """The codes of everybody on the employer's list whom the record names or who signed it."""
    found: set[str] = set()
    for field in form.fields:
        value = values.get(field.key)
        if value and field.kind is FieldKind.PERSON:
            found.add(value["code"])
        elif value and field.kind in {FieldKind.PEOPLE, FieldKind.SIGNATURES}:
            found.update(each["code"] for each in value)
    return frozenset(found - {""})


def signers(form: Form, values: Mapping[str, Any]) -> frozenset[str]:
    """The codes of everybody on the employer's list who signed."""
    return frozenset(each["code"] for each in signatures(form, values) if each["code"])


def to_fix(form: Form, values: Mapping[str, Any]) -> tuple[ToFix, ...]:
    """Every line of a checklist that was found wrong, then every measure that was decided on, each in order."""
    return (*_defects(form, values), *_measures(form, values))


def _defects(form: Form, values: Mapping[str, Any]) -> Iterator[ToFix]:
    for field, value in _of(form, values, FieldKind.CHECKLIST):
        for choice in field.choices:
            found = value.get(choice.key)
            if found is not None and found["found"] == Found.NOT_OK.value:
                what = f"{choice.label}: {found['note']}" if found["note"] else choice.label
                yield ToFix(field.key, choice.key, what)


def _measures(form: Form, values: Mapping[str, Any]) -> Iterator[ToFix]:
    """The rows of measures; the same words twice are one. A row is known by its words, for it may change its place."""
    for field, value in _of(form, values, FieldKind.ROWS):
        if {column.key: column.kind for column in field.fields} != _MEASURE:
            continue
        rows = {" ".join(row["what"].casefold().split()): row for row in reversed(value) if row.get("what", "").strip()}
        for words, row in reversed(rows.items()):
            who, by = row.get("who", {"code": "", "name": ""}), row.get("by")
            line = hashlib.sha256(words.encode()).hexdigest()[:_LINE]
            day = date.fromisoformat(by) if by else None
            yield ToFix(field.key, line, row["what"], who["code"], who["name"], day)


def site(form: Form, values: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The site that the record names, or None."""
    return next((value for _, value in _of(form, values, FieldKind.SITE)), None)


def title(form: Form, values: Mapping[str, Any]) -> str:
    """The first thing that was written in words, to know the record by in a list; empty where nothing was."""
    for _, value in _of(form, values, FieldKind.TEXT):
        return str(value)[:_TITLE_MOST]
    return ""


def words_digest(form: Form, values: Mapping[str, Any]) -> str:
    """The SHA-256 of everything written in words, whatever its case and spaces; empty where hardly anything was."""
    words = " ".join(text.casefold() for text in _texts(form.fields, values))
    plain = " ".join(words.split())
    return hashlib.sha256(plain.encode()).hexdigest() if len(plain) >= _WORDS_LEAST else ""


def _texts(fields: Iterable[Field], values: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = values.get(field.key)
        if not value:
            continue
        if field.kind in _WRITTEN:
            yield str(value)
        elif field.kind is FieldKind.ROWS:
            for row in value:
                yield from _texts(field.fields, row)
        elif field.kind is FieldKind.CHECKLIST:
            yield from (line["note"] for line in value.values() if line["note"])


def _of(form: Form, values: Mapping[str, Any], kind: FieldKind) -> Iterator[tuple[Field, Any]]:
    return ((field, values[field.key]) for field in form.fields if field.kind is kind and values.get(field.key))
