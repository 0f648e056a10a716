"""Alberta's general holidays, worked out for any year.

Source: Employment Standards Code, RSA 2000, c. E-9, s. 25 (the nine general holidays every employer observes). Days
that an employer may add by choice (Easter Monday, Heritage Day, Boxing Day) are not among them: who keeps those free
says so as a day away.
"""

from __future__ import annotations

from datetime import date, timedelta

MONDAY = 0
A_WEEK = timedelta(days=7)


def holidays(year: int) -> dict[date, str]:
    """The general holidays of ``year``, each with its name."""
    return {
        date(year, 1, 1): "New Year's Day",
        _monday(year, 2, 3): "Alberta Family Day",
        _easter(year) - timedelta(days=2): "Good Friday",
        _monday_before(date(year, 5, 25)): "Victoria Day",
        date(year, 7, 1): "Canada Day",
        _monday(year, 9, 1): "Labour Day",
        _monday(year, 10, 2): "Thanksgiving Day",
        date(year, 11, 11): "Remembrance Day",
        date(year, 12, 25): "Christmas Day",
    }


def is_holiday(day: date) -> bool:
    """Tell whether ``day`` is a general holiday."""
    return day in holidays(day.year)


def _monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7) + (nth - 1) * A_WEEK


def _monday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - MONDAY) % 7 or 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm printed in Nature, 20 April 1876)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
