"""Choosing a certifying partner, and leaving it."""

from datetime import date

import pytest

from secor.store.models import Membership
from secor.store.scope import house

ALL = house("this test")
TODAY = date(2024, 9, 3)

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


@pytest.fixture
def free(stage):
    Membership.objects.within(ALL).filter(employer=stage.roofing).delete()
    return stage


def test_a_partner_is_asked_from_the_comparison(free, rosa, at):
    page = said(rosa.get(at("partner")))
    assert "Ask Alberta Safety Council" in page
    assert "an auditor from outside" in page  # what differs from the scheme's own rules

    rosa.post(at("partner"), {"do": "ask", "partner": "esc"})

    row = Membership.objects.within(ALL).get(employer=free.roofing)
    assert (row.partner, row.asked_on, row.approved_on) == (free.esc, TODAY, None)
    assert "Asked" in said(rosa.get(at("partner")))


def test_an_ask_from_a_stale_page_says_what_to_do(free, rosa, at):
    rosa.post(at("partner"), {"do": "ask", "partner": "esc"})

    answer = rosa.post(at("partner"), {"do": "ask", "partner": "asc"})

    assert answer.status_code == 422
    assert "Leave it first if you want another one." in said(answer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"accepting_new": False}, "Takes no new members now"),
        ({"valid_until": date(2024, 9, 2)}, "No longer part of the program"),
        ({"valid_from": date(2024, 9, 4)}, "Not yet part of the program"),
    ],
)
def test_a_partner_that_cannot_be_asked_has_no_button(free, rosa, at, change, words):
    for name, value in change.items():
        setattr(free.asc, name, value)
    free.asc.save()

    page = said(rosa.get(at("partner")))
    assert words in page
    assert "Ask Alberta Safety Council" not in page
    answer = rosa.post(at("partner"), {"do": "ask", "partner": "asc"})
    assert answer.status_code == 422
    assert "Choose another partner." in said(answer)


def test_a_partner_nobody_knows_is_not_there(free, rosa, at):
    assert rosa.post(at("partner"), {"do": "ask", "partner": "nobody"}).status_code == 404


def test_leaving_wants_a_tick(rosa, stage, at):
    answer = rosa.post(at("partner"), {"do": "leave"})
    assert answer.status_code == 422
    assert "Tick the box to leave." in said(answer)

    rosa.post(at("partner"), {"do": "leave", "sure": "on"})
    assert Membership.objects.within(ALL).get(employer=stage.roofing).left_on == TODAY


def test_a_member_of_a_partner_that_left_is_told_so(rosa, stage, at):
    stage.asc.valid_until = date(2024, 9, 2)
    stage.asc.save()

    assert "no longer part of the program" in said(rosa.get(at("partner")))


def test_a_refusal_is_shown_with_its_reason(rosa, stage, at):
    Membership.objects.within(ALL).filter(employer=stage.roofing).update(
        approved_on=None, refused_on=TODAY, reason="Only builders, please."
    )

    assert "Only builders, please." in said(rosa.get(at("partner")))
