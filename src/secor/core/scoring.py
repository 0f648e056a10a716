"""Answers to a score: exact, question by question, and rounded once per question.

Guarantees: one more positive never lowers a score; a question that does not apply changes no other element;
the totals are the sums of the counted elements; nothing is decided here, and nothing is a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction

from secor.core.answer import Answer, Percent, QuestionAnswer, items_missing, missing_items
from secor.core.instrument import Element, Instrument
from secor.core.method import Method, MethodRule, Points, Rounds, Rule
from secor.core.question import Combine, Effect, Question, When
from secor.core.rounding import round_half_up
from secor.core.score import ElementScore, MethodScore, QuestionScore, Refused, Score
from secor.core.sheet import check

__all__ = [
    "ALL_METHODS",
    "ElementScore",
    "MethodScore",
    "QuestionScore",
    "Refused",
    "Score",
    "check",
    "round_half_up",
    "score",
]

ALL_METHODS: frozenset[Method] = frozenset(Method)
_UNANSWERED = QuestionAnswer()
_NONE_LEFT_OUT: frozenset[str] = frozenset()
_NOT_ALLOWED = "not applicable is not allowed for this question"
_NO_NOTE = "not applicable needs a note that says why"


def score(
    instrument: Instrument,
    answers: Mapping[str, QuestionAnswer],
    *,
    methods: AbstractSet[Method] = ALL_METHODS,
    default: Fraction | None = None,
    na_needs_note: bool = False,
) -> Score:
    """Score ``answers`` (question id to answer) against ``instrument``.

    ``methods`` are those of this audit's profile; the others leave the denominator. ``default`` is the
    share that fills every method without an answer; without it such a method scores 0 and its question is
    unanswered.
    ``na_needs_note`` also refuses a "not applicable" that no note explains. Questions that the instrument
    does not have are ignored: refuse them when reading.
    """
    filled = None if default is None else Percent(default)
    refused: list[Refused] = []
    done: dict[str, QuestionScore] = {}
    for question in instrument.in_cascade_order:
        given = answers.get(question.id, _UNANSWERED)
        if given.not_applicable:
            why = _refusal(question, given, needs_note=na_needs_note)
            if why is not None:
                refused.append(Refused(question.id, why))
            done[question.id] = _inapplicable(question, methods, refused=why is not None)
        else:
            left_out = _roles_not_asked(question, answers) if question.cascade else _NONE_LEFT_OUT
            done[question.id] = _earn(question, given, methods, filled, left_out, instrument.step)
        if question.cascade:
            done[question.id] = _cascade(question, done, answers)
    return _total(instrument, done, refused)


def _refusal(question: Question, given: QuestionAnswer, *, needs_note: bool) -> str | None:
    if not question.na_allowed:
        return _NOT_ALLOWED
    return _NO_NOTE if needs_note and not given.note.strip() else None


def _inapplicable(question: Question, methods: AbstractSet[Method], *, refused: bool) -> QuestionScore:
    """Take the question out of the denominator; a refused one stays there with nothing."""
    if not refused:
        return QuestionScore(question.id, 0, 0, 0, 1, (), not_applicable=True)
    marks = tuple(
        MethodScore(rule.method, rule.points, 0, 1, answered=True)
        for rule in question.methods
        if rule.method in methods
    )
    return QuestionScore(question.id, _possible(question, marks), 0, 0, 1, marks)


def _roles_not_asked(question: Question, answers: Mapping[str, QuestionAnswer]) -> frozenset[str]:
    """The roles whose duties the other question found unwritten: what they say is not asked here."""
    cascade = question.cascade
    if cascade is None or cascade.effect is not Effect.ROLE_NOT_ASKED:
        return _NONE_LEFT_OUT
    return missing_items(answers.get(cascade.depends_on, _UNANSWERED))


def _earn(
    question: Question,
    given: QuestionAnswer,
    methods: AbstractSet[Method],
    filled: Answer | None,
    left_out: frozenset[str],
    step: Fraction,
) -> QuestionScore:
    """Score one question by the methods of this audit that counted something, and round it once.

    Where any method will do, one answer is enough; elsewhere each method wants its own.
    """
    marks: list[MethodScore] = []
    asked = answered = 0
    for rule in question.methods:
        if rule.method in methods:
            asked += 1
            answer = given.by_method.get(rule.method, filled)
            if answer is None:
                marks.append(MethodScore(rule.method, rule.points, 0, 1, answered=False))
                continue
            answered += 1
            positive, counted = answer.share(left_out)
            if counted:
                numerator, denominator = _method_points(rule, positive, counted)
                marks.append(MethodScore(rule.method, rule.points, numerator, denominator, answered=True))
    if len(marks) > 1:
        marks = _both_or_nothing(question, marks)
    numerator, denominator = _combine(question, marks)
    return QuestionScore(
        question.id,
        _possible(question, marks),
        round_half_up(numerator, denominator, step),
        numerator,
        denominator,
        tuple(marks),
        unanswered=asked > answered and not (answered and question.combine is Combine.ANY),
    )


def _method_points(rule: MethodRule, positive: int, counted: int) -> tuple[int, int]:
    """Points of one method, as an exact fraction of two whole numbers."""
    over, under = rule.points.numerator, rule.points.denominator
    kind = rule.rule
    if kind is Rule.RANGE or kind is Rule.PER_ITEM:
        return over * positive, under * counted
    if kind is Rule.MAJORITY:
        return over if 2 * positive > counted else 0, under
    if kind is Rule.POINTS_LIST:
        return _listed(rule, Fraction(over * positive, under * counted))
    enough = positive * rule.threshold.denominator >= counted * rule.threshold.numerator
    return over if enough else 0, under


def _listed(rule: MethodRule, earned: Fraction) -> tuple[int, int]:
    """Take ``earned`` down to a value of the points list, or to the nearest one (a tie goes up)."""
    below = max(Fraction(value) for value in rule.allowed if value <= earned)
    if rule.rounds is Rounds.NEAREST:
        above = min(Fraction(value) for value in rule.allowed if value >= earned)
        below = above if above - earned <= earned - below else below
    return below.numerator, below.denominator


def _both_or_nothing(question: Question, marks: list[MethodScore]) -> list[MethodScore]:
    """Take every point of the methods that stand together unless all of them were verified."""
    together = {rule.method for rule in question.methods if rule.rule is Rule.BOTH_OR_NOTHING}
    if not together or all(mark.numerator for mark in marks if mark.method in together):
        return marks
    return [mark._replace(numerator=0) if mark.method in together else mark for mark in marks]


def _possible(question: Question, marks: list[MethodScore] | tuple[MethodScore, ...]) -> Points:
    """The points that the methods left in play can give together."""
    if len(marks) == 1:
        (only,) = marks
        return only.possible
    if question.combine is Combine.SUM:
        return sum(mark.possible for mark in marks)
    return max((mark.possible for mark in marks), default=0)


def _combine(question: Question, marks: list[MethodScore]) -> tuple[int, int]:
    """The question's exact points from those of its methods."""
    if len(marks) == 1:
        (only,) = marks
        return only.numerator, only.denominator
    if question.combine is Combine.ANY:
        best = max((mark.awarded for mark in marks), default=Fraction(0))
        return best.numerator, best.denominator
    numerator, denominator = 0, 1
    for mark in marks:
        numerator = numerator * mark.denominator + mark.numerator * denominator
        denominator *= mark.denominator
    if question.combine is Combine.AVERAGE and marks:
        denominator *= len(marks)
    return numerator, denominator


def _cascade(
    question: Question, done: Mapping[str, QuestionScore], answers: Mapping[str, QuestionAnswer]
) -> QuestionScore:
    """Take the question's points where the one it leans on is missing; its possible points stay."""
    mark, cascade = done[question.id], question.cascade
    if cascade is None or cascade.effect is not Effect.SCORE_ZERO or mark.not_applicable:
        return mark
    source = done[cascade.depends_on]
    if cascade.when is When.SCORE_IS_ZERO:
        falls = bool(source.possible) and source.numerator == 0
    else:
        falls = items_missing(answers.get(source.question, _UNANSWERED))
    if not falls:
        return mark
    methods = tuple(each._replace(numerator=0) for each in mark.methods)
    return mark._replace(awarded=0, numerator=0, methods=methods, zeroed_by=source.question)


def _total(instrument: Instrument, done: Mapping[str, QuestionScore], refused: list[Refused]) -> Score:
    questions = tuple(done[question.id] for element in instrument.elements for question in element.questions)
    elements = tuple(_element(element, done) for element in instrument.elements)
    counted = [element for element in elements if element.counted]
    places = {mark.question: place for place, mark in enumerate(questions)}
    return Score(
        elements=elements,
        questions=questions,
        possible=sum(element.possible for element in counted),
        awarded=sum(element.awarded for element in counted),
        unanswered=tuple(mark.question for mark in questions if mark.unanswered),
        refused=tuple(sorted(refused, key=lambda each: places[each.question])) if refused else (),
    )


def _element(element: Element, done: Mapping[str, QuestionScore]) -> ElementScore:
    possible: Points = 0
    awarded: Points = 0
    for question in element.questions:
        mark = done[question.id]
        possible += mark.possible
        awarded += mark.awarded
    return ElementScore(element.number, possible, awarded, counted=not element.informational)
