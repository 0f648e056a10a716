"""The people, details and history of a business."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from certified import a_certificate
from secor.store.models import (
    Account,
    Employer,
    Person,
    Role,
    Tie,
)
from secor.store.scope import house

ALL = house("this test")
TODAY = date(2024, 9, 3)

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


def test_somebody_is_invited_and_a_strangers_name_is_not_told(rosa, stage, at):
    rosa.post(at("people"), {"do": "invite", "email": "sam@example.ca", "kind": "worker"})

    page = said(rosa.get(at("people")))
    assert "sam@example.ca" in page
    assert ">Sam<" not in page
    Person.objects.filter(email="sam@example.ca").update(last_login=datetime(2024, 9, 3, 20, tzinfo=UTC))
    assert ">Sam<" in said(rosa.get(at("people")))


def test_an_owner_says_who_reads_the_first_aid_records(rosa, stage, at):
    rosa.post(at("people"), {"do": "invite", "email": stage.wes.email, "kind": "first_aider"})

    assert "First aider: reads the first-aid records" in said(rosa.get(at("people")))
    assert Role.objects.filter(person=stage.wes, kind="first_aider", until_on=None).count() == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"email": "sam", "kind": "worker"}, "An address looks like"),
        ({"email": "sam@example.ca", "kind": "auditor"}, "Select a valid choice"),
        ({"email": "pat@example.ca", "kind": "owner"}, "works for your certifying partner"),
    ],
)
def test_an_invitation_with_a_slip_is_asked_again(rosa, at, form, words):
    answer = rosa.post(at("people"), {"do": "invite", **form})

    assert answer.status_code == 422
    assert words in said(answer)


def test_a_role_is_taken_away_and_the_last_owner_stays(rosa, stage, at):
    key = {person: Role.objects.get(person=person).pk for person in (stage.wes, stage.rosa)}

    rosa.post(at("people"), {"do": "take", "role": key[stage.wes]})
    answer = rosa.post(at("people"), {"do": "take", "role": key[stage.rosa]}, follow=True)

    assert not Role.objects.get(person=stage.wes).held_on(TODAY)
    assert "You are the only owner." in said(answer)
    foreign = Role.objects.get(person=stage.sam).pk
    assert rosa.post(at("people"), {"do": "take", "role": foreign}).status_code == 404


def test_a_tie_is_declared(rosa, stage, at):
    form = {"do": "tie", "person": stage.dev.pk, "kind": "family", "from_on": "2020-02-29"}

    rosa.post(at("people"), form)

    assert Tie.objects.within(ALL).get().person == stage.dev
    assert rosa.post(at("people"), form | {"person": stage.ned.pk}).status_code == 422


def test_details_are_changed_one_form_at_a_time(rosa, stage, at):
    rosa.post(at("details"), {"do": "names", "legal_name": "Rosa Roofs Inc.", "trade_name": "Roofs"})
    rosa.post(at("details"), {"do": "reach", "trade": "Roofing", "city": "Olds", "address": "", "phone": ""})
    rosa.post(at("details"), {"do": "account", "account_number": "123-4567", "industry_code": "42121"})
    rosa.post(at("details"), {"do": "site", "name": "Yard", "people": "3", "address": ""})

    kept = Employer.objects.within(ALL).get(pk=stage.roofing.pk)
    assert (kept.legal_name, kept.city) == ("Rosa Roofs Inc.", "Olds")
    account = Account.objects.within(ALL).get()
    assert account.number == "1234567"
    rosa.post(at("details"), {"do": "close_account", "key": account.pk})
    assert Account.objects.within(ALL).get().closed_on == TODAY


def test_somebody_elses_account_cannot_be_closed(rosa, stage, at):
    account = Account.objects.create(employer=stage.siding, number="7654321")

    for key in (account.pk, "", "x", "9" * 30):
        assert rosa.post(at("details"), {"do": "close_account", "key": key}).status_code == 404
    assert Account.objects.within(ALL).get().closed_on is None


def test_the_history_tells_acts_in_plain_words_page_by_page(rosa, stage, at):
    for nth in range(1, 32):
        rosa.post(at("headcount"), {"on": f"2024-0{5 + nth // 30}-{nth % 30 + 1:02}", "full_time": "6"})

    first, second = said(rosa.get(at("history"))), said(rosa.get(at("history"), {"page": "2"}))

    assert first.count("A head-count was reported") == 30
    assert second.count("A head-count was reported") == 1
    assert "6 people from May 2, 2024 on" in second
    assert ">You<" in first
    for strange in ("0", "-1", "x", "99999"):
        assert rosa.get(at("history"), {"page": strange}).status_code == 200


def test_a_certificate_elsewhere_changes_nothing_here(rosa, stage, at):
    other = a_certificate(stage.siding, stage.esc)

    for page in ("home", "certificate", "history", "audit"):
        assert other.number not in said(rosa.get(at(page)))


def test_whoever_was_invited_chooses_a_password_through_the_letter_and_comes_in(rosa, at, client, mailoutbox):
    rosa.post(at("people"), {"do": "invite", "email": "kit@example.ca", "name": "Kit", "kind": "self_assessor"})
    rosa.logout()

    client.post(reverse("account_reset_password"), {"email": "kit@example.ca"})

    letter = mailoutbox[-1]
    assert letter.to == ["kit@example.ca"]
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", letter.body)
    assert link is not None
    page = client.get(link.group(1), follow=True)
    password = "a roof that never leaks"
    client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})
    kit = Person.objects.get(email="kit@example.ca")
    assert kit.check_password(password)
