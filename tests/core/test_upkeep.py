"""How many audits keep an auditor certified, on each day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from secor.core.reading import Reading
from secor.core.upkeep import Upkeep, UpkeepRule, read_upkeep, upkeep

RULE = UpkeepRule(audits=2, years=3)
SINCE = date(2015, 1, 1)
DAYS = some.dates(date(2016, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("accepted", "on", "expected"),
    [
        ([], date(2016, 6, 1), Upkeep(0, 2, date(2017, 12, 31), enough=True)),
        ([], date(2017, 12, 31), Upkeep(0, 2, date(2017, 12, 31), enough=True)),
        ([], date(2018, 1, 1), Upkeep(0, 2, date(2017, 12, 31), enough=False)),
        ([date(2020, 5, 1)], date(2021, 1, 1), Upkeep(1, 2, date(2017, 12, 31), enough=False)),
        ([date(2020, 5, 1), date(2021, 3, 1)], date(2022, 1, 1), Upkeep(2, 2, date(2023, 4, 30), enough=True)),
        ([date(2020, 5, 1), date(2021, 3, 1)], date(2023, 4, 30), Upkeep(2, 2, date(2023, 4, 30), enough=True)),
        ([date(2020, 5, 1), date(2021, 3, 1)], date(2023, 5, 1), Upkeep(1, 2, date(2023, 4, 30), enough=False)),
        ([date(2020, 5, 1), date(2021, 3, 1), date(2022, 7, 1)], date(2023, 1, 1), Upkeep(3, 2, date(2024, 2, 29), enough=True)),
        # What is still to come does not count.
        ([date(2020, 5, 1), date(2021, 3, 1)], date(2020, 6, 1), Upkeep(1, 2, date(2017, 12, 31), enough=False)),
        # One of 29 February counts through 27 February three years on.
        ([date(2024, 2, 29), date(2025, 1, 1)], date(2027, 2, 27), Upkeep(2, 2, date(2027, 2, 27), enough=True)),
        ([date(2024, 2, 29), date(2025, 1, 1)], date(2027, 2, 28), Upkeep(1, 2, date(2027, 2, 27), enough=False)),
    ],
)  # fmt: skip
def test_enough_audits_in_enough_years(accepted, on, expected):
    assert upkeep(RULE, accepted, since=SINCE, on=on) == expected


@given(some.lists(DAYS, max_size=8), DAYS)
def test_after_the_first_years_enough_is_what_was_counted(accepted, on):
    found = upkeep(RULE, accepted, since=date(2010, 1, 1), on=on)

    assert found.enough == (found.done >= found.wanted)


def test_the_rule_is_read_or_told_what_is_wrong():
    assert read_upkeep(Reading(), {"audits": 2, "years": 3}) == RULE
    for wrong in ({"audits": 0, "years": 3}, {"audits": 2}, {"audits": "two", "years": 3}, 3):
        reading = Reading()
        assert read_upkeep(reading, wrong) is None
        assert reading.problems
