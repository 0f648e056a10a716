"""A form on paper, to be filled in with a pen: its questions, and a square code by which one photo files it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno

from secor.core.form import Field, FieldKind, Form
from secor.core.markdown import printable
from secor.core.trade import RISK_MOST
from secor.papers.press import print_pdf
from secor.usecases.codes import MARK

_ROWS = 6
_SIGNERS = 8
_PEOPLE = 3
# How wide a column of a table is beside the others, by what has to be written into it.
_WIDTHS = {
    FieldKind.LONG_TEXT: 3.0,
    FieldKind.TEXT: 2.4,
    FieldKind.PERSON: 2.0,
    FieldKind.PEOPLE: 2.0,
    FieldKind.SITE: 2.0,
    FieldKind.CHOICE: 1.8,
    FieldKind.CHOICES: 1.8,
}
_NARROW = 1.1


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """One form to print. ``code`` is the sheet's; site, worker and day are written in where they are known."""

    form: Form
    code: str
    site: str = ""
    worker: str = ""
    on: date | None = None


def sheets(papers: Sequence[SheetPaper], *, business: str, at: datetime, specimen: bool = False) -> bytes:
    """Print sheets one behind the other as a tagged PDF on Letter paper, the code on every page of each."""
    values = {
        "business": printable(business),
        "specimen": specimen,
        "sheets": [_laid(nth, paper) for nth, paper in enumerate(papers)],
    }
    files = {f"code-{nth}.svg": square(paper.code) for nth, paper in enumerate(papers)}
    return print_pdf("sheet", values, at=at, files=files)


def square(code: str) -> bytes:
    """Draw a sheet's code so that it can still be read with a third of it covered or smudged (error level H)."""
    drawing = io.BytesIO()
    segno.make(f"{MARK}{code.upper()}", error="h", micro=False, boost_error=False).save(
        drawing, kind="svg", border=3, scale=4, dark="#000", light="#fff"
    )
    return drawing.getvalue()


def spoken(code: str) -> str:
    """A code in groups of four, as it stands under the square."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()


def _laid(nth: int, paper: SheetPaper) -> dict[str, Any]:
    labels = {field.key: field for field in paper.form.fields}
    return {
        "picture": f"code-{nth}.svg",
        "code": spoken(paper.code),
        "title": printable(paper.form.title),
        "why": printable(paper.form.why),
        "day": paper.on.isoformat() if paper.on else "",
        "fields": [_field(field, paper, labels) for field in paper.form.fields if field.kind is not FieldKind.PHOTOS],
    }


def _field(field: Field, paper: SheetPaper, others: Mapping[str, Field]) -> dict[str, Any]:
    drawn = _DRAWN.get(field.kind, _line)(field)
    return {
        "label": printable(field.label),
        "hint": printable(field.hint),
        "only": _only(field, others),
        "filled": printable({FieldKind.SITE: paper.site, FieldKind.PERSON: paper.worker}.get(field.kind, "")),
        **drawn,
    }


def _only(field: Field, others: Mapping[str, Field]) -> str:
    """Say when a question is asked at all, as paper has to."""
    condition = field.shown_when
    source = others.get(condition.field) if condition else None
    if condition is None or source is None:
        return ""
    labels = {choice.key: choice.label for choice in source.choices} or {"yes": "Yes", "no": "No"}
    wanted = " or ".join(labels.get(each, each) for each in condition.one_of)
    return printable(f"Only if you answered {wanted} to “{source.label}”")


def _line(_field: Field) -> dict[str, Any]:
    return {"kind": "line"}


def _short(field: Field) -> dict[str, Any]:
    said = {FieldKind.DAY: "year, month, day", FieldKind.TIME: "hours and minutes"}.get(field.kind, "")
    return {"kind": "short", "unit": said}


def _lines(_field: Field) -> dict[str, Any]:
    return {"kind": "lines", "lines": 4}


def _people(_field: Field) -> dict[str, Any]:
    return {"kind": "lines", "lines": _PEOPLE}


def _boxes(field: Field) -> dict[str, Any]:
    labels = [choice.label for choice in field.choices] or ["Yes", "No"]
    told = "Tick all that apply" if field.kind is FieldKind.CHOICES else "Tick one"
    return {"kind": "boxes", "told": told, "boxes": [printable(label) for label in labels]}


def _risk(_field: Field) -> dict[str, Any]:
    levels = list(range(1, RISK_MOST + 1))
    return {
        "kind": "risk",
        "scales": [
            {"label": "How likely?", "levels": levels, "least": "hardly", "most": "very likely"},
            {"label": "How bad?", "levels": levels, "least": "a bandage", "most": "death or a lasting injury"},
        ],
    }


def _checklist(field: Field) -> dict[str, Any]:
    return {"kind": "checklist", "lines": [printable(choice.label) for choice in field.choices]}


def _signatures(field: Field) -> dict[str, Any]:
    return {"kind": "signatures", "signs": printable(field.signs), "lines": _SIGNERS}


def _rows(field: Field) -> dict[str, Any]:
    return {
        "kind": "rows",
        "columns": [{"label": printable(each.label), "how": _how(each)} for each in field.fields],
        "widths": [_WIDTHS.get(each.kind, _NARROW) for each in field.fields],
        "lines": _ROWS,
    }


def _how(field: Field) -> str:
    """What to write into a column, where its name does not say it."""
    if field.kind is FieldKind.RISK:
        return f"how likely, times how bad, each 1 to {RISK_MOST}"
    if field.kind is FieldKind.YES_NO:
        return "yes or no"
    if field.choices:
        return printable(" / ".join(choice.label for choice in field.choices))
    return ""


_DRAWN: Mapping[FieldKind, Callable[[Field], dict[str, Any]]] = {
    FieldKind.LONG_TEXT: _lines,
    FieldKind.NUMBER: _short,
    FieldKind.DAY: _short,
    FieldKind.TIME: _short,
    FieldKind.CHOICE: _boxes,
    FieldKind.CHOICES: _boxes,
    FieldKind.YES_NO: _boxes,
    FieldKind.RISK: _risk,
    FieldKind.CHECKLIST: _checklist,
    FieldKind.PEOPLE: _people,
    FieldKind.SIGNATURES: _signatures,
    FieldKind.ROWS: _rows,
}
