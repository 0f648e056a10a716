"""Findings: what the answers say in words. Strengths, gaps, and what would put a gap right.

Nothing is invented: every number comes from an answer, every wish from the instrument's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from secor.core.answer import Answer, Count, Given, Percent, QuestionAnswer, Voices
from secor.core.instrument import Instrument
from secor.core.method import Method, MethodRule, Points, Rule
from secor.core.question import Question
from secor.core.rounding import shortest
from secor.core.score import QuestionScore, Score

BY = {
    Method.DOCUMENT: "Documents",
    Method.INTERVIEW: "Interviews",
    Method.OBSERVATION: "Observation",
}


class Says(Enum):
    """What a finding is."""

    STRENGTH = "strength"
    GAP = "gap"
    NOT_APPLICABLE = "not applicable"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one question came to: in ``words`` from its answers, with the assessor's own ``note``.

    ``recommendations`` is empty for all but gaps; ``lost`` are the points that a gap cost.
    """

    question: str
    element: int
    says: Says
    text: str
    possible: Points
    awarded: Points
    words: tuple[str, ...]
    note: str = ""
    recommendations: tuple[str, ...] = ()

    @property
    def lost(self) -> Points:
        """The points that were there to earn and were not."""
        return self.possible - self.awarded


def findings(instrument: Instrument, answers: Mapping[str, QuestionAnswer], score: Score) -> tuple[Finding, ...]:
    """Put every question of ``score`` into words, in the order of the instrument.

    A question where nothing counted and nothing was refused (its methods left out) says nothing and is left
    out here too.
    """
    marks = {mark.question: mark for mark in score.questions}
    return tuple(
        _finding(question, element.number, answers.get(question.id, QuestionAnswer()), marks[question.id])
        for element in instrument.elements
        for question in element.questions
        if question.id in marks and _spoken(marks[question.id])
    )


def strengths(found: Iterable[Finding], *, at_most: int | None = None) -> tuple[Finding, ...]:
    """The questions with full points, those worth most first."""
    full = sorted((each for each in found if each.says is Says.STRENGTH), key=lambda each: -each.possible)
    return tuple(full[:at_most])


def gaps(found: Iterable[Finding], *, at_most: int | None = None) -> tuple[Finding, ...]:
    """The questions below full points, those that lost most first."""
    short = sorted((each for each in found if each.says is Says.GAP), key=lambda each: -each.lost)
    return tuple(short[:at_most])


def _spoken(mark: QuestionScore) -> bool:
    return mark.not_applicable or mark.unanswered or bool(mark.possible)


def _finding(question: Question, element: int, given: QuestionAnswer, mark: QuestionScore) -> Finding:
    says = _says(mark)
    return Finding(
        question=question.id,
        element=element,
        says=says,
        text=question.text,
        possible=mark.possible,
        awarded=mark.awarded,
        words=_words(question, given, mark),
        note=given.note,
        recommendations=_recommendations(question, given, mark) if says is Says.GAP else (),
    )


def _says(mark: QuestionScore) -> Says:
    if mark.not_applicable:
        return Says.NOT_APPLICABLE
    if mark.unanswered:
        return Says.UNANSWERED
    return Says.STRENGTH if mark.awarded >= mark.possible else Says.GAP


def _words(question: Question, given: QuestionAnswer, mark: QuestionScore) -> tuple[str, ...]:
    if mark.not_applicable:
        return ("This question does not apply.",)
    words = [
        f"{BY[rule.method]}: {said_by(rule, given.by_method[rule.method])}."
        for rule in question.methods
        if rule.method in given.by_method and any(each.method is rule.method for each in mark.methods)
    ]
    if given.not_applicable:
        words.append("It was marked as not applicable, which was not accepted here.")
    if mark.zeroed_by is not None:
        words.append(f"It earns no points because of question {mark.zeroed_by}, on which it depends.")
    if mark.unanswered:
        words.append("Not every method has an answer yet.")
    return tuple(words)


def said_by(rule: MethodRule, answer: Answer) -> str:
    """What one method found, in words that begin small and end without a stop: ``4 of 5 met``."""
    words = _counted(answer)
    positive, counted = answer.share()
    if counted and rule.rule is Rule.ALL_OR_NOTHING:
        reached = positive * rule.threshold.denominator >= counted * rule.threshold.numerator
        words += f"; {shortest(rule.threshold * 100)} % is {'reached' if reached else 'needed'}"
    return words


def _counted(answer: Answer) -> str:
    if isinstance(answer, Percent):
        return f"{shortest(answer.of_all * 100)} %"
    if isinstance(answer, Given):
        return f"{answer.points} of {answer.out_of} points"
    if isinstance(answer, Count):
        partly = f", {answer.partial} in part" if answer.partial else ""
        return f"{answer.met} of {answer.of} met{partly}"
    if isinstance(answer, Voices):
        heard = f"{answer.positive} of {answer.positive + answer.negative} answers positive"
        silent = f", {answer.no_comment} without comment" if answer.no_comment else ""
        return heard + silent + (f", {answer.not_asked} not asked" if answer.not_asked else "")
    return "; ".join(f"a site of {site.employees}: {_counted(site.answer)}" for site in answer.sites)


def _recommendations(question: Question, given: QuestionAnswer, mark: QuestionScore) -> tuple[str, ...]:
    """What the instrument wants where points were lost.

    The missing items where they are named, else what is counted or observed, else the guidance.
    """
    if mark.zeroed_by is not None:
        return (f"Put question {mark.zeroed_by} right first; this one depends on it.",)
    wishes = []
    for each in mark.methods:
        rule = question.rule_of(each.method)
        if rule is not None and each.numerator < each.possible * each.denominator:
            wishes.append(_wish(rule, given.by_method.get(each.method), question))
    return tuple(dict.fromkeys(wish for wish in wishes if wish))


def _wish(rule: MethodRule, answer: Answer | None, question: Question) -> str:
    if isinstance(answer, Count) and answer.missing:
        missing = [item.text for item in rule.items if (item.role or item.text) in answer.missing]
        return f"Put in place: {'; '.join(missing)}."
    return f"{BY[rule.method]}: {rule.looks_at}." if rule.looks_at else question.guidance
