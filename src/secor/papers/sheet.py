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
from secor.core.wording import Wording, in_words
from secor.papers.press import print_pdf
from secor.queries import library
from secor.queries.sheets import Place, place_of
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
# The sheet's own words, besides those of its form. A translation of them stands in the library as ``sheet.yaml``.
WORDS = {
    "how": (
        "Fill it in with a pen. Then take one photo of each whole page, with this code in it, and send it from the "
        "page Records: it files itself."
    ),
    "day": "Day (year, month, day)",
    "of_day": "year, month, day",
    "of_time": "hours and minutes",
    "only": "Only if you answered {answer} to “{question}”",
    "or": "or",
    "yes": "Yes",
    "no": "No",
    "yes_or_no": "yes or no",
    "one": "Tick one",
    "several": "Tick all that apply",
    "likely": "How likely?",
    "bad": "How bad?",
    "hardly": "hardly",
    "very": "very likely",
    "bandage": "a bandage",
    "death": "death or a lasting injury",
    "times": "how likely, times how bad, each 1 to 3",
    "line": "What to look at",
    "ok": "OK",
    "not_ok": "Not OK",
    "na": "n.a.",
    "wrong": "What is wrong",
    "name": "Name, in print",
    "signature": "Signature",
    "signed_on": "Day",
    "page": "Page {page} of {last}",
    "specimen": "Specimen: made in a demonstration",
}
assert f"1 to {RISK_MOST}" in WORDS["times"]
Says = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """One form to print, in a language. ``code`` is the sheet's; site, worker and day are written in where known."""

    form: Form
    code: str
    site: str = ""
    worker: str = ""
    on: date | None = None
    language: str = "en"


def sheets(papers: Sequence[SheetPaper], *, business: str, at: datetime, specimen: bool = False) -> bytes:
    """Print sheets one behind the other as a tagged PDF on Letter paper, the code on every page of each."""
    values = {
        "business": printable(business),
        "specimen": specimen,
        "language": papers[0].language if papers else "en",
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
    wording = library.wording(paper.language, paper.form.key)
    form = in_words(paper.form, wording) if wording else paper.form
    says = _says(library.wording(paper.language, "sheet"))
    known = _known(form, paper)
    others = {field.key: field for field in form.fields}
    return {
        "picture": f"code-{nth}.svg",
        "code": spoken(paper.code),
        "language": paper.language,
        "says": says,
        "title": printable(form.title),
        "why": printable(form.why),
        "day": paper.on.isoformat() if paper.on else "",
        "fields": [
            _field(field, says, others) | {"filled": printable(known.get(field.key, ""))}
            for field in form.fields
            if field.kind is not FieldKind.PHOTOS
        ],
    }


def _says(wording: Wording | None) -> Says:
    return {key: wording.say(english) if wording else english for key, english in WORDS.items()}


def _known(form: Form, paper: SheetPaper) -> dict[str, str]:
    """What is written in already, by the question: whom the sheet is for signs first where nobody is asked for."""
    place: Place = place_of(form)
    signed = next((field.key for field in form.fields if field.kind is FieldKind.SIGNATURES), "")
    known = {place.site: paper.site, place.worker or signed: paper.worker}
    return {key: words for key, words in known.items() if key and words}


def _field(field: Field, says: Says, others: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "label": printable(field.label),
        "hint": printable(field.hint),
        "only": _only(field, says, others),
        **_DRAWN.get(field.kind, _line)(field, says),
    }


def _only(field: Field, says: Says, others: Mapping[str, Field]) -> str:
    """Say when a question is asked at all, as paper has to."""
    condition = field.shown_when
    source = others.get(condition.field) if condition else None
    if condition is None or source is None:
        return ""
    labels = {choice.key: choice.label for choice in source.choices} or {"yes": says["yes"], "no": says["no"]}
    wanted = f" {says['or']} ".join(labels.get(each, each) for each in condition.one_of)
    return printable(says["only"].replace("{answer}", wanted).replace("{question}", source.label))


def _line(_field: Field, _says: Says) -> dict[str, Any]:
    return {"kind": "lines", "lines": 1}


def _short(field: Field, says: Says) -> dict[str, Any]:
    said = {FieldKind.DAY: says["of_day"], FieldKind.TIME: says["of_time"]}.get(field.kind, "")
    return {"kind": "short", "unit": said}


def _lines(_field: Field, _says: Says) -> dict[str, Any]:
    return {"kind": "lines", "lines": 4}


def _people(_field: Field, _says: Says) -> dict[str, Any]:
    return {"kind": "lines", "lines": _PEOPLE}


def _boxes(field: Field, says: Says) -> dict[str, Any]:
    labels = [choice.label for choice in field.choices] or [says["yes"], says["no"]]
    told = says["several"] if field.kind is FieldKind.CHOICES else says["one"]
    return {"kind": "boxes", "told": told, "boxes": [printable(label) for label in labels]}


def _risk(_field: Field, says: Says) -> dict[str, Any]:
    levels = list(range(1, RISK_MOST + 1))
    return {
        "kind": "risk",
        "scales": [
            {"label": says["likely"], "levels": levels, "least": says["hardly"], "most": says["very"]},
            {"label": says["bad"], "levels": levels, "least": says["bandage"], "most": says["death"]},
        ],
    }


def _checklist(field: Field, _says: Says) -> dict[str, Any]:
    return {"kind": "checklist", "lines": [printable(choice.label) for choice in field.choices]}


def _signatures(field: Field, _says: Says) -> dict[str, Any]:
    return {"kind": "signatures", "signs": printable(field.signs), "lines": _SIGNERS}


def _rows(field: Field, says: Says) -> dict[str, Any]:
    return {
        "kind": "rows",
        "columns": [{"label": printable(each.label), "how": _how(each, says)} for each in field.fields],
        "widths": [_WIDTHS.get(each.kind, _NARROW) for each in field.fields],
        "lines": _ROWS,
    }


def _how(field: Field, says: Says) -> str:
    """What to write into a column, where its name does not say it."""
    if field.kind is FieldKind.RISK:
        return says["times"]
    if field.kind is FieldKind.YES_NO:
        return says["yes_or_no"]
    if field.choices:
        return printable(" / ".join(choice.label for choice in field.choices))
    return ""


_DRAWN: Mapping[FieldKind, Callable[[Field, Says], dict[str, Any]]] = {
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
