"""The online course: its lessons, the questions after each, and the end. Works without a script, on a phone first."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BooleanField, Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.course import Choice, LessonQuestion, to_ask
from secor.queries import employers
from secor.queries import lessons as asked
from secor.queries.courses import name_of
from secor.queries.lessons import Course, Learning, Lesson
from secor.usecases import lessons as usecase
from secor.usecases.act import Refusal
from secor.usecases.lessons import NAME_MOST, Unanswered
from secor.web.door import door
from secor.web.employer.desk import OPENS_ALL, REFUSED, Place, done, reached, show
from secor.web.employer.forms import text_field
from secor.web.http import SignedIn


class FinishForm(Form):
    """What stands on the certificate."""

    name = text_field("Your first and last name", NAME_MOST, fill="name", missing="Write your name.")
    myself = BooleanField(
        label="I read the lessons and answered the questions myself",
        error_messages={"required": "Say so, if it is so. If somebody else answered, they take the course."},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson in the list: its number, its state (done, now, later) and where it is read."""

    number: int
    lesson: Lesson
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a page asks it: its choices in order, what is chosen now, what was wrong at the last try."""

    question: LessonQuestion
    choices: tuple[Choice, ...]
    chosen: str
    missed: str
    missing: bool


@door(*OPENS_ALL)
def course(request: SignedIn, code: str, course: str) -> HttpResponse:
    """Show a course, how far one has come, and the way on; begin it."""
    place, now = _reached(request, code, course)
    if request.method == "POST":
        usecase.begin(request.act, employer=place.employer, course=now.course)
        first = asked.learning(place.employer, person=request.user, course=now.course).next
        return redirect(_lesson(place, now.course, first) if first else _address(place, now.course))
    under = employers.rules_of(place.employer, on=request.on)
    training = under.training
    page = {
        **_around(place, now),
        "use": asked.use_of(now.course, under).value,
        "wanted": " or ".join(name_of(each) for each in training.any_of) if training else "",
        "share": asked.share_of(now.taken) if now.taken else None,
        "finish_here": reverse("employer:lesson_finish", args=[code, course]),
    }
    return show(request, place, "course", page)


@door(*OPENS_ALL)
def lesson(request: SignedIn, code: str, course: str, lesson: str) -> HttpResponse:
    """Show one lesson, take the answers to its questions, and explain what was wrong."""
    place, now = _reached(request, code, course)
    found = now.course.lesson(lesson)
    if found is None or now.taken is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _answer(request, now, found)
        except Refusal as refused:
            refusal = refused
        else:
            return _after(place, asked.learning(place.employer, person=request.user, course=now.course), found)
    page = _page(request, place, now, found, refusal)
    answer = show(request, place, "lesson", page)
    answer.status_code = REFUSED if refusal else answer.status_code
    return answer


@door(*OPENS_ALL)
def finish(request: SignedIn, code: str, course: str) -> HttpResponse:
    """Ask for the name on the certificate, and finish."""
    place, now = _reached(request, code, course)
    if now.taken is None:
        raise Http404
    if now.finished or now.next is not None:
        return redirect(_address(place, now.course))
    taken = now.taken
    form = FinishForm(request.POST if request.method == "POST" else None, initial={"name": request.user.name})

    def act() -> None:
        given = form.cleaned_data
        usecase.finish(request.act, taken=taken, name=given["name"], myself=given["myself"])

    if done(form, act):
        messages.success(request, "You have finished the course. Your certificate is below.")
        return redirect(_address(place, now.course))
    return show(request, place, "lesson_finish", {**_around(place, now), "form": form}, form)


def _reached(request: SignedIn, code: str, key: str) -> tuple[Place, Learning]:
    place = reached(request, code, anybody=True)
    found = asked.course_of(key)
    if found is None:
        raise Http404
    return place, asked.learning(place.employer, person=request.user, course=found)


def _answer(request: SignedIn, now: Learning, lesson: Lesson) -> None:
    assert now.taken is not None, "a lesson is shown once the course has begun"
    nth = request.POST.get("nth", "")
    given = {each.key: request.POST.get(each.key, "") for each in lesson.questions}
    counted = int(nth) if nth.isascii() and nth.isdigit() and len(nth) < 5 else 0  # noqa: PLR2004 - tries
    usecase.answer(request.act, taken=now.taken, lesson=lesson, nth=counted, given=given)


def _after(place: Place, now: Learning, lesson: Lesson) -> HttpResponse:
    """Where an answered lesson leads: on to the next one, or back to what was wrong in it."""
    if not now.passed(lesson):
        return redirect(f"{_lesson(place, now.course, lesson)}#questions")
    if now.next is None:
        return redirect("employer:lesson_finish", place.employer.code, now.course.key)
    return redirect(f"{_lesson(place, now.course, lesson)}#questions")


def _page(request: SignedIn, place: Place, now: Learning, lesson: Lesson, refusal: Refusal | None) -> dict[str, object]:
    tried, passed = now.of(lesson), now.passed(lesson)
    last = tried.now or {}
    missing = refusal.questions if isinstance(refusal, Unanswered) else ()
    open_now = () if passed else to_ask(lesson, tried)
    known = tuple(each for each in lesson.questions if each not in open_now)
    following = now.next
    return {
        **_around(place, now),
        "lesson": lesson,
        "number": now.course.lessons.index(lesson) + 1,
        "passed": passed,
        "nth": tried.tries + 1,
        "known": known,
        "asked": [
            Asked(
                each,
                each.shown(nth=tried.tries + 1),
                request.POST.get(each.key, ""),
                missed=next((choice.text for choice in each.wrong if choice.key == last.get(each.key)), ""),
                missing=each.key in missing,
            )
            for each in open_now
        ],
        "later": not passed and following is not None and following != lesson,
        "refusal": refusal,
        "onward": _lesson(place, now.course, following) if following else "",
        "ending": reverse("employer:lesson_finish", args=[place.employer.code, now.course.key]),
    }


def _around(place: Place, now: Learning) -> dict[str, object]:
    """What every page of a course shows: its lessons, and how far one has come."""
    following = now.next
    lines = [
        Line(
            nth,
            each,
            "done" if now.passed(each) else "now" if each == following else "later",
            _lesson(place, now.course, each),
        )
        for nth, each in enumerate(now.course.lessons, start=1)
    ]
    return {
        "frame": "employer/frame.html" if place.answers else "base.html",
        "course": now.course,
        "learning": now,
        "lines": lines,
        "course_here": _address(place, now.course),
        "resume": _lesson(place, now.course, following) if following else "",
    }


def _address(place: Place, course: Course) -> str:
    return reverse("employer:lessons", args=[place.employer.code, course.key])


def _lesson(place: Place, course: Course, lesson: Lesson) -> str:
    return reverse("employer:lesson", args=[place.employer.code, course.key, lesson.key])
