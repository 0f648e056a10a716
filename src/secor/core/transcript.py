"""A record in words: each question of its form with what was answered, ready for a page or a sheet of paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from secor.core.form import Field, FieldKind, Form
from secor.core.part import risk_word
from secor.core.record import Found

_FOUND = {Found.OK.value: "In order", Found.NOT_OK.value: "Not in order", Found.NOT_APPLICABLE.value: "Does not apply"}
# What a problem may lie in beside the answers, as a person calls it.
_BESIDE = {
    "form_digest": "The form",
    "finished_at": "The time it was finished",
    "on": "The day",
    "corrects": "What it corrects",
}
_DRAWN_ELSEWHERE = frozenset({FieldKind.SIGNATURES, FieldKind.PHOTOS})


@dataclass(frozen=True, slots=True)
class Line:
    """A question and its answer. ``words`` are lines of text; ``table`` has its heads first where there are rows."""

    label: str
    words: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed, under which sentence, when (as the phone wrote it), and the line that was drawn, as an SVG path."""

    name: str
    said: str
    at: str
    path: str


def lines_of(form: Form, values: Mapping[str, Any]) -> tuple[Line, ...]:
    """Tell what was answered, in the order of the form; what was left empty, photos and signatures are not here."""
    return tuple(
        _line(field, values[field.key])
        for field in form.fields
        if values.get(field.key) and field.kind not in _DRAWN_ELSEWHERE
    )


def signed_of(form: Form, values: Mapping[str, Any]) -> tuple[Signed, ...]:
    """Tell who signed."""
    return tuple(
        Signed(each["name"], each["said"], each["at"], path_of(each["strokes"]))
        for field in form.fields
        if field.kind is FieldKind.SIGNATURES
        for each in values.get(field.key, ())
    )


def place_in_words(form: Form, place: str) -> str:
    """Tell where in a record a problem lies (``values.hazards.1.control``), by the words that stand on the form."""
    head, *steps = place.split(".")
    if head != "values":
        return _BESIDE.get(head, "")
    fields: Mapping[str, Field] = {field.key: field for field in form.fields}
    told: list[str] = []
    lines: Mapping[str, str] = {}
    for step in steps:
        if step in fields:
            field = fields[step]
            told.append(field.label)
            fields = {inner.key: inner for inner in field.fields}
            lines = {choice.key: choice.label for choice in field.choices}
        elif step.isdecimal():
            told.append(f"row {step}")
        elif told and step in lines:
            told.append(lines[step])
    return ", ".join(told)


def path_of(strokes: list[list[int]]) -> str:
    """Give what was drawn as an SVG path on a square of 1000; it holds nothing but digits, M, L and spaces."""
    return " ".join(
        f"M{stroke[0]} {stroke[1]} L" + " ".join(f"{stroke[at]} {stroke[at + 1]}" for at in range(0, len(stroke), 2))
        for stroke in strokes
        if stroke
    )


def _line(field: Field, value: Any) -> Line:
    if field.kind is FieldKind.ROWS:
        heads = tuple(inner.label for inner in field.fields)
        rows = (tuple(_cell(inner, row.get(inner.key)) for inner in field.fields) for row in value)
        return Line(field.label, table=(heads, *rows))
    if field.kind is FieldKind.CHECKLIST:
        found = (
            (choice.label, _FOUND[value[choice.key]["found"]], value[choice.key]["note"])
            for choice in field.choices
            if choice.key in value
        )
        return Line(field.label, table=(("", "Found", "Note"), *found))
    return Line(field.label, words=_WORDS[field.kind](field, value))


def _cell(field: Field, value: Any) -> str:
    return "" if not value else ", ".join(_WORDS[field.kind](field, value))


def _as_is(_field: Field, value: Any) -> tuple[str, ...]:
    return tuple(str(value).splitlines()) or (str(value),)


def _yes_no(_field: Field, value: Any) -> tuple[str, ...]:
    return ("Yes" if value == "yes" else "No",)


def _chosen(field: Field, value: Any) -> tuple[str, ...]:
    labels: dict[str, str] = {choice.key: choice.label for choice in field.choices}
    return tuple(labels.get(str(key), str(key)) for key in (value if isinstance(value, list) else [value]))


def _risk(_field: Field, value: Any) -> tuple[str, ...]:
    return (risk_word(value["likelihood"] * value["severity"]),)


def _named(_field: Field, value: Any) -> tuple[str, ...]:
    return tuple(each["name"] for each in (value if isinstance(value, list) else [value]))


_WORDS: Mapping[FieldKind, Callable[[Field, Any], tuple[str, ...]]] = {
    FieldKind.TEXT: _as_is,
    FieldKind.LONG_TEXT: _as_is,
    FieldKind.NUMBER: _as_is,
    FieldKind.DAY: _as_is,
    FieldKind.TIME: _as_is,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _chosen,
    FieldKind.CHOICES: _chosen,
    FieldKind.RISK: _risk,
    FieldKind.PERSON: _named,
    FieldKind.PEOPLE: _named,
    FieldKind.SITE: _named,
}
