"""What stops a visit, and what one should know before booking it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from secor.core.hours import Away, Hours, Opening, Taken
from secor.core.timeline import Clock
from secor.core.visit import AHEAD, Known, Plan, Spell, hitches, stopping, warning

ALBERTA = ZoneInfo("America/Edmonton")
TUESDAY = date(2026, 6, 9)
NOW = datetime(2026, 6, 1, 18, tzinfo=UTC)
LONG = Spell(date(2020, 1, 1))
HOURS = Hours(dict.fromkeys(range(5), (Opening(time(8), time(12)), Opening(time(13), time(18)))), home="Red Deer")


def at(clock: str, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ALBERTA)


def plan(begins="09:00", ends="13:00", *, day=TUESDAY, town="Lacombe") -> Plan:
    return Plan(at(begins, day), at(ends, day), town)


def known(**more) -> Known:
    return Known(**{"partner": "ASC", "certified": (LONG,), "declared": True, "hours": HOURS, **more})


def look(plan, known):
    found = hitches(plan, known, at=NOW, zone=ALBERTA)
    return stopping(found), warning(found)


def test_an_ordinary_visit_has_nothing_against_it():
    assert look(plan(), known()) == ((), ())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (plan("13:00", "09:00"), "ends before"),
        (plan("09:00", "09:00"), "ends before"),
        (Plan(at("20:00"), at("02:00", TUESDAY + timedelta(days=1)), "Lacombe"), "twelve hours of one day"),
        (plan("06:00", "19:00"), "twelve hours of one day"),
        (plan(day=date(2026, 5, 26)), "has passed"),
        (plan(day=TUESDAY + AHEAD), "more than a year"),
    ],
)
def test_a_time_that_cannot_be_stops_it(wrong, told):
    stops, _ = look(wrong, known())
    assert len(stops) == 1
    assert told in stops[0]


@pytest.mark.parametrize(
    ("spell", "certified"),
    [
        (Spell(TUESDAY), True),
        (Spell(date(2020, 1, 1), TUESDAY), True),
        (Spell(TUESDAY + timedelta(days=1)), False),
        (Spell(date(2020, 1, 1), TUESDAY - timedelta(days=1)), False),
    ],
)
def test_the_partner_must_certify_on_the_day_of_the_visit_itself(spell, certified):
    stops, _ = look(plan(), known(certified=(spell,)))
    assert stops == () if certified else "ASC does not certify you on 2026-06-09" in stops[0]


def test_a_tie_stops_it_and_a_missing_declaration_only_warns():
    tied = known(conflicts=("helped to build the program; who did so may not audit it",))
    assert "helped to build" in look(plan(), tied)[0][0]
    assert "declared a tie" in look(plan(), known(declared=False))[0][0]
    assert look(plan(), known(declared=None))[0] == ()
    assert "not declared yet" in look(plan(), known(declared=None))[1][0]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"opens_on": TUESDAY + timedelta(days=1)}, "from 2026-06-10 on"),
        ({"due_on": TUESDAY - timedelta(days=1)}, "by 2026-06-08"),
        ({"gather_by": Clock(TUESDAY - timedelta(days=1), "45 days")}, "gathered by 2026-06-08 (45 days)"),
        ({"registered_on": TUESDAY - timedelta(days=9), "lead_days": 10}, "10 days before. That is 2026-06-10"),
        ({"audited_last_time": True}, "the audit before this one"),
        ({"interviews": 7}, "takes 4 hours and 40 minutes, and with this visit you are there for 4 hours"),
        ({"hours": Hours(HOURS.week, (Away(TUESDAY, TUESDAY),), "Red Deer")}, "away on this day"),
        ({"hours": Hours({0: HOURS.week[0]}, (), "Red Deer")}, "outside your working hours"),
    ],
)
def test_what_may_have_a_good_reason_only_warns(more, told):
    stops, warns = look(plan(), known(**more))
    assert stops == ()
    assert len(warns) == 1
    assert told in warns[0]


@pytest.mark.parametrize(
    "more",
    [
        {"opens_on": TUESDAY},
        {"due_on": TUESDAY},
        {"gather_by": Clock(TUESDAY, "45 days")},
        {"registered_on": TUESDAY - timedelta(days=10), "lead_days": 10},
        {"interviews": 6},
        {"interviews": 7, "other_visits": timedelta(minutes=40)},
        {"hours": None},
    ],
)
def test_the_last_day_that_is_in_time_is_in_time(more):
    assert look(plan(), known(**more)) == ((), ())


def test_a_holiday_warns_by_its_name():
    assert "Canada Day" in look(plan(day=date(2026, 7, 1)), known())[1][0]


def beside(begins, ends, town, mine=None):
    return look(mine or plan(), known(taken=(Taken(at(begins), at(ends), town),)))


def test_two_places_at_once_stop_it_and_one_that_ends_as_it_begins_does_not():
    assert "Something else is booked" in beside("12:59", "14:00", "Lacombe")[0][0]
    assert "Something else is booked" in beside("08:00", "09:01", "Lacombe")[0][0]
    assert "Something else" not in str(beside("13:00", "14:00", "Lacombe"))


def test_the_drive_between_two_known_towns_stops_it_and_between_unknown_ones_warns():
    stops, _ = beside("13:30", "14:00", "Edmonton")
    assert "the drive between takes about" in stops[0]
    stops, warns = beside("13:30", "14:00", "Nowhere Corners")
    assert stops == ()
    assert "as far as we know" in warns[0]


def test_a_talk_on_the_phone_is_held_at_home_and_the_pause_only_warns():
    # Half an hour home from Lacombe, and a quarter of an hour of pause.
    assert "the drive" in beside("13:29", "13:44", "")[0][0]
    stops, warns = beside("13:44", "13:59", "")
    assert stops == ()
    assert "pause" in warns[0]
    assert beside("13:50", "14:05", "") == ((), ())
