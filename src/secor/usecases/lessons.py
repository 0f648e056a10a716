"""An online course: begun, answered lesson by lesson, and finished with a certificate and a proof."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from secor.core import course as rules
from secor.core.anniversary import add_months
from secor.core.course import Course, Lesson
from secor.core.role import EMPLOYER_SIDE
from secor.core.rules import Online
from secor.core.scheme import Rules
from secor.queries import lessons as asked
from secor.queries.employers import membership_of, rules_of
from secor.store.code import new_code, new_secret
from secor.store.models import CourseProof, CourseTaken, Employer, Person, Role, Worker
from secor.store.scope import house
from secor.usecases.act import Act, Refusal

NAME_MOST = 120
_HELD = house("an act holds a course of its own employer")


class NotYours(Refusal):
    """Somebody who does not work there, or a course that a colleague takes."""


class Unanswered(Refusal):
    """A question without an answer; ``questions`` are the keys of those."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        super().__init__("Choose one answer for each question, then send them again.")
        self.questions = questions


class Stale(Refusal):
    """The lesson was answered since, on another device or in another window."""


class NotYet(Refusal):
    """A lesson before this one is still to be passed."""


class Finished(Refusal):
    """The course is finished, so nothing in it changes any more."""


class Nameless(Refusal):
    """A certificate wants a name."""


class NotSaid(Refusal):
    """Nobody has said that they took the course themselves."""


@transaction.atomic
def begin(act: Act, *, employer: Employer, course: Course) -> CourseTaken:
    """Begin a course; who is in the middle of it goes on where they stopped.

    Who has finished it may take it again. Refuses ``NotYours``, whoever has no role in the business today.
    """
    person = _one_of_them(act, employer)
    Employer.objects.within(_HELD).select_for_update().get(pk=employer.pk)
    rows = CourseTaken.objects.within(_HELD).filter(employer=employer, person=person, course=course.key)
    row = rows.filter(finished_on__isnull=True).first()
    if row is not None:
        return row
    row = CourseTaken(employer=employer, person=person, course=course.key, begun_at=act.at)
    row.save(force_insert=True)
    act.enter("lesson.begun", employer=employer, subject=row.code, course=course.key)
    return row


@transaction.atomic
def answer(act: Act, *, taken: CourseTaken, lesson: Lesson, nth: int, given: Mapping[str, str]) -> CourseTaken:
    """Answer the questions of a lesson that are not answered rightly yet: its ``nth`` try.

    ``given`` is a choice's key by the question's key. A lesson that is passed stays passed. Refuses ``NotYours``,
    ``Finished``, ``NotYet`` (an earlier lesson comes first), ``Stale`` (another try came before) and ``Unanswered``.
    """
    course, row = _held(act, taken)
    now = asked.of_row(course, row)
    if now.passed(lesson):
        return row
    _in_turn(now, lesson)
    before = now.of(lesson)
    if nth != before.tries + 1:
        raise Stale("This lesson was answered in the meantime. Read what is asked now, and answer that.")
    open_now = rules.to_ask(lesson, before)
    missing = tuple(each.key for each in open_now if not each.has(given.get(each.key, "")))
    if missing:
        raise Unanswered(missing)
    after = rules.answered(lesson, before, {each.key: given[each.key] for each in open_now})
    row.tries = asked.kept({**now.tries, lesson.key: after})
    row.save(update_fields=["tries"])
    passed = rules.passed(course, lesson, after)
    act.enter("lesson.answered", employer=row.employer_id, subject=row.code, lesson=lesson.key, nth=nth, passed=passed)
    return row


@transaction.atomic
def finish(act: Act, *, taken: CourseTaken, name: str, myself: bool) -> CourseTaken:
    """Finish a course that is passed in every lesson: a certificate with an address where it is checked, and a proof.

    ``name`` stands on the certificate; ``myself`` is the person's word that they answered by themselves. Where the
    partner's rules name the course, a proof comes of it: it counts at once where the rules say so, and otherwise once
    a registrar has looked at it. Finishing twice is one act. Refuses ``NotYours``, ``NotYet``, ``Nameless`` and
    ``NotSaid``.
    """
    course, row = _held(act, taken, finished=True)
    if row.finished_on is not None:
        return row
    now = asked.of_row(course, row)
    if now.next is not None:
        raise NotYet(f"One lesson is still to be passed: {now.next.title}. Go on there.")
    written = " ".join(name.replace("\0", "").split())
    if not written or len(written) > NAME_MOST:
        raise Nameless(f"Write your first and last name, up to {NAME_MOST} signs.")
    if not myself:
        raise NotSaid("Say that you answered the questions yourself. If somebody else did, they take the course.")
    first = rules.first_try(course, now.tries)
    row.finished_on, row.written_on, row.title = act.on, course.written_on, course.title
    row.holder_name, row.right, row.of, row.secret = written, first.right, first.of, new_secret()
    row.proof = _proof(act, row, course, rules_of(row.employer, on=act.on))
    row.save()
    membership = membership_of(row.employer)
    act.enter(
        "lesson.finished",
        employer=row.employer_id,
        partner=membership.partner_id if membership else None,
        subject=row.proof.code if row.proof else row.code,
        course=course.key,
        right=first.right,
        of=first.of,
        to_check=row.proof is not None and row.proof.accepted is None,
    )
    return row


def _proof(act: Act, row: CourseTaken, course: Course, under: Rules) -> CourseProof | None:
    """The proof that comes of a finished course, where the partner takes it."""
    use = asked.use_of(course, under)
    if use is Online.NOT_TAKEN or under.training is None:
        return None
    months = under.training.valid_months
    proof = CourseProof(
        code=new_code(),
        employer=row.employer,
        course=course.proves,
        holder_name=row.holder_name,
        holder=row.person,
        worker=Worker.objects.within(_HELD).filter(employer=row.employer, person=row.person).first(),
        taken_on=act.on,
        valid_until=add_months(act.on, months) if months else None,
    )
    if use is Online.COUNTS:
        proof.accepted, proof.checked_on = True, act.on
    proof.save(force_insert=True)
    return proof


def _in_turn(now: asked.Learning, lesson: Lesson) -> None:
    first = now.next
    order = [each.key for each in now.course.lessons]
    if first is not None and order.index(lesson.key) > order.index(first.key):
        raise NotYet(f"This lesson comes later. Go on with: {first.title}.")


def _held(act: Act, taken: CourseTaken, *, finished: bool = False) -> tuple[Course, CourseTaken]:
    """Take the row until the transaction ends, for the person whose course it is."""
    rows = CourseTaken.objects.within(_HELD).select_for_update(of=("self",)).select_related("employer", "person")
    row = rows.get(pk=taken.pk)
    person = _one_of_them(act, row.employer)
    if row.person_id != person.pk:
        raise NotYours("This is a colleague's course. Begin your own.")
    if row.finished_on is not None and not finished:
        raise Finished("You have finished this course. Begin it again if you want to take it once more.")
    course = asked.course_of(row.course)
    if course is None:
        raise Finished("This course is no longer taught here. Take another one.")
    return course, row


def _one_of_them(act: Act, employer: Employer) -> Person:
    """Give the person who acts, when they have a role in the business today."""
    if act.by is not None:
        held = Role.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=act.on),
            person_id=act.by.pk,
            from_on__lte=act.on,
            employer_id=employer.pk,
            kind__in=EMPLOYER_SIDE,
        )
        if held.exists():
            return act.by
    raise NotYours("Only people of this business take a course here. Ask the owner to invite you.")
