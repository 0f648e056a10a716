"""Statuses are told by word and shape, numbers by halves that go up."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from secor.core.certificate import Standing
from secor.web import shapes
from secor.web.templatetags import secor


def test_every_standing_has_a_word_and_a_shape_of_its_own():
    for standing in Standing:
        assert standing.value in shapes.STATUSES
        assert shapes.STATUSES[standing.value].shape in shapes._DRAWN


def test_a_status_nobody_drew_is_told_by_its_word():
    assert shapes.of("half_done") == shapes.Status("Half done", "still", "ring")


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Fraction(8745, 10000), "87.5\u00a0%"),
        (Fraction(87449, 100000), "87.4\u00a0%"),
        (Fraction(0), "0.0\u00a0%"),
        (Fraction(1), "100.0\u00a0%"),
        (None, "not counted"),
    ],
)
def test_a_share_is_rounded_halves_up(share, told):
    assert secor.percent(share) == told


def test_money_is_rounded_halves_up():
    assert secor.money(Decimal("1170.005")) == "$1,170.01"


def test_a_moment_is_told_as_albertas_day_and_hour():
    moment = datetime(2026, 5, 18, 5, 59, tzinfo=UTC)

    assert secor.day(moment) == "May 17, 2026"
    assert secor.moment(moment) == "May 17, 2026, 11:59 pm"
    assert secor.moment(datetime(2026, 5, 18, 18, 5, tzinfo=UTC)) == "May 18, 2026, 12:05 pm"
    assert secor.moment(datetime(2026, 5, 18, 6, 0, tzinfo=UTC)) == "May 18, 2026, 12:00 am"
