"""What has been answered in an audit: the sheet that is scored, and the revisions that a page gives back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from secor.core.answer import Answer, QuestionAnswer
from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.question import Question
from secor.core.reading import Reading
from secor.core.score import Score
from secor.core.scoring import score
from secor.core.sheet import read_answer
from secor.core.take import NOT_APPLICABLE, NOTE, RECOMMENDATION, Place
from secor.queries.takes import Point, points_in
from secor.store.models import Answer as Kept
from secor.store.models import Audit, Remark
from secor.store.prepared import Prepared
from secor.store.scope import house


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What one method found, as it is kept; None where it was taken away. Revision 0: nothing was ever kept."""

    given: Mapping[str, Any] | None = None
    revision: int = 0
    text: str = ""  # the answer as its row spells it, by which what was read of it is found again
    row: int = 0
    by_hand: Mapping[str, Any] | None = None  # where interviews on site were added to it

    @property
    def hand(self) -> Mapping[str, Any] | None:
        """What was counted by hand: all of it, unless interviews on site were added."""
        return (self.given if self.by_hand is None else self.by_hand) or None


@dataclass(frozen=True, slots=True)
class KeptRemark:
    """What was written under a question, as it is kept. Revision 0: nothing is kept yet."""

    note: str = ""
    recommendation: str = ""
    not_applicable: bool = False
    revision: int = 0
    row: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)  # the revision at which each part last changed


_METHODS = {method.value: method for method in Method}
_PARTS = {NOT_APPLICABLE: "not_applicable"}
OF_THE_REACHED = house("the rows of an audit that was itself reached")
NO_ANSWER, NO_REMARK = KeptAnswer(), KeptRemark()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything answered in one audit."""

    given: Mapping[tuple[str, Method], KeptAnswer] = field(default_factory=lambda: MappingProxyType({}))
    remarks: Mapping[str, KeptRemark] = field(default_factory=lambda: MappingProxyType({}))
    points: Mapping[str, tuple[Point, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def answer(self, question: str, method: Method) -> KeptAnswer:
        """What ``method`` found for ``question``."""
        return self.given.get((question, method), NO_ANSWER)

    def remark(self, question: str) -> KeptRemark:
        """What was written under ``question``."""
        return self.remarks.get(question, NO_REMARK)

    def note(self, question: str) -> str:
        """The note under a question, and after it the points that were noted on site, each on a line."""
        points = (each.line for each in self.points.get(question, ()))
        return "\n".join(filter(None, (self.remark(question).note, *points)))

    def revision_of(self, place: Place) -> int:
        """At which revision what is kept at a place last changed; 0 where nothing was ever kept."""
        if place.part in _METHODS:
            return self.answer(place.question, _METHODS[place.part]).revision
        kept, part = self.remark(place.question), _PARTS.get(place.part, place.part)
        # Rows from before parts were told apart have none: their one revision stands for what is written in them.
        return kept.parts.get(part, kept.revision if not kept.parts and getattr(kept, part, None) else 0)

    def value_at(self, place: Place) -> Any:
        """What is kept at a place, in the form in which a take has it; None where there is nothing."""
        if place.part in _METHODS:
            hand = self.answer(place.question, _METHODS[place.part]).hand
            return dict(hand) if hand else None
        return getattr(self.remark(place.question), _PARTS.get(place.part, place.part)) or None

    def places(self) -> Iterator[Place]:
        """Every place where something was ever kept, but what came as takes alone."""
        yield from (Place(question, method.value) for question, method in self.given)
        for question in self.remarks:
            for part in (NOTE, RECOMMENDATION, NOT_APPLICABLE):
                if self.revision_of(Place(question, part)):
                    yield Place(question, part)


def sheet_of(audit: Audit) -> Sheet:
    """Read everything answered in ``audit``: two queries, whatever its size; a third where devices were on site."""
    return Sheet(
        given={
            (question, _METHODS[letter]): KeptAnswer(json.loads(text) or None, revision, text, row, by_hand)
            for question, letter, text, revision, row, by_hand in _ANSWERS(audit=audit.pk)
        },
        remarks={
            question: KeptRemark(note, recommendation, not_applicable, revision, row, parts)
            for question, note, recommendation, not_applicable, revision, row, parts in _REMARKS(audit=audit.pk)
        },
        points=points_in(audit) if audit.on_site else {},
    )


_ANSWERS = Prepared(
    lambda audit: (
        Kept.objects.within(OF_THE_REACHED)
        .filter(audit=audit)
        .values_list("question", "method", Cast("given", TextField()), "revision", "pk", "by_hand")
    ),
    audit=900_000_001,
)
_REMARKS = Prepared(
    lambda audit: (
        Remark.objects.within(OF_THE_REACHED)
        .filter(audit=audit)
        .values_list("question", "note", "recommendation", "not_applicable", "revision", "pk", "parts")
    ),
    audit=900_000_001,
)


def answers_of(sheet: Sheet, *, instrument: Instrument) -> dict[str, QuestionAnswer]:
    """Give the sheet in the form that the rules take.

    A question that was set aside as not applicable keeps what was counted for it, so that nothing is lost when the
    mark is taken back; only the mark is scored meanwhile. Rows of questions that the instrument does not have
    are left out: the pages and acts never write one.
    """
    by_question: dict[str, dict[Method, Answer]] = {}
    questions = instrument.questions
    for (name, method), kept in sheet.given.items():
        question = questions.get(name)
        answer = _read(kept, question, method, instrument) if question and kept.given is not None else None
        if answer is not None:
            by_question.setdefault(name, {})[method] = answer
    return {
        name: QuestionAnswer(
            by_method=by_question.get(name, {}),
            note=sheet.note(name),
            not_applicable=sheet.remark(name).not_applicable,
        )
        for name in by_question.keys() | sheet.remarks.keys() | sheet.points.keys()
    }


def _read(kept: KeptAnswer, question: Question, method: Method, instrument: Instrument) -> Answer | None:
    """Read one answer, or find it read already: a page reads the same 88 answers after every change of one."""
    key = (instrument.key, instrument.version, question.id, method, kept.text)
    if kept.text and key in _read_before:
        return _read_before[key]
    rule = question.rule_of(method)
    if rule is None:
        return None
    answer = read_answer(Reading(), kept.given, rule=rule, weighs_sites=instrument.weighs_sites)
    if kept.text:
        if len(_read_before) >= READ_MOST:
            _read_before.clear()
        _read_before[key] = answer
    return answer


READ_MOST = 20_000
_read_before: dict[tuple[str, str, str, Method, str], Answer | None] = {}


def score_of(sheet: Sheet, *, audit: Audit, instrument: Instrument) -> Score:
    """Score what has been answered so far by the methods of this audit; exact."""
    return scored(answers_of(sheet, instrument=instrument), audit=audit, instrument=instrument)


def scored(answers: Mapping[str, QuestionAnswer], *, audit: Audit, instrument: Instrument) -> Score:
    """Score answers in the form that the rules take, by the methods of this audit; exact."""
    methods = frozenset(_METHODS[letter] for letter in audit.methods)
    return score(instrument, answers, methods=methods, na_needs_note=True)
