"""What the quality rules object to, on the auditor's page before sending and on the reviewer's afterwards."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from assessments import AT
from secor.store.models import Explanation, Remark
from secor.store.scope import house
from secor.usecases import reviews, submission
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_objection_stands_under_its_rule_with_a_link_to_its_place(desk, filled):
    page = desk(filled, "submit").content.decode()

    assert "Worth a second look: 126" in page  # 63 thin notes, 62 that repeat the first, and too few people heard
    assert "This note is thin" in page
    assert f'href="{reverse("auditor:element", args=[filled.audit.code, 1])}#q-1-1">Question 1.1</a>' in page
    assert "4 people heard; the table wants 5" in page
    assert "Send to ASC" in page  # none of it keeps the audit from being sent


def test_a_must_keeps_the_button_away_and_stands_with_what_is_open(desk, filled):
    Remark._base_manager.filter(question="2.1").update(note="")
    page = desk(filled, "submit").content.decode()

    assert "Still open: 1" in page
    assert "Write a note that says what you found" in page
    assert "Send to ASC" not in page
    assert "Write a note that says what you found" in desk(filled, "audit").content.decode()


def test_an_objection_is_explained_on_a_page_of_its_own(desk, filled):
    page = words_of(desk(filled, "explain", "thin_note", "1.1"))
    assert "4 words; at least 6 are wanted" in page
    response = desk(filled, "explain", "thin_note", "1.1", data={"text": "One page, one look."})
    assert response.url == reverse("auditor:submit", args=[filled.audit.code])
    page = words_of(desk(filled, "submit"))

    assert "One page, one look." in page
    assert "62 without a word on it" in page
    desk(filled, "explain", "small_sample", "audit", data={"text": "Wes was ill."})
    assert "all explained" in words_of(desk(filled, "submit"))


def test_what_nobody_objects_to_has_no_page_and_too_long_an_explanation_is_told(desk, filled):
    assert desk(filled, "explain", "thin_note", "9.9").status_code == 404
    assert desk(filled, "explain", "loose_proof", "audit").status_code == 404
    assert desk(filled, "explain", "thin_note", "1.1", data={"text": "x" * 2001}).status_code == 422
    assert not Explanation.objects.within(ALL).exists()


def test_the_reviewer_sees_the_same_list_with_what_was_said(desk, client, filled):
    desk(filled, "explain", "thin_note", "1.1", data={"text": "One page, one look."})
    submission.submit(filled.dev_acts(), audit=filled.audit)
    filled.audit.refresh_from_db()
    reviews.claim(Act(filled.pat, AT + timedelta(days=1)), audit=filled.audit)
    client.force_login(filled.pat)
    page = client.get(reverse("partner:audit", args=[filled.audit.code])).content.decode()

    assert "What the quality rules find" in page
    assert f'href="{reverse("partner:element", args=[filled.audit.code, 1])}#q-1-1">Question 1.1</a>' in page
    assert "One page, one look." in page
    assert "Say why" not in page
    before = desk(filled, "submit").content.decode()
    lines = re.compile(r'<p class="meta">([^<]*)</p>')
    assert sorted(lines.findall(before)) == sorted(
        each for each in lines.findall(page) if each in set(lines.findall(before))
    )
    assert "Say why" not in before


def test_a_page_of_many_objections_asks_the_database_few_questions(desk, filled, django_assert_max_num_queries):
    desk(filled, "submit")
    with django_assert_max_num_queries(25):
        desk(filled, "submit")
