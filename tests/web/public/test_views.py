"""The pages everyone may read, and the first talk anyone may ask for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from secor.store.models import Enquiry, Entry
from secor.store.scope import house

READABLE = ["home", "about", "steps", "questions", "enquiry", "thanks", "check_form", "register"]
ASKED = {
    "name": "Rosa Lindqvist",
    "business": "Prairie Rose Roofing Ltd.",
    "people": "6",
    "city": "Red Deer",
    "by_phone": "yes",
    "phone": "403-555-0100",
    "email": "rosa@example.ca",
    "message": "Is it worth it for six of us?",
    "website": "",
}


@pytest.mark.parametrize("name", READABLE)
def test_anyone_may_read_the_public_pages(client, db, name):
    answer = client.get(reverse(f"public:{name}"))

    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", ["home", "about", "steps", "questions"])
def test_a_page_of_plain_words_asks_the_database_nothing(client, db, django_assert_num_queries, name):
    with django_assert_num_queries(0):
        client.get(reverse(f"public:{name}"))


def test_no_page_promises_fewer_injuries(client, db):
    words = client.get(reverse("public:about")).content.decode()

    assert "could not see such an effect for SECOR" in words


def test_a_wish_for_a_first_talk_is_kept_and_entered_without_a_name(client, db):
    answer = client.post(reverse("public:enquiry"), ASKED)

    kept = Enquiry.objects.get()
    entry = Entry.objects.within(house("test")).get()
    assert answer.headers["Location"] == reverse("public:thanks")
    assert (kept.name, kept.people, kept.by_phone, kept.phone) == ("Rosa Lindqvist", 6, True, "403-555-0100")
    assert (entry.act, entry.subject, entry.detail) == ("enquiry.asked", kept.code, {"by_phone": True, "people": 6})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "  "}, "Tell us your name."),
        ({"email": ""}, "Tell us your e-mail address."),
        ({"email": "rosa"}, "An e-mail address looks like"),
        ({"phone": ""}, "Tell us the number to call"),
        ({"people": "six"}, "Write a number"),
        ({"people": "0"}, "greater than or equal to 1"),
        ({"by_phone": "maybe"}, "maybe"),
        ({"name": "x" * 121}, "120"),
        ({"message": "x" * 4001}, "4000"),
    ],
)
def test_what_cannot_be_answered_is_asked_again_and_nothing_is_kept(client, db, change, told):
    answer = client.post(reverse("public:enquiry"), ASKED | change)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_a_person_who_wants_a_letter_needs_no_telephone(client, db):
    client.post(reverse("public:enquiry"), ASKED | {"by_phone": "no", "phone": ""})

    assert not Enquiry.objects.get().by_phone


def test_a_program_that_fills_what_nobody_sees_is_thanked_and_not_heard(client, db):
    answer = client.post(reverse("public:enquiry"), ASKED | {"website": "http://spam.example"})

    assert answer.headers["Location"] == reverse("public:thanks")
    assert not Enquiry.objects.exists()


def test_a_form_sent_twice_is_one_enquiry(client, db):
    client.post(reverse("public:enquiry"), ASKED | {"once": "the-same-key"})
    client.post(reverse("public:enquiry"), ASKED | {"once": "the-same-key"})

    assert Enquiry.objects.count() == 1


def test_the_fourth_enquiry_within_an_hour_waits(client, db):
    for _ in range(4):
        answer = client.post(reverse("public:enquiry"), ASKED)

    assert answer.status_code == 422
    assert "Wait an hour" in answer.content.decode()
    assert Enquiry.objects.count() == 3

    Enquiry.objects.update(asked_at=datetime.now(UTC) - timedelta(hours=1, seconds=1))
    assert client.post(reverse("public:enquiry"), ASKED).status_code == 302


@pytest.mark.parametrize("demonstration", [True, False])
def test_searching_programs_are_kept_out_of_the_demonstration(client, db, settings, demonstration):
    settings.DEMONSTRATION = demonstration

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert ("Disallow: /" in lines) is demonstration
    assert ("Disallow: /accounts/" in lines) is not demonstration


def test_the_map_of_the_site_lists_pages_that_open(client, db, settings):
    told = client.get("/sitemap.xml").content.decode()

    assert told.count("<loc>") == 11
    assert f"<loc>{settings.SITE_URL}/six-steps/</loc>" in told


def test_whoever_finds_a_hole_can_reach_us(client, db, settings):
    settings.HELP_EMAIL = "help@example.ca"

    told = client.get("/.well-known/security.txt").content.decode()

    assert "Contact: mailto:help@example.ca" in told
    assert "Expires: " in told


@pytest.mark.parametrize(("demonstration", "status"), [(True, 200), (False, 404)])
def test_the_look_is_shown_only_where_nobody_comes_for_a_certificate(client, db, settings, demonstration, status):
    settings.DEMONSTRATION, settings.DEBUG = demonstration, False

    assert client.get(reverse("public:look")).status_code == status
