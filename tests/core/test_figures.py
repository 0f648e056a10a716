"""Figures are exact, say what they are made of, and are not given where one event would overturn them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from secor.core.employer import Headcount
from secor.core.figures import (
    Hours,
    Kept,
    Pool,
    Seen,
    days_since,
    days_to_close,
    hours_of,
    kept,
    near_miss_ratio,
    pool,
    rate,
    whole_months,
)
from secor.core.rhythm import Rhythm

ON = date(2026, 6, 17)
JUNE = date(2026, 6, 1)


def test_the_twelve_months_that_are_over_end_with_the_one_before():
    months = whole_months(ON)
    assert (months[0], months[-1], len(months)) == (date(2025, 6, 1), date(2026, 5, 1), 12)
    assert whole_months(date(2026, 6, 1)) == months == whole_months(date(2026, 6, 30))


@pytest.mark.parametrize(
    ("days", "since"), [([], None), ([ON], 0), ([date(2026, 6, 16), date(2026, 1, 1)], 1), ([date(2026, 6, 18)], None)]
)
def test_days_since_count_from_the_last_one_up_to_today(days, since):
    assert days_since(days, on=ON) == since


@pytest.mark.parametrize(
    ("near", "incidents", "ratio"),
    [(0, 0, None), (9, 0, None), (3, 1, None), (4, 1, Fraction(4)), (3, 2, Fraction(3, 2))],
)
def test_a_near_miss_ratio_wants_an_incident_and_five_events(near, incidents, ratio):
    assert near_miss_ratio(near, incidents) == ratio


def test_hours_that_were_told_are_the_hours():
    ledger = [Headcount(date(2020, 1, 1), {"full_time": 5})]
    assert hours_of(JUNE, told=801, ledger=ledger) == Hours(JUNE, Fraction(801), estimated=False)
    assert hours_of(JUNE, told=0, ledger=ledger).number == 0


def test_hours_are_estimated_from_the_head_counts_that_held_on_the_months_days():
    ledger = [
        Headcount(date(2026, 6, 16), {"owners": 1, "full_time": 2, "part_time": 1}),
        Headcount(date(2020, 1, 1), {"owners": 1, "full_time": 1, "volunteers": 9, "subcontractors": 9}),
    ]
    # 15 days at 320 hours a month, 15 days at 560.
    assert hours_of(JUNE, told=None, ledger=ledger) == Hours(JUNE, Fraction(440), estimated=True)
    assert hours_of(date(2026, 5, 1), told=None, ledger=ledger).number == 320
    assert hours_of(date(2026, 7, 1), told=None, ledger=ledger).number == 560


def test_a_month_before_any_head_count_has_no_hours_and_one_in_part_has_a_part():
    ledger = [Headcount(date(2026, 6, 30), {"casual": 3})]
    assert hours_of(date(2026, 5, 1), told=None, ledger=ledger) == Hours(date(2026, 5, 1), None, estimated=True)
    assert hours_of(JUNE, told=None, ledger=ledger).number == 8
    assert hours_of(JUNE, told=None, ledger=[]).number is None


def test_a_rate_is_told_for_200_000_hours_and_says_what_one_more_would_add():
    hours = [Hours(JUNE, Fraction(6_000), estimated=False), Hours(JUNE, Fraction(4_000), estimated=True)]
    found = rate(3, hours)
    assert (found.value, found.one_more, found.hours, found.estimated, found.months) == (60, 20, 10_000, True, 2)
    assert not rate(3, hours[:1]).estimated


@pytest.mark.parametrize(("hours", "value"), [(1_999, None), (2_000, Fraction(100))])
def test_a_rate_wants_the_hours_of_one_person_in_a_year(hours, value):
    found = rate(1, [Hours(JUNE, Fraction(hours), estimated=False), Hours(JUNE, None, estimated=True)])
    assert (found.value, found.months, found.estimated) == (value, 1, False)


def test_no_events_are_a_rate_of_nought():
    assert rate(0, [Hours(JUNE, Fraction(2_000), estimated=False)]).value == 0


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (set(), Kept(0, 2)),
        ({date(2026, 6, 1)}, Kept(1, 2)),
        ({date(2026, 6, 7)}, Kept(1, 2)),
        ({date(2026, 6, 8), date(2026, 6, 9)}, Kept(1, 2)),
        ({date(2026, 6, 1), date(2026, 6, 14), date(2026, 6, 15)}, Kept(3, 3)),
        ({date(2026, 5, 31)}, Kept(0, 2)),
    ],
)
def test_a_weekly_rhythm_counts_whole_weeks_and_the_one_that_runs_once_it_has_its_record(made, expected):
    # From a Friday: the week that began before it does not count; ON is a Wednesday.
    assert kept(Rhythm.WEEKLY, made, first=date(2026, 5, 29), last=ON, on=ON) == expected


@pytest.mark.parametrize(("on", "wanted"), [(date(2026, 6, 7), 0), (date(2026, 6, 8), 1)])
def test_a_week_is_missed_only_once_its_sunday_has_passed(on, wanted):
    assert kept(Rhythm.WEEKLY, set(), first=JUNE, last=on, on=on) == Kept(0, wanted)


@pytest.mark.parametrize("rhythm", [Rhythm.MONTHLY, Rhythm.DAILY, Rhythm.EACH_JOB])
def test_other_rhythms_are_looked_for_month_by_month(rhythm):
    made = {date(2026, 4, 30), date(2026, 4, 1)}
    assert kept(rhythm, made, first=date(2026, 4, 1), last=ON, on=ON) == Kept(1, 2)
    assert kept(rhythm, made | {ON}, first=date(2026, 4, 1), last=ON, on=ON) == Kept(2, 3)


def test_what_is_made_as_it_happens_wants_nothing():
    nothing = kept(Rhythm.AS_IT_HAPPENS, {ON}, first=JUNE, last=ON, on=ON)
    assert (nothing, nothing.share) == (Kept(0, 0), None)
    assert Kept(2, 3).share == Fraction(2, 3)


@pytest.mark.parametrize(("closed", "expected"), [(0, None), (2, None), (3, Fraction(4))])
def test_days_to_close_want_three_that_were_closed(closed, expected):
    assert days_to_close([(JUNE, JUNE + timedelta(days=4))] * closed) == expected


def test_days_to_close_are_an_exact_average():
    days = [(JUNE, JUNE + timedelta(days=nth)) for nth in (0, 0, 1)]
    assert days_to_close(days) == Fraction(1, 3)


@pytest.mark.parametrize(("firms", "told"), [(9, False), (10, True), (40, True)])
def test_a_group_of_fewer_than_ten_firms_is_told_to_nobody(firms, told):
    found = pool([Seen(3, 100)] * firms)
    assert (found is not None) is told
    if found:
        assert (found.every, found.firms) == (Fraction(100, 3), firms)


@pytest.mark.parametrize(("largest", "told"), [(27, True), (28, False)])
def test_a_group_of_which_one_firm_is_more_than_half_is_told_to_nobody(largest, told):
    assert (pool([Seen(largest, 100), *[Seen(3, 100)] * 9]) is not None) is told


@pytest.mark.parametrize(("largest", "told"), [(900, True), (901, False)])
def test_nor_is_one_of_which_a_single_firm_has_more_than_half_of_the_days(largest, told):
    assert (pool([Seen(3, largest), *[Seen(3, 100)] * 9]) is not None) is told


def test_a_group_without_a_single_event_has_no_days_for_each():
    found = pool([Seen(0, 100)] * 10)
    assert found == Pool(10, 0, 1000)
    assert found.every is None
