"""The months ahead: plans where there are any, last year's summer where there are none, and never a rule."""

from datetime import date, timedelta

import pytest

from secor.core.employer import Headcount, HeadcountRule, eligible
from secor.core.hiring import Source, outlook

TODAY = date(2026, 3, 20)
RULE = HeadcountRule(at_most=10, counts=frozenset({"full_time"}))


def count(on: date, number: int, **more: int) -> Headcount:
    return Headcount(on, {"full_time": number, **more})


def over(ledger, plans=(), on=TODAY, rule=RULE):
    return outlook(ledger, plans, rule=rule, on=on).over


SUMMER = (count(date(2025, 1, 6), 6), count(date(2025, 6, 2), 11), count(date(2025, 9, 1), 6))


def test_last_years_summer_comes_again_on_its_day():
    step = over(SUMMER)

    assert (step.on, step.count, step.source) == (date(2026, 6, 2), 11, Source.LAST_YEAR)


def test_a_plan_takes_the_place_of_last_year_from_its_day_on():
    assert over(SUMMER, [count(date(2026, 5, 1), 9)]) is None
    step = over(SUMMER, [count(date(2026, 7, 1), 12)])
    assert (step.on, step.source) == (date(2026, 6, 2), Source.LAST_YEAR), (
        "before the first planned day it is as last year"
    )
    step = over(SUMMER[:1], [count(date(2026, 7, 1), 9), count(date(2026, 8, 1), 11)])
    assert (step.on, step.source) == (date(2026, 8, 1), Source.PLANNED)


def test_a_plan_for_the_day_that_a_summer_began_replaces_it():
    assert over(SUMMER, [count(date(2026, 6, 2), 10)]) is None


@pytest.mark.parametrize(("number", "passes"), [(10, False), (11, True)])
def test_the_limit_itself_is_within(number, passes):
    assert (over([count(date(2024, 1, 1), 6)], [count(date(2026, 6, 1), number)]) is not None) is passes


def test_growth_that_stayed_is_not_told_a_second_time():
    grown = (count(date(2024, 1, 8), 6), count(date(2025, 6, 2), 9))
    months = outlook(grown, (), rule=RULE, on=TODAY).months

    assert {month.count for month in months[12:]} == {9}


def test_only_what_counts_counts():
    assert over([count(date(2024, 1, 8), 6)], [count(date(2026, 6, 1), 6, subcontractors=8)]) is None


def test_who_is_over_already_is_not_warned_of_it():
    assert over([count(date(2026, 1, 5), 11)], [count(date(2026, 6, 1), 14)]) is None


def test_a_plan_of_today_or_before_is_no_plan():
    assert over([count(date(2024, 1, 8), 6)], [count(TODAY, 12)]) is None
    assert over([count(date(2024, 1, 8), 6)], [count(TODAY + timedelta(days=1), 12)]).on == TODAY + timedelta(days=1)


def test_a_year_is_shown_behind_and_a_year_ahead():
    months = outlook(SUMMER, [count(date(2026, 12, 1), 8)], rule=RULE, on=TODAY).months

    assert [months[0].first_on, months[11].first_on, months[-1].first_on] == [
        date(2025, 4, 1),
        date(2026, 3, 1),
        date(2027, 3, 1),
    ]
    told = {month.first_on: (month.count, month.source, month.over) for month in months}
    assert told[date(2025, 6, 1)] == (11, Source.REPORTED, True)
    assert told[date(2025, 8, 1)] == (11, Source.REPORTED, True)
    assert told[date(2025, 9, 1)] == (6, Source.REPORTED, False)
    assert told[date(2026, 5, 1)] == (6, Source.LAST_YEAR, False)
    assert told[date(2026, 6, 1)] == (11, Source.LAST_YEAR, True)
    assert told[date(2026, 12, 1)] == (8, Source.PLANNED, False)


def test_before_the_ledger_begins_nothing_is_known():
    months = outlook([count(date(2026, 2, 2), 4)], (), rule=RULE, on=TODAY).months

    assert [month.count for month in months[:12]] == [None] * 10 + [4, 4]
    assert outlook((), (), rule=RULE, on=TODAY).over is None


def test_what_held_a_year_ago_holds_again_until_its_next_step():
    ledger = (count(date(2024, 1, 8), 12), count(date(2025, 4, 10), 5))

    assert over(ledger).on == TODAY + timedelta(days=1)
    months = outlook(ledger, (), rule=RULE, on=TODAY).months
    assert [month.count for month in months[11:14]] == [12, 12, 5]


def test_eligibility_never_hears_of_a_plan():
    ledger = [count(date(2024, 1, 8), 6)]

    assert eligible([*ledger, count(TODAY + timedelta(days=1), 40)], rule=RULE, on=TODAY).eligible
