"""An audit's clocks, to the day."""

from datetime import date

import pytest

from lives import day
from secor.core.reading import Reading
from secor.core.timeline import (
    Clock,
    Timelines,
    correct_by,
    gather_by,
    gathering_starts,
    read_timelines,
    report_by,
    review_by,
)

RULE = Timelines(
    gather_days=45,
    report_days=21,
    correction_days=15,
    correction_total_days=90,
    review_days=28,
)


@pytest.mark.parametrize(
    ("documents", "on_site", "starts"),
    [
        ("2025-03-03", "2025-03-10", "2025-03-03"),
        ("2025-03-10", "2025-03-03", "2025-03-03"),
        (None, "2025-03-10", "2025-03-10"),
        ("2025-03-03", None, "2025-03-03"),
        (None, None, None),
    ],
)
def test_gathering_starts_on_the_earlier_of_documents_and_the_first_day_on_site(documents, on_site, starts):
    known = [day(each) if each else None for each in (documents, on_site)]

    assert gathering_starts(*known) == (day(starts) if starts else None)


@pytest.mark.parametrize(("day_one", "by"), [(False, "2025-04-17"), (True, "2025-04-16")])
def test_gathering_takes_45_days_and_a_partner_says_whether_the_first_is_one_of_them(day_one, by):
    rule = Timelines(gather_days=45, count_start_as_day_one=day_one)

    assert gather_by(rule, started_on=date(2025, 3, 3)) == Clock(day(by), "45 days from 2025-03-03")


@pytest.mark.parametrize(
    ("started", "by"),
    [
        ("2025-11-25", "2025-12-31"),
        ("2025-11-17", "2025-12-31"),
        ("2025-11-16", "2025-12-31"),
        ("2025-11-15", "2025-12-30"),
    ],
)
def test_gathering_does_not_go_past_the_year_where_the_partner_says_so(started, by):
    rule = Timelines(gather_days=45, gather_not_past_year_end=True)

    assert gather_by(rule, started_on=day(started)).by == day(by)


def test_only_what_the_year_end_cuts_is_told_to_be_cut():
    rule = Timelines(gather_days=45, gather_not_past_year_end=True)

    assert gather_by(rule, started_on=date(2025, 11, 16)).why == "45 days from 2025-11-16"
    assert (
        gather_by(rule, started_on=date(2025, 11, 17)).why
        == "45 days from 2025-11-17, and not past the end of the year"
    )


def test_without_the_year_end_gathering_goes_on_into_the_next():
    assert gather_by(RULE, started_on=date(2025, 11, 25)).by == date(2026, 1, 9)


def test_the_report_is_due_21_days_after_gathering_ended():
    assert report_by(RULE, gathered_on=date(2025, 4, 17)) == Clock(
        date(2025, 5, 8), "21 days after gathering ended on 2025-04-17"
    )


@pytest.mark.parametrize(
    ("returned", "by", "why"),
    [
        ("2025-05-20", "2025-06-04", "15 days after it was sent back on 2025-05-20"),
        ("2025-08-03", "2025-08-18", "15 days after it was sent back on 2025-08-03"),
        ("2025-08-04", "2025-08-18", "90 days after it was first sent back on 2025-05-20"),
        ("2025-08-18", "2025-08-18", "90 days after it was first sent back on 2025-05-20"),
    ],
)
def test_each_round_of_corrections_has_15_days_and_all_together_90(returned, by, why):
    assert correct_by(RULE, returned_on=day(returned), first_returned_on=date(2025, 5, 20)) == Clock(day(by), why)


def test_a_partner_may_limit_only_one_of_the_two():
    asked = {"returned_on": date(2025, 8, 4), "first_returned_on": date(2025, 5, 20)}

    assert correct_by(Timelines(correction_days=15), **asked).by == date(2025, 8, 19)
    assert correct_by(Timelines(correction_total_days=90), **asked).by == date(2025, 8, 18)


def test_the_review_has_its_days_too():
    assert review_by(RULE, submitted_on=date(2025, 5, 8)) == Clock(
        date(2025, 6, 5), "28 days after it was sent on 2025-05-08"
    )


def test_a_partner_without_a_limit_sets_no_clock():
    some_day, none = date(2025, 5, 8), Timelines()

    assert gather_by(none, started_on=some_day) is None
    assert report_by(none, gathered_on=some_day) is None
    assert review_by(none, submitted_on=some_day) is None
    assert correct_by(none, returned_on=some_day, first_returned_on=some_day) is None


def read(value):
    reading = Reading("r")
    return read_timelines(reading, value), [problem.place for problem in reading.problems]


def test_days_are_read_and_an_absent_step_has_no_limit():
    given = {
        "gather_days": 45,
        "report_days": 21,
        "correction_days": 15,
        "correction_total_days": 90,
        "review_days": 28,
    }

    assert read(given) == (RULE, [])
    assert read({}) == (Timelines(), [])
    assert read({"registration_lead_days": 10, "gather_not_past_year_end": True, "count_start_as_day_one": True}) == (
        Timelines(registration_lead_days=10, gather_not_past_year_end=True, count_start_as_day_one=True),
        [],
    )


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"gather_days": 0}, "r.gather_days"),
        ({"report_days": "21"}, "r.report_days"),
        ({"days": 1}, "r.days"),
        ({"count_start_as_day_one": "no"}, "r.count_start_as_day_one"),
        ([], "r"),
    ],
)
def test_days_that_make_no_sense_are_told_with_their_place(given, place):
    assert read(given) == (None, [place])


def test_one_day_is_a_limit_and_none_at_all_is_not():
    assert read({"gather_days": 1}) == (Timelines(gather_days=1), [])
    assert read({"gather_days": 0})[0] is None
