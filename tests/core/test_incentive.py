"""The refund: which measure counts, and the money to the cent."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from secor.core.incentive import (
    Account,
    Earned,
    Improvement,
    IncentiveRule,
    Measure,
    RefundCase,
    RefundStatus,
    cents,
    estimate,
    read_incentive,
    read_refund_case,
)
from secor.core.reading import Reading

TEN_THEN_FIVE = IncentiveRule(Fraction(10, 100), Fraction(5, 100), Fraction(20, 100))
FLAT_FIVE = replace(TEN_THEN_FIVE, first_year=Fraction(5, 100))
ACCOUNT = Account("A", Fraction(450_000), Fraction(2))
BASE = RefundCase((ACCOUNT,), certificate_valid=True, year=2)


def better(actual):
    return Improvement(Fraction(12_000), Fraction(1_200_000), Fraction(1_350_000), Fraction(actual))


def earning(amount, rate):
    return replace(BASE, accounts=(Account("A", Fraction(amount), Fraction(rate)),))


def codes(*, both):
    covered = Account("A", Fraction(300_000), Fraction("1.45"))
    return replace(BASE, accounts=(covered, Account("B", Fraction(120_000), Fraction("5.20"), covered=both)))


@pytest.mark.parametrize(
    ("case", "rule", "measure", "percent", "refund"),
    [
        (replace(BASE, year=1), TEN_THEN_FIVE, "certificate", 10, "900.00"),
        (replace(BASE, year=1), FLAT_FIVE, "certificate", 5, "450.00"),
        (BASE, TEN_THEN_FIVE, "certificate", 5, "450.00"),
        (replace(BASE, improvement=better(11_745)), TEN_THEN_FIVE, "improvement", 13, "1170.00"),
        (replace(BASE, improvement=better(2_000)), TEN_THEN_FIVE, "improvement", 20, "1800.00"),
        (replace(BASE, improvement=better(13_095)), TEN_THEN_FIVE, "certificate", 5, "450.00"),
        (replace(BASE, improvement=better(15_000)), TEN_THEN_FIVE, "certificate", 5, "450.00"),
        (
            replace(BASE, improvement=better(11_745), leadership=Fraction(15, 100)),
            TEN_THEN_FIVE,
            "leadership",
            15,
            "1350.00",
        ),
        (codes(both=False), TEN_THEN_FIVE, "certificate", 5, "217.50"),
        (codes(both=True), TEN_THEN_FIVE, "certificate", 5, "529.50"),
        (replace(earning(100_003, "1.17"), improvement=better(11_745)), TEN_THEN_FIVE, "improvement", 13, "152.10"),
        (earning("123456.78", "1.17"), TEN_THEN_FIVE, "certificate", 5, "72.22"),
    ],
)
def test_the_best_measure_counts_and_only_the_refund_is_rounded(case, rule, measure, percent, refund):
    told = estimate(case, rule=rule)

    assert told.applied == Earned(Measure(measure), Fraction(percent, 100))
    assert (str(told.refund), str(told.payable), told.status) == (refund, refund, RefundStatus.PAYABLE)


def test_every_measure_is_told_capped_and_never_below_nothing():
    told = estimate(replace(BASE, improvement=better(15_000), leadership=Fraction(40, 100)), rule=TEN_THEN_FIVE)

    assert told.measures == (
        Earned(Measure.CERTIFICATE, Fraction(5, 100)),
        Earned(Measure.IMPROVEMENT, Fraction(0)),
        Earned(Measure.LEADERSHIP, Fraction(20, 100)),
    )


def test_a_scheme_may_know_only_the_certificate():
    only = replace(TEN_THEN_FIVE, improvement=False, leadership=False)
    case = replace(BASE, improvement=better(2_000), leadership=Fraction(20, 100))

    assert estimate(case, rule=only).measures == (Earned(Measure.CERTIFICATE, Fraction(5, 100)),)


def test_of_equal_measures_the_certificate_is_the_one_that_counts():
    case = replace(BASE, leadership=Fraction(5, 100))

    assert estimate(case, rule=TEN_THEN_FIVE).applied.measure is Measure.CERTIFICATE


@pytest.mark.parametrize(("year", "percent"), [(1, 10), (2, 5), (3, 5), (4, 5)])
def test_the_first_year_is_the_first_year_only(year, percent):
    assert estimate(replace(BASE, year=year), rule=TEN_THEN_FIVE).applied.share == Fraction(percent, 100)


@pytest.mark.parametrize(
    "case",
    [
        replace(BASE, certificate_valid=False),
        replace(BASE, accounts=()),
        replace(BASE, accounts=(replace(ACCOUNT, covered=False),)),
        replace(BASE, certificate_valid=False, withheld_because="an open review"),
    ],
)
def test_without_a_certificate_or_a_covered_account_there_is_nothing(case):
    told = estimate(case, rule=TEN_THEN_FIVE)

    assert (str(told.refund), str(told.payable), told.status, told.applied) == ("0.00", "0.00", RefundStatus.NONE, None)


def test_what_is_withheld_is_worked_out_and_not_paid():
    told = estimate(replace(BASE, year=1, withheld_because="charges are pending"), rule=TEN_THEN_FIVE)

    assert (str(told.refund), str(told.payable), told.status) == ("900.00", "0.00", RefundStatus.WITHHELD)


@pytest.mark.parametrize(
    ("given_numbers", "share"),
    [
        ((0, 1_200_000, 1_350_000, 0), 0),  # nothing to be better than
        ((0, 1_200_000, 1_350_000, 500), 0),
        ((12_000, 0, 1_350_000, 500), 0),
        ((12_000, 1_200_000, 0, 0), 0),
        ((12_000, 1_200_000, 1_350_000, 0), 1),
        ((12_000, 1_200_000, 1_350_000, 13_500), 0),
        ((12_000, 1_200_000, 1_350_000, 13_501), 0),
        ((12_000, 1_200_000, 1_350_000, 13_499), Fraction(1, 13_500)),
    ],
)
def test_improvement_is_measured_against_what_was_to_be_expected(given_numbers, share):
    assert Improvement(*map(Fraction, given_numbers)).share == share


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("0.00499999999", "0.00"), ("2.675", "2.68"), ("1.125", "1.13"), ("0", "0.00"), ("7", "7.00")],
)
def test_cents_are_rounded_halves_up(exact, rounded):
    assert str(cents(Fraction(exact))) == rounded


def test_very_large_amounts_keep_their_cents():
    assert cents(Fraction(10**40) + Fraction(1, 200)) == Decimal(f"{10**40}.01")


money = some.integers(0, 10**9).map(lambda amount: Fraction(amount, 100))
shares = some.integers(0, 100).map(lambda percent: Fraction(percent, 100))


@given(
    some.lists(some.builds(Account, some.just("A"), money, money, some.booleans()), max_size=4),
    some.booleans(),
    some.integers(1, 6),
    some.none() | some.builds(Improvement, money, money, money, money),
    some.none() | shares,
    some.builds(IncentiveRule, shares, shares, shares),
)
def test_a_refund_is_never_below_nothing_nor_above_the_cap(accounts, valid, year, improvement, leadership, rule):
    case = RefundCase(tuple(accounts), valid, year, improvement, leadership)
    told = estimate(case, rule=rule)

    assert 0 <= told.payable == told.refund <= cents(told.premium * rule.cap)


def read(reader, value):
    reading = Reading("case")
    return reader(reading, value), [problem.place for problem in reading.problems]


ACCOUNT_TOLD = {"industry_code": "A", "insurable_earnings": "450000", "industry_rate": "2.00"}


def test_a_case_is_read_and_what_it_leaves_out_is_not_there():
    assert read(read_refund_case, {"accounts": [ACCOUNT_TOLD], "certificate": {"valid": True}}) == (
        replace(BASE, year=1),
        [],
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"accounts": [{**ACCOUNT_TOLD, "insurable_earnings": "-1"}]}, "case.accounts.1.insurable_earnings"),
        ({"accounts": [{**ACCOUNT_TOLD, "industry_rate": "two"}]}, "case.accounts.1.industry_rate"),
        ({"accounts": [{**ACCOUNT_TOLD, "covered": "no"}]}, "case.accounts.1.covered"),
        ({"certificate": {"valid": True, "year": 0}}, "case.certificate.year"),
        ({"certificate": {}}, "case.certificate.valid"),
        ({"year": 1}, "case.year"),
        ({"leadership_percent": "101"}, "case.leadership_percent"),
        ({"withheld_because": ""}, "case.withheld_because"),
        ({"improvement": {"prior_cost": "1"}}, None),
    ],
)
def test_a_case_that_makes_no_sense_is_told_with_its_place(change, place):
    told, places = read(read_refund_case, {"accounts": [ACCOUNT_TOLD], "certificate": {"valid": True}, **change})

    missing = ["prior_earnings", "current_earnings", "current_cost"]
    assert told is None
    assert places == ([place] if place else [f"case.improvement.{key}" for key in missing])


def test_a_rule_is_read_whole():
    given_rule = {"first_year": "10 %", "later_years": 5, "cap": "20 %"}

    assert read(read_incentive, given_rule) == (TEN_THEN_FIVE, [])
    assert read(read_incentive, {**given_rule, "improvement": False, "leadership": False})[0] == replace(
        TEN_THEN_FIVE, improvement=False, leadership=False
    )
    assert read(read_incentive, {**given_rule, "cap": "120 %"}) == (None, ["case.cap"])
    assert read(read_incentive, {**given_rule, "floor": 0}) == (None, ["case.floor"])
    assert read(read_incentive, {"first_year": 5, "cap": 20}) == (None, ["case.later_years"])


@pytest.mark.parametrize(
    "value", [None, "a case", {"accounts": []}, {"accounts": ["one"], "certificate": {"valid": True}}]
)
def test_what_is_no_case_is_none_and_told(value):
    told, places = read(read_refund_case, value)

    assert told is None
    assert places


def test_a_certificate_is_in_its_first_year_unless_a_case_says_otherwise():
    told, _ = read(read_refund_case, {"accounts": [ACCOUNT_TOLD], "certificate": {"valid": True}})

    assert told.year == RefundCase((), True).year == 1
