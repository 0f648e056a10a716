"""Audits as they were sent, and what changed between two sendings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from secor.store.models import Audit, Version
from secor.store.scope import house

__all__ = ["Difference", "Version", "differences", "versions_of"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that changed: a method's letter, ``note``, ``NA``, ``recommendation``, ``evidence`` or ``report``."""

    question: str
    part: str
    before: Any
    after: Any


def versions_of(audit: Audit) -> tuple[Version, ...]:
    """Every sending of ``audit``, the first one first."""
    rows = Version.objects.within(house("the versions of an audit that was itself reached"))
    return tuple(rows.filter(audit=audit).order_by("round"))


def differences(older: Mapping[str, Any], newer: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What changed from one frozen version to another, question by question in the order of the newer one."""
    questions = dict.fromkeys([*_questions(newer), *_questions(older)])
    of_questions = (each for question in questions for each in _of(question, older, newer))
    return (*of_questions, *_of_the_report(older.get("edits", {}), newer.get("edits", {})))


def _of_the_report(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[Difference]:
    """Each sentence of the report that the author put in other words than before; else as it was composed."""
    for key in dict.fromkeys([*newer, *older]):
        edit = newer.get(key) or older[key]
        before, after = (each[key]["text"] if key in each else edit["over"] for each in (older, newer))
        if before != after:
            yield Difference(_question_of(key), "report", before, after)


def _question_of(sentence: str) -> str:
    """The question a sentence is about: ``gap.2.1.note`` is about 2.1; none where it is about the whole audit."""
    return ".".join(part for part in sentence.split(".") if part.isdecimal())


def _questions(frozen: Mapping[str, Any]) -> Iterator[str]:
    yield from frozen["answers"]
    yield from frozen["recommendations"]
    yield from (piece["question"] for piece in frozen["evidence"])


def _of(question: str, older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = older["answers"].get(question, {}), newer["answers"].get(question, {})
    for part in dict.fromkeys([*after, *before]):
        if before.get(part) != after.get(part):
            yield Difference(question, part, before.get(part), after.get(part))
    said, says = (frozen["recommendations"].get(question, "") for frozen in (older, newer))
    if said != says:
        yield Difference(question, "recommendation", said, says)
    had, has = (_titles(frozen, question) for frozen in (older, newer))
    if had.keys() != has.keys():
        yield Difference(question, "evidence", sorted(had.values()), sorted(has.values()))


def _titles(frozen: Mapping[str, Any], question: str) -> dict[str, str]:
    return {piece["code"]: piece["title"] for piece in frozen["evidence"] if piece["question"] == question}
