"""An online course: grading in exact fractions, what comes next, and reading its file."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from secor.core.course import (
    Course,
    Tried,
    answered,
    done,
    first_try,
    initialled,
    next_lesson,
    passed,
    read_course,
    right_in,
    to_ask,
)
from secor.core.reading import Reading


def question(key, **more):
    return {
        "question": key,
        "text": f"{key}?",
        "right": "Yes, it is",
        "wrong": ["Never", "At noon"],
        "why": "So.",
        **more,
    }


def lesson(key, **more):
    asked = [question(each) for each in ("one", "two", "three")]
    told = {"title": key, "elements": [1], "text": ["a", "b", "c"], "try_it": "Try.", "questions": asked}
    return {"lesson": key, **told, **more}


def written(**more):
    mark = {"value": "80 %", "source": "ours", "open_question": "course_mark"}
    told = {"title": "A course", "proves": "a-course", "written_on": "2026-11-24", "minutes": 20, "pass_mark": mark}
    return {"course": "a", **told, "lessons": [lesson("first"), lesson("second")], **more}


def course(mark="80 %") -> Course:
    found = read_course(Reading(), written(pass_mark={"value": mark, "source": "ours"}))
    assert found is not None
    return found


def right(each):
    return {asked.key: asked.right.key for asked in each.questions}


def slip(each, *keys):
    return right(each) | {asked.key: asked.wrong[0].key for asked in each.questions if asked.key in keys}


def test_a_course_reads_with_its_mark_and_lessons():
    found = read_course(Reading(), written())

    assert found is not None
    assert (found.pass_mark.value, found.pass_mark.ours) == (Fraction(4, 5), True)
    assert [each.key for each in found.lessons] == ["first", "second"]
    assert found.written_on == date(2026, 11, 24)
    assert found.lesson("second") is found.lessons[1]
    assert found.lesson("third") is None


@pytest.mark.parametrize(
    ("mark", "wrong", "reached"),
    [
        ("80 %", (), True),
        ("80 %", ("one",), False),
        ("66.7 %", ("one",), False),
        ("66.6 %", ("one",), True),
        ("100 %", (), True),
        ("0 %", ("one", "two", "three"), True),
    ],
)
def test_a_lesson_is_passed_at_the_mark_and_not_below(mark, wrong, reached):
    of = course(mark)

    assert passed(of, of.lessons[0], Tried(1, now=slip(of.lessons[0], *wrong))) is reached


def test_the_mark_itself_is_enough():
    of = course()
    of = replace(of, pass_mark=replace(of.pass_mark, value=Fraction(2, 3)))

    assert passed(of, of.lessons[0], Tried(1, now=slip(of.lessons[0], "two")))


def test_what_was_right_stays_and_what_was_wrong_is_asked_again():
    of = course()
    first = of.lessons[0]

    once = answered(first, Tried(), slip(first, "two"))
    assert [each.key for each in to_ask(first, once)] == ["two"]
    twice = answered(first, once, slip(first, "one") | {"two": right(first)["two"]})

    assert (once.tries, twice.tries) == (1, 2)
    assert right_in(first, twice.now) == {"one", "two", "three"}
    assert to_ask(first, twice) == ()
    assert twice.first == once.now, "the first try is what it was"


def test_an_answer_to_no_question_of_the_lesson_is_nothing():
    of = course()

    told = answered(of.lessons[0], Tried(), {"nine": "x", "one": "nonsense"})

    assert told.now == {"one": "nonsense"}
    assert right_in(of.lessons[0], told.now) == frozenset()


def test_the_next_lesson_is_the_first_that_is_not_passed():
    of = course()
    first, second = of.lessons
    passed_first = {"first": Tried(1, now=right(first))}

    assert next_lesson(of, {}) is first
    assert next_lesson(of, passed_first) is second
    assert next_lesson(of, {"second": Tried(1, now=right(second))}) is first
    assert next_lesson(of, {**passed_first, "second": Tried(1, now=right(second))}) is None
    assert (done(of, {}), done(of, passed_first)) == (0, 1)


def test_the_first_try_is_counted_exactly_and_apart():
    of = course()
    first = of.lessons[0]
    tried = answered(first, answered(first, Tried(), slip(first, "one")), right(first))

    told = first_try(of, {"first": tried})

    assert (told.right, told.of, told.share) == (2, 6, Fraction(1, 3))


def test_choices_stand_in_another_order_at_another_try_and_are_always_all_there():
    asked = course().lessons[0].questions[0]

    orders = {tuple(each.key for each in asked.shown(nth=nth)) for nth in range(12)}

    assert len(orders) > 1
    assert all(set(order) == {asked.right.key, *(each.key for each in asked.wrong)} for order in orders)
    assert asked.shown(nth=3) == asked.shown(nth=3)
    assert asked.has(asked.wrong[1].key)
    assert not asked.has("0" * 10)


@pytest.mark.parametrize(
    ("name", "told"),
    [("Rosa Maria Kowalchuk", "Rosa K."), ("Rosa", "Rosa"), ("  Rosa   Roy ", "Rosa R."), ("", "")],
)
def test_strangers_read_a_first_name_and_a_letter(name, told):
    assert initialled(name) == told


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"lessons": []}, "lessons"),
        ({"lessons": [lesson("a"), lesson("a")]}, "lessons"),
        ({"lessons": [lesson("a", text=["too short"])]}, "lessons.1.text"),
        ({"lessons": [lesson("a", text=["x"] * 7)]}, "lessons.1.text"),
        ({"lessons": [lesson("a", questions=[question("one")])]}, "lessons.1.questions"),
        ({"lessons": [lesson("a", questions=[question("one")] * 3)]}, "lessons.1.questions"),
        ({"lessons": [lesson("a", questions=[question(k, wrong=[]) for k in "abc"])]}, "lessons.1.questions.1.wrong"),
        (
            {"lessons": [lesson("a", questions=[question(k, wrong=["Yes, it is"]) for k in "abc"])]},
            "lessons.1.questions.1.wrong",
        ),
        ({"lessons": [lesson("a", elements=[0])]}, "lessons.1.elements.1"),
        ({"minutes": 0}, "minutes"),
        ({"written_on": "soon"}, "written_on"),
        ({"pass_mark": {"value": "120 %", "source": "ours"}}, "pass_mark.value"),
        ({"more": 1}, "more"),
    ],
)
def test_a_course_with_a_slip_tells_its_place(more, place):
    reading = Reading()

    assert read_course(reading, written(**more)) is None
    assert place in {each.place for each in reading.problems}
