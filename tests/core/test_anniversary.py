"""The calendar: months and anniversaries, and the day an audit is due by each policy."""

from datetime import date, timedelta

import pytest

from lives import day
from secor.core.anniversary import (
    Due,
    DuePolicy,
    DueRule,
    Milestone,
    add_months,
    anniversary,
    day_in,
    due,
    month_end,
    ordinal,
    read_day_of_year,
    read_due,
)
from secor.core.reading import Reading

ISSUED, ENDS = date(2024, 5, 17), date(2027, 5, 17)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2024-01-29", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-11-30", 1, "2024-12-30"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-05-17", 0, "2024-05-17"),
    ],
)
def test_months_on_is_the_same_day_or_the_last_of_a_shorter_month(start, months, expected):
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("nth", "expected"), [(1, "2025-02-28"), (2, "2026-02-28"), (3, "2027-02-28"), (4, "2028-02-29")]
)
def test_an_anniversary_of_29_february_stays_in_february(nth, expected):
    assert anniversary(date(2024, 2, 29), nth) == day(expected)


def test_every_other_day_of_four_years_keeps_its_month_and_day():
    for ahead in range(1461):
        start = date(2024, 1, 1) + timedelta(days=ahead)
        that_day = anniversary(start, 3)
        if (start.month, start.day) != (2, 29):
            assert that_day == start.replace(year=start.year + 3)


@pytest.mark.parametrize(
    ("inside", "last"),
    [("2024-02-01", "2024-02-29"), ("2023-02-28", "2023-02-28"), ("2024-12-31", "2024-12-31")],
)
def test_a_month_ends_on_its_last_day(inside, last):
    assert month_end(day(inside)) == day(last)


def test_29_february_is_the_28th_in_a_common_year():
    assert [day_in(year, (2, 29)) for year in (2024, 2025)] == [date(2024, 2, 29), date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("policy", "nth", "expected"),
    [
        (DuePolicy.ANNIVERSARY_DAY, 1, "due 2025-05-17: first anniversary of 2024-05-17, on or before the day (asc)"),
        (DuePolicy.ANNIVERSARY_DAY, 2, "due 2026-05-17: second anniversary of 2024-05-17, on or before the day (asc)"),
        (
            DuePolicy.EXPIRY_MONTH,
            1,
            "due 2025-05-31: last day of May, the month in which the certificate expires (asc)",
        ),
        (DuePolicy.CALENDAR_YEAR, 1, "due 2025-12-31: one audit in the calendar year 2025 (asc)"),
        (DuePolicy.YEAR_END, 2, "due 2026-12-31: by the end of 2026 (asc)"),
        (DuePolicy.FIXED_DAY, 1, "due 2025-12-01: the partner's fixed day in 2025 (asc)"),
    ],
)
def test_a_due_day_comes_with_its_reason(policy, nth, expected):
    rule = DueRule(policy, fixed_day=(12, 1) if policy is DuePolicy.FIXED_DAY else None)
    told = due(rule, issued_on=ISSUED, nth=nth, term_ends_on=ENDS, partner="asc")

    assert told.why == expected
    assert told.due_on.isoformat() == expected[4:14]


@pytest.mark.parametrize(
    ("ends", "nth", "expected"),
    [("2027-02-28", 1, "2025-02-28"), ("2027-02-28", 4, "2028-02-29"), ("2027-12-31", 1, "2025-12-31")],
)
def test_the_month_of_expiry_ends_on_its_own_last_day_each_year(ends, nth, expected):
    issued = day(ends).replace(year=2024)
    told = due(DueRule(DuePolicy.EXPIRY_MONTH), issued_on=issued, nth=nth, term_ends_on=day(ends), partner="esc")

    assert told.due_on == day(expected)


@pytest.mark.parametrize(
    ("policy", "months", "opens"),
    [
        (DuePolicy.ANNIVERSARY_DAY, None, None),
        (DuePolicy.ANNIVERSARY_DAY, 6, "2024-11-17"),
        (DuePolicy.CALENDAR_YEAR, None, "2025-01-01"),
    ],
)
def test_an_audit_may_be_sent_from_the_day_its_window_opens(policy, months, opens):
    told = due(DueRule(policy, opens_months_before=months), issued_on=ISSUED, nth=1, term_ends_on=ENDS, partner="x")

    assert told.opens_on == (day(opens) if opens else None)


def test_days_of_grace_come_after_the_day():
    rule = DueRule(DuePolicy.ANNIVERSARY_DAY, grace_days=30)

    assert due(rule, issued_on=ISSUED, nth=1, term_ends_on=ENDS, partner="asc") == Due(
        date(2025, 6, 16),
        None,
        "due 2025-06-16: first anniversary of 2024-05-17, on or before the day, and 30 days of grace (asc)",
    )


@pytest.mark.parametrize(("nth", "word"), enumerate(["first", "second", "third", "fourth", "fifth", "6th"], start=1))
def test_small_numbers_are_words(nth, word):
    assert ordinal(nth) == word


def read(**given):
    reading = Reading("rules.due")
    return read_due(reading, given), [(problem.place, problem.problem) for problem in reading.problems]


def test_a_due_rule_is_read_whole():
    rule, problems = read(
        policy="FIXED_DAY", milestone="accepted", fixed_day="12-01", opens_months_before=6, grace_days=3
    )

    assert problems == []
    assert rule == DueRule(DuePolicy.FIXED_DAY, Milestone.ACCEPTED, (12, 1), 6, 3)


def test_what_a_due_rule_leaves_out_has_no_window_and_no_grace():
    assert read(policy="YEAR_END", milestone="submitted") == (DueRule(DuePolicy.YEAR_END, Milestone.SUBMITTED), [])


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"milestone": "submitted"}, "rules.due.policy"),
        ({"policy": "YEAR_END"}, "rules.due.milestone"),
        ({"policy": "MONTHLY", "milestone": "submitted"}, "rules.due.policy"),
        ({"policy": "FIXED_DAY", "milestone": "submitted"}, "rules.due.fixed_day"),
        ({"policy": "YEAR_END", "milestone": "submitted", "fixed_day": "12-01"}, "rules.due.fixed_day"),
        ({"policy": "YEAR_END", "milestone": "submitted", "grace_days": -1}, "rules.due.grace_days"),
        ({"policy": "YEAR_END", "milestone": "submitted", "opens_months_before": "6"}, "rules.due.opens_months_before"),
        ({"policy": "YEAR_END", "milestone": "submitted", "by": 1}, "rules.due.by"),
    ],
)
def test_a_due_rule_that_makes_no_sense_is_told_with_its_place(given, place):
    rule, problems = read(**given)

    assert (rule, [at for at, _ in problems]) == (None, [place])


@pytest.mark.parametrize(("text", "expected"), [("02-29", (2, 29)), ("12-01", (12, 1))])
def test_a_day_of_every_year_is_a_month_and_a_day(text, expected):
    assert read_day_of_year(Reading("x"), text) == expected


@pytest.mark.parametrize("text", ["02-30", "13-01", "1 December", 1201, ""])
def test_what_is_no_day_of_the_year_is_told(text):
    reading = Reading("x")

    assert read_day_of_year(reading, text) is None
    assert [problem.place for problem in reading.problems] == ["x"]


def test_the_month_in_which_a_certificate_expires_may_be_short():
    rule = DueRule(DuePolicy.EXPIRY_MONTH)
    told = due(rule, issued_on=date(2024, 3, 31), nth=1, term_ends_on=date(2027, 2, 28), partner="x")

    assert told.due_on == date(2025, 2, 28)
