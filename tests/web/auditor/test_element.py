"""One element's page: what is sent is kept, what cannot be is told in its place, and nothing is lost."""

import re

import pytest

from secor.store.models import Answer, Entry, Evidence, Remark
from secor.store.scope import house
from secor.usecases import answers
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
SEEN = {"q-1-1-seen": "0", "q-1-1-D-seen": "0"}
FOUR = {**SEEN, "q-1-1-D-item": ["1", "2", "3", "4"], "q-1-1-note": "Four of five."}
HTMX = {"HX-Request": "true"}


def kept(question="1.1", method="D"):
    return Answer.objects.within(ALL).filter(question=question, method=method).values_list("given", flat=True).first()


def test_ticked_items_are_kept_with_those_that_are_missing(there, desk):
    response = desk(there, "element", 1, data=FOUR)

    assert response.status_code == 302
    assert kept()["met"] == 4
    assert kept()["missing"] == ["carries the dated signature of the person who runs the company today"]
    assert Remark.objects.within(ALL).get().note == "Four of five."
    (entry,) = Entry.objects.within(ALL)
    assert entry.detail == {"places": ["1.1", "1.1.D"]}


def test_the_page_shows_what_is_kept_and_the_score(there, desk):
    desk(there, "element", 1, data=FOUR)
    page = desk(there, "element", 1).content.decode()

    ticked = re.findall(r'name="q-1-1-D-item" value="(\d)" form="sheet" checked', page)
    assert ticked == ["1", "2", "3", "4"]
    assert "16 of 20" in page
    assert "16 of 100; needs 50.0" in page
    assert "16 of 1000; needs 80.0" in page


def test_nothing_ticked_is_no_answer_and_none_of_these_is_one(there, desk):
    desk(there, "element", 1, data=SEEN)
    assert kept() is None

    desk(there, "element", 1, data={**SEEN, "q-1-1-D-none": "yes"})
    assert (kept()["met"], kept()["of"]) == (0, 5)
    assert (
        'id="q-1-1-D-none" name="q-1-1-D-none" value="yes" form="sheet" checked'
        in desk(there, "element", 1).content.decode()
    )


def test_interviews_are_counted_and_an_empty_number_beside_a_filled_one_is_0(there, desk):
    data = {"q-1-2-seen": "0", "q-1-2-I-seen": "0", "q-1-2-I-pos": "5", "q-1-2-I-no_comment": "1"}
    desk(there, "element", 1, data=data)
    assert kept("1.2", "I") == {"pos": 5, "neg": 0, "no_comment": 1}


def test_observation_is_so_many_of_so_many_or_a_percentage(there, desk):
    base = {"q-1-2-seen": "0", "q-1-2-O-seen": "0"}
    desk(there, "element", 1, data={**base, "q-1-2-O-met": "2", "q-1-2-O-of": "3"})
    assert kept("1.2", "O") == {"met": 2, "of": 3}

    desk(there, "element", 1, data={**base, "q-1-2-O-seen": "1", "q-1-2-O-percent": "33,5 %"})
    assert kept("1.2", "O") == {"percent": "33.5"}


def test_a_role_that_nobody_has_leaves_the_count_and_the_page_remembers_which(there, desk):
    states = {
        "q-1-3-D-item1": "there",
        "q-1-3-D-item2": "nobody",
        "q-1-3-D-item3": "missing",
        "q-1-3-D-item4": "nobody",
    }
    desk(there, "element", 1, data={"q-1-3-seen": "0", "q-1-3-D-seen": "0", **states})
    assert (kept("1.3")["met"], kept("1.3")["of"]) == (1, 2)

    page = desk(there, "element", 1).content.decode()
    for name, state in states.items():
        assert f'id="{name}-{state}" name="{name}" value="{state}" form="sheet" checked' in page


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"q-1-2-O-met": "4", "q-1-2-O-of": "3"}, "4 were in order, but you looked at only 3"),
        ({"q-1-2-O-met": "4"}, "Give both numbers"),
        ({"q-1-2-O-of": "4"}, "Give both numbers"),
        ({"q-1-2-O-met": "x", "q-1-2-O-of": "3"}, "whole number from 0 to 9999"),
        ({"q-1-2-O-met": "-1", "q-1-2-O-of": "3"}, "whole number"),
        ({"q-1-2-O-met": "٣", "q-1-2-O-of": "3"}, "whole number"),
        ({"q-1-2-O-met": "10000", "q-1-2-O-of": "99999"}, "whole number"),
        ({"q-1-2-O-percent": "101"}, "percentage from 0 to 100"),
        ({"q-1-2-O-percent": "1e9"}, "percentage from 0 to 100"),
        ({"q-1-2-O-percent": "50", "q-1-2-O-met": "1", "q-1-2-O-of": "2"}, "not both"),
    ],
)
def test_a_number_that_cannot_be_is_told_and_stays_in_its_field(there, desk, data, told):
    response = desk(there, "element", 1, data={"q-1-2-seen": "0", "q-1-2-O-seen": "0", **data, "q-1-2-note": "My note"})
    page = response.content.decode()

    assert response.status_code == 422
    assert told in page
    assert "Error: 1 Leadership" in page
    assert "My note" in page
    for name, value in data.items():
        assert f'name="{name}" value="{value}"' in page
    assert not Answer.objects.within(ALL).exists()
    assert not Remark.objects.within(ALL).exists()


def test_one_bad_question_of_a_page_keeps_the_whole_page_from_being_half_saved(there, desk):
    data = {**FOUR, "q-1-2-seen": "0", "q-1-2-O-seen": "0", "q-1-2-O-percent": "500"}
    assert desk(there, "element", 1, data=data).status_code == 422
    assert not Answer.objects.within(ALL).exists()


def test_both_none_and_some_is_refused(there, desk):
    response = desk(there, "element", 1, data={**FOUR, "q-1-1-D-none": "yes"})
    assert response.status_code == 422
    assert "Keep one of the two" in response.content.decode()


def test_not_applicable_where_none_is_allowed_is_refused_with_the_reason(there, desk):
    response = desk(there, "element", 1, data={**SEEN, "q-1-1-na": "yes", "q-1-1-note": "We need none."})
    assert response.status_code == 422
    assert "Question 1.1 always applies" in response.content.decode()


def test_the_condition_for_leaving_a_question_out_is_shown_where_it_may_be(there, desk):
    page = desk(there, "element", 3).content.decode()
    assert "Only if nobody works alone at any time" in page
    assert "q-1-1-na" not in desk(there, "element", 1).content.decode()


def test_two_tabs_see_both_values_and_lose_nothing(there, desk):
    desk(there, "element", 1, data=FOUR)
    late = {**SEEN, "q-1-1-D-item": ["1"], "q-1-1-note": "Only one."}
    response = desk(there, "element", 1, data=late)
    page = response.content.decode()

    assert response.status_code == 422
    assert "Kept now: 4 of 5" in page
    assert "Kept now: “Four of five.”" in page
    assert re.findall(r'name="q-1-1-D-item" value="(\d)" form="sheet" checked', page) == ["1"]
    assert "Only one.</textarea>" in page
    assert kept()["met"] == 4

    # The page that shows both knows the newer revision, so saving it again keeps mine.
    again = dict(re.findall(r'name="(q-1-1(?:-D)?-seen)" value="(\d+)"', page))
    assert again == {"q-1-1-seen": "1", "q-1-1-D-seen": "1"}
    assert desk(there, "element", 1, data={**late, **again}).status_code == 302
    assert kept()["met"] == 1


def test_the_script_gets_the_question_and_the_score_alone(there, desk):
    response = desk(there, "element", 1, data=FOUR, headers=HTMX)
    part = response.content.decode()

    assert response.status_code == 200
    assert "<html" not in part
    assert 'id="q-1-1-state"' in part
    assert "16 of 20" in part
    assert 'name="q-1-1-D-seen" value="1"' in part
    assert 'id="running"' in part
    assert "q-1-2" not in part


def test_the_script_is_told_what_is_the_matter(there, desk):
    desk(there, "element", 1, data=FOUR)
    response = desk(there, "element", 1, data={**SEEN, "q-1-1-D-item": ["1"]}, headers=HTMX)
    part = response.content.decode()

    assert response.status_code == 422
    assert "Kept now: 4 of 5" in part
    assert 'name="q-1-1-D-seen" value="1"' in part
    assert "Saved." not in part


def test_a_photo_comes_with_the_answers_and_stands_beside_its_question(there, desk):
    desk(there, "element", 1, data={**FOUR, "q-1-1-file": sent(photo(), "wall.jpg")})
    piece = Evidence.objects.within(ALL).get()

    assert (piece.question, piece.title, piece.audit) == ("1.1", "wall.jpg", there.audit)
    assert f"/files/evidence/{piece.code}/" in desk(there, "element", 1).content.decode()


def test_a_refused_file_does_not_cost_the_answers(there, desk):
    response = desk(there, "element", 1, data={**FOUR, "q-1-1-file": sent(b"", "wall.jpg")})

    assert response.status_code == 422
    assert "This file is empty" in response.content.decode()
    assert "Your answers were saved" in response.content.decode()
    assert kept()["met"] == 4
    assert not Evidence.objects.within(ALL).exists()


def test_text_that_looks_like_a_page_is_shown_as_text(there, desk):
    desk(there, "element", 1, data={**FOUR, "q-1-1-note": "</textarea><script>alert(1)</script>"})
    for page in (desk(there, "element", 1), desk(there, "all")):
        assert "<script>alert(1)" not in page.content.decode()


@pytest.mark.parametrize("go", [("next", "/element/2/"), ("overview", "/{code}/"), ("", "/element/1/")])
def test_the_button_says_where_to_go_on(there, desk, go):
    where, end = go
    assert desk(there, "element", 1, data={**FOUR, "go": where}).url.endswith(end.format(code=there.audit.code))
    if where == "next":
        assert desk(there, "element", 10, data={"go": "next"}).url.endswith("/submit/")


@pytest.mark.parametrize(("who", "status"), [("rosa", 404), ("wes", 403), ("pat", 403), ("sam", 404)])
def test_nobody_else_opens_or_writes_the_page(there, desk, who, status):
    assert desk(there, "element", 1, who=who).status_code == status
    assert desk(there, "element", 1, who=who, data=FOUR).status_code == status
    assert not Answer.objects.within(ALL).exists()


def test_an_element_that_is_not_there_is_not_found(there, desk):
    assert desk(there, "element", 11).status_code == 404


def test_a_closed_audit_shows_its_answers_and_takes_none(there, desk):
    answers.record(there.dev_acts(), audit=there.audit, question="1.1", method="D", given={"met": 5, "of": 5})
    there.audit.stage = "in_review"
    there.audit.save(update_fields=["stage"])
    page = desk(there, "element", 1).content.decode()

    assert "closed to changes" in page
    assert "Save and go on" not in page
    response = desk(there, "element", 1, data={**FOUR, "q-1-1-D-seen": "1"})
    assert response.status_code == 422
    assert "can no longer change" in response.content.decode()
    assert kept()["met"] == 5


def test_one_answer_by_script_costs_few_questions(there, desk, django_assert_max_num_queries):
    desk(there, "element", 1, data=FOUR, headers=HTMX)
    with django_assert_max_num_queries(18):
        desk(
            there,
            "element",
            1,
            data={**FOUR, "q-1-1-seen": "1", "q-1-1-D-seen": "1", "q-1-1-D-item": ["1"]},
            headers=HTMX,
        )
