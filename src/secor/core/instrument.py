"""An instrument: its elements and questions, and what each can earn.

``read_instrument`` turns a file into one, or into every reason why it cannot be one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from secor.core.audit import Kind
from secor.core.element import Element, read_element
from secor.core.method import Method, MethodRule, Points, Rule, plain
from secor.core.pass_mark import PassMark, read_pass_rule
from secor.core.profile import Profile, read_profile
from secor.core.question import Combine, Effect, Question, When
from secor.core.reading import Reading

__all__ = ["Element", "Instrument", "Method", "MethodRule", "Profile", "Question", "read_instrument"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """The audit tool: elements and questions.

    ``step`` is what a question is rounded to (1, or one half in schemes that award halves);
    ``weighs_sites`` tells whether several sites are averaged by head-count or plainly;
    ``in_cascade_order`` holds every question after the one it depends on.
    """

    key: str
    version: str
    status: str
    points: Points
    elements: tuple[Element, ...]
    in_cascade_order: tuple[Question, ...]
    pass_marks: Mapping[Kind, PassMark] = field(default_factory=lambda: MappingProxyType({}))
    profiles: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))
    evidence_types: tuple[str, ...] = ()
    step: Fraction = Fraction(1)
    weighs_sites: bool = True
    notes_must: tuple[str, ...] = ()
    notes_must_not: tuple[str, ...] = ()

    def element(self, number: int) -> Element | None:
        """Give the element of that number, or None."""
        return next((element for element in self.elements if element.number == number), None)

    def question(self, question_id: str) -> Question | None:
        """Give the question of that id, or None."""
        return self.questions.get(question_id)

    @property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in the order of the instrument."""
        return {question.id: question for element in self.elements for question in element.questions}


def cascade_order(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Put every question after the one it depends on; a circle leaves its questions out."""
    placed: dict[str, Question] = {}
    waiting = list(questions)
    while waiting:
        ready = [each for each in waiting if each.cascade is None or each.cascade.depends_on in placed]
        if not ready:
            break
        placed.update((each.id, each) for each in ready)
        waiting = [each for each in waiting if each.id not in placed]
    return tuple(placed.values())


_FILE_NEEDS = ("instrument", "elements")
_HEAD_NEEDS = ("key", "version", "total_points")
_HEAD_MAY = (
    "status",
    "title",
    "jurisdiction",
    "language",
    "max_employees",
    "review_period_months",
    "short_period_months",
    "pass_rules",
    "scoring",
    "notes",
    "sampling",
    "carry_over",
    "profiles",
)
_SCORING_MAY = (
    "unit",
    "rules",
    "combine",
    "percent_positive",
    "rounding",
    "not_applicable",
    "no_data",
    "element_with_nothing_left",
    "unanswered",
    "cascade_effects",
    "sites",
)
_ROUNDING_MAY = ("question", "element_percent", "overall_percent", "decisions", "step")


class SiteWeight(Enum):
    """How the answers of several sites become one."""

    HEADCOUNT = "headcount"
    PLAIN = "plain"


def read_instrument(reading: Reading, value: Any) -> Instrument | None:
    """Read an instrument file; None when anything is to be mended, and then every problem has been noted."""
    before = len(reading.problems)
    given = reading.mapping(value, required=_FILE_NEEDS, optional=("evidence_types",))
    if given is None:
        return None
    kinds = reading.texts_at(given, "evidence_types")
    elements = _elements(reading.at("elements"), given.get("elements", ()))
    head = reading.at("instrument")
    about = head.mapping(given.get("instrument", {}), required=_HEAD_NEEDS, optional=_HEAD_MAY)
    if about is None:
        return None
    must, must_not = _notes(head.at("notes"), about.get("notes", {}))
    step, weighs = _scoring(head.at("scoring"), about.get("scoring", {}))
    instrument = Instrument(
        key=head.text_at(about, "key"),
        version=head.text_at(about, "version"),
        status=head.text_at(about, "status"),
        points=plain(head.at("total_points").number(about.get("total_points", 0)) or Fraction(0)),
        elements=elements,
        in_cascade_order=cascade_order(tuple(each for element in elements for each in element.questions)),
        pass_marks=_pass_marks(head.at("pass_rules"), about.get("pass_rules", {})),
        profiles=_profiles(head.at("profiles"), about.get("profiles", {})),
        evidence_types=kinds,
        step=step,
        weighs_sites=weighs,
        notes_must=must,
        notes_must_not=must_not,
    )
    _check_sums(reading, instrument)
    _check_names(reading, instrument)
    return instrument if len(reading.problems) == before else None


def _elements(reading: Reading, value: Any) -> tuple[Element, ...]:
    read = (read_element(each, item) for each, item in reading.items(value))
    return tuple(element for element in read if element is not None)


def _pass_marks(reading: Reading, value: Any) -> Mapping[Kind, PassMark]:
    kinds = {kind.value: kind for kind in Kind}
    given = reading.mapping(value, optional=(*kinds, "comparison")) or {}
    read = {kind: read_pass_rule(reading.at(key), given[key]) for key, kind in kinds.items() if key in given}
    return {kind: mark for kind, mark in read.items() if mark is not None}


def _profiles(reading: Reading, value: Any) -> Mapping[str, Profile]:
    given = reading.mapping(value, optional=None) or {}
    read = (read_profile(reading.at(key), str(key), item) for key, item in given.items())
    return {profile.key: profile for profile in read if profile is not None}


def _scoring(reading: Reading, value: Any) -> tuple[Fraction, bool]:
    """Take what can be set; the rest of the section is prose, but may name no rule that does not exist."""
    given = reading.mapping(value, optional=_SCORING_MAY) or {}
    named: tuple[tuple[str, type[Enum]], ...] = (
        ("rules", Rule),
        ("combine", Combine),
        ("cascade_effects", Effect),
    )
    for section, kinds in named:
        known = tuple(str(kind.value) for kind in kinds)
        reading.at(section).mapping(given.get(section, {}), optional=known)
    rounding = reading.at("rounding")
    rounds = rounding.mapping(given.get("rounding", {}), optional=_ROUNDING_MAY) or {}
    step = rounding.at("step").number(rounds.get("step", 1))
    if step == 0:
        rounding.at("step").note("is 0; questions are rounded to 1 or to a part of 1, such as 0.5")
    weight = reading.at("sites").choice(given.get("sites", "headcount"), SiteWeight)
    return step or Fraction(1), weight is not SiteWeight.PLAIN


def _notes(reading: Reading, value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    optional = ("required_for", "must", "must_not", "recommendation_required_when")
    given = reading.mapping(value, optional=optional) or {}
    return reading.texts_at(given, "must"), reading.texts_at(given, "must_not")


def _check_sums(reading: Reading, instrument: Instrument) -> None:
    """Hold the written sums against what stands below them, where everything below could be read."""
    for nth, element in enumerate(instrument.elements, start=1):
        total = sum(question.points for question in element.questions)
        if element.points != total and all(question.points for question in element.questions):
            place = reading.at("elements").at(nth).at("max_points")
            place.note(f"is {element.points}, but the questions of element {element.number} add up to {total}")
        for question in element.questions:
            if any(Fraction(rule.points) % instrument.step for rule in question.methods):
                place = reading.at("elements").at(nth).at("questions").at(question.id).at("methods")
                place.note(f"have points that are no multiple of {instrument.step}, to which questions are rounded")
    counted = [element.points for element in instrument.elements if not element.informational]
    if instrument.points != sum(counted) and all(counted):
        reading.at("instrument.total_points").note(
            f"is {instrument.points}, but the counted elements add up to {sum(counted)}"
        )


def _check_names(reading: Reading, instrument: Instrument) -> None:
    """Hold every name against what it names: no id twice, no cascade or evidence type that does not exist."""
    known = instrument.questions
    placed = {question.id for question in instrument.in_cascade_order}
    seen: set[object] = set()
    for nth, element in enumerate(instrument.elements, start=1):
        at = reading.at("elements").at(nth)
        for key, name in (("no", element.number), ("key", element.key)):
            _once(at.at(key), name, (key, name), seen)
        for question in element.questions:
            place = at.at("questions").at(question.id)
            _once(place.at("id"), question.id, ("id", question.id), seen)
            for kind in question.evidence_types:
                if instrument.evidence_types and kind not in instrument.evidence_types:
                    place.at("evidence_types").note(f"names {kind!r}, which the instrument's list does not have")
            if question.cascade is not None:
                _check_cascade(place.at("cascade"), question, known, placed)


def _once(reading: Reading, name: object, key: object, seen: set[object]) -> None:
    if name and key in seen:
        reading.note(f"{name!r} is there twice; each must have its own")
    seen.add(key)


def _check_cascade(reading: Reading, question: Question, known: Mapping[str, Question], placed: set[str]) -> None:
    cascade = question.cascade
    if cascade is None:
        return
    source = known.get(cascade.depends_on)
    if source is None:
        reading.at("depends_on").note(f"names question {cascade.depends_on!r}, which does not exist")
    elif question.id not in placed and all(each in known for each in _chain(question, known)):
        reading.at("depends_on").note("leads back to this question; a cascade must end somewhere")
    elif cascade.when is When.ITEM_MISSING and not any(rule.items for rule in source.methods):
        reading.at("when").note(f"is item_missing, but question {source.id} lists no items")


def _chain(question: Question, known: Mapping[str, Question]) -> tuple[str, ...]:
    """The ids that a question leans on, one after the other, until the end or the first repetition."""
    chain: list[str] = []
    cascade = question.cascade
    while cascade is not None and cascade.depends_on not in chain:
        chain.append(cascade.depends_on)
        source = known.get(cascade.depends_on)
        cascade = source.cascade if source is not None else None
    return tuple(chain)
