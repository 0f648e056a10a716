"""How many people, sites and records an audit looks at."""

from datetime import date
from fractions import Fraction

import pytest

from secor.core.reading import Reading
from secor.core.sampling import OutsideTable, Row, SamplingRule, read_rows, read_sampling, sample, spread

FILE = {
    "interviews": [
        {"first": 1, "last": 4, "minimum": "all"},
        {"first": 5, "last": 5, "minimum": 4},
        {"first": 6, "last": 7, "minimum": 5},
        {"first": 10, "last": 11, "minimum": 8},
    ],
    "sites": [
        {"first": 1, "last": 2, "minimum": "all"},
        {"first": 3, "last": 8, "minimum": 3},
        {"first": 9, "last": None, "share": "33 %"},
    ],
    "records": {"all_up_to": 5, "at_least": 5, "share": "20 %"},
}


def read(file):
    reading = Reading("sampling")
    return read_sampling(reading, file), [(each.place, each.problem) for each in reading.problems]


RULE = read(FILE)[0]


def test_a_table_is_read_as_it_is_written():
    assert isinstance(RULE, SamplingRule)
    assert RULE.interviews[0] == Row(1, 4)
    assert RULE.sites[-1] == Row(9, None, share=Fraction(33, 100))


@pytest.mark.parametrize(("headcount", "interviews"), [(1, 1), (4, 4), (5, 4), (6, 5), (7, 5), (10, 8), (11, 8)])
def test_interviews_follow_the_table(headcount, interviews):
    assert sample(RULE, headcount=headcount).interviews == interviews


@pytest.mark.parametrize(
    ("sites", "visited"), [(1, 1), (2, 2), (3, 3), (5, 3), (8, 3), (9, 3), (10, 4), (30, 10), (100, 33)]
)
def test_a_share_of_sites_is_rounded_up(sites, visited):
    assert sample(RULE, headcount=5, sites=sites).sites == visited


@pytest.mark.parametrize(("records", "looked_at"), [(0, 0), (4, 4), (5, 5), (6, 5), (25, 5), (26, 6), (30, 6), (31, 7)])
def test_all_records_are_looked_at_up_to_a_number_and_then_a_share(records, looked_at):
    assert sample(RULE, headcount=5, records=records).records == looked_at


def test_nobody_is_asked_to_interview_more_people_than_there_are():
    rule = SamplingRule((Row(6, 10, 8),), (), 5, 9, Fraction(1, 5))

    assert sample(rule, headcount=6).interviews == 6
    assert sample(rule, headcount=6, records=7).records == 7


@pytest.mark.parametrize(("records", "looked_at"), [(9, 9), (10, 10), (11, 4), (21, 5)])
def test_the_two_numbers_for_records_may_differ(records, looked_at):
    rule = SamplingRule((Row(1, None),), (), 10, 4, Fraction(1, 5))

    assert sample(rule, headcount=1, records=records).records == looked_at


def test_a_refusal_quotes_the_table():
    with pytest.raises(OutsideTable, match=r"8 people \(1 to 4: all; 5: 4; 6 to 7: 5; 10 to 11: 8\)"):
        sample(RULE, headcount=8)


def test_every_number_has_its_reason():
    told = sample(RULE, headcount=7, sites=12, records=31)

    assert told.why == (
        "interviews 5: 7 people, table row 6 to 7: 5",
        "sites 4: 12 sites, table row 9 or more: 33 %, rounded up",
        "records 7: 31 records, at least 5 or 20 %, whichever is more, rounded up",
    )


def test_one_is_told_as_one():
    assert sample(RULE, headcount=1, sites=1, records=1).why == (
        "interviews 1: 1 person, table row 1 to 4: all",
        "sites 1: 1 site, table row 1 to 2: all",
        "records 1: 1 record, all up to 5",
    )
    assert "2 people" in sample(RULE, headcount=2).why[0]


@pytest.mark.parametrize(("share", "number", "least"), [(0, 5, 1), (1, 5, 1), (20, 5, 1), (21, 5, 2), (100, 5, 5)])
def test_a_share_asks_for_one_at_least(share, number, least):
    assert Row(1, None, share=Fraction(share, 100)).of(number) == least


def test_a_scheme_may_let_a_share_decide_from_the_first_record_on():
    rule, told = read({**FILE, "records": {"all_up_to": 0, "at_least": 0, "share": "20 %"}})

    assert told == []
    assert [sample(rule, headcount=1, records=records).records for records in (0, 1, 5, 6)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("records", "places"),
    [
        ({"at_least": 5, "share": 20}, ["sampling.records.all_up_to"]),
        ({"all_up_to": 5, "share": 20}, ["sampling.records.at_least"]),
        ({"all_up_to": 5, "at_least": 5}, ["sampling.records.share"]),
        (
            {"all_up_to": -1, "at_least": "x", "share": 101},
            [
                "sampling.records.share",
                "sampling.records.all_up_to",
                "sampling.records.at_least",
            ],
        ),
        ([5, 5, 20], ["sampling.records"]),
    ],
)
def test_a_rule_for_records_that_cannot_be_followed_is_told_once_at_its_own_place(records, places):
    assert [at for at, _ in read({**FILE, "records": records})[1]] == places


def test_what_was_not_asked_about_is_not_answered():
    told = sample(RULE, headcount=4)

    assert (told.sites, told.records, len(told.why)) == (None, None, 1)


@pytest.mark.parametrize(
    ("number", "word"),
    [({"headcount": 8}, "8 people"), ({"headcount": 12}, "12 people"), ({"headcount": 5, "sites": 0}, "0 sites")],
)
def test_a_number_outside_the_table_is_refused(number, word):
    with pytest.raises(OutsideTable, match=word):
        sample(RULE, **number)


def rows(*written):
    return read({**FILE, "interviews": list(written)})[1]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ([{"first": 1, "last": 5, "minimum": 4}, {"first": 5, "last": 9, "minimum": 5}], "sampling.interviews.2"),
        ([{"first": 6, "last": 9, "minimum": 4}, {"first": 1, "last": 6, "minimum": 5}], "sampling.interviews.1"),
        ([{"first": 1, "last": None, "minimum": 4}, {"first": 5, "last": 9, "minimum": 5}], "sampling.interviews.2"),
        ([{"first": 5, "last": 4, "minimum": 4}], "sampling.interviews.1.last"),
        ([{"first": 0, "last": 4, "minimum": 4}], "sampling.interviews.1.first"),
        ([{"first": 1, "last": 4}], "sampling.interviews.1"),
        ([{"first": 1, "last": 4, "minimum": 1, "share": 5}], "sampling.interviews.1"),
        ([{"first": 1, "last": 4, "minimum": "most"}], "sampling.interviews.1.minimum"),
        ([{"last": 4, "minimum": 3}], "sampling.interviews.1.first"),
        (["1-4"], "sampling.interviews.1"),
    ],
)
def test_a_table_that_cannot_be_followed_is_told_with_its_place(written, place):
    assert place in [at for at, _ in rows(*written)]


def test_a_row_that_cannot_be_read_is_told_once_and_overlaps_nothing():
    told = rows({"first": 1, "last": 5, "minimum": 4}, {"first": 5, "last": 4, "minimum": 4})

    assert [at for at, _ in told] == ["sampling.interviews.2.last"]


def test_rows_that_touch_do_not_overlap():
    assert rows({"first": 5, "last": 9, "minimum": 5}, {"first": 1, "last": 4, "minimum": 4}) == []


@pytest.mark.parametrize(
    ("key", "value", "taken"), [("last", 1, True), ("last", 0, False), ("minimum", 1, True), ("minimum", 0, False)]
)
def test_a_row_of_one_is_a_row_and_of_none_is_not(key, value, taken):
    reading = Reading("r")
    read_rows(reading, [{"first": 1, "last": 1, "minimum": 1, key: value}])

    assert [problem.place for problem in reading.problems] == ([] if taken else [f"r.1.{key}"])


@pytest.mark.parametrize(
    ("days", "wanted", "places"),
    [
        ((), 3, ()),
        ((1, 2), 3, (0, 1)),
        ((1, 2, 3), 3, (0, 1, 2)),
        ((1, 2, 3), 0, ()),
        ((1, 2, 3), 1, (1,)),
        ((1, 2, 3, 4, 5, 30), 2, (0, 5)),
        ((1, 2, 3, 15, 16, 30), 3, (0, 3, 5)),
        ((1, 1, 1, 1, 1), 3, (0, 1, 2)),
    ],
)
def test_a_sample_is_spread_over_the_days(days, wanted, places):
    assert spread([date(2026, 1, day) for day in days], wanted=wanted) == places
