"""The feed, read back by a second program."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from secor.core.feed import Booked, WholeDays, written

ALBERTA = ZoneInfo("America/Edmonton")
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def read(*things):
    return icalendar.Calendar.from_ical(written("SECOR", things, at=AT))


def a_visit(starts_at, **more):
    return Booked("1@secor", "Audit visit", starts_at, starts_at + timedelta(hours=3), AT, **more)


def test_a_visit_keeps_its_hour_on_the_wall_before_and_after_the_clocks_change():
    before, after = (datetime(2026, 3, day, 9, tzinfo=ALBERTA) for day in (6, 9))  # the clocks go ahead on the 8th
    events = read(a_visit(before), a_visit(after)).walk("VEVENT")

    begin = [each["DTSTART"].dt for each in events]
    assert [each.tzname() for each in begin] == ["UTC", "UTC"]
    assert [each.astimezone(ALBERTA).hour for each in begin] == [9, 9]
    assert [each.hour for each in begin] == [16, 15]


def test_a_due_day_is_a_day_on_no_clock_and_takes_no_time():
    (event,) = read(WholeDays("2@secor", "Due", date(2026, 3, 8), date(2026, 3, 8))).walk("VEVENT")

    assert event["DTSTART"].dt == date(2026, 3, 8)
    assert not isinstance(event["DTSTART"].dt, datetime)
    assert event["DTEND"].dt == date(2026, 3, 9)
    assert event["TRANSP"] == "TRANSPARENT"


def test_days_away_end_on_the_day_after_their_last_and_are_busy():
    (event,) = read(WholeDays("3@secor", "Away", date(2026, 12, 24), date(2026, 12, 31), busy=True)).walk("VEVENT")

    assert (event["DTEND"].dt, event["TRANSP"]) == (date(2027, 1, 1), "OPAQUE")


def test_a_name_with_signs_of_the_format_stays_a_name():
    name = "Smith; Sons, Ltd.\\ é" * 8 + "\nEND:VEVENT\nBEGIN:VEVENT"
    (event,) = read(a_visit(AT, where=name, sequence=3)).walk("VEVENT")

    assert event["LOCATION"] == name
    assert event["SEQUENCE"] == 3
    assert max(len(line) for line in written("SECOR", [a_visit(AT, where=name)], at=AT).encode().split(b"\r\n")) <= 75
