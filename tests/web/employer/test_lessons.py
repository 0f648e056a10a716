"""The online course on its pages, as somebody takes it on a phone without a script."""

import re

import pytest
from django.urls import reverse

from cast import signed_in
from estates import took
from secor.queries import library
from secor.store.models import CourseProof, CourseTaken
from secor.store.scope import house
from secor.web import clock

ALL = house("this test")
COURSE = library.courses()["program-building"]
FIRST, SECOND = COURSE.lessons[:2]

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


@pytest.fixture
def to(stage):
    code = stage.roofing.code
    return lambda name, *more: reverse(f"employer:{name}", args=[code, COURSE.key, *more])


def right(lesson):
    return {each.key: each.right.key for each in lesson.questions}


def test_a_course_from_its_beginning_to_its_certificate(rosa, stage, at, to, client):
    assert "Begin" in said(rosa.get(to("lessons")))
    answer = rosa.post(to("lessons"))
    assert answer.headers["Location"] == to("lesson", FIRST.key)

    for nth, each in enumerate(COURSE.lessons, start=1):
        page = said(rosa.get(to("lesson", each.key)))
        assert f"Lesson {nth} of 8" in page
        assert f"{nth - 1} of 8 lessons passed" in page
        answer = rosa.post(to("lesson", each.key), {"nth": "1", **right(each)})
        assert answer.status_code == 302
    assert answer.headers["Location"] == to("lesson_finish")

    answer = rosa.post(to("lesson_finish"), {"name": "Rosa Kowalchuk", "myself": "on"})
    assert answer.headers["Location"] == to("lessons")
    row = CourseTaken.objects.within(ALL).get()
    page = said(rosa.get(to("lessons")))
    assert "24 of 24" in page
    assert row.secret in page
    assert "Being checked" in said(rosa.get(at("courses")))
    paper = rosa.get(reverse("papers:course", args=[row.code]))
    assert (paper.status_code, paper.headers["Content-Type"]) == (200, "application/pdf")
    proof = CourseProof.objects.within(ALL).get()
    checked = said(signed_in(client, stage.pat).get(reverse("partner:proof", args=[proof.code])))
    assert "24 of 24 answers were right at the first try" in checked


def test_a_wrong_answer_is_explained_and_asked_again_and_the_right_ones_are_not(rosa, to):
    rosa.post(to("lessons"))
    asked = FIRST.questions[1]

    answer = rosa.post(to("lesson", FIRST.key), {"nth": "1", **right(FIRST), asked.key: asked.wrong[0].key})
    page = said(rosa.get(answer.headers["Location"]))

    assert f"Not right: {asked.wrong[0].text}" in page
    assert set(re.findall(r'type="radio"[^>]*name="([^"]+)"', page)) == {asked.key}
    assert "checked" not in page
    rosa.post(to("lesson", FIRST.key), {"nth": "2", asked.key: asked.right.key})
    assert "Next lesson" in said(rosa.get(to("lesson", FIRST.key)))
    assert "Go on: " + SECOND.title in said(rosa.get(to("lessons")))


def test_a_question_left_out_is_named_and_what_was_chosen_stays(rosa, to):
    rosa.post(to("lessons"))
    one = FIRST.questions[0]

    answer = rosa.post(to("lesson", FIRST.key), {"nth": "1", one.key: one.wrong[1].key})

    page = said(answer)
    assert answer.status_code == 422
    assert re.search(rf'value="{one.wrong[1].key}" checked', page)
    assert [f'href="#q-{each.key}"' in page for each in FIRST.questions] == [False, True, True]
    assert CourseTaken.objects.within(ALL).get().tries == {}


def test_a_page_of_yesterday_is_told_to_read_again(rosa, to):
    rosa.post(to("lessons"))
    asked = FIRST.questions[0]
    slip = {**right(FIRST), asked.key: asked.wrong[0].key}
    rosa.post(to("lesson", FIRST.key), {"nth": "1", **slip})

    answer = rosa.post(to("lesson", FIRST.key), {"nth": "1", **slip})

    assert answer.status_code == 422
    assert "in the meantime" in said(answer)


def test_a_lesson_that_comes_later_can_be_read_and_not_answered(rosa, to):
    assert rosa.get(to("lesson", FIRST.key)).status_code == 404, "first the course is begun"
    rosa.post(to("lessons"))

    page = said(rosa.get(to("lesson", SECOND.key)))

    assert "come later" in page
    assert 'type="radio"' not in page
    assert rosa.post(to("lesson", SECOND.key), {"nth": "1", **right(SECOND)}).status_code == 422
    assert rosa.get(to("lesson", "nonsense")).status_code == 404
    assert rosa.get(to("lesson_finish")).headers["Location"] == to("lessons")


def test_a_finish_with_a_slip_is_asked_again(rosa, stage, to):
    rosa.post(to("lessons"))
    for each in COURSE.lessons:
        rosa.post(to("lesson", each.key), {"nth": "1", **right(each)})

    answer = rosa.post(to("lesson_finish"), {"name": " "})

    assert answer.status_code == 422
    assert "Write your name." in said(answer)
    assert "Say so, if it is so." in said(answer)


def test_a_worker_takes_the_course_too_and_their_owner_sees_how_far_they_are(client, stage, at, to):
    wes = signed_in(client, stage.wes)
    wes.post(to("lessons"))
    wes.post(to("lesson", FIRST.key), {"nth": "1", **right(FIRST)})
    assert "1 of 8 lessons passed" in said(wes.get(to("lessons")))

    rosa = signed_in(client, stage.rosa)
    page = said(rosa.get(at("courses")))

    assert "Wes" in page
    assert "1 of 8 lessons" in page
    assert "0 of 8 lessons passed" in said(rosa.get(to("lessons"))), "and her own is her own"


@pytest.mark.parametrize(
    ("who", "status"),
    [("wes", 200), ("rosa", 200), ("sol", 200), ("pat", 200), ("sam", 404), ("ezra", 404), ("dev", 403)],
)
def test_a_certificate_is_for_who_took_it_the_owners_and_the_partner(client, stage, monkeypatch, who, status):
    monkeypatch.setattr("secor.web.papers.course.course_certificate", lambda *_, **__: b"%PDF-")
    row = took(stage.wes, stage.roofing, name="Wes Roy", at=clock.now())

    answer = signed_in(client, getattr(stage, who)).get(reverse("papers:course", args=[row.code]))

    assert answer.status_code == status


def test_a_worker_does_not_open_a_colleagues_certificate(client, stage):
    row = took(stage.rosa, stage.roofing, name="Rosa", at=clock.now())

    assert signed_in(client, stage.wes).get(reverse("papers:course", args=[row.code])).status_code == 404


def test_a_partner_that_does_not_take_the_course_is_named(client, stage):
    page = said(signed_in(client, stage.sam).get(reverse("employer:lessons", args=[stage.siding.code, COURSE.key])))

    assert "not your course" in page
    assert "Safety program development" in page
