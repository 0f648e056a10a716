"""What an audit costs, to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secor.core.quote import CENT, Job, Rates, quoted

RATES = Rates(Decimal("95.00"), Decimal(8), Decimal("1.25"), Decimal(2), Decimal("0.68"))


def test_a_quote_tells_each_line_how_it_was_worked_out_and_what_it_comes_to():
    quote = quoted(Job(people=6, sites=1, km=226), RATES)

    assert [(line.what, line.how, str(line.amount)) for line in quote.lines] == [
        ("Preparation, opening and closing, report", "8 h at $95.00", "760.00"),
        ("Interviews and records of 6 people", "6 people at 1.25 h = 7.5 h at $95.00", "712.50"),
        ("Looking at 1 site", "1 site at 2 h = 2 h at $95.00", "190.00"),
        ("Travel", "226 km at $0.68", "153.68"),
    ]
    assert (quote.hours, quote.net, quote.tax, quote.total) == (
        Decimal("17.5"),
        Decimal("1816.18"),
        Decimal("90.81"),
        Decimal("1906.99"),
    )


def test_a_line_that_costs_nothing_is_left_out():
    quote = quoted(
        Job(people=1, sites=1, km=0),
        Rates(Decimal(100), Decimal(0), Decimal(0), Decimal(1), Decimal("0.68"), Decimal(0)),
    )

    assert [line.what for line in quote.lines] == ["Looking at 1 site"]
    assert (quote.tax, quote.total) == (Decimal("0.00"), Decimal("100.00"))


@pytest.mark.parametrize(
    ("hours", "amount"), [("0.05", "0.05"), ("0.15", "0.15"), ("0.005", "0.01"), ("0.004", "0.00")]
)
def test_half_a_cent_goes_up(hours, amount):
    quote = quoted(Job(1, 1, 0), Rates(Decimal(1), Decimal(hours), Decimal(0), Decimal(0), Decimal(0), Decimal(0)))

    assert str(quote.total) == amount


AMOUNTS = st.decimals(0, 500, places=2)


@given(
    job=st.builds(Job, st.integers(1, 500), st.integers(1, 50), st.integers(0, 5000)),
    rates=st.builds(Rates, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.decimals(0, 30, places=3)),
)
def test_what_is_printed_adds_up_and_is_whole_cents(job, rates):
    quote = quoted(job, rates)

    assert sum((line.amount for line in quote.lines), Decimal(0)) == quote.net
    assert quote.net + quote.tax == quote.total
    assert abs(quote.tax - quote.net * rates.tax_percent / 100) <= CENT / 2
    assert all(each == each.quantize(CENT) for each in (quote.net, quote.tax, quote.total))
