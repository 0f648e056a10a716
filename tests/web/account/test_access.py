"""The page where a person lets programs in."""

import re

import pytest
from django.test import Client

from cast import cast, signed_in
from secor.store.models import AccessToken

pytestmark = pytest.mark.django_db
HERE = "/accounts/programs/"


@pytest.fixture
def there():
    return cast()


def asked(person, **other):
    wish = {"name": "Bookkeeping", "role": str(person.roles.first().pk), "scopes": ["employers:read"], "lasts": "90"}
    return wish | other


def test_a_token_is_shown_once_and_opens_what_was_chosen(there):
    client = signed_in(Client(), there.rosa)

    page = client.post(HERE, asked(there.rosa), follow=True).content.decode()

    secret = re.search(r"secor_[\w-]{40,}", page)[0]
    told = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert told["scopes"] == ["employers:read"]
    again = client.get(HERE).content.decode()
    assert secret not in again
    assert "Bookkeeping" in again


def test_a_partners_people_show_a_second_step_first(there):
    led = signed_in(Client(), there.pat).post(HERE, asked(there.pat))
    assert led.headers["Location"] == "/accounts/second-factor/"
    assert not AccessToken.objects.exists()

    signed_in(Client(), there.pat, second_factor=True).post(HERE, asked(there.pat))

    assert AccessToken.objects.get().person == there.pat


def test_a_withdrawn_token_is_gone_from_the_page_and_opens_nothing(there):
    client = signed_in(Client(), there.rosa)
    secret = re.search(r"secor_[\w-]{40,}", client.post(HERE, asked(there.rosa), follow=True).content.decode())[0]

    page = client.post(HERE, {"withdraw": str(AccessToken.objects.get().pk)}, follow=True).content.decode()

    assert "Withdrawn." in page
    assert "No program reads anything" in page
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


@pytest.mark.parametrize("key", ["", "0", "½", "-1", "9" * 40])
def test_nobody_withdraws_what_is_not_theirs(there, key):
    signed_in(Client(), there.rosa).post(HERE, asked(there.rosa))
    theirs = str(AccessToken.objects.get().pk)

    signed_in(Client(), there.sam).post(HERE, {"withdraw": key})
    signed_in(Client(), there.sam).post(HERE, {"withdraw": theirs})

    assert AccessToken.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"role": "1000000"}, {"scopes": []}, {"scopes": ["x"]}, {"lasts": "9"}]
)
def test_a_form_that_is_not_whole_makes_nothing_and_says_what_is_missing(there, wrong):
    answer = signed_in(Client(), there.rosa).post(HERE, asked(there.rosa, **wrong))

    assert (answer.status_code, AccessToken.objects.count()) == (422, 0)
    assert b"Error: " in answer.content


def test_who_holds_no_role_is_told_so(there):
    page = signed_in(Client(), there.vic).get(HERE).content.decode()

    assert "You hold no role" in page
    assert "Make the token" not in page
