"""Objections: what the quality rules find in an audit, each with its place. The same before sending and in review."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from secor.core import sheet
from secor.core.answer import Count, QuestionAnswer, Voices, across
from secor.core.audit import Performer
from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.quality_rule import Looks, QualityRule, Severity, Side
from secor.core.question import Question
from secor.core.rounding import shortest
from secor.core.score import QuestionScore, Score

_SHORTEST_NAME = 3  # "Jo" and "Al" stand inside too many words to be looked for
_TOLD = 60
_BY = {Method.DOCUMENT: "documents", Method.INTERVIEW: "interviews", Method.OBSERVATION: "observation"}


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as far as the rules look at it: under which question it lies (empty: none), and its title."""

    question: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """What the rules look at. ``names`` are those of the people who work at the employer.

    ``heard`` is how many people were asked at all, None where only the counts of each question are known;
    ``least_heard`` how many the scheme wants at least, None where its table says nothing. ``edition_until`` is the
    last day of the edition the audit is pinned to, ``looked_on`` the last day of gathering, or today.
    """

    instrument: Instrument
    answers: Mapping[str, QuestionAnswer]
    score: Score
    recommendations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    proofs: tuple[Proof, ...] = ()
    names: tuple[str, ...] = ()
    performer: Performer | None = None
    headcount: int | None = None
    heard: int | None = None
    least_heard: int | None = None
    edition_until: date | None = None
    looked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """What a rule found: its sentence, and in ``because`` what it saw. ``question`` is empty for the whole audit."""

    rule: str
    severity: Severity
    says: str
    because: str = ""
    question: str = ""
    element: int | None = None

    @property
    def key(self) -> str:
        """The objection by its rule and question: ``thin_note:2.1``. One rule objects once to one question."""
        return f"{self.rule}:{self.question}"


def objections(facts: AuditFacts, rules: Sequence[QualityRule]) -> tuple[Objection, ...]:
    """Look at an audit by the rules; what is about the whole audit first, then in the order of the instrument.

    Never refuses: a rule that names what this instrument does not have finds nothing.
    """
    elements = {question.id: element.number for element in facts.instrument.elements for question in element.questions}
    found: list[Objection] = []
    for rule in rules:
        if _is_about(rule, facts):
            seen = dict(_FINDERS[rule.looks](facts, rule))
            found += [
                Objection(rule.key, rule.severity, rule.says, because, question, elements.get(question))
                for question, because in seen.items()
            ]
    order = list(elements)
    inside = sorted((each for each in found if each.question in elements), key=lambda each: order.index(each.question))
    return (*(each for each in found if each.question not in elements), *inside)


def _is_about(rule: QualityRule, facts: AuditFacts) -> bool:
    performed = not rule.performers or facts.performer in rule.performers
    return performed and (not rule.instrument or rule.instrument == facts.instrument.key)


Seen = Iterator[tuple[str, str]]
"""The question that is objected to (empty: the whole audit), and what was seen there, in words."""


def _asked(facts: AuditFacts) -> Iterator[tuple[Question, QuestionScore, QuestionAnswer]]:
    """The questions that any method of this audit asks; one of left-out methods alone wants nothing."""
    marks = {mark.question: mark for mark in facts.score.questions}
    for question in facts.instrument.questions.values():
        mark = marks.get(question.id)
        if mark is not None and (mark.not_applicable or mark.possible or mark.unanswered):
            yield question, mark, facts.answers.get(question.id, QuestionAnswer())


def _no_note(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    yield from ((question.id, "") for question, _, given in _asked(facts) if not given.note.strip())


def _thin_note(facts: AuditFacts, rule: QualityRule) -> Seen:
    for question, mark, given in _asked(facts):
        words = len(given.note.split())
        if 0 < words < rule.fewest and not mark.not_applicable:
            yield question.id, f"{_counted(words, 'word')}; at least {rule.fewest} are wanted"


def _no_reason(facts: AuditFacts, rule: QualityRule) -> Seen:
    for question, _, given in _asked(facts):
        words = len(given.note.split())
        if given.not_applicable and words < rule.fewest:
            yield question.id, f"{_counted(words, 'word')}; at least {rule.fewest} are wanted"


def _repeated_note(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    first: dict[str, str] = {}
    for question, _, given in _asked(facts):
        said = " ".join(re.findall(r"\w+", given.note.casefold()))
        if said and said in first:
            yield question.id, f"the same words stand under question {first[said]}"
        first.setdefault(said, question.id)


def _words(facts: AuditFacts, rule: QualityRule) -> Seen:
    wanted = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in rule.phrases) or r"(?!)", re.IGNORECASE)
    for question, _, given in _asked(facts):
        if met := wanted.search(given.note):
            yield question.id, f"“{met.group()}”"


def _named_person(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    names = {part for name in facts.names for part in re.findall(r"[^\W\d_]+", name) if len(part) >= _SHORTEST_NAME}
    if not names:
        return
    wanted = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in sorted(names)))
    for question, _, given in _asked(facts):
        if question.rule_of(Method.INTERVIEW) and (met := wanted.search(given.note)):
            yield question.id, f"“{met.group()}” is the name of somebody who works here"


def _no_recommendation(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    for question, mark, _ in _asked(facts):
        if not mark.unanswered and mark.awarded < mark.possible and not facts.recommendations.get(question.id):
            yield question.id, f"{shortest(mark.awarded)} of {shortest(mark.possible)} points"


def _no_proof(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    shown = {proof.question for proof in facts.proofs}
    for question, mark, given in _asked(facts):
        answer = given.by_method.get(Method.DOCUMENT)
        counted = answer is not None and answer.share()[0] > 0
        if counted and not mark.not_applicable and question.id not in shown:
            yield question.id, ""


def _loose_proof(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    loose = [proof.title for proof in facts.proofs if proof.question not in facts.instrument.questions]
    if loose:
        yield "", ", ".join(_shown(title) for title in loose)


def _arithmetic(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    for question, mark, given in _asked(facts):
        wrong = [
            problem.problem
            for method, answer in given.by_method.items()
            if any(each.method is method for each in mark.methods)
            for problem in sheet.check(question, method, answer)
        ]
        wrong += [
            f"{each.met + each.partial} of {each.of}"
            for answer in given.by_method.values()
            for each in across(answer)
            if isinstance(each, Count) and each.met + each.partial > each.of
        ]
        if wrong:
            yield question.id, "; ".join(wrong)


def _more_voices(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    if not facts.headcount:
        return
    for question, _, given in _asked(facts):
        most = _heard_on(given)
        if most > facts.headcount:
            yield question.id, f"{most} answers, but {_counted(facts.headcount, 'person')} when the audit began"


def _contradiction(facts: AuditFacts, rule: QualityRule) -> Seen:
    if rule.first is None or rule.second is None:
        return
    marks = {question.id: mark for question, mark, _ in _asked(facts)}
    shares = [_share(marks.get(side.question), side) for side in (rule.first, rule.second)]
    met = [
        share is not None and side.at_least <= share <= side.at_most
        for side, share in zip((rule.first, rule.second), shares, strict=True)
    ]
    if all(met):
        said = [
            f"question {side.question}{_by(side)} earned {shortest((share or Fraction(0)) * 100)} %"
            for side, share in zip((rule.first, rule.second), shares, strict=True)
        ]
        yield rule.second.question, "; ".join(said)


def _share(mark: QuestionScore | None, side: Side) -> Fraction | None:
    """The share a question earned, by one method or by all; None where it says nothing yet or does not apply."""
    if mark is None or mark.unanswered or mark.not_applicable:
        return None
    if side.method is None:
        return Fraction(mark.numerator, mark.denominator) / Fraction(mark.possible) if mark.possible else None
    one = next((each for each in mark.methods if each.method is side.method and each.answered), None)
    return one.awarded / Fraction(one.possible) if one is not None and one.possible else None


def _small_sample(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    asked = any(each.method is Method.INTERVIEW for mark in facts.score.questions for each in mark.methods)
    heard = facts.heard if facts.heard is not None else max(map(_heard_on, facts.answers.values()), default=0)
    if asked and facts.least_heard is not None and heard < facts.least_heard:
        yield "", f"{_counted(heard, 'person')} heard; the table wants {facts.least_heard}"


def _expired(facts: AuditFacts, rule: QualityRule) -> Seen:  # noqa: ARG001 - one form of finder
    if facts.edition_until and facts.looked_on and facts.looked_on > facts.edition_until:
        yield "", f"its last day was {facts.edition_until}, and the last day of gathering is {facts.looked_on}"


_FINDERS: Mapping[Looks, Callable[[AuditFacts, QualityRule], Seen]] = {
    Looks.NO_NOTE: _no_note,
    Looks.THIN_NOTE: _thin_note,
    Looks.REPEATED_NOTE: _repeated_note,
    Looks.WORDS: _words,
    Looks.NAMED_PERSON: _named_person,
    Looks.NO_REASON: _no_reason,
    Looks.NO_RECOMMENDATION: _no_recommendation,
    Looks.NO_PROOF: _no_proof,
    Looks.LOOSE_PROOF: _loose_proof,
    Looks.ARITHMETIC: _arithmetic,
    Looks.MORE_VOICES: _more_voices,
    Looks.CONTRADICTION: _contradiction,
    Looks.SMALL_SAMPLE: _small_sample,
    Looks.EXPIRED_EDITION: _expired,
}


def _heard_on(given: QuestionAnswer) -> int:
    """How many people were heard on a question: the most of one method, its sites added up."""
    return max(
        (
            sum(each.positive + each.negative + each.no_comment for each in across(answer) if isinstance(each, Voices))
            for answer in given.by_method.values()
        ),
        default=0,
    )


def _by(side: Side) -> str:
    words = {
        Method.DOCUMENT: " by documents",
        Method.INTERVIEW: " by interviews",
        Method.OBSERVATION: " by observation",
    }
    return words[side.method] if side.method is not None else ""


def _counted(number: int, one: str) -> str:
    many = {"person": "people"}.get(one, f"{one}s")
    return f"{number} {one if number == 1 else many}"


def _shown(title: str) -> str:
    return title if len(title) <= _TOLD else f"{title[:_TOLD]}…"
