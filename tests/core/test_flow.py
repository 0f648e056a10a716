"""How audits flow: exact medians and shares, and nothing told of fewer than five."""

import statistics
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from secor.core.flow import LEAST, Leg, Passage, flow, means, median, share_of

BEGAN = date(2026, 1, 1)


def passage(approval=1, audit=20, review=10, *, rounds=1, accepted=True, passed=True):
    doors = [BEGAN, BEGAN + timedelta(days=approval), BEGAN + timedelta(days=approval + audit)]
    return Passage(*doors, doors[-1] + timedelta(days=review), rounds, accepted, passed)


def test_legs_shares_and_counts():
    found = flow([passage(review=days) for days in (1, 2, 3, 4, 50)] + [passage(review=9, rounds=2, passed=False)])

    assert (found.count, found.at_once, found.passed) == (6, Fraction(5, 6), Fraction(5, 6))
    assert found.legs[-1] == Leg("review", 6, Fraction(7, 2), 50)
    assert [leg.name for leg in found.legs] == ["approval", "audit", "review"]


def test_what_was_not_accepted_is_no_part_of_what_passed_and_never_right_at_once():
    found = flow([passage() for _ in range(5)] + [passage(accepted=False, passed=None)])

    assert (found.at_once, found.passed) == (Fraction(5, 6), Fraction(1))


def test_of_fewer_than_five_nothing_but_the_number_is_told():
    found = flow([passage()] * (LEAST - 1))

    assert (found.count, found.at_once, found.passed, found.legs) == (4, None, None, ())
    assert share_of(0, 5) == 0
    assert share_of(4, 4) is None
    assert means([("a", Fraction(1))] * 4 + [("b", Fraction(1, 2))] * 5) == {"b": (Fraction(1, 2), 5)}


def test_a_door_that_was_never_passed_and_days_that_run_backwards_make_no_leg():
    unknown = Passage(BEGAN, None, BEGAN + timedelta(days=9), BEGAN + timedelta(days=12), 1, True, True)
    backwards = Passage(BEGAN, BEGAN - timedelta(days=2), None, BEGAN, 1, True, True)
    found = flow([unknown] * 5 + [backwards] * 5)

    assert [(leg.name, leg.count, leg.half) for leg in found.legs] == [("review", 5, Fraction(3))]


@given(some.lists(some.integers(0, 400), min_size=1, max_size=40))
def test_the_middle_is_the_one_that_statistics_knows(days):
    assert median(days) == Fraction(statistics.median(days))


@given(some.lists(some.integers(0, 400), min_size=LEAST, max_size=40))
def test_nine_in_ten_are_within_and_no_smaller_number_would_do(days):
    leg = flow([passage(review=each) for each in days]).legs[-1]

    assert 10 * sum(each <= leg.nine_in_ten for each in days) >= 9 * len(days)
    assert 10 * sum(each < leg.nine_in_ten for each in days) < 9 * len(days)


def test_of_nothing_there_is_no_middle():
    with pytest.raises(ValueError, match="no middle"):
        median([])
