"""My audits, one audit at a glance, and all questions on one page: few queries, and only what is mine."""

from datetime import date

import pytest
from django.urls import reverse

from assessments import AT, fill, scene
from secor.store.models import Audit, Review

pytestmark = pytest.mark.django_db


def test_the_list_tells_each_clock_with_its_reason(there, desk, client):
    client.force_login(there.dev)
    page = client.get(reverse("auditor:home")).content.decode()

    assert "Rosa&#x27;s Roofing Ltd." in page
    assert "Gather everything by" in page
    assert "July 4, 2026" in page
    assert "45 days from May 20, 2026" in page
    assert "33 days left" in page


def test_the_report_clock_runs_once_everything_is_gathered(filled, desk):
    page = desk(filled, "audit").content.decode()
    assert "Send the audit by" in page
    assert "June 20, 2026" in page
    assert "21 days after gathering ended on May 30, 2026" in page


def test_the_correction_clock_runs_from_the_day_it_was_sent_back(there, desk):
    there.audit.stage = "returned"
    there.audit.save(update_fields=["stage"])
    Review.objects.create(
        audit=there.audit, round=1, reviewer=there.pat, claimed_at=AT, concluded_at=AT, outcome="returned"
    )
    page = desk(there, "audit").content.decode()
    assert "Send the corrections by" in page
    assert "June 16, 2026" in page


def test_somebody_without_audits_is_told_what_happens_next(there, client):
    client.force_login(there.sam)
    assert "No audit yet" in client.get(reverse("auditor:home")).content.decode()


@pytest.mark.parametrize("page", ["audit", "all", "submit", "declare", "dates", "notes", "versions", "withdraw"])
@pytest.mark.parametrize(("who", "status"), [("dev", 200), ("rosa", 404), ("wes", 403), ("pat", 403), ("sam", 404)])
def test_every_page_is_its_assessors_alone(there, desk, page, who, status):
    assert desk(there, page, who=who).status_code == status


def test_a_self_assessment_is_open_to_the_owner_and_to_no_auditor(desk, db):
    there = scene(performer="self_assessor")
    assert desk(there, "audit", who="rosa").status_code == 200
    assert desk(there, "audit", who="dev").status_code == 404


@pytest.mark.parametrize("page", ["audit", "all"])
def test_a_page_about_a_whole_audit_costs_at_most_12_questions(filled, desk, page, django_assert_max_num_queries):
    desk(filled, page)
    with django_assert_max_num_queries(12):
        response = desk(filled, page)
    assert response.status_code == 200


def test_all_63_questions_stand_on_one_page_with_their_scores(filled, desk):
    page = desk(filled, "all").content.decode()
    assert page.count('<span class="mark full">') == 63
    assert "1000 of 1000" in page


def test_what_is_open_leads_to_its_question(there, desk):
    page = desk(there, "audit").content.decode()
    assert f"/auditor/{there.audit.code}/element/1/#q-1-1" in page
    assert "And 119 more" in page


def test_an_unfinished_element_is_not_called_below_its_mark(there, desk):
    assert "below" not in desk(there, "audit").content.decode()


def test_a_finished_weak_element_is(desk, db):
    there = scene()
    fill(there, share=0.25)
    assert "below" in desk(there, "audit").content.decode()


def test_a_withdrawn_audit_says_why_and_can_be_taken_up_again(there, desk):
    assert desk(there, "withdraw", data={"reason": ""}).status_code == 422
    assert desk(there, "withdraw", data={"reason": "Rosa moved."}).status_code == 302
    page = desk(there, "audit").content.decode()
    assert "Rosa moved." in page
    assert "Take it up again" in page

    assert desk(there, "put_back", data={}).status_code == 302
    assert Audit._base_manager.get(pk=there.audit.pk).stage == "open"


def test_withdrawing_stands_on_another_page_than_sending(filled, desk):
    assert "/withdraw/" not in desk(filled, "submit").content.decode()


def test_days_are_kept_and_impossible_ones_told(there, desk):
    assert desk(there, "dates", data={"from_on": "2026-05-01", "until_on": "2026-05-20"}).status_code == 302
    response = desk(there, "dates", data={"from_on": "2026-05-01", "until_on": "2026-04-20"})
    assert response.status_code == 422
    assert "before the first" in response.content.decode()
    assert Audit._base_manager.get(pk=there.audit.pk).gathered_on == date(2026, 5, 20)
