"""Carry-over: which questions a maintenance audit may take from the certification audit unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from secor.core.answer import QuestionAnswer
from secor.core.audit import Kind, Performer
from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.problem import Problem
from secor.core.question import DocumentKind, Question
from secor.core.reading import Reading
from secor.core.rounding import shortest
from secor.core.score import QuestionScore, Score


@dataclass(frozen=True, slots=True)
class CarryOverRule:
    """What may be carried over, of what share of an instrument's questions, and by whom.

    A question qualifies when it asks for documents of ``document_kind`` and its ``methods`` scored
    ``required_share`` last time. Only these methods are carried; people are interviewed again every year.
    ``max_share`` is a ceiling on the number of questions, rounded down.
    """

    allowed: bool
    max_share: Fraction = Fraction(1, 3)
    document_kind: str = DocumentKind.DIRECTIVE.value
    required_share: Fraction = Fraction(1)
    performers: frozenset[Performer] = frozenset({Performer.SELF_ASSESSOR})
    kinds: frozenset[Kind] = frozenset({Kind.MAINTENANCE})
    methods: frozenset[Method] = frozenset({Method.DOCUMENT})


@dataclass(frozen=True, slots=True)
class CarryOver:
    """The questions that may be carried over, how many of them at most, and why each other one may not."""

    questions: tuple[str, ...]
    at_most: int
    why_not: Mapping[str, str]


def most(instrument: Instrument, *, rule: CarryOverRule) -> int:
    """The most questions that may be carried over: a share of all of them, rounded down."""
    return int(rule.max_share * len(instrument.questions))


def offer(instrument: Instrument, last: Score, *, rule: CarryOverRule, kind: Kind, performer: Performer) -> CarryOver:
    """Tell which questions an audit of ``kind`` by ``performer`` may carry over from the score ``last``.

    ``last`` must be the certification audit's, by this same version of the instrument: the caller sees to it.
    """
    refusal = _refusal(rule, kind, performer)
    if refusal is not None:
        return CarryOver((), 0, dict.fromkeys(instrument.questions, refusal))
    scored = {mark.question: mark for mark in last.questions}
    reasons = {name: _why_not(question, scored.get(name), rule) for name, question in instrument.questions.items()}
    return CarryOver(
        questions=tuple(name for name, reason in reasons.items() if reason is None),
        at_most=most(instrument, rule=rule),
        why_not={name: reason for name, reason in reasons.items() if reason is not None},
    )


def carry(
    answers: Mapping[str, QuestionAnswer],
    *,
    last: Mapping[str, QuestionAnswer],
    chosen: Iterable[str],
    rule: CarryOverRule,
) -> dict[str, QuestionAnswer]:
    """Lay last time's answers of the carried methods over ``answers``; what was answered by others stays."""
    carried = dict(answers)
    for name in chosen:
        now, before = answers.get(name, QuestionAnswer()), last[name]
        kept = {method: answer for method, answer in before.by_method.items() if method in rule.methods}
        carried[name] = replace(now, by_method=MappingProxyType({**now.by_method, **kept}))
    return carried


def check_chosen(chosen: Iterable[str], *, offered: CarryOver) -> list[Problem]:
    """Tell what is to be mended in the questions ``chosen`` to be carried over."""
    names = tuple(dict.fromkeys(chosen))
    problems = [
        Problem(name, offered.why_not.get(name, "is no question of this instrument"))
        for name in names
        if name not in offered.questions
    ]
    if len(names) > offered.at_most:
        told = f"{len(names)} questions are chosen; at most {offered.at_most} may be carried over"
        problems.append(Problem("carried over", told))
    return problems


def _refusal(rule: CarryOverRule, kind: Kind, performer: Performer) -> str | None:
    if not rule.allowed:
        return "this scheme carries nothing over"
    if kind not in rule.kinds:
        return f"nothing is carried over in a {kind.value.replace('_', ' ')} audit"
    if performer not in rule.performers:
        return f"nothing is carried over by {performer.value.replace('_', ' ')}s"
    return None


def _why_not(question: Question, last: QuestionScore | None, rule: CarryOverRule) -> str | None:
    if not question.carry_over_eligible:
        return "the instrument wants this question answered every year"
    if question.document_kind.value != rule.document_kind:
        return f"it asks for {question.document_kind.value} papers, which change every year"
    if not any(each.method in rule.methods for each in question.methods):
        return "it is not answered by documents"
    marks = [mark for mark in last.methods if mark.method in rule.methods] if last is not None else []
    if not marks or not all(mark.answered for mark in marks):
        return "it was not scored last time"
    if any(mark.numerator < rule.required_share * mark.possible * mark.denominator for mark in marks):
        return f"its documents scored less than {shortest(rule.required_share * 100)} % last time"
    return None


def read_carry_over(reading: Reading, value: Any) -> CarryOverRule | None:
    """Read ``{allowed, max_share, document_kind, required_share, performers, kinds, methods}``.

    Only ``allowed`` must be there; the rest keeps the published conditions. Shares may be "1/3" or "100 %".
    """
    before = len(reading.problems)
    optional = ("max_share", "document_kind", "required_share", "performers", "kinds", "methods")
    given = reading.mapping(value, required=("allowed",), optional=optional)
    if given is None:
        return None
    usual = CarryOverRule(allowed=reading.flag_at(given, "allowed"))
    wanted = given.get("document_kind", usual.document_kind)
    document_kind = reading.at("document_kind").choice(wanted, DocumentKind) or DocumentKind.DIRECTIVE
    rule = CarryOverRule(
        allowed=usual.allowed,
        max_share=_share(reading, given, "max_share", usual.max_share),
        document_kind=document_kind.value,
        required_share=_share(reading, given, "required_share", usual.required_share),
        performers=reading.choices_at(given, "performers", Performer) or usual.performers,
        kinds=reading.choices_at(given, "kinds", Kind) or usual.kinds,
        methods=reading.choices_at(given, "methods", Method) or usual.methods,
    )
    return rule if len(reading.problems) == before else None


def _share(reading: Reading, given: Mapping[str, Any], key: str, usual: Fraction) -> Fraction:
    """A share may be written as a fraction (1/3 has no exact percentage) or as a percentage."""
    value = given.get(key)
    if value is None:
        return usual
    if isinstance(value, str) and "/" in value:
        fraction = reading.at(key).number(value)
        if fraction is not None and fraction > 1:
            reading.at(key).note(f"is more than the whole: {value}")
        return fraction or Fraction(0)
    return reading.at(key).share(value) or Fraction(0)
