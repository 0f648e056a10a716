"""Free times: in working hours, clear of what is booked, on whichever nights the clocks move."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from secor.core.holiday import is_holiday
from secor.core.hours import HOME, LENGTHS, PAUSE, Away, Hours, Opening, Taken, Visit, Wish, free_times
from secor.core.travel import minutes

ALBERTA = ZoneInfo("America/Edmonton")
CHICAGO = ZoneInfo("America/Chicago")  # still moves its clocks
TUESDAY = date(2026, 6, 9)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MORNING = Opening(time(9), time(12))


def hours(*openings: Opening, away: tuple[Away, ...] = (), home: str = "Red Deer") -> Hours:
    return Hours(dict.fromkeys(range(7), openings or (MORNING,)), away, home)


def wish(
    visit: Visit = Visit.PHONE, *, town: str = "", day: date = TUESDAY, days: int = 1, not_before=LONG_AGO
) -> Wish:
    return Wish(visit, town, not_before, day, day + timedelta(days=days - 1))


def told(hours: Hours, wish: Wish, *taken: Taken, zone=ALBERTA) -> list[str]:
    """The free times as the clock on the wall shows them."""
    return [f"{at.astimezone(zone):%H:%M}" for at in free_times(hours, wish=wish, taken=taken, zone=zone)]


def at(clock: str, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ALBERTA).astimezone(UTC)


def test_a_free_morning_is_offered_by_half_hours_and_ends_in_time():
    assert told(hours(), wish()) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert told(hours(Opening(time(9), time(9, 15))), wish()) == ["09:00"]
    assert told(hours(Opening(time(9), time(9, 14))), wish()) == []


def test_a_visit_leaves_time_for_the_way_there_and_home():
    assert minutes("Red Deer", "Red Deer") == 20
    assert told(hours(), wish(Visit.ON_SITE, town="Red Deer")) == ["09:30", "10:00", "10:30"]


def test_a_visit_to_a_town_nobody_wrote_is_never_at_home():
    assert told(hours(Opening(time(9), time(14))), wish(Visit.ON_SITE)) == ["11:00"]


def test_a_booked_call_takes_its_pause_before_and_after():
    call = Taken(at("10:00"), at("10:15"))

    assert told(hours(), wish(), call) == ["09:00", "09:30", "10:30", "11:00", "11:30"]
    assert told(hours(), wish(), Taken(at("10:00"), at("10:16"))) == ["09:00", "09:30", "11:00", "11:30"]


def test_a_call_next_to_a_visit_waits_for_the_way_home():
    visit = Taken(at("09:30"), at("10:30"), "Red Deer")  # pause 15, way 20

    assert told(hours(), wish(), visit) == ["11:30"]


def test_holidays_days_away_and_closed_weekdays_are_not_offered():
    assert told(hours(), wish(day=date(2026, 7, 1))) == []
    away = (Away(TUESDAY, TUESDAY + timedelta(days=1)),)
    days = free_times(hours(away=away), wish=wish(day=TUESDAY - timedelta(days=1), days=4), taken=(), zone=ALBERTA)
    assert {each.astimezone(ALBERTA).day for each in days} == {8, 11}
    assert told(Hours({0: (MORNING,)}), wish()) == []


def test_what_begins_before_the_moment_asked_for_is_gone():
    assert told(hours(), wish(not_before=at("10:30"))) == ["10:30", "11:00", "11:30"]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        # Two o'clock is left out; three follows one.
        (CHICAGO, date(2027, 3, 14), ["01:00", "01:30", "03:00", "03:30"]),
        # One o'clock comes twice; it is offered once.
        (CHICAGO, date(2026, 11, 1), ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
        (CHICAGO, date(2026, 11, 2), ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_on_the_nights_the_clocks_move_the_wall_clock_counts(zone, day, expected):
    night = hours(Opening(time(0, 30), time(4)))

    assert [each for each in told(night, wish(day=day), zone=zone) if each >= "01:00"] == expected


def test_an_opening_that_ends_in_the_hour_left_out_ends_before_it():
    assert told(hours(Opening(time(1), time(2, 30))), wish(day=date(2027, 3, 14)), zone=CHICAGO) == ["01:00"]


def test_nine_on_the_wall_is_another_moment_when_the_clocks_have_moved():
    days = free_times(hours(), wish=wish(day=date(2027, 3, 13), days=2), taken=(), zone=CHICAGO)

    assert {each.hour for each in days if each.astimezone(CHICAGO).hour == 9} == {15, 14}


moments = st.datetimes(datetime(2026, 10, 20), datetime(2027, 3, 25)).map(lambda at: at.replace(tzinfo=UTC))
booked = st.builds(
    lambda starts_at, long, town: Taken(starts_at, starts_at + timedelta(minutes=long), town),
    moments,
    st.integers(5, 300),
    st.sampled_from([HOME, "Red Deer", "Calgary", "Elnora"]),
)
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
openings = st.tuples(clocks, clocks).map(lambda pair: Opening(min(pair), max(pair)))


@settings(deadline=None, max_examples=60)
@example(  # an hour that the clocks leave out, told as if it came twice
    openings=[Opening(time(2, 0, fold=1), time(3, 0))],
    taken=[],
    day=date(2027, 3, 12),
    visit=Visit.PHONE,
    town="Calgary",
    zone=CHICAGO,
)
@given(
    openings=st.lists(openings, min_size=1, max_size=2),
    taken=st.lists(booked, max_size=12),
    day=st.sampled_from([date(2026, 10, 30), date(2026, 11, 10), date(2027, 3, 12), date(2026, 12, 24)]),
    visit=st.sampled_from(Visit),
    town=st.sampled_from(["Calgary", "Red Deer", "Elnora", ""]),
    zone=st.sampled_from([ALBERTA, CHICAGO]),
)
def test_every_free_time_lies_in_working_hours_and_clear_of_what_is_booked(openings, taken, day, visit, town, zone):
    theirs = hours(*openings)
    asked = wish(visit, town=town, day=day, days=4)
    for starts_at in free_times(theirs, wish=asked, taken=taken, zone=zone):
        ends_at = starts_at + LENGTHS[visit]
        shown, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
        assert not is_holiday(shown.date())
        assert any(each.opens <= shown.time() and ends.time() <= each.closes for each in openings)
        assert shown.date() == ends.date()
        for each in taken:
            way = 0 if each.town == asked.place == HOME else minutes(each.town or "Red Deer", asked.place or "Red Deer")
            gap = PAUSE + timedelta(minutes=way)
            assert ends_at + gap <= each.starts_at or each.ends_at + gap <= starts_at
