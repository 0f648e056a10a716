"""Somebody outside follows a certificate: a letter to confirm, one for every change, and a link that ends them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from certified import a_certificate, office
from secor.post import sender
from secor.store.models import Entry, Letter, Watch
from secor.store.scope import house
from secor.usecases import decisions, replacements, watches
from secor.usecases.act import Act
from secor.web import clock

pytestmark = pytest.mark.django_db
ADDRESS = "Client@Example.ca"


@pytest.fixture
def there():
    return office()


@pytest.fixture
def certificate(there):
    return a_certificate(there.employer, there.partner, on=clock.day_of(clock.now()) - timedelta(days=40))


def letters():
    at = clock.now()
    sender.write(at=at)
    sender.remind(at=at)
    return [each for each in Letter.objects.order_by("pk") if each.kind.startswith("watch.")]


def follow(client, certificate, email=ADDRESS):
    return client.post(reverse("public:follow", args=[certificate.number]), {"email": email})


def link_in(letter):
    return re.search(r"(/watch/\w+/)", letter.body)[1]


def confirmed(client, certificate):
    follow(client, certificate)
    link = link_in(letters()[-1])
    assert client.post(link, {"do": "confirm"}).headers["Location"] == link
    return link


def test_the_check_page_leads_to_it_and_nothing_is_told_before_the_address_is_confirmed(client, there, certificate):
    shown = client.get(f"/v/{certificate.number}").content.decode()
    assert f'href="/follow/{certificate.number}/"' in shown
    assert follow(client, certificate).headers["Location"] == f"/follow/{certificate.number}/asked/"
    decisions.suspend(Act(there.ines, clock.now()), certificate=certificate, reason="An open order")

    (only,) = letters()
    assert only.to == "client@example.ca"
    assert only.kind == "watch.asked"
    page = client.get(link_in(only)).content.decode()
    assert "Yes, tell me" in page
    assert Watch.objects.get().confirmed_at is None, "opening the link alone is not an answer: programs open links"


def test_each_change_is_told_once_and_the_link_in_it_ends_the_letters(client, there, certificate):
    link = confirmed(client, certificate)
    assert len(letters()) == 1, "what stood when they said yes is no news"
    decisions.suspend(Act(there.ines, clock.now()), certificate=certificate, reason="An open order")
    letters()

    _, told = letters()
    assert told.subject == f"{certificate.number} is now on hold"
    assert "An open order" not in told.body
    assert link_in(told) == link
    assert "Stop these letters" in client.get(link).content.decode()
    assert client.post(link, {"do": "stop"}).status_code == 200
    decisions.reinstate(Act(there.ines, clock.now()), certificate=certificate, reason="Closed")
    assert len(letters()) == 2
    assert Watch.objects.get().email == ""
    assert client.get(link).status_code == 410


def test_a_change_that_a_day_brings_is_told_too(client, certificate):
    confirmed(client, certificate)
    later = clock.now() + timedelta(days=700)
    sender.remind(at=later)
    sender.remind(at=later)

    subjects = list(Letter.objects.filter(kind="watch.changed").values_list("subject", flat=True))
    assert subjects == [f"{certificate.number} is now lapsed"]


def test_a_certificate_that_takes_the_place_of_another_is_followed_on(client, there, certificate):
    confirmed(client, certificate)
    newer = replacements.replace(Act(there.ines, clock.now()), certificate=certificate, reason="A new name")

    told = letters()[-1]
    assert told.subject == f"{newer.number} is now valid"
    assert f"in place of {certificate.number}" in told.body


def test_the_same_answer_for_every_address_and_no_second_letter_within_a_quarter_of_an_hour(client, certificate):
    first, again = follow(client, certificate), follow(client, certificate, "client@example.ca")

    assert first.headers["Location"] == again.headers["Location"]
    assert len(letters()) == 1
    Watch.objects.update(asked_at=clock.now() - timedelta(minutes=15))
    follow(client, certificate)
    assert len(letters()) == 2
    assert Watch.objects.count() == 1


def test_a_made_up_link_opens_nothing_and_an_address_is_in_no_journal(client, certificate):
    confirmed(client, certificate)

    code = Watch.objects.get().code
    assert client.get(f"/watch/{code}{'0' * 32}/").status_code == 410
    assert client.get("/watch/é/").status_code == 410
    kept = Entry.objects.within(house("the test looks at everything")).filter(act__startswith="watch.")
    assert {"watch.asked", "watch.confirmed"} == {each.act for each in kept}
    assert not any("example" in str(each.detail) for each in kept)


def test_an_address_that_was_never_confirmed_is_forgotten_after_a_week(client, certificate):
    follow(client, certificate)
    link = link_in(letters()[-1])
    Watch.objects.update(asked_at=clock.now() - timedelta(days=7))

    assert client.post(link, {"do": "confirm"}).status_code == 410
    assert watches.forget(Act(None, clock.now())) == 1
    assert not Watch.objects.exists()


def test_one_address_and_everybody_together_may_ask_only_so_often(client, certificate, monkeypatch):
    monkeypatch.setattr(watches, "FROM_EVERYONE", 1)
    follow(client, certificate)
    answer = follow(client, certificate, "other@example.ca")

    assert answer.status_code == 422
    assert "Try again in an hour" in answer.content.decode()


def test_what_is_no_address_is_said_beside_the_field_and_a_program_is_answered_like_a_person(client, certificate):
    answer = follow(client, certificate, "nobody")
    assert answer.status_code == 422
    assert "looks like rosa@example.ca" in answer.content.decode()
    page = reverse("public:follow", args=[certificate.number])
    assert client.post(page, {"email": ADDRESS, "website": "x"}).status_code == 302
    assert not Watch.objects.exists()
    assert client.get("/follow/SECOR-2020-000001-00/").status_code == 404
