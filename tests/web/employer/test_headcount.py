"""Reporting head-counts: what is kept, what is refused, and what the eleventh person is told."""

from datetime import date

import pytest

from certified import a_certificate
from secor.store.models import (
    CertificateEvent,
    Headcount,
)
from secor.store.scope import house

ALL = house("this test")
TODAY = date(2024, 9, 3)

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


def counts(number, *, on="2024-09-03", **more):
    return {"on": on, "full_time": str(number), **more}


def test_a_count_is_kept_and_the_ledger_shows_it(rosa, at):
    answer = rosa.post(at("headcount"), counts(9), follow=True)

    assert answer.redirect_chain
    assert "Kept: your people from September 3, 2024 on." in said(answer)
    assert "9 full time" in said(answer)


def test_one_of_a_kind_is_one(rosa, at):
    answer = said(rosa.post(at("headcount"), counts(7, owners="1", volunteers="2"), follow=True))

    assert "1 owner, 7 full time, 2 volunteers" in answer


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (counts("-3"), "Write 0 or more."),
        (counts("99999999999999999999"), "Write at most 9999."),
        (counts("ten"), "Write a whole number"),
        (counts(0), "Count at least one person."),
        (counts(6, on="2024-09-04"), "This day has not come yet."),
        (counts(6, on="2010-01-01"), "The ledger goes back 10 years."),
        (counts(6, on="2023-02-29"), "Write a day such as"),
        (counts(6, on=""), "Choose a day."),
    ],
)
def test_a_count_that_cannot_be_is_asked_again(rosa, at, form, words):
    answer = rosa.post(at("headcount"), form)

    assert answer.status_code == 422
    assert words in said(answer)
    assert Headcount.objects.within(ALL).filter(on=TODAY).count() == 0


def test_a_leap_day_is_a_day(rosa, at):
    assert rosa.post(at("headcount"), counts(6, on="2024-02-29")).status_code == 302


def test_ten_people_get_a_warning_and_no_question(rosa, stage, at):
    a_certificate(stage.roofing, stage.asc)

    answer = rosa.post(at("headcount"), counts(10), follow=True)

    assert "you are at the limit" in said(answer)
    assert "by May 17, 2025, the day your next audit is due" in said(answer)


def test_the_eleventh_person_is_asked_about_before_anything_is_kept(rosa, stage, at):
    a_certificate(stage.roofing, stage.asc)

    asked = rosa.post(at("headcount"), counts(11))

    assert asked.status_code == 200
    assert "11 people. Is this right?" in said(asked)
    assert "stays valid until May 17, 2025" in said(asked)
    assert not CertificateEvent.objects.within(ALL).filter(event="headcount").exists()
    assert not Headcount.objects.within(ALL).filter(on=TODAY).exists()

    kept = rosa.post(at("headcount"), counts(11, sure="on"), follow=True)

    assert "move on by May 17, 2025" in said(kept)
    assert CertificateEvent.objects.within(ALL).get(event="headcount").count == 11
    home = said(rosa.get(at()))
    assert "Move to the certificate for larger employers" in home
    assert "Valid" in home


def test_the_same_form_sent_twice_is_one_count(rosa, stage, at):
    a_certificate(stage.roofing, stage.asc)

    for _ in range(2):
        rosa.post(at("headcount"), counts(11, sure="on", once="k1"))

    assert CertificateEvent.objects.within(ALL).filter(event="headcount").count() == 1


def test_our_own_default_is_called_so_where_it_is_used(rosa, at):
    assert "our default" in said(rosa.get(at("headcount")))
    assert "open question Q7" in said(rosa.get(at("headcount")))


def test_a_plan_is_drawn_and_not_counted(rosa, stage, at):
    a_certificate(stage.roofing, stage.asc)
    page = f"{at('headcount')}plan/"

    answer = rosa.post(page, counts(11, on="2025-03-03"), follow=True)

    assert "Planned from March 3, 2025 on." in said(answer)
    assert "11 people from March 3, 2025 on: more than 10" in said(answer)
    assert "May 17, 2025" in said(answer)
    assert "our suggestion" in said(answer)
    assert Headcount.objects.within(ALL).filter(employer=stage.roofing).count() == 1
    assert not CertificateEvent.objects.within(ALL).filter(event="headcount").exists()

    assert "11 people from March 3, 2025 on: more than 10" in said(rosa.get(at()))

    gone = rosa.post(at("headcount"), {"do": "drop", "on": "2025-03-03"}, follow=True)
    assert "The plan is taken out." in said(gone)
    assert "more than 10" not in said(gone)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (counts(6), "A plan is for a day to come."),
        (counts(6, on="2026-09-04"), "Plan at most 2 years ahead."),
        (counts(0, on="2025-01-01"), "Count at least one person."),
        (counts(6, on=""), "Choose a day."),
    ],
)
def test_a_plan_that_cannot_be_is_asked_again(rosa, at, form, words):
    answer = rosa.post(f"{at('headcount')}plan/", form)

    assert answer.status_code == 422
    assert words in said(answer)


def test_a_plan_that_was_never_made_is_not_there_to_be_dropped(rosa, at):
    assert rosa.post(at("headcount"), {"do": "drop", "on": "2025-03-03"}).status_code == 404


def test_a_plan_whose_day_has_come_is_asked_about_and_fills_the_report(rosa, stage, at):
    from secor.store.models import HeadcountPlan
    from secor.web import clock

    HeadcountPlan.objects.create(employer=stage.roofing, on=TODAY, people={"full_time": 8}, made_at=clock.now())

    assert "Did it come as you planned?" in said(rosa.get(at("headcount")))
    filled = said(rosa.get(f"{at('headcount')}?plan=2024-09-03"))
    assert 'name="full_time" value="8"' in filled.replace('type="number" ', "")
