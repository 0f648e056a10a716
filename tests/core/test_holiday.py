"""The nine general holidays, against a printed calendar."""

from datetime import date

import pytest

from secor.core.holiday import holidays, is_holiday


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2024, ["01-01", "02-19", "03-29", "05-20", "07-01", "09-02", "10-14", "11-11", "12-25"]),
        (2026, ["01-01", "02-16", "04-03", "05-18", "07-01", "09-07", "10-12", "11-11", "12-25"]),
        (2027, ["01-01", "02-15", "03-26", "05-24", "07-01", "09-06", "10-11", "11-11", "12-25"]),
        (2038, ["01-01", "02-15", "04-23", "05-24", "07-01", "09-06", "10-11", "11-11", "12-25"]),
    ],
)
def test_the_general_holidays_of_a_year(year, days):
    assert [day.strftime("%m-%d") for day in sorted(holidays(year))] == days


def test_victoria_day_is_the_monday_before_the_twenty_fifth_even_when_that_is_a_monday():
    assert date(2026, 5, 25).weekday() == 0
    assert not is_holiday(date(2026, 5, 25))
    assert is_holiday(date(2026, 5, 18))
