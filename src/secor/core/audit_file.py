"""An audit as one open file: what was answered and written, in plain JSON, read back strictly.

The file names nothing by a number of the place it comes from, so that it can be read in another. Its answers have the
form that ``secor score`` reads; its evidence is named by its SHA-256.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.question import Question
from secor.core.reading import Reading
from secor.core.sentence import Edit
from secor.core.sheet import check, read_answer

FORMAT, FORM = "secor audit", 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NEEDS = ("format", "form", "audit", "questions", "explanations", "edits", "evidence")
_HEAD_NEEDS = ("scheme", "edition", "instrument", "methods")
_HEAD_MAY = (
    "kind",
    "performer",
    "partner",
    "business",
    "headcount",
    "records_months",
    "gathering_from",
    "gathered_on",
)
_KEY_MOST, _TEXT_MOST = 60, 10_000
_LETTERS = tuple(method.value for method in Method)


@dataclass(frozen=True, slots=True)
class Written:
    """What stands under one question: by each method what it found, and the words. Answers are plain JSON."""

    given: Mapping[Method, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    note: str = ""
    recommendation: str = ""
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with the audit: its question (empty: none), what it is called, and the SHA-256 of its bytes."""

    question: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Said:
    """An explanation of an objection."""

    rule: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class AuditFile:
    """An audit's file. ``instrument`` is the key, ``version`` and ``digest`` tell which text of it was answered."""

    instrument: str
    version: str
    digest: str
    methods: tuple[str, ...]
    gathering_from: date | None
    gathered_on: date | None
    questions: Mapping[str, Written]
    explanations: tuple[Said, ...]
    edits: Mapping[str, Edit]
    evidence: tuple[Enclosed, ...]


def read_head(reading: Reading, value: Any) -> tuple[str, str, str]:
    """Read which instrument a file was answered on: its key, version and digest; each empty where that is not told."""
    given = reading.mapping(value, required=_NEEDS) or {}
    if given.get("format") != FORMAT or given.get("form") != FORM:
        reading.at("format").note(f"needs to be {FORMAT!r}, form {FORM}; this file is of another kind")
    head = reading.at("audit").mapping(given.get("audit", {}), required=_HEAD_NEEDS, optional=_HEAD_MAY) or {}
    place = reading.at("audit").at("instrument")
    named = place.mapping(head.get("instrument", {}), required=("key", "version", "digest")) or {}
    return place.text_at(named, "key"), place.text_at(named, "version"), place.text_at(named, "digest")


def read_audit_file(reading: Reading, value: Any, *, instrument: Instrument) -> AuditFile | None:
    """Read a file whose answers are to ``instrument``; None when anything is to be mended, all of which is noted."""
    before = len(reading.problems)
    key, version, digest = read_head(reading, value)
    if not isinstance(value, Mapping) or len(reading.problems) > before:
        return None
    head, place = value["audit"], reading.at("audit")
    read = AuditFile(
        instrument=key,
        version=version,
        digest=digest,
        methods=place.texts_at(head, "methods"),
        gathering_from=_day(place, head, "gathering_from"),
        gathered_on=_day(place, head, "gathered_on"),
        questions=_questions(reading.at("questions"), value["questions"], instrument),
        explanations=_explanations(reading.at("explanations"), value["explanations"], instrument),
        edits=_edits(reading.at("edits"), value["edits"]),
        evidence=_evidence(reading.at("evidence"), value["evidence"], instrument),
    )
    return read if len(reading.problems) == before else None


def _questions(reading: Reading, value: Any, instrument: Instrument) -> Mapping[str, Written]:
    given = reading.mapping(value, optional=None) or {}
    known = instrument.questions
    read = {}
    for name, item in given.items():
        question = known.get(name)
        if question is None:
            reading.at(str(name)).note(f"the instrument {instrument.key} has no such question")
        else:
            read[name] = _written(reading.at(name), item, question, instrument)
    return read


def _written(reading: Reading, value: Any, question: Question, instrument: Instrument) -> Written:
    given = reading.mapping(value, optional=(*_LETTERS, "note", "recommendation", "NA")) or {}
    by_method = {}
    for letter in _LETTERS:
        if letter in given and _fits(reading.at(letter), given[letter], question, Method(letter), instrument):
            by_method[Method(letter)] = given[letter]
    return Written(
        given=by_method,
        note=_prose(reading, given, "note"),
        recommendation=_prose(reading, given, "recommendation"),
        not_applicable=reading.flag_at(given, "NA"),
    )


def _fits(reading: Reading, value: Any, question: Question, method: Method, instrument: Instrument) -> bool:
    rule = question.rule_of(method)
    if rule is None:
        reading.note(f"question {question.id} is not answered by this method")
        return False
    answer = read_answer(reading, value, rule=rule, weighs_sites=instrument.weighs_sites)
    if answer is None:
        return False
    wrong = check(question, method, answer)
    reading.problems.extend(wrong)
    return not wrong


def _explanations(reading: Reading, value: Any, instrument: Instrument) -> tuple[Said, ...]:
    read = []
    for place, item in reading.items(value):
        given = place.mapping(item, required=("rule", "question", "text")) or {}
        question = _question(place, given, instrument)
        read.append(Said(_prose(place, given, "rule", most=_KEY_MOST), question, _prose(place, given, "text")))
    if len({(each.rule, each.question) for each in read}) < len(read):
        reading.note("explains one objection twice")
    return tuple(read)


def _edits(reading: Reading, value: Any) -> Mapping[str, Edit]:
    given = reading.mapping(value, optional=None) or {}
    read = {}
    for key, item in given.items():
        place = reading.at(str(key))
        if len(str(key)) > _KEY_MOST:
            place.note("is longer than the key of any sentence")
        edit = place.mapping(item, required=("text", "over")) or {}
        read[str(key)] = Edit(_prose(place, edit, "text"), _prose(place, edit, "over", most=2 * _TEXT_MOST))
    return read


def _evidence(reading: Reading, value: Any, instrument: Instrument) -> tuple[Enclosed, ...]:
    read = []
    for place, item in reading.items(value):
        given = place.mapping(item, required=("question", "title", "sha256")) or {}
        digest = place.text_at(given, "sha256")
        if digest and not _DIGEST.fullmatch(digest):
            place.at("sha256").note("needs 64 signs of 0 to 9 and a to f")
        read.append(Enclosed(_question(place, given, instrument), _prose(place, given, "title"), digest))
    return tuple(read)


def _question(reading: Reading, given: Mapping[str, Any], instrument: Instrument) -> str:
    """A question of the instrument, or none."""
    name = _prose(reading, given, "question")
    if name and instrument.question(name) is None:
        reading.at("question").note(f"the instrument {instrument.key} has no such question")
    return name


def _prose(reading: Reading, given: Mapping[str, Any], key: str, *, most: int = _TEXT_MOST) -> str:
    """A text that may be empty, no longer than ``most`` signs."""
    value = given.get(key, "")
    if not isinstance(value, str) or "\0" in value:
        reading.at(key).note("needs a text")
        return ""
    if len(value) > most:
        reading.at(key).note(f"has {len(value)} signs; at most {most} are kept")
    return value


def _day(reading: Reading, given: Mapping[str, Any], key: str) -> date | None:
    return reading.at(key).day(given[key]) if given.get(key) is not None else None
