"""Halves go up, once."""

from fractions import Fraction

import pytest

from secor.core.rounding import exact, one_decimal, round_half_up, shortest


@pytest.mark.parametrize(
    ("number", "points"),
    [("0", 0), ("0.49", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.499", 2), ("14.6", 15), ("7", 7)],
)
def test_points_are_rounded_to_the_nearest_and_halves_go_up(number, points):
    given = Fraction(number)

    assert round_half_up(given.numerator, given.denominator) == points


@pytest.mark.parametrize(
    ("number", "points"), [("0.24", "0"), ("0.25", "0.5"), ("0.75", "1"), ("0.74", "0.5"), ("3", "3")]
)
def test_points_can_be_rounded_to_halves(number, points):
    given = Fraction(number)

    assert round_half_up(given.numerator, given.denominator, Fraction(1, 2)) == Fraction(points)


@pytest.mark.parametrize(("number", "points"), [("0.9", 0), ("1", 2), ("2.9", 2), ("3", 4), ("4", 4)])
def test_points_can_be_rounded_to_twos(number, points):
    given = Fraction(number)

    assert round_half_up(given.numerator, given.denominator, Fraction(2)) == points


@pytest.mark.parametrize(
    ("number", "printed", "short"),
    [
        ("80", "80.0", "80"),
        ("79.96", "80.0", "80"),
        ("79.95", "80.0", "80"),
        ("79.94", "79.9", "79.9"),
        ("76.25", "76.3", "76.3"),
        ("0.04", "0.0", "0"),
        ("0.05", "0.1", "0.1"),
        ("100", "100.0", "100"),
    ],
)
def test_print_has_one_decimal(number, printed, short):
    assert one_decimal(Fraction(number)) == printed
    assert shortest(Fraction(number)) == short


@pytest.mark.parametrize(
    ("points", "printed"),
    [
        (0, "0"),
        (874, "874"),
        (Fraction(1749, 2), "874.5"),
        (Fraction(1, 4), "0.25"),
        (Fraction(100, 100), "1"),
        (Fraction(1, 3), "1/3"),
        (Fraction(4, 3), "1 1/3"),
        (Fraction(7, 3), "2 1/3"),
        (Fraction(2001, 1000), "2 1/1000"),
        (Fraction(1, 100), "0.01"),
        (100, "100"),
        (Fraction(1, 8), "1/8"),
    ],
)
def test_exact_points_are_printed_as_they_are(points, printed):
    assert exact(points) == printed
