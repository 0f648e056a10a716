"""Rounding, always halves up: of a question to its points, and of a number for print. Nothing else rounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from secor.core.method import Points, plain

ONE = Fraction(1)


def round_half_up(numerator: int, denominator: int, step: Fraction = ONE) -> Points:
    """Round ``numerator / denominator`` points, 0 or more, to a multiple of ``step``."""
    if step == 1:
        return (2 * numerator + denominator) // (2 * denominator)
    over, under = step.numerator, step.denominator
    steps = (2 * numerator * under + denominator * over) // (2 * denominator * over)
    return plain(steps * step)


def one_decimal(number: Points) -> str:
    """Print a number of 0 or more with one decimal (``83.0``)."""
    exact = Fraction(number)
    tenths = round_half_up(10 * exact.numerator, exact.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def exact(number: Points) -> str:
    """Print a number of 0 or more as it is: ``874``, ``874.5``, ``0.25``; ``1/3`` where no short decimal is exact."""
    whole = Fraction(number)
    for places in range(3):
        if (whole * 10**places).denominator == 1:
            return f"{Decimal(int(whole * 10**places)).scaleb(-places):f}"
    left = whole % 1
    return f"{int(whole)} {left}" if int(whole) else str(left)


def shortest(number: Points) -> str:
    """Print a number of 0 or more with one decimal where it needs one (``50``, ``79.5``)."""
    return one_decimal(number).removesuffix(".0")
