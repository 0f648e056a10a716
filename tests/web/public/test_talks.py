"""A stranger books a first talk, moves it and calls it off, and each side gets a letter with an invitation."""

import re

import icalendar
import pytest
from django.core import mail
from django.urls import reverse

from certified import a_partner, a_person
from secor.core.role import RoleKind
from secor.post import sender
from secor.queries import bookings as asked
from secor.store.models import Booking, Diary, Enquiry
from secor.web import clock

ASKED = {"name": "Nia", "email": "nia@example.ca", "by_phone": "yes", "phone": "403 555 0100", "city": "Lacombe"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def diary():
    dev = a_person("Dev", RoleKind.AUDITOR, partner=a_partner())
    return Diary.objects.create(person=dev, home="Red Deer", french=True)


def ask(client):
    return client.post(reverse("public:enquiry"), ASKED).headers["Location"]


def times(page) -> list[str]:
    return re.findall(r'name="starts_at" value="([^"]+)"', page.content.decode())


def test_without_a_consultant_who_offers_times_somebody_answers_by_hand(client):
    assert ask(client) == reverse("public:thanks")


def test_who_would_rather_write_is_thanked(client, diary):
    answer = client.post(reverse("public:enquiry"), ASKED | {"by_phone": "no"})
    assert answer.headers["Location"] == reverse("public:thanks")


def test_a_talk_is_booked_moved_and_called_off_and_both_sides_are_told_each_time(client, diary):
    address = ask(client)
    first, second = times(client.get(address))[:2]

    assert client.post(address, {"starts_at": first}).headers["Location"] == address
    booking = Booking.objects.get()
    assert booking.starts_at.isoformat() == first
    assert "Your talk is booked" in client.get(address).content.decode()
    sender.once(at=clock.now())
    client.post(f"{address}?move", {"starts_at": second})
    sender.once(at=clock.now())
    client.post(address, {"do": "cancel"})
    sender.once(at=clock.now())

    for to in ("nia@example.ca", "dev@example.ca"):
        letters = [each for each in mail.outbox if each.to == [to] and each.attachments]
        events = [icalendar.Calendar.from_ical(each.attachments[0][1]) for each in letters]
        assert [(each["METHOD"], each.walk("VEVENT")[0]["SEQUENCE"]) for each in events] == [
            ("REQUEST", 0),
            ("REQUEST", 1),
            ("CANCEL", 2),
        ]
        assert len({each.walk("VEVENT")[0]["UID"] for each in events}) == 1
        assert [each.walk("VEVENT")[0]["DTSTART"].dt.isoformat() for each in events] == [first, second, second]
        assert 'text/calendar; method="CANCEL"' in letters[-1].message().as_string()
    assert address in next(each.body for each in mail.outbox if each.to == ["nia@example.ca"] and each.attachments)
    assert not any(address in each.body for each in mail.outbox if each.to == ["dev@example.ca"])
    assert first in times(client.get(address))


def test_the_file_for_a_calendar_tells_the_time_that_was_booked(client, diary):
    address = ask(client)
    assert client.get(f"{address}talk.ics").status_code == 404
    chosen = times(client.get(address))[0]
    client.post(address, {"starts_at": chosen})

    answer = client.get(f"{address}talk.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]["DTSTART"].dt.isoformat() == chosen


def test_a_time_that_somebody_else_took_is_refused_and_others_are_offered(client, diary):
    mine, theirs = ask(client), ask(client)
    chosen = times(client.get(mine))[0]
    client.post(theirs, {"starts_at": chosen})

    answer = client.post(mine, {"starts_at": chosen})

    assert answer.status_code == 422
    assert "Somebody else has just taken this time" in answer.content.decode()
    assert chosen not in times(answer)
    assert times(answer)


@pytest.mark.parametrize("wrong", ["", "soon", "2026-06-09", "2026-06-09T09:00:00", "2001-01-01T09:00:00+00:00"])
def test_a_time_that_is_none_is_refused(client, diary, wrong):
    assert client.post(ask(client), {"starts_at": wrong}).status_code == 422
    assert not Booking.objects.exists()


def test_a_visit_and_french_are_offered_only_where_somebody_does_them(client, diary):
    address = ask(client)
    assert not times(client.get(address, {"visit": "on_site"}))
    client.post(address, {"starts_at": times(client.get(address, {"language": "fr"}))[0], "language": "fr"})
    assert Booking.objects.get().language == "fr"


def test_only_the_sealed_link_opens_the_page_and_no_search_machine_keeps_it(client, diary):
    address = ask(client)
    code = Enquiry.objects.get().code
    assert client.get(reverse("public:talk", args=[code])).status_code == 410
    assert client.get(reverse("public:talk", args=[code + "0" * asked.DIGITS])).status_code == 410
    page = client.get(address)
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "same-origin"
