"""A kit: everything of one audit that a device needs for a day without a signal."""

from __future__ import annotations

from typing import Any

from secor.core.evidence_type import in_words
from secor.core.instrument import Instrument
from secor.core.method import Method, MethodRule
from secor.core.question import Question
from secor.core.take import SAID, Place
from secor.queries.answers import Sheet, sheet_of
from secor.queries.audits import Audit, declared, instrument_of
from secor.queries.evidence import Piece, pieces_of
from secor.queries.people import Person
from secor.queries.takes import base_uid, standing_in
from secor.web.auditor.inputs import WORDS, worth
from secor.web.auditor.pages import KINDS
from secor.web.auditor.sent import shape_of


def kit_of(audit: Audit, *, person: Person) -> dict[str, Any]:
    """The audit as plain JSON values: its questions, what stands at each place, and what is on file."""
    instrument, sheet = instrument_of(audit), sheet_of(audit)
    said = declared(audit, by=person)
    return {
        "code": audit.code,
        "employer": audit.employer.trade_name or audit.employer.legal_name,
        "kind": KINDS.get(audit.kind, audit.kind),
        "partner": audit.partner.acronym,
        "declared": said is not None and said.clear,
        "methods": {letter: WORDS[Method(letter)] for letter in audit.methods},
        "elements": _elements(instrument, audit, pieces_of(audit)),
        "standing": _standing(audit, sheet, mine=person.pk),
    }


def _elements(instrument: Instrument, audit: Audit, pieces: tuple[Piece, ...]) -> list[dict[str, Any]]:
    methods = frozenset(Method(letter) for letter in audit.methods)
    return [
        {
            "number": element.number,
            "name": element.name,
            "questions": [_question(each, methods, pieces) for each in element.questions],
        }
        for element in instrument.elements
    ]


def _question(question: Question, methods: frozenset[Method], pieces: tuple[Piece, ...]) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "guidance": question.guidance,
        "owner": question.owner_operator or "",
        "papers": [in_words(kind) for kind in question.evidence_types],
        "na": (question.na_only_if or "it cannot apply here") if question.na_allowed else "",
        "methods": [_method(question, rule) for rule in question.methods if rule.method in methods],
        "files": [{"code": each.code, "title": each.title} for each in pieces if each.question == question.id],
    }


def _method(question: Question, rule: MethodRule) -> dict[str, Any]:
    met, _, of = rule.looks_at.partition(" / ")
    return {
        "letter": rule.method.value,
        "shape": shape_of(question, rule),
        "worth": worth(rule),
        "met": _sentence(met) if of else "How many were in order",
        "of": of or "how many you looked at",
        "look": "" if of else _sentence(rule.looks_at),
        "items": [[item.text, item.role or item.text] for item in rule.items],
        "points": [str(points) for points in rule.allowed],
        "audience": list(rule.audience),
    }


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _standing(audit: Audit, sheet: Sheet, *, mine: int) -> dict[str, list[dict[str, Any]]]:
    """What stands at each place: the takes of devices, and for the other places what a page kept.

    What a person said in an interview goes out as what it is, and not as whose interview it was.
    """
    there = standing_in(audit) if audit.on_site else {}
    told = {
        _key(place): [
            {
                "uid": each.take.uid,
                "value": each.take.value,
                "by": "" if place.part.startswith(SAID) or each.take.by == mine else each.by,
                "at": each.take.made_at.isoformat(),
            }
            for each in named
        ]
        for place, named in there.items()
    }
    for place in sheet.places():
        if place not in there:
            uid = str(base_uid(audit, place, sheet.revision_of(place)))
            told[_key(place)] = [{"uid": uid, "value": sheet.value_at(place), "by": "", "at": ""}]
    return told


def _key(place: Place) -> str:
    return f"{place.question}|{place.part}"
