"""An action plan in place of an audit: who may, and by which days."""

from datetime import date
from fractions import Fraction

import pytest

from secor.core.action_plan import ActionPlanRule, PlanRequest, days, read_action_plan, refusals
from secor.core.reading import Reading

MARK = Fraction(85, 100)
PLAN = Fraction(80, 100)


@pytest.mark.parametrize(("score", "allowed"), [(MARK, True), (MARK - Fraction(1, 10**9), False), (None, False)])
def test_the_mark_itself_is_enough(score, allowed):
    rule = ActionPlanRule(last_score=MARK)

    assert (refusals(PlanRequest(score, full_cycle_done=True), rule=rule) == ()) is allowed


def test_a_full_cycle_is_asked_for_unless_the_partner_does_not():
    asked = PlanRequest(Fraction(1), full_cycle_done=False)

    assert PlanRequest(Fraction(1)) == asked  # nobody has a full cycle behind them unless it is said
    assert refusals(asked, rule=ActionPlanRule()) == ("a full cycle of three years must be behind it",)
    assert refusals(asked, rule=ActionPlanRule(full_cycle=False)) == ()


@pytest.mark.parametrize(
    ("score", "plan", "either", "both"),
    [
        (MARK, PLAN, True, True),
        (MARK, PLAN - Fraction(1, 100), True, False),
        (MARK - Fraction(1, 100), PLAN, True, False),
        (MARK - Fraction(1, 100), PLAN - Fraction(1, 100), False, False),
        (MARK, None, True, True),
        (MARK - Fraction(1, 100), None, False, False),
    ],
)
def test_a_score_and_a_plan_before_are_both_asked_for_or_either(score, plan, either, both):
    asked = PlanRequest(score, plan, full_cycle_done=True)

    assert (not refusals(asked, rule=ActionPlanRule(MARK, PLAN, either=True))) is either
    assert (not refusals(asked, rule=ActionPlanRule(MARK, PLAN, either=False))) is both


def test_the_days_are_those_of_the_year_and_before_a_day_is_the_day_before():
    rule = ActionPlanRule(apply_by=(1, 31), amend_before=(3, 1), deliver_by=(2, 29))

    assert days(rule, year=2024).amend_by == date(2024, 2, 29)
    found = days(rule, year=2026)
    assert (found.apply_by, found.plan_by, found.amend_by) == (date(2026, 1, 31), None, date(2026, 2, 28))
    assert found.deliver_by == date(2026, 2, 28)


def test_a_rule_is_read_from_data():
    reading = Reading()
    rule = read_action_plan(
        reading, {"last_score": "85 %", "previous_plan": "80 %", "either": True, "apply_by": "01-31", "needs": "more"}
    )

    assert reading.problems == []
    assert rule == ActionPlanRule(MARK, PLAN, either=True, needs="more", apply_by=(1, 31))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], "plan"),
        ({"last_score": "850 %"}, "plan.last_score"),
        ({"apply_by": "31 January"}, "plan.apply_by"),
        ({"full_cycle": "yes"}, "plan.full_cycle"),
        ({"score": "85 %"}, "plan.score"),
    ],
)
def test_what_is_out_of_order_is_told(value, place):
    reading = Reading("plan")
    read_action_plan(reading, value)

    assert [problem.place for problem in reading.problems] == [place]
