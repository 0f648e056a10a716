"""One's own account: which desk, which words about oneself, and the second step."""

from datetime import date

import pytest
from django.urls import reverse

from secor.store.models import Employer, Entry, Partner, Person, Role
from secor.store.scope import house

EVER = date(2020, 1, 1)


@pytest.fixture
def rosa(db):
    return Person.objects.create_user("rosa@example.ca", None, name="Rosa")


@pytest.fixture
def business(db):
    return Employer.objects.create(legal_name="Prairie Rose Roofing Ltd.", joined_on=EVER)


@pytest.fixture
def partner(db):
    return Partner.objects.create(key="asc", name="Alberta Safety Council", acronym="ASC")


def test_a_person_with_one_desk_is_led_to_it(client, rosa, business):
    Role.objects.create(person=rosa, kind="owner", employer=business, from_on=EVER)
    client.force_login(rosa)

    assert client.get(reverse("account:desk")).headers["Location"].startswith("/employer/")


def test_a_person_with_two_desks_chooses(client, rosa, business, partner):
    Role.objects.create(person=rosa, kind="owner", employer=business, from_on=EVER)
    Role.objects.create(person=rosa, kind="auditor", partner=partner, from_on=EVER)
    client.force_login(rosa)

    page = client.get(reverse("account:desk")).content.decode()

    assert "Which desk?" in page
    assert "Your business" in page
    assert "Your audits" in page
    assert "Your certifying partner" not in page


def test_a_role_that_has_ended_opens_no_desk(client, rosa, business):
    Role.objects.create(person=rosa, kind="owner", employer=business, from_on=EVER, until_on=date(2021, 1, 1))
    client.force_login(rosa)

    assert "nothing on it yet" in client.get(reverse("account:desk")).content.decode()


def test_what_a_person_says_about_themselves_is_kept_and_entered(client, rosa):
    client.force_login(rosa)

    answer = client.post(
        reverse("account:profile"), {"name": "Rosa Lindqvist", "phone": "403 555 0100", "language": "fr-ca"}
    )

    rosa.refresh_from_db()
    assert answer.status_code == 302
    assert (rosa.name, rosa.phone, rosa.language) == ("Rosa Lindqvist", "403 555 0100", "fr-ca")
    entry = Entry.objects.within(house("test")).get()
    assert (entry.act, entry.detail) == ("person.changed", {})


def test_a_name_left_empty_is_asked_for_again_and_nothing_is_written(client, rosa):
    client.force_login(rosa)

    answer = client.post(reverse("account:profile"), {"name": " ", "language": "en-ca"})

    rosa.refresh_from_db()
    assert answer.status_code == 422
    assert "Tell us your name" in answer.content.decode()
    assert rosa.name == "Rosa"


def test_a_password_alone_is_no_second_step(client, rosa, settings):
    rosa.set_password("a long enough pass phrase")
    rosa.save()
    client.force_login(rosa)

    page = client.get(reverse("account:second_factor")).content.decode()

    assert "You have not set one up yet" in page


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_a_visitor_can_open_the_pages_before_signing_in(client, db, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["account:desk", "account:profile", "account:second_factor", "mfa_index", "account_email"]
)
def test_a_visitor_is_led_to_sign_in_first(client, db, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_change_password", "mfa_index", "mfa_list_webauthn", "account_logout"],
)
def test_the_pages_of_an_account_open(client, rosa, name):
    rosa.set_password("a long enough pass phrase")
    rosa.save()
    client.force_login(rosa)

    assert client.get(reverse(name)).status_code == 200


def test_a_password_of_fourteen_signs_is_too_short(client, db):
    sent = {"name": "Noor", "email": "noor@example.ca", "password1": "fourteen signs"}

    client.post(reverse("account_signup"), sent)
    assert not Person.objects.exists()

    client.post(reverse("account_signup"), sent | {"password1": "fifteen  signs!"})
    assert Person.objects.get().name == "Noor"
