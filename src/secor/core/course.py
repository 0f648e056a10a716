"""An online course: lessons, their questions, and what somebody's answers come to. Pure and exact.

A lesson is passed once the share of its questions answered rightly reaches the course's pass mark. What was right
stays right; what was wrong is explained and asked again, its choices in another order. The course is passed once every
lesson is. What was right at the first try is counted apart: it says more about what somebody knew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from secor.core.reading import Reading
from secor.core.sourced import Sourced, read_sourced

KEY_SIGNS = 10
QUESTIONS = 3
PARAGRAPHS = range(3, 7)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from. Its key tells nobody which one is right."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class LessonQuestion:
    """A question at the end of a lesson: one right choice, wrong ones, and a sentence that explains."""

    key: str
    text: str
    right: Choice
    wrong: tuple[Choice, ...]
    why: str

    def shown(self, *, nth: int) -> tuple[Choice, ...]:
        """The choices in the order of the ``nth`` try: another one each time, and the same for everybody."""
        return tuple(sorted((self.right, *self.wrong), key=lambda each: _digest(f"{self.key} {nth} {each.key}")))

    def has(self, choice: str) -> bool:
        """Tell whether a choice of that key is one of these."""
        return any(each.key == choice for each in (self.right, *self.wrong))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: what to read, what to try, and what is asked. ``elements`` are those of the instrument."""

    key: str
    title: str
    elements: tuple[int, ...]
    text: tuple[str, ...]
    try_it: str
    questions: tuple[LessonQuestion, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A course to take online. ``proves`` is the course, as rules name it, that passing it stands for."""

    key: str
    title: str
    proves: str
    written_on: date
    minutes: int
    pass_mark: Sourced[Fraction]
    lessons: tuple[Lesson, ...]

    def lesson(self, key: str) -> Lesson | None:
        """The lesson of that key."""
        return next((each for each in self.lessons if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody answered in one lesson: how often, first, and last; each by the question's key."""

    tries: int = 0
    first: Mapping[str, str] | None = None
    now: Mapping[str, str] | None = None


UNTRIED = Tried()


def right_in(lesson: Lesson, answers: Mapping[str, str] | None) -> frozenset[str]:
    """The keys of the questions that ``answers`` answer rightly; answers to other questions are nothing."""
    given = answers or {}
    return frozenset(each.key for each in lesson.questions if given.get(each.key) == each.right.key)


def passed(course: Course, lesson: Lesson, tried: Tried) -> bool:
    """Tell whether the last answers reach the pass mark; exactly at the mark is enough."""
    return Fraction(len(right_in(lesson, tried.now)), len(lesson.questions)) >= course.pass_mark.value


def answered(lesson: Lesson, tried: Tried, given: Mapping[str, str]) -> Tried:
    """One more try: what was right stays as it is, everything else takes what is ``given`` now."""
    kept = {key: choice for key, choice in (tried.now or {}).items() if key in right_in(lesson, tried.now)}
    taken = {each.key: given[each.key] for each in lesson.questions if each.key in given}
    now = {**taken, **kept}
    return Tried(tried.tries + 1, now if tried.first is None else tried.first, now)


def to_ask(lesson: Lesson, tried: Tried) -> tuple[LessonQuestion, ...]:
    """The questions of a lesson that are not answered rightly yet."""
    known = right_in(lesson, tried.now)
    return tuple(each for each in lesson.questions if each.key not in known)


def next_lesson(course: Course, tries: Mapping[str, Tried]) -> Lesson | None:
    """The first lesson that is not passed; None once all are."""
    return next((each for each in course.lessons if not passed(course, each, tries.get(each.key, UNTRIED))), None)


def done(course: Course, tries: Mapping[str, Tried]) -> int:
    """How many lessons are passed."""
    return sum(passed(course, each, tries.get(each.key, UNTRIED)) for each in course.lessons)


@dataclass(frozen=True, slots=True)
class FirstTry:
    """How many questions were answered rightly at the first try, of how many."""

    right: int
    of: int

    @property
    def share(self) -> Fraction:
        """The exact share."""
        return Fraction(self.right, self.of)


def first_try(course: Course, tries: Mapping[str, Tried]) -> FirstTry:
    """What the first answers to every lesson come to; a lesson not tried has none."""
    right = sum(len(right_in(each, tries.get(each.key, UNTRIED).first)) for each in course.lessons)
    return FirstTry(right, sum(len(each.questions) for each in course.lessons))


def initialled(name: str) -> str:
    """A name as strangers may read it: the first name, and the first letter of the last one."""
    words = name.split()
    return " ".join(words) if len(words) < 2 else f"{words[0]} {words[-1][0]}."  # noqa: PLR2004 - a first and a last name


def read_course(reading: Reading, value: Any) -> Course | None:
    """Read a course file, or note every problem with its place."""
    given = reading.mapping(
        value, required=("course", "title", "proves", "written_on", "minutes", "pass_mark", "lessons")
    )
    if given is None:
        return None
    mark = read_sourced(reading.at("pass_mark"), given.get("pass_mark"), lambda place, each: place.share(each))
    written = reading.at("written_on").day(given.get("written_on"))
    minutes = reading.at("minutes").whole(given.get("minutes"), at_least=1)
    items = reading.at("lessons").items(given.get("lessons", []))
    lessons = tuple(each for each in (_read_lesson(place, item) for place, item in items) if each is not None)
    if not items:
        reading.at("lessons").note("needs at least one lesson")
    _note_twice(reading.at("lessons"), [each.key for each in lessons])
    course = Course(
        key=reading.text_at(given, "course"),
        title=reading.text_at(given, "title"),
        proves=reading.text_at(given, "proves"),
        written_on=written or date.min,
        minutes=minutes or 1,
        pass_mark=mark[0] if mark else Sourced(Fraction(1), ""),
        lessons=lessons,
    )
    return None if reading.problems else course


def _read_lesson(reading: Reading, value: Any) -> Lesson | None:
    given = reading.mapping(value, required=("lesson", "title", "elements", "text", "try_it", "questions"))
    if given is None:
        return None
    elements = [place.whole(item, at_least=1) for place, item in reading.at("elements").items(given.get("elements"))]
    text = reading.texts_at(given, "text")
    if len(text) not in PARAGRAPHS:
        reading.at("text").note(f"needs {PARAGRAPHS[0]} to {PARAGRAPHS[-1]} paragraphs, not {len(text)}")
    items = reading.at("questions").items(given.get("questions"))
    asked = tuple(each for each in (_read_question(place, item) for place, item in items) if each is not None)
    if len(items) != QUESTIONS:
        reading.at("questions").note(f"needs {QUESTIONS} questions, not {len(items)}")
    _note_twice(reading.at("questions"), [each.key for each in asked])
    return Lesson(
        key=reading.text_at(given, "lesson"),
        title=reading.text_at(given, "title"),
        elements=tuple(each for each in elements if each is not None),
        text=tuple(" ".join(each.split()) for each in text),
        try_it=reading.text_at(given, "try_it"),
        questions=asked,
    )


def _read_question(reading: Reading, value: Any) -> LessonQuestion | None:
    given = reading.mapping(value, required=("question", "text", "right", "wrong", "why"))
    if given is None:
        return None
    key = reading.text_at(given, "question")
    right, wrong = reading.text_at(given, "right"), reading.texts_at(given, "wrong")
    if not wrong:
        reading.at("wrong").note("needs at least one wrong choice")
    _note_twice(reading.at("wrong"), [right, *wrong])
    return LessonQuestion(
        key=key,
        text=reading.text_at(given, "text"),
        right=_choice(key, right),
        wrong=tuple(_choice(key, each) for each in wrong),
        why=reading.text_at(given, "why"),
    )


def _choice(question: str, text: str) -> Choice:
    return Choice(_digest(f"{question} {text}")[:KEY_SIGNS], text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _note_twice(reading: Reading, keys: Sequence[str]) -> None:
    for key in sorted({key for nth, key in enumerate(keys) if key in keys[:nth]}):
        reading.note(f"{key!r} is there twice")
