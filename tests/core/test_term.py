"""How long a certificate lives."""

from datetime import date

import pytest

from lives import LONG, SHORT
from secor.core.reading import Reading
from secor.core.term import Expiry, IssueAnchor, RenewalAnchor, Snap, Term, read_expiry, read_terms, term_end, term_of

ISSUED = date(2024, 5, 17)


@pytest.mark.parametrize(
    ("months", "term"), [(None, LONG), (12, LONG), (11, SHORT), (3, SHORT), (2, SHORT), (0, SHORT), (60, LONG)]
)
def test_a_year_of_records_earns_the_long_term(months, term):
    assert term_of((SHORT, LONG), months) is term
    assert term_of((LONG, SHORT), months) is term


@pytest.mark.parametrize(
    ("issued", "term", "snap", "ends"),
    [
        (ISSUED, LONG, Snap.NONE, date(2027, 5, 17)),
        (ISSUED, LONG, Snap.MONTH_END, date(2027, 5, 31)),
        (ISSUED, SHORT, Snap.NONE, date(2025, 5, 17)),
        (date(2024, 2, 29), LONG, Snap.NONE, date(2027, 2, 28)),
        (date(2025, 2, 28), LONG, Snap.MONTH_END, date(2028, 2, 29)),
    ],
)
def test_a_term_ends_on_its_day_or_at_the_end_of_that_month(issued, term, snap, ends):
    assert term_end(issued, term, Expiry(snap)) == ends


def read(reader, value):
    reading = Reading("r")
    return reader(reading, value), [problem.place for problem in reading.problems]


def test_terms_are_read_in_their_order():
    given = [{"months": 12, "records_months": 3, "maintained_at": []}, {"months": 36, "maintained_at": [1, 2]}]

    assert read(read_terms, given) == ((SHORT, Term(36, 0, (1, 2))), [])


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ([], ["r"]),
        ([{"months": 36}], ["r.1.maintained_at"]),
        ([{"months": 0, "maintained_at": []}], ["r.1.months"]),
        ([{"months": 36, "maintained_at": [2, 1]}], ["r.1.maintained_at"]),
        ([{"months": 36, "maintained_at": [1, 1]}], ["r.1.maintained_at"]),
        ([{"months": 36, "maintained_at": [1, 3]}], ["r.1.maintained_at"]),  # the third is the end itself
        ([{"months": 36, "maintained_at": [0]}], ["r.1.maintained_at.1"]),
        ("36", ["r", "r"]),
    ],
)
def test_terms_that_make_no_sense_are_told_with_their_place(value, places):
    assert read(read_terms, value) == (None, places)


def test_the_last_anniversary_before_the_end_may_be_maintained():
    assert read(read_terms, [{"months": 37, "maintained_at": [3]}]) == ((Term(37, 0, (3,)),), [])


def test_an_expiry_is_read_whole():
    given = {"snap": "month_end", "issue_anchor": "gathered", "renewal_anchor": "new_issue"}

    assert read(read_expiry, given) == (Expiry(Snap.MONTH_END, IssueAnchor.GATHERED, RenewalAnchor.NEW_ISSUE), [])


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"snap": "none", "issue_anchor": "gathered"}, "r.renewal_anchor"),
        ({"snap": "none", "issue_anchor": "gathered", "renewal_anchor": "new_issue", "by": 1}, "r.by"),
        ({"snap": "week", "issue_anchor": "gathered", "renewal_anchor": "new_issue"}, "r.snap"),
    ],
)
def test_an_expiry_that_makes_no_sense_is_told_with_its_place(given, place):
    assert read(read_expiry, given) == (None, [place])


def test_a_term_of_one_month_is_one_and_none_wants_no_records_unless_it_says_so():
    assert read(read_terms, [{"months": 1, "maintained_at": []}]) == ((Term(1, 0, ()),), [])
    assert Term(12).records_months == 0


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"months": "many", "maintained_at": [1]}, ".1.months"),
        ({"months": 36, "records_months": "few", "maintained_at": [1]}, ".1.records_months"),
    ],
)
def test_a_term_without_its_months_is_none(given, place):
    terms, places = read(read_terms, [given])

    assert terms is None
    assert places == ["r" + place]


@pytest.mark.parametrize("key", ["snap", "issue_anchor", "renewal_anchor"])
def test_one_word_that_nobody_knows_is_told_at_its_place(key):
    given = {
        "snap": "none",
        "issue_anchor": next(iter(IssueAnchor)).value,
        "renewal_anchor": next(iter(RenewalAnchor)).value,
    }

    assert read(read_expiry, given | {key: "sometime"}) == (None, [f"r.{key}"])
