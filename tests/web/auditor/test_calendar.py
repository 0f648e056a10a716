"""My calendar, my hours, my days away, and the address that my phone follows."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse

from cast import signed_in
from certified import an_audit, an_employer, office
from secor.core.hours import Language, Visit
from secor.queries import bookings as asked
from secor.store.models import Diary, Enquiry
from secor.usecases import bookings, diaries
from secor.usecases.act import ALBERTA, Act
from secor.web import clock

HOURS = {
    "day_0": "9 to 12",
    "day_3": "1 pm to 4:30 pm",
    "home": "Olds",
    "pause_minutes": "30",
    "slower_minutes": "5",
    "is_open": "on",
    "by_phone": "on",
    "english": "on",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client):
    found = office()
    signed_in(client, found.dev)
    return found


def a_talk(scene, **more):
    act = Act(None, clock.now())
    diaries.open_diary(act, person=scene.dev, home="Red Deer")
    enquiry = Enquiry.objects.create(name="Nia", email="nia@example.ca", phone="403 555 0100", asked_at=act.at)
    wish = {"visit": Visit.PHONE, "language": Language.ENGLISH, "town": ""}
    times = tuple(asked.free(**wish, at=act.at, zone=ALBERTA))
    return bookings.book(act, enquiry=enquiry, starts_at=times[0], **wish)


def text(client, name, **data):
    return client.get(reverse(f"auditor:{name}"), data).content.decode()


def test_an_empty_calendar_says_what_to_do(client, scene):
    page = text(client, "calendar")
    assert "Nothing is booked" in page
    assert "You have not said yet when you work" in page


def test_a_talk_shows_who_to_call_and_a_due_day_leads_to_its_audit(client, scene):
    a_talk(scene)
    on = clock.day_of(clock.now())
    audit = an_audit(scene, stage="open", submitted_on=None, submitted_at=None, gathering_from=on, gathered_on=None)
    page = text(client, "calendar")
    assert "Nia" in page
    assert "403 555 0100" in page
    assert "Gather everything" in page
    assert reverse("auditor:audit", args=[audit.code]) in page


def test_what_is_due_and_late_comes_first_and_what_is_with_the_partner_is_nobodys_to_do(client, scene):
    audit = an_audit(scene, stage="open", submitted_on=None, submitted_at=None)
    assert "Overdue" in text(client, "calendar")
    audit.stage = "submitted"
    audit.save()
    assert "Nothing is booked" in text(client, "calendar")


def test_hours_are_kept_and_shown_as_they_were_written(client, scene):
    assert client.post(reverse("auditor:hours"), HOURS).headers["Location"] == reverse("auditor:calendar")
    diary = Diary.objects.get()
    assert diary.week == {"0": [["09:00", "12:00"]], "3": [["13:00", "16:30"]]}
    assert (diary.home, diary.pause_minutes, diary.slower_minutes, diary.french) == ("Olds", 30, 5, False)
    assert 'value="1 pm to 4:30 pm"' in text(client, "hours")
    assert "1 pm to 4:30 pm" in text(client, "calendar")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"day_0": "soon"}, "such as 9 am"),
        ({"by_phone": ""}, "Tick how you talk"),
        ({"english": ""}, "Tick a language"),
        ({"pause_minutes": "500"}, "120"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_their_field(client, scene, given, told):
    answer = client.post(reverse("auditor:hours"), HOURS | given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Diary.objects.exists()


def test_days_away_tell_what_is_booked_on_them(client, scene):
    talk = a_talk(scene)
    day = talk.starts_at.astimezone(ALBERTA).date()
    assert client.post(reverse("auditor:away"), {"first_on": day.isoformat()}).status_code == 302
    page = text(client, "away")
    assert "Booked on these days already" in page
    assert "Nia" in page
    away = scene.dev.diary.away.get()
    assert (away.first_on, away.last_on) == (day, day)
    client.post(reverse("auditor:away"), {"do": "remove", "away": str(away.pk)})
    assert "Nia" not in text(client, "away")
    assert client.post(reverse("auditor:away"), {"do": "remove", "away": str(away.pk)}).status_code == 404


def test_days_away_the_wrong_way_round_are_refused(client, scene):
    on = clock.day_of(clock.now())
    sent = {"first_on": on.isoformat(), "last_on": (on - timedelta(days=1)).isoformat()}
    answer = client.post(reverse("auditor:away"), sent)
    assert answer.status_code == 422
    assert "before the first" in answer.content.decode()


def followed(client) -> str:
    client.post(reverse("auditor:feed"), {"do": "make"})
    page = text(client, "feed")
    return re.search(r'href="https?://[^/"]+(/calendar/[0-9a-z]{26}\.ics)"', page)[1]


def test_the_address_is_shown_once_and_the_phone_reads_what_is_booked_and_due_without_names_of_people(client, scene):
    talk = a_talk(scene)
    on = clock.day_of(clock.now())
    an_audit(scene, stage="open", submitted_on=None, submitted_at=None, gathering_from=on, gathered_on=None)
    diaries.add_away(Act(scene.dev, clock.now()), first_on=on, last_on=on + timedelta(days=1))
    address = followed(client)
    assert address not in text(client, "feed")
    client.logout()

    answer = client.get(address)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    events = {str(each["SUMMARY"]): each for each in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}
    assert events["First talk, on the phone"]["DTSTART"].dt == talk.starts_at
    assert events["Away"]["DTEND"].dt == on + timedelta(days=2)
    due = next(each for title, each in events.items() if "Gather everything" in title)
    assert due["DTSTART"].params["VALUE"] == "DATE"
    assert due["DTSTART"].dt == on + timedelta(days=45)
    for private in ("Nia", "403 555 0100", "nia@example.ca", "Dev", "dev@example.ca"):
        assert private not in answer.content.decode()


def test_a_new_address_ends_the_old_one_and_a_stopped_one_is_gone(client, scene):
    first = followed(client)
    second = followed(client)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    client.post(reverse("auditor:feed"), {"do": "stop"})
    assert client.get(second).status_code == 410
    assert client.post(second).status_code == 405


def test_an_auditor_sees_nothing_of_another_ones_calendar(client, scene):
    a_talk(scene)
    other = an_employer("Sam's Siding Ltd.", partner=scene.partner)
    assert other.legal_name not in text(client, "calendar")
    signed_in(client, scene.regan)
    assert client.get(reverse("auditor:calendar")).status_code == 403
