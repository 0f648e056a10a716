"""What an employer changes of a form: its words, its order, what is asked no more and what is asked besides.

Each change gives a whole new form. Records keep the one they were filled in by, so nothing old is ever lost or turned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from secor.core.form import CHOOSES, Choice, Field, FieldKind, Form

KEY_MOST = 40
# What may be asked besides: all but what needs a table or a scale of its own.
ADDED = (
    FieldKind.TEXT,
    FieldKind.LONG_TEXT,
    FieldKind.YES_NO,
    FieldKind.CHOICE,
    FieldKind.CHOICES,
    FieldKind.CHECKLIST,
    FieldKind.NUMBER,
    FieldKind.DAY,
    FieldKind.TIME,
    FieldKind.PERSON,
    FieldKind.PEOPLE,
    FieldKind.SITE,
    FieldKind.PHOTOS,
    FieldKind.SIGNATURES,
)
LISTS = CHOOSES | {FieldKind.CHECKLIST}


@dataclass(frozen=True, slots=True)
class Changed:
    """One question as it is to be: its words, its place among the others, or that it is taken out.

    ``lines`` are the labels of its choices. A ``place`` or ``lines`` of None leaves them as they are.
    """

    key: str
    label: str
    hint: str = ""
    required: bool = False
    place: int | None = None
    out: bool = False
    lines: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """One question more, at the end."""

    label: str
    kind: FieldKind
    lines: tuple[str, ...] = ()


def adapted(form: Form, *, title: str, changed: Iterable[Changed], added: Iterable[Added] = ()) -> Form:
    """Give the form with these changes, as its next version. A question that is not named stays where it is.

    A line of a list that reads as before keeps its key; another gets a key that the list never had. A question that
    hung on an answer which can no longer be given is asked always.
    """
    wanted = {each.key: each for each in changed}
    kept = [(field, wanted.get(field.key)) for field in form.fields]
    fields = _ordered(kept)
    taken = {field.key for field in form.fields}
    for each in added:
        field = _added(each, taken)
        taken.add(field.key)
        fields.append(field)
    return replace(form, title=title, version=form.version + 1, fields=_asked(fields))


def key_of(words: str, taken: Collection[str]) -> str:
    """Make a key of some words: small letters, digits and underscores, and none of those ``taken``."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    stem = (stem if stem[:1].isalpha() else f"q_{stem}".rstrip("_"))[:KEY_MOST]
    key, nth = stem, 2
    while key in taken:
        key, nth = f"{stem[: KEY_MOST - 4]}_{nth}", nth + 1
    return key


def written(form: Form) -> dict[str, Any]:
    """The form as plain values that ``read_form`` reads back to the same form."""
    said: dict[str, Any] = {
        "form": form.key,
        "version": form.version,
        "title": form.title,
        "why": form.why,
        "evidence": list(form.evidence),
        "rhythm": form.rhythm.value,
        "retention": form.retention,
        "read_by": form.read_by.value,
        "each_person": form.each_person,
        "quick": form.quick,
        "when": sorted(each.value for each in form.when),
        "in_place_of": list(form.in_place_of),
        "fields": [_written(field) for field in form.fields],
    }
    return {key: value for key, value in said.items() if value not in ([], False) or key == "fields"}


def _ordered(kept: Iterable[tuple[Field, Changed | None]]) -> list[Field]:
    placed = [
        (
            change.place if change and change.place is not None else nth,
            nth,
            _changed(field, change) if change else field,
        )
        for nth, (field, change) in enumerate(kept, start=1)
        if change is None or not change.out
    ]
    return [field for _, _, field in sorted(placed, key=lambda each: each[:2])]


def _changed(field: Field, change: Changed) -> Field:
    choices = field.choices
    if change.lines is not None and field.kind in LISTS:
        choices = _lines(change.lines, field.choices)
    return replace(field, label=change.label, hint=change.hint, required=change.required, choices=choices)


def _lines(labels: Iterable[str], before: tuple[Choice, ...] = ()) -> tuple[Choice, ...]:
    known: Mapping[str, str] = {choice.label.casefold(): choice.key for choice in before}
    taken = {choice.key for choice in before}
    found: dict[str, Choice] = {}
    for label in labels:
        key = known.get(label.casefold()) or key_of(label, taken)
        taken.add(key)
        found.setdefault(key, Choice(key, label))
    return tuple(found.values())


def _added(each: Added, taken: Collection[str]) -> Field:
    return Field(
        key=key_of(each.label, taken),
        kind=each.kind,
        label=each.label,
        choices=_lines(each.lines) if each.kind in LISTS else (),
        signs=each.label if each.kind is FieldKind.SIGNATURES else "",
    )


def _asked(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Take away the conditions that nothing above can meet any more."""
    above: dict[str, Field] = {}
    found = []
    for field in fields:
        condition = field.shown_when
        if condition is not None:
            source = above.get(condition.field)
            possible = _answers(source) if source else frozenset()
            still = tuple(each for each in condition.one_of if each in possible)
            field = replace(field, shown_when=replace(condition, one_of=still) if still else None)  # noqa: PLW2901 - the same question, asked otherwise
        above[field.key] = field
        found.append(field)
    return tuple(found)


def _answers(field: Field) -> frozenset[str]:
    if field.kind is FieldKind.YES_NO:
        return frozenset({"yes", "no"})
    return frozenset(choice.key for choice in field.choices) if field.kind in CHOOSES else frozenset()


def _written(field: Field) -> dict[str, Any]:
    listed = "items" if field.kind is FieldKind.CHECKLIST else "choices"
    condition = field.shown_when
    said: dict[str, Any] = {
        "key": field.key,
        "kind": field.kind.value,
        "label": field.label,
        "hint": field.hint,
        "required": field.required,
        listed: {choice.key: choice.label for choice in field.choices},
        "fields": [_written(inner) for inner in field.fields],
        "shown_when": {"field": condition.field, "one_of": list(condition.one_of)} if condition else None,
        "signs": field.signs,
    }
    return {key: value for key, value in said.items() if value not in ("", False, None) and value not in ([], {})}
