"""The draft of the report: each sentence with its places, changed where it stands."""

import re

import pytest
from django.urls import reverse

from assessments import AT, fill, scene
from secor.store.models import Audit, Remark, ReportEdit
from secor.store.scope import house
from secor.usecases import evidence
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def half(db):
    made = scene()
    fill(made, share=0.5)
    return made


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_sentence_leads_to_its_answer_and_its_photo(desk, half):
    piece = evidence.add(
        half.dev_acts(), employer=half.employer, audit=half.audit, question="1.1", upload=sent(photo(), "wall.jpg")
    )
    page = desk(half, "report").content.decode()
    element = reverse("auditor:element", args=[half.audit.code, 1])

    assert "Question 1.1 earned" in page
    assert f'<a href="{element}#q-1-1">1.1 documents</a>' in page
    assert f'<a href="{element}#q-1-1-note">1.1 note</a>' in page
    assert f'<a href="{element}#q-1-1-recommendation">1.1 recommendation</a>' in page
    assert f'<a href="{reverse("files:evidence", args=[piece.code])}">wall.jpg</a>' in page
    assert f'href="{reverse("auditor:dates", args=[half.audit.code])}">Days of gathering' in page


def test_every_address_of_a_place_is_there(desk, client, half):
    page = desk(half, "report").content.decode()
    hrefs = set(re.findall(r'<p class="meta">From (.*?)</p>', page))
    addresses = {address for each in hrefs for address in re.findall(r'href="([^"]+)"', each)}

    pages = {}
    for address in addresses:
        path, _, anchor = address.partition("#")
        pages[path] = pages.get(path) or client.get(path)
        assert pages[path].status_code == 200, address
        assert not anchor or f'id="{anchor}"' in pages[path].content.decode(), address


def test_a_sentence_is_changed_where_it_stands_without_script(desk, client, half):
    address = reverse("auditor:report", args=[half.audit.code])
    desk(half, "report")
    page = client.get(f"{address}?change=profile.people").content.decode()
    assert ">When the audit began, 6 people worked there.</textarea>" in page
    answer = desk(half, "report", data={"sentence": "profile.people", "text": "Six people all year."})
    assert answer.url == f"{address}#s-profile-people"
    page = desk(half, "report").content.decode()
    assert "Six people all year." in page
    assert "Your words" in page

    desk(half, "report", data={"sentence": "profile.people", "how": "undo"})
    assert not ReportEdit.objects.within(ALL).exists()


def test_facts_that_changed_stand_at_the_top(desk, half):
    desk(half, "report", data={"sentence": "gap.1.1.note", "text": "It hangs on the wall."})
    Remark._base_manager.filter(question="1.1").update(note="The policy hangs in the truck.")
    page = words_of(desk(half, "report"))

    assert "The facts changed under 1 of your sentences" in page
    assert "They say now: The policy hangs in the truck." in page


def test_words_whose_facts_are_gone_are_not_lost(desk, half):
    desk(half, "report", data={"sentence": "gap.1.1.wish", "text": "Sign it on Mondays."})
    Remark._base_manager.filter(question="1.1").update(recommendation="")
    assert "Your words that have lost their facts" not in words_of(
        desk(half, "report")
    )  # the instrument's wish is there
    ReportEdit.objects.within(ALL).update(sentence="gap.9.9")

    assert "Sign it on Mondays." in words_of(desk(half, "report"))


def test_too_many_words_are_told_and_kept_in_the_box(desk, half):
    answer = desk(half, "report", data={"sentence": "profile.people", "text": "x" * 10_001})

    assert answer.status_code == 422
    assert "10001 characters long" in answer.content.decode()
    assert "x" * 10_001 in answer.content.decode()
    assert desk(half, "report", data={"sentence": "nothing", "text": "y"}).status_code == 422


def test_a_sent_report_is_read_and_not_changed(desk, half):
    Audit._base_manager.filter(pk=half.audit.pk).update(stage="accepted", submitted_at=AT)
    page = desk(half, "report").content.decode()

    assert "?change=" not in page
    assert desk(half, "report", data={"sentence": "profile.people", "text": "Seven."}).status_code == 422


def test_the_draft_of_a_whole_audit_asks_the_database_few_questions(desk, half, django_assert_max_num_queries):
    desk(half, "report")
    with django_assert_max_num_queries(25):
        desk(half, "report")


def test_what_the_business_does_not_read_is_said_only_where_somebody_from_outside_asks(desk, half):
    assert "the business does not read this" in desk(half, "report").content.decode()
    Audit._base_manager.filter(pk=half.audit.pk).update(performer="self_assessor")

    assert "the business does not read this" not in desk(half, "report", who="rosa").content.decode()
