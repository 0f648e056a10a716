"""Courses taken online: how far somebody has come, and the certificates of those who finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from secor.core import course as rules
from secor.core.course import Course, Lesson, Tried
from secor.core.rules import Online
from secor.core.scheme import Rules
from secor.queries import library
from secor.queries.people import Person
from secor.store.models import CourseProof, CourseTaken, Employer
from secor.store.scope import Scope, house

__all__ = ["Course", "CourseTaken", "Lesson", "Online", "Tried"]

_ASKED = house("the courses taken at an employer that was itself reached")


@dataclass(frozen=True, slots=True)
class Learning:
    """One person's way through one course. ``taken`` is None before they have begun."""

    course: Course
    taken: CourseTaken | None
    tries: Mapping[str, Tried]

    @property
    def next(self) -> Lesson | None:
        """The lesson they go on with; None once all are passed."""
        return rules.next_lesson(self.course, self.tries)

    @property
    def done(self) -> int:
        """How many lessons they have passed."""
        return rules.done(self.course, self.tries)

    @property
    def finished(self) -> bool:
        """Whether they have finished it."""
        return self.taken is not None and self.taken.finished_on is not None

    def of(self, lesson: Lesson) -> Tried:
        """What they answered in a lesson."""
        return self.tries.get(lesson.key, rules.UNTRIED)

    def passed(self, lesson: Lesson) -> bool:
        """Whether they have passed a lesson."""
        return rules.passed(self.course, lesson, self.of(lesson))


def course_of(key: str) -> Course | None:
    """The library's course of that key."""
    return library.courses().get(key)


def learning(employer: Employer, *, person: Person, course: Course) -> Learning:
    """How far a person of the business has come: what is under way, else what they finished last."""
    rows = CourseTaken.objects.within(_ASKED).filter(employer=employer, person=person, course=course.key)
    ordered = rows.select_related("employer", "person", "proof").order_by("-pk")
    return of_row(course, ordered.first())


def of_row(course: Course, taken: CourseTaken | None) -> Learning:
    """How far a row has come."""
    return Learning(course, taken, {} if taken is None else tried(taken.tries))


def tried(kept: Mapping[str, Any]) -> dict[str, Tried]:
    """What a row keeps of each lesson, read back."""
    return {lesson: Tried(each["tries"], each["first"], each["now"]) for lesson, each in kept.items()}


def kept(tries: Mapping[str, Tried]) -> dict[str, Any]:
    """What a row keeps of each lesson."""
    return {lesson: {"tries": each.tries, "first": each.first, "now": each.now} for lesson, each in tries.items()}


def learnings(employer: Employer, *, person: Person) -> tuple[Learning, ...]:
    """How far a person of the business has come in each course of the library."""
    return tuple(learning(employer, person=person, course=each) for each in library.courses().values())


def colleagues(employer: Employer, *, person: Person) -> tuple[Learning, ...]:
    """How far everybody else at the business has come, the newest first. What they answered is theirs alone."""
    rows = CourseTaken.objects.within(_ASKED).filter(employer=employer).exclude(person=person)
    courses = library.courses()
    found = rows.select_related("person").order_by("-pk")
    return tuple(of_row(courses[row.course], row) for row in found if row.course in courses)


def use_of(course: Course, under: Rules) -> Online:
    """What the certifying partner does with the course: one that its rules do not name, it does not take."""
    training = under.training
    return training.online if training is not None and course.proves in training.any_of else Online.NOT_TAKEN


def finished(code: str, *, scope: Scope, person: Person) -> CourseTaken | None:
    """The finished course of that code, for whoever took it, the owners there, and the partner that has its proof."""
    rows = CourseTaken.objects.within(scope).filter(code=code, finished_on__isnull=False)
    row = rows.select_related("employer", "person").first()
    if row is None:
        return None
    by_partner = bool(scope.partners) and row.proof_id is not None
    return row if row.person_id == person.pk or row.employer_id in scope.owned or by_partner else None


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody with the address of a course certificate is told: which course, whose, and when."""

    course: str
    name: str
    finished_on: date


def checked(secret: str) -> Checked | None:
    """The finished course behind an address, with the first name and one letter of who took it."""
    everybody = house("whoever was handed a course certificate checks it by its secret")
    row = CourseTaken.objects.within(everybody).filter(secret=secret, finished_on__isnull=False).first()
    if row is None or row.finished_on is None:
        return None
    return Checked(row.title, rules.initialled(row.holder_name), row.finished_on)


def of_proof(proof: CourseProof) -> CourseTaken | None:
    """The online course that a proof came of."""
    return CourseTaken.objects.within(_ASKED).filter(proof=proof).first()


def share_of(row: CourseTaken) -> Fraction | None:
    """The exact share that was right at the first try."""
    return Fraction(row.right, row.of) if row.right is not None and row.of else None
