"""Drawings stand where their days and shares say."""

from datetime import date
from fractions import Fraction

import pytest

from secor.web import charts


def _line(today):
    stones = [
        charts.Milestone(date(2027, 1, 1), "end", "ahead"),
        charts.Milestone(date(2024, 1, 1), "issued", "done"),
        charts.Milestone(date(2025, 7, 2), "middle", "done"),
    ]
    return charts.years(stones, today=today)


def test_milestones_stand_in_order_between_the_ends():
    line = _line(date(2025, 7, 2))

    assert [stone.label for stone in line.milestones] == ["issued", "middle", "end"]
    assert [stone.at for stone in line.milestones] == ["2.00%", "50.00%", "98.00%"]
    assert line.today_at == "50.00%"


@pytest.mark.parametrize(("today", "at"), [(date(2020, 1, 1), "2.00%"), (date(2040, 1, 1), "98.00%")])
def test_a_day_off_the_line_stands_at_its_end(today, at):
    assert _line(today).today_at == at


def test_the_line_is_told_in_words():
    assert _line(date(2025, 7, 2)).telling == (
        "issued January 1, 2024; middle July 2, 2025; end January 1, 2027. Today is July 2, 2025."
    )


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_line_without_length_is_refused(count):
    stones = [charts.Milestone(date(2024, 1, 1), "issued", "done")] * count

    with pytest.raises(ValueError, match="two different days"):
        charts.years(stones, today=date(2024, 1, 1))


def test_bars_reach_as_far_as_their_share():
    shares = (Fraction(1, 3), None, Fraction(2))

    drawn = charts.score_bars(charts.Bar("an element", share, low=False) for share in shares)

    assert [bar.width for bar in drawn.bars] == ["33.33%", "0.00%", "100.00%"]
    assert (drawn.overall_at, drawn.element_at) == ("80.00%", "50.00%")
