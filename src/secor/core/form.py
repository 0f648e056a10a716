"""A form: the fields one kind of record is filled in by, as data.

``read_form`` turns a file into one, or into every reason why it cannot be one. The words of a form are English; a
translation file lays other words over them (``core.wording``), and never changes what is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from secor.core.reading import Reading
from secor.core.rhythm import Rhythm
from secor.core.trade import Condition


class FieldKind(Enum):
    """What a field takes. The shape of each value is told in ``core.record``."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    RISK = "risk"
    CHECKLIST = "checklist"
    PERSON = "person"
    PEOPLE = "people"
    SITE = "site"
    PHOTOS = "photos"
    SIGNATURES = "signatures"
    ROWS = "rows"


class ReadBy(Enum):
    """Who of the employer's people may read the records of a form, besides whoever made one.

    First-aid records are read by nobody but the people whom the owner has named for it (OHS Code Part 11, s.183).
    """

    EVERYBODY = "everybody"
    OWNER = "owner"
    FIRST_AID = "first_aid"


CHOOSES = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
# What cannot stand in a row of a table: it would need a page of its own.
NOT_IN_ROWS = frozenset({FieldKind.ROWS, FieldKind.SIGNATURES, FieldKind.PHOTOS, FieldKind.CHECKLIST})
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
FORM_KEY = re.compile(r"[a-z][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen or ticked."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownWhen:
    """A field that is asked only when another has one of these values."""

    field: str
    one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    ``choices`` are what can be chosen, or the lines of a checklist; ``fields`` are the columns of rows; ``signs`` is
    the sentence that a signature stands under.
    """

    key: str
    kind: FieldKind
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    shown_when: ShownWhen | None = None
    signs: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The definition that a kind of record is filled in by.

    ``evidence`` names the evidence types of an instrument that one record of it is. ``retention`` is the key of its
    period in the retention table. ``read_by`` tells whom its records are kept from.
    ``each_person`` says that every worker needs a record of it (orientation, PPE). A ``quick`` one stands on the
    phone's first screen. ``when`` are the conditions of the work under which it is wanted at all. ``in_place_of`` are
    the keys of forms of which one record makes this one needless: where something happened, nobody says that none did.
    """

    key: str
    version: int
    title: str
    why: str
    evidence: tuple[str, ...]
    rhythm: Rhythm
    retention: str
    fields: tuple[Field, ...]
    read_by: ReadBy = ReadBy.EVERYBODY
    each_person: bool = False
    quick: bool = False
    when: frozenset[Condition] = frozenset()
    in_place_of: tuple[str, ...] = ()

    def field(self, key: str) -> Field | None:
        """Give the field of that key, or None."""
        return next((field for field in self.fields if field.key == key), None)

    def every_field(self) -> Iterator[Field]:
        """Go through the fields and the columns inside them, in their order."""
        for field in self.fields:
            yield field
            yield from field.fields


_NEEDS = ("form", "version", "title", "why", "rhythm", "retention", "fields")
_MAY = ("evidence", "read_by", "each_person", "quick", "when", "in_place_of")
_FIELD_NEEDS = ("key", "kind", "label")
_FIELD_MAY = ("hint", "required", "choices", "items", "fields", "shown_when", "signs")


def read_form(reading: Reading, value: Any) -> Form | None:
    """Read a form file; None when anything is to be mended, and then every problem has been noted."""
    before = len(reading.problems)
    given = reading.mapping(value, required=_NEEDS, optional=_MAY)
    if given is None:
        return None
    key = reading.text_at(given, "form")
    if key and not FORM_KEY.fullmatch(key):
        reading.at("form").note(f"{key!r} is no key; use small letters, digits and hyphens, such as toolbox-talk")
    rhythm = reading.at("rhythm").choice(given.get("rhythm"), Rhythm)
    form = Form(
        key=key,
        version=reading.at("version").whole(given.get("version", 0), at_least=1) or 0,
        title=reading.text_at(given, "title"),
        why=reading.text_at(given, "why"),
        evidence=reading.texts_at(given, "evidence"),
        rhythm=rhythm or Rhythm.AS_IT_HAPPENS,
        retention=reading.text_at(given, "retention"),
        fields=_fields(reading.at("fields"), given.get("fields", ())),
        read_by=reading.at("read_by").choice(given.get("read_by", "everybody"), ReadBy) or ReadBy.EVERYBODY,
        each_person=reading.flag_at(given, "each_person"),
        quick=reading.flag_at(given, "quick"),
        when=reading.choices_at(given, "when", Condition),
        in_place_of=reading.texts_at(given, "in_place_of"),
    )
    _check_conditions(reading.at("fields"), form.fields)
    return form if len(reading.problems) == before else None


def _fields(reading: Reading, value: Any, *, in_rows: bool = False) -> tuple[Field, ...]:
    fields: list[Field] = []
    for place, item in reading.items(value):
        field = _field(place, item, in_rows=in_rows)
        if field is None:
            continue
        if any(field.key == other.key for other in fields):
            place.at("key").note(f"{field.key!r} is the key of two fields")
        fields.append(field)
    if not fields:
        reading.note("needs at least one field")
    return tuple(fields)


def _field(reading: Reading, value: Any, *, in_rows: bool) -> Field | None:
    given = reading.mapping(value, required=_FIELD_NEEDS, optional=_FIELD_MAY)
    if given is None:
        return None
    key = reading.text_at(given, "key")
    if key and not KEY.fullmatch(key):
        reading.at("key").note(f"{key!r} is no key; use small letters, digits and underscores, such as work_done")
    kind = reading.at("kind").choice(given.get("kind"), FieldKind)
    if kind is None:
        return None
    if in_rows and kind in NOT_IN_ROWS:
        reading.at("kind").note(f"{kind.value} cannot stand in a row; make it a field of its own")
    _check_parts(reading, given, kind)
    listed = "items" if kind is FieldKind.CHECKLIST else "choices"
    return Field(
        key=key,
        kind=kind,
        label=reading.text_at(given, "label"),
        hint=reading.text_at(given, "hint"),
        required=reading.flag_at(given, "required"),
        choices=_choices(reading.at(listed), given[listed]) if listed in given else (),
        fields=_fields(reading.at("fields"), given["fields"], in_rows=True) if "fields" in given else (),
        shown_when=_shown_when(reading.at("shown_when"), given["shown_when"]) if "shown_when" in given else None,
        signs=reading.text_at(given, "signs"),
    )


def _check_parts(reading: Reading, given: Mapping[str, Any], kind: FieldKind) -> None:
    """Hold each field to the parts its kind has: a choice has choices, and a day has none."""
    wanted = {
        "choices": kind in CHOOSES,
        "items": kind is FieldKind.CHECKLIST,
        "fields": kind is FieldKind.ROWS,
        "signs": kind is FieldKind.SIGNATURES,
    }
    for part, belongs in wanted.items():
        if belongs and part not in given:
            reading.at(part).note(f"is missing; a field of the kind {kind.value} needs it")
        if not belongs and part in given:
            reading.at(part).note(f"does not belong to a field of the kind {kind.value}")


def _choices(reading: Reading, value: Any) -> tuple[Choice, ...]:
    """Read a mapping of keys to labels: the key is kept for ever, the label may change."""
    given = reading.mapping(value, optional=None) or {}
    choices = []
    for key, label in given.items():
        if not KEY.fullmatch(str(key)):
            reading.at(str(key)).note("is no key; use small letters, digits and underscores")
        choices.append(Choice(str(key), reading.at(str(key)).text(label) or ""))
    if not choices:
        reading.note("needs at least one line")
    return tuple(choices)


def _shown_when(reading: Reading, value: Any) -> ShownWhen | None:
    given = reading.mapping(value, required=("field", "one_of"))
    if given is None:
        return None
    return ShownWhen(reading.text_at(given, "field"), reading.texts_at(given, "one_of"))


def _check_conditions(reading: Reading, fields: tuple[Field, ...]) -> None:
    """Hold each condition to an earlier field that can have the value; in rows, to an earlier column."""
    earlier: dict[str, Field] = {}
    for nth, field in enumerate(fields, start=1):
        if condition := field.shown_when:
            place = reading.at(nth).at("shown_when")
            source = earlier.get(condition.field)
            if source is None:
                place.at("field").note(f"{condition.field!r} is no field above this one")
            elif unknown := set(condition.one_of) - _values(source):
                place.at("one_of").note(f"{source.key} can never be {', '.join(sorted(unknown))}")
            if not condition.one_of:
                place.at("one_of").note("names no value, so the field would never be asked")
        _check_conditions(reading.at(nth).at("fields"), field.fields)
        earlier[field.key] = field


def _values(field: Field) -> set[str]:
    if field.kind is FieldKind.YES_NO:
        return {"yes", "no"}
    return {choice.key for choice in field.choices} if field.kind in CHOOSES else set()
