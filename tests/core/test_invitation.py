"""Invitations, read back by a library that calendars trust."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from secor.core.invitation import Invitation, written

TALK = Invitation(
    uid="9a5f",
    sequence=2,
    title="First talk about SECOR; on the phone, éèü",
    starts_at=datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("America/Edmonton")),
    ends_at=datetime(2026, 12, 1, 16, 45, tzinfo=UTC),
    stamped_at=datetime(2026, 11, 30, 12, 0, tzinfo=UTC),
    organizer="talks@example.ca",
    attendee="nia@example.ca",
    where="Red Deer",
    text="Move it here:\nhttps://example.ca/first-talk/" + "é" * 80,
)


def read(invitation: Invitation):
    calendar = icalendar.Calendar.from_ical(written(invitation))
    return calendar, calendar.walk("VEVENT")[0]


def test_an_invitation_says_what_when_where_and_how_often_it_was_changed():
    calendar, event = read(TALK)
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"], event["STATUS"]) == ("REQUEST", "9a5f", 2, "CONFIRMED")
    assert (event["SUMMARY"], event["LOCATION"], event["DESCRIPTION"]) == (TALK.title, TALK.where, TALK.text)
    assert event["ORGANIZER"] == "mailto:talks@example.ca"
    assert event["ATTENDEE"] == "mailto:nia@example.ca"


def test_moments_are_utc_after_the_clocks_of_alberta_stood_still():
    assert "DTSTART:20261201T153000Z\r\n" in written(TALK)
    assert read(TALK)[1]["DTEND"].dt == TALK.ends_at


def test_a_cancellation_keeps_the_uid():
    calendar, event = read(replace(TALK, cancelled=True, sequence=3))
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"], event["STATUS"]) == ("CANCEL", "9a5f", 3, "CANCELLED")


def test_no_line_is_longer_than_the_standard_allows_and_none_ends_bare():
    lines = written(TALK).encode().split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert not any(b"\n" in line for line in lines)
    assert lines[-1] == b""


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028"])
def test_a_line_break_in_a_text_begins_no_line(break_):
    event = read(replace(TALK, title=f"Talk{break_}STATUS:CANCELLED"))[1]
    assert (event["SUMMARY"], event["STATUS"]) == ("Talk\nSTATUS:CANCELLED", "CONFIRMED")
