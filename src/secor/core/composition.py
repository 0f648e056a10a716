"""Composing a report: from answers, notes, counts and samples to sentences, each citing where its facts stand.

Nothing is invented. Every number of a sentence stands in a place that it cites, every wish is the assessor's own or
the instrument's, and a fact that is not known makes no sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from string import Formatter
from types import MappingProxyType

from secor.core.answer import QuestionAnswer, Voices, across
from secor.core.finding import BY, Finding, Says, findings, gaps, said_by, strengths
from secor.core.instrument import Instrument
from secor.core.method import Method, Points
from secor.core.pass_mark import PassMark
from secor.core.rounding import one_decimal, shortest
from secor.core.score import ElementScore, QuestionScore, Score
from secor.core.sentence import ORDER, Part, Place, Section, Sentence, Source
from secor.core.verdict import below, decide

FEW = 5  # strengths and improvements in a summary: three to five, as the BC Forest Safety Council wants them
TITLES = {
    Part.SUMMARY: "Executive summary",
    Part.PROFILE: "The business",
    Part.SCOPE: "Scope",
    Part.SAMPLING: "Sampling",
    Part.METHOD: "Method",
    Part.STRENGTHS: "Strengths",
    Part.RECOMMENDATIONS: "Recommendations",
    Part.SCORING: "Score by element",
    Part.PLAN: "Action plan",
}


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is composed of. ``facts`` are those around the audit, each in words; an empty one is not known.

    ``evidence`` gives the codes of what is on file under each question.
    """

    instrument: Instrument
    answers: Mapping[str, QuestionAnswer]
    score: Score
    pass_mark: PassMark
    recommendations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def compose(material: Material, *, order: Sequence[Part] = ORDER) -> tuple[Section, ...]:
    """Compose the report in ``order``; a section that nothing is known for is left out."""
    found = findings(material.instrument, material.answers, material.score)
    written: list[Section] = []
    for part in order:
        if part is Part.RECOMMENDATIONS:
            written += _by_element(material, found)
        else:
            written.append(Section(part, TITLES[part], tuple(_WRITERS[part](material, found))))
    return tuple(section for section in written if section.sentences)


def _around(material: Material, key: str, words: str, *more: Place) -> Iterator[Sentence]:
    """A sentence out of the facts that its words name in braces; none where one of them is not known."""
    names = [name for _, name, _, _ in Formatter().parse(words) if name]
    if all(material.facts.get(name) for name in names):
        cites = tuple(Place(Source.FACT, name) for name in names)
        text = words.format(**{name: material.facts[name] for name in names})
        # A name may end with a stop of its own: Roofing Ltd.
        yield Sentence(key, text.removesuffix(".") if text.endswith("..") else text, (*cites, *more))


def _profile(material: Material, _: Sequence[Finding]) -> Iterator[Sentence]:
    yield from _around(material, "profile.business", "The audited business is {business}.")
    yield from _around(material, "profile.trade_name", "It is known as {trade_name}.")
    yield from _around(material, "profile.trade", "Its kind of work is {trade}.")
    yield from _around(material, "profile.address", "It has its seat at {address}.")
    yield from _around(material, "profile.people", "When the audit began, {headcount} worked there.")
    yield from _around(material, "profile.account", "Its WCB account is {accounts}.")
    yield from _around(material, "profile.builders", "Help with building its program came from {builders}.")


def _scope(material: Material, _: Sequence[Finding]) -> Iterator[Sentence]:
    yield from _around(material, "scope.kind", "This was a {kind}, done for {partner}.")
    yield from _around(
        material, "scope.rules", "It was held against the edition {edition} and the instrument {instrument}."
    )
    yield from _around(material, "scope.days", "Everything was gathered from {gathering_from} to {gathered_on}.")
    yield from _around(material, "scope.sites", "Its places of work are {sites}.")
    yield from _around(material, "scope.records", "Records of {records_months} months were asked for.")
    left = [mark.question for mark in material.score.questions if mark.not_applicable]
    if left:
        cites = (place for each in left for place in (Place(Source.QUESTION, each), Place(Source.NOTE, each)))
        one = len(left) == 1
        yield Sentence(
            "scope.left_out",
            f"{'This question does' if one else 'These questions do'} not apply here: {', '.join(left)}.",
            tuple(cites),
        )


def _sampling(material: Material, _: Sequence[Finding]) -> Iterator[Sentence]:
    yield from _around(material, "sampling.wanted", "The table of the scheme wants at least: {wanted}.")
    heard = {question: _heard(given) for question, given in material.answers.items()}
    most = max(heard, key=lambda question: heard[question], default="")
    if most and heard[most]:
        people = "person was" if heard[most] == 1 else "people were"
        cite = Place(Source.ANSWER, f"{most}/{Method.INTERVIEW.value}")
        yield Sentence("sampling.heard", f"On one question, {heard[most]} {people} heard.", (cite,))
    yield from _around(material, "sampling.drawn", "{drawn}")


def _method(material: Material, _: Sequence[Finding]) -> Iterator[Sentence]:
    yield from _around(material, "method.who", "The audit was done by {assessor}: {performer}.")
    yield from _around(material, "method.certification", "Their number as an auditor is {certification}.")
    yield from _around(material, "method.methods", "What is said here rests on {methods}.")
    yield from _around(material, "method.evidence", "On file for it: {evidence}.")


def _strengths(material: Material, found: Sequence[Finding]) -> Iterator[Sentence]:
    for each in strengths(found, at_most=FEW):
        yield from _said(material, each, "strength")


def _by_element(material: Material, found: Sequence[Finding]) -> Iterator[Section]:
    for element in material.instrument.elements:
        short = [each for each in found if each.element == element.number and each.says is Says.GAP]
        sentences = tuple(
            sentence for each in short for sentence in (*_said(material, each, "gap"), *_wishes(material, each, "gap"))
        )
        title = f"{TITLES[Part.RECOMMENDATIONS]}: {element.number} {element.name}"
        yield Section(Part.RECOMMENDATIONS, title, sentences, element.number)


def _scoring(material: Material, _: Sequence[Finding]) -> Iterator[Sentence]:
    score, mark = material.score, material.pass_mark
    yield Sentence("scoring.whole", f"The score is {_of(score)}.", (Place(Source.SCORE),))
    yield Sentence("scoring.mark", _marks(mark), (Place(Source.MARK),))
    low = {each.number for each in below(score, mark)}
    for each in score.elements:
        if each.possible:
            under = ", which is below its mark" if each.number in low else ""
            counted = "" if each.counted else "; it is shown and not counted"
            cites = (Place(Source.SCORE, f"element/{each.number}"), *([Place(Source.MARK)] if under else []))
            text = f"Element {each.number}, {_name(material, each.number)}: {_of(each)}{under}{counted}."
            yield Sentence(f"scoring.{each.number}", text, cites)


def _summary(material: Material, found: Sequence[Finding]) -> Iterator[Sentence]:
    score, mark = material.score, material.pass_mark
    yield from _around(material, "summary.kind", "This was a {kind} of {business}, done for {partner}.")
    yield Sentence(
        "summary.outcome",
        f"{_outcome(material)} The score is {_of(score)}. {_marks(mark)}",
        (Place(Source.SCORE), Place(Source.MARK)),
    )
    lowest = _lowest(score) if score.complete else None
    if lowest is not None:
        text = f"The lowest element is {lowest.number}, {_name(material, lowest.number)}, with {_of(lowest)}."
        yield Sentence("summary.lowest", text, (Place(Source.SCORE, f"element/{lowest.number}"),))
    for each in strengths(found, at_most=FEW):
        text = f"A strength, with all of its {shortest(each.possible)} points ({each.question}): {each.text}"
        yield Sentence(f"summary.strength.{each.question}", text, _places(each))
    for each in gaps(found, at_most=FEW):
        text = f"To put right, with {_lost(each)} still to earn ({each.question}): {each.text}"
        yield Sentence(f"summary.gap.{each.question}", text, _places(each))
    yield from _around(material, "summary.days", "The last day of gathering was {gathered_on}.")


def _plan(material: Material, found: Sequence[Finding]) -> Iterator[Sentence]:
    for each in gaps(found):
        yield from _wishes(material, each, "plan", lead=f"Question {each.question}, {_lost(each)} to earn: ")


_WRITERS = {
    Part.SUMMARY: _summary,
    Part.PROFILE: _profile,
    Part.SCOPE: _scope,
    Part.SAMPLING: _sampling,
    Part.METHOD: _method,
    Part.STRENGTHS: _strengths,
    Part.SCORING: _scoring,
    Part.PLAN: _plan,
}


def _said(material: Material, each: Finding, kind: str) -> Iterator[Sentence]:
    """What a question came to, with what each method counted and what is on file; then the assessor's note."""
    mark = next(mark for mark in material.score.questions if mark.question == each.question)
    told = list(_counts(material, each.question, mark))
    words = "; ".join(words for words, _ in told)
    cites = (
        *_places(each),
        *(place for _, place in told),
        *(Place(Source.EVIDENCE, code) for code in material.evidence.get(each.question, ())),
    )
    earned = f"{each.text} Question {each.question} earned {_points(each)}{': ' + words if words else ''}."
    yield Sentence(f"{kind}.{each.question}", earned, cites)
    if each.note.strip():
        asked = any(method.method is Method.INTERVIEW for method in mark.methods)
        note = Place(Source.NOTE, each.question)
        yield Sentence(f"{kind}.{each.question}.note", each.note.strip(), (note,), private=asked)


def _counts(material: Material, question: str, mark: QuestionScore) -> Iterator[tuple[str, Place]]:
    given, asked = material.answers[question].by_method, material.instrument.questions[question]
    for rule in asked.methods:
        if rule.method in given and any(each.method is rule.method for each in mark.methods):
            said = said_by(rule, given[rule.method])
            yield f"{BY[rule.method].lower()} {said}", Place(Source.ANSWER, f"{question}/{rule.method.value}")


def _wishes(material: Material, each: Finding, kind: str, *, lead: str = "") -> Iterator[Sentence]:
    """The assessor's recommendation; where there is none, what the instrument wants."""
    own = material.recommendations.get(each.question, "").strip()
    text, source = (own, Source.RECOMMENDATION) if own else (" ".join(each.recommendations), Source.QUESTION)
    if text:
        cites = (Place(source, each.question), *(_places(each) if lead else ()))
        key = f"{kind}.{each.question}" if lead else f"{kind}.{each.question}.wish"
        yield Sentence(key, f"{lead}{text}", tuple(dict.fromkeys(cites)))


def _places(each: Finding) -> tuple[Place, ...]:
    return Place(Source.QUESTION, each.question), Place(Source.SCORE, each.question)


def _points(each: Finding) -> str:
    return f"{shortest(each.awarded)} of {shortest(each.possible)} points"


def _lost(each: Finding) -> str:
    return f"{shortest(each.lost)} of {shortest(each.possible)} points"


def _of(score: Score | ElementScore) -> str:
    points = f"{shortest(score.awarded)} of {shortest(score.possible)} points"
    return points if score.share is None else f"{points} ({one_decimal(score.share * 100)} %)"


def _marks(mark: PassMark) -> str:
    whole = _mark(mark.overall, mark.points)
    return f"The pass mark is {whole}, and for each element {_mark(mark.element, None)}."


def _mark(share: Fraction | None, points: Points | None) -> str:
    told = [f"{shortest(share * 100)} %"] if share is not None else []
    told += [f"{shortest(points)} points"] if points is not None else []
    return " or ".join(told) or "none"


def _outcome(material: Material) -> str:
    if material.score.unanswered:
        return "The audit is not finished: some questions are not answered yet."
    passed = decide(material.score, material.pass_mark).passed
    return "The business reached the pass mark." if passed else "The business did not reach the pass mark."


def _lowest(score: Score) -> ElementScore | None:
    counted = [each for each in score.elements if each.counted and each.share is not None]
    return min(counted, key=lambda each: each.share or 0, default=None)


def _name(material: Material, number: int) -> str:
    element = material.instrument.element(number)
    return element.name if element is not None else ""


def _heard(given: QuestionAnswer) -> int:
    answer = given.by_method.get(Method.INTERVIEW)
    if answer is None:
        return 0
    return sum(each.positive + each.negative + each.no_comment for each in across(answer) if isinstance(each, Voices))
