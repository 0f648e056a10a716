"""The page of one's own recommendations, and the checklist from earlier reviews on the page before sending."""

import pytest
from django.urls import reverse

from assessments import AT
from secor.store.models import Advice, Note, Review
from secor.store.scope import house

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def test_a_recommendation_is_kept_used_and_forgotten(desk, filled):
    page = desk(filled, "advice", "1.1").content.decode()
    assert "You keep none for this question yet" in page
    assert ">Do it weekly.</textarea>" in page  # what stands in the audit is offered
    answer = desk(filled, "advice", "1.1", data={"how": "keep", "text": "Sign it each year."})
    assert answer.url == reverse("auditor:advice", args=[filled.audit.code, "1.1"])
    (own,) = Advice.objects.within(ALL)

    desk(filled, "advice", "1.1", data={"how": "use", "advice": own.code})
    assert "Do it weekly.<br>Sign it each year." in desk(filled, "advice", "1.1").content.decode()
    desk(filled, "advice", "1.1", data={"how": "forget", "advice": own.code})
    assert not Advice.objects.within(ALL).exists()


def test_what_is_not_there_is_refused_in_words(desk, filled):
    assert desk(filled, "advice", "9.99").status_code == 404
    answer = desk(filled, "advice", "1.1", data={"how": "use", "advice": "nothing"})
    assert answer.status_code == 422
    assert "no longer there" in answer.content.decode()
    assert desk(filled, "advice", "1.1", data={"how": "keep", "text": ""}).status_code == 422


def test_advice_of_one_question_is_not_used_under_another(desk, filled):
    desk(filled, "advice", "1.1", data={"how": "keep", "text": "Sign it each year."})
    (own,) = Advice.objects.within(ALL)

    assert desk(filled, "advice", "1.2", data={"how": "use", "advice": own.code}).status_code == 422


def test_the_report_leads_to_ones_own_recommendations(desk, filled):
    filled.audit.answers.filter(question="1.1").update(given={"percent": "50"})
    page = desk(filled, "report").content.decode()

    assert f'href="{reverse("auditor:advice", args=[filled.audit.code, "1.1"])}"' in page


def test_earlier_notes_stand_before_the_sending(desk, filled):
    other = type(filled.audit)._base_manager.get(pk=filled.audit.pk)
    other.pk, other.code, other.employer, other.stage = None, "earlier", filled.sam.roles.get().employer, "accepted"
    other._state.adding = True
    other.save(force_insert=True)
    review = Review.objects.create(audit=other, round=1, reviewer=filled.pat, claimed_at=AT, concluded_at=AT)
    Note.objects.create(review=review, question="2.1", kind="must_fix", text="Say how many.", written_at=AT)
    page = desk(filled, "submit").content.decode()

    assert "What reviewers told you before" in page
    assert "Say how many." in page
    assert "Sam" not in page
    assert "Pat" not in page


def test_every_question_leads_to_ones_own_recommendations(desk, filled):
    page = desk(filled, "element", 2).content.decode()

    assert f'href="{reverse("auditor:advice", args=[filled.audit.code, "2.8"])}"' in page
