"""Who is small enough, counted from a ledger."""

from datetime import date
from fractions import Fraction

import pytest

from lives import day
from secor.core.employer import (
    Basis,
    Eligibility,
    Growth,
    GrowthBy,
    Headcount,
    HeadcountRule,
    eligible,
    read_headcount_rule,
    read_ledger,
)
from secor.core.reading import Reading

STAFF = frozenset({"owners", "full_time"})
YEAR_END = date(2025, 12, 31)


def counts(**on):
    """A ledger in one line: ``d2025_07_01=9``."""
    return [Headcount(date(*map(int, key[1:].split("_"))), {"full_time": number}) for key, number in on.items()]


def rule(**given):
    return HeadcountRule(**{"at_most": 10, "counts": STAFF, **given})


def ask(ledger, on=YEAR_END, **given):
    return eligible(ledger, rule=rule(**given), on=on)


def test_the_whole_answer_for_an_employer_within_the_limit():
    assert ask(counts(d2025_07_01=9)) == Eligibility(
        counted=Fraction(9),
        basis="peak over 12 months",
        peak_on=date(2025, 7, 1),
        maximum=10,
        eligible=True,
        convert_by=None,
        why=("9 people by peak over 12 months; counted are owners, full time", "the limit of 10 is kept"),
    )


@pytest.mark.parametrize(("number", "expected"), [(0, False), (1, True), (10, True), (11, False)])
def test_the_limits_themselves_are_within(number, expected):
    assert ask(counts(d2025_07_01=number)).eligible is expected


def test_only_the_kinds_that_count_are_added_up():
    ledger = [Headcount(date(2025, 7, 1), {"owners": 1, "full_time": 9, "subcontractors": 5})]

    assert ask(ledger).counted == 10
    assert ask(ledger, counts=STAFF | {"subcontractors"}).counted == 15


@pytest.mark.parametrize(
    ("shrank", "on", "counted"),
    [
        ("2025-01-01", "2025-12-31", 9),  # eleven until 31 December: just outside
        ("2025-01-02", "2025-12-31", 11),  # eleven on 1 January still: the first day inside
        ("2024-03-01", "2025-02-28", 11),  # the window after a leap day begins on that day
        ("2024-02-29", "2025-02-28", 9),
        ("2023-03-01", "2024-02-29", 9),
        ("2023-03-02", "2024-02-29", 11),
    ],
)
def test_the_window_is_twelve_months_to_the_day(shrank, on, counted):
    ledger = [Headcount(date(2020, 1, 1), {"full_time": 11}), Headcount(day(shrank), {"full_time": 9})]

    assert ask(ledger, on=day(on)).counted == counted


def test_a_count_before_the_window_holds_until_the_next_one():
    answer = ask(counts(d2020_01_01=8))

    assert (answer.counted, answer.peak_on) == (8, date(2025, 1, 1))


@pytest.mark.parametrize(("on", "counted"), [("2025-06-30", 9), ("2025-07-01", 11)])
def test_a_count_holds_from_its_own_day(on, counted):
    assert ask(counts(d2025_01_01=9, d2025_07_01=11), on=day(on)).counted == counted


def test_the_calendar_year_begins_on_1_january():
    ledger = counts(d2020_01_01=11, d2025_01_01=9)

    assert ask(ledger, on=date(2025, 6, 30)).counted == 11
    assert ask(ledger, on=date(2025, 6, 30), calendar_year=True).counted == 9
    assert ask(ledger, on=date(2024, 12, 31), calendar_year=True).counted == 11
    assert ask(ledger, on=date(2025, 6, 30), calendar_year=True).basis == "peak over the calendar year"


def test_of_two_counts_of_one_day_the_later_told_holds():
    ledger = [Headcount(date(2025, 7, 1), {"full_time": 11}), Headcount(date(2025, 7, 1), {"full_time": 9})]

    assert (ask(ledger).counted, ask(ledger[::-1]).counted) == (9, 11)


def test_the_order_of_days_in_the_ledger_does_not_matter():
    ledger = counts(d2025_01_01=9, d2025_07_01=11, d2025_08_01=7)

    assert ask(ledger) == ask(ledger[::-1])


@pytest.mark.parametrize(
    ("basis", "counted", "expected"),
    [(Basis.PEAK, 11, False), (Basis.AVERAGE, Fraction(184 * 11 + 181 * 9, 365), False), (Basis.AS_OF, 11, False)],
)
def test_a_scheme_says_which_figure_is_held_against_the_limit(basis, counted, expected):
    answer = ask(counts(d2025_01_01=9, d2025_07_01=11), basis=basis)

    assert (answer.counted, answer.eligible) == (counted, expected)


def test_an_average_exactly_at_the_limit_is_within():
    assert ask(counts(d2025_12_30=9, d2025_12_31=11), basis=Basis.AVERAGE).eligible
    assert not ask(counts(d2025_12_29=10, d2025_12_30=10, d2025_12_31=11), basis=Basis.AVERAGE).eligible


def test_the_count_of_the_day_forgets_an_earlier_peak():
    answer = ask(counts(d2025_01_01=14, d2025_12_31=10), basis=Basis.AS_OF)

    assert (answer.counted, answer.eligible, answer.basis) == (10, True, "the count of the day")


@pytest.mark.parametrize(
    ("by", "expected"), [("immediate", "2025-03-01"), ("year_end", "2025-12-31"), ("next_due", None)]
)
def test_moving_on_counts_from_the_day_the_limit_was_passed_not_from_the_peak(by, expected):
    ledger = counts(d2024_12_01=10, d2025_03_01=11, d2025_11_01=14)
    answer = ask(ledger, on=date(2026, 1, 31), growth=Growth("ab-cor", GrowthBy(by)))

    assert (answer.counted, answer.peak_on) == (14, date(2025, 11, 1))
    assert answer.convert_by == (day(expected) if expected else None)
    assert answer.why[1:] == (
        "the limit is 10, and it was passed from 2025-03-01 on",
        f"move to ab-cor {'by ' + expected if expected else 'when the next audit falls due'}",
    )


def test_who_is_within_the_limit_moves_nowhere():
    assert ask(counts(d2025_07_01=10), growth=Growth("ab-cor", GrowthBy.IMMEDIATE)).convert_by is None


def test_without_a_count_nobody_can_tell():
    answer = ask(counts(d2026_01_01=5))

    assert (answer.eligible, answer.peak_on, answer.counted) == (False, None, 0)
    assert answer.why == ("no head-count is known on or before 2025-12-31; report one",)


def test_no_upper_limit_takes_everybody():
    answer = ask(counts(d2025_07_01=400), at_most=None, growth=Growth("x", GrowthBy.IMMEDIATE))

    assert (answer.eligible, answer.maximum, answer.convert_by) == (True, None, None)
    assert answer.why[1:] == ("there is no upper limit",)


def test_too_few_are_told_where_the_scheme_begins():
    assert ask(counts(d2025_07_01=5), at_least=6).why[1:] == ("the scheme begins at 6",)


def read(value, reader=read_headcount_rule):
    reading = Reading("r")
    return reader(reading, value), [problem.place for problem in reading.problems]


def test_a_rule_is_read_whole():
    given = {
        "at_most": 19,
        "counts": ["owners", "full_time"],
        "at_least": 2,
        "basis": "average",
        "window_months": 6,
        "calendar_year": True,
        "growth": {"to": "ab-cor", "by": "year_end"},
    }

    growth = Growth("ab-cor", GrowthBy.YEAR_END)
    assert read(given) == (HeadcountRule(19, STAFF, 2, Basis.AVERAGE, 6, calendar_year=True, growth=growth), [])


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"at_most": 0}, "r.at_most"),
        ({"counts": ["cats"]}, "r.counts"),
        ({"at_least": 11}, "r.at_least"),
        ({"basis": "median"}, "r.basis"),
        ({"window_months": 0}, "r.window_months"),
        ({"calendar_year": "no"}, "r.calendar_year"),
        ({"window": 6}, "r.window"),
        ({"growth": {"to": "ab-cor"}}, "r.growth.by"),
        ({"growth": {"to": "ab-cor", "by": "someday"}}, "r.growth.by"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_with_its_place(change, place):
    assert read({"at_most": 10, "counts": ["owners"], **change}) == (None, [place])


def test_the_least_may_be_the_most():
    assert read({"at_most": 1, "counts": ["owners"], "at_least": 1})[1] == []


def test_a_ledger_is_read_and_an_absent_kind_counts_nothing():
    assert read([{"on": "2025-07-01", "owners": 1}], read_ledger) == (
        (Headcount(date(2025, 7, 1), {"owners": 1}),),
        [],
    )


def test_what_a_rule_leaves_out_is_one_person_the_busiest_day_and_twelve_months():
    rule, places = read({"at_most": 10, "counts": ["owners"]})

    assert places == []
    assert (rule.at_least, rule.basis, rule.window_months) == (1, Basis.PEAK, 12)
    assert read({"at_most": 10, "counts": ["owners"], "window_months": 1})[0].window_months == 1


@pytest.mark.parametrize("value", ["ten people", None, ["owners"], {"at_most": 10}])
def test_what_is_no_rule_is_none_and_told(value):
    rule, places = read(value)

    assert rule is None
    assert places


def test_a_count_that_is_none_is_told_and_counts_nobody():
    ledger, places = read([{"on": "2026-01-05", "owners": "two"}, "yesterday"], read_ledger)

    assert places == ["r.1.owners", "r.2"]
    assert [dict(each.people) for each in ledger] == [{"owners": 0}]
