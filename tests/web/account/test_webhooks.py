"""The pages where a person lets a program be told of changes."""

import re

import pytest
from django.test import Client

from cast import cast, signed_in
from certified import a_certificate
from secor.core.number import CertificateNumber
from secor.store.models import Webhook

pytestmark = pytest.mark.django_db
HERE = "/accounts/webhooks/"
URL = "https://program.example/take"


@pytest.fixture
def there():
    return cast()


@pytest.fixture
def rosa(there):
    return signed_in(Client(), there.rosa)


def made(client):
    return client.post(HERE, {"name": "Our bids", "url": URL}, follow=True)


def page_of(hook):
    return f"{HERE}{hook.code}/"


def test_a_secret_is_shown_once_and_a_test_waits(rosa):
    page = made(rosa).content.decode()

    secret = re.search(r"whsec_[\w+/=]{40,}", page)[0]
    hook = Webhook.objects.get()
    again = rosa.get(page_of(hook)).content.decode()
    assert secret not in again
    assert "Waiting for the first answer" in again
    assert "Our bids" in rosa.get(HERE).content.decode()
    new = re.search(r"whsec_[\w+/=]{40,}", rosa.post(page_of(hook), {"do": "renew"}, follow=True).content.decode())[0]
    assert new != secret


@pytest.mark.parametrize("url", ["http://program.example/", "https://rosa:pw@program.example/", "nowhere"])
def test_an_address_that_cannot_be_is_told_beside_the_field(rosa, url):
    answer = rosa.post(HERE, {"name": "Our bids", "url": url})

    assert answer.status_code == 422
    assert 'aria-describedby="id_url' in answer.content.decode()
    assert not Webhook.objects.exists()


def test_a_list_is_kept_and_what_nobody_issued_is_named(there, rosa):
    known = a_certificate(there.roofing, there.asc)
    made(rosa)
    hook = Webhook.objects.get()

    page = rosa.post(page_of(hook), {"numbers": f"number,name\n{known.number},Roofing"}, follow=True).content.decode()
    assert "The program is told when one of them changes" in page
    assert "1 certificate," in page
    other = str(known.number).replace("-2024-", "-2023-")
    wrong = rosa.post(page_of(hook), {"numbers": f"{known.number}\n{other}"})
    assert wrong.status_code == 422
    assert "Line 2" in wrong.content.decode()
    assert hook.followed.count() == 1


def test_a_number_that_nobody_issued_is_told_and_the_rest_is_followed(there, rosa):
    known = a_certificate(there.roofing, there.asc)
    made(rosa)
    hook = Webhook.objects.get()
    other = str(CertificateNumber("SECOR", 2019, 4))
    page = rosa.post(page_of(hook), {"numbers": f"{known.number}\n{other}"}, follow=True).content.decode()

    assert f"not followed: {other}." in page
    assert hook.followed.count() == 1


def test_a_second_test_within_a_minute_is_refused(rosa):
    made(rosa)
    page = rosa.post(page_of(Webhook.objects.get()), {"do": "test"}, follow=True).content.decode()

    assert "Wait a minute" in page


def test_taken_out_it_is_gone(rosa):
    made(rosa)
    page = rosa.post(page_of(Webhook.objects.get()), {"do": "remove"}, follow=True).content.decode()

    assert "Taken out." in page
    assert "No program is told anything yet." in page


def test_another_persons_webhook_is_not_there(there, rosa):
    made(rosa)
    hook = Webhook.objects.get()

    assert signed_in(Client(), there.sam).get(page_of(hook)).status_code == 404
    assert signed_in(Client(), there.sam).post(page_of(hook), {"do": "remove"}).status_code == 404
    assert Webhook.objects.exists()
