"""An action plan in place of a maintenance audit: who may ask for one, and by which days.

Sources: the scheme files (`rules.action_plan`); each partner that offers plans has conditions of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from secor.core.anniversary import day_in, read_day_of_year
from secor.core.reading import Reading
from secor.core.rounding import shortest

A_DAY = timedelta(days=1)
_DAYS = ("apply_by", "plan_by", "amend_before", "deliver_by")


@dataclass(frozen=True, slots=True)
class ActionPlanRule:
    """What a partner asks of an employer that wants a plan.

    ``last_score`` is the least overall share of the last certification, ``previous_plan`` that of the plan before;
    with ``either`` one of the two is enough. The days are (month, day) of the maintenance year.
    """

    last_score: Fraction | None = None
    previous_plan: Fraction | None = None
    either: bool = False
    full_cycle: bool = True
    needs: str = ""
    apply_by: tuple[int, int] | None = None
    plan_by: tuple[int, int] | None = None
    amend_before: tuple[int, int] | None = None
    deliver_by: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What an employer brings: shares of its last certification and its plan before (None: there was none)."""

    last_score: Fraction | None
    previous_plan: Fraction | None = None
    full_cycle_done: bool = False


@dataclass(frozen=True, slots=True)
class PlanDays:
    """The days of one maintenance year; each is the last day in time. None where the partner names none."""

    apply_by: date | None
    plan_by: date | None
    amend_by: date | None
    deliver_by: date | None


def refusals(asked: PlanRequest, *, rule: ActionPlanRule) -> tuple[str, ...]:
    """Tell why an employer may not have a plan instead of an audit; empty when it may. The mark itself is enough."""
    why = []
    if rule.full_cycle and not asked.full_cycle_done:
        why.append("a full cycle of three years must be behind it")
    score = _short(asked.last_score, rule.last_score, "the last certification")
    plan = _short(asked.previous_plan, rule.previous_plan, "the plan before")
    if rule.either:
        return (*why, f"{score}, and {plan}") if score and plan else tuple(why)
    if score:
        why.append(score)
    if plan and asked.previous_plan is not None:  # a first plan has none before it
        why.append(plan)
    return tuple(why)


def days(rule: ActionPlanRule, *, year: int) -> PlanDays:
    """Give the days of a plan for the maintenance year ``year``."""
    before = _in(year, rule.amend_before)
    return PlanDays(
        apply_by=_in(year, rule.apply_by),
        plan_by=_in(year, rule.plan_by),
        amend_by=None if before is None else before - A_DAY,
        deliver_by=_in(year, rule.deliver_by),
    )


def _short(share: Fraction | None, least: Fraction | None, of: str) -> str | None:
    if least is None or (share is not None and share >= least):
        return None
    got = "is not known" if share is None else f"came to {shortest(share * 100)} %"
    return f"{of} {got}; {shortest(least * 100)} % is needed"


def _in(year: int, day: tuple[int, int] | None) -> date | None:
    return None if day is None else day_in(year, day)


def read_action_plan(reading: Reading, value: Any) -> ActionPlanRule | None:
    """Read ``{last_score: 85 %, previous_plan, either, full_cycle, needs, apply_by: "01-31", ...}``."""
    optional = ("last_score", "previous_plan", "either", "full_cycle", "needs", *_DAYS)
    given = reading.mapping(value, optional=optional)
    if given is None:
        return None
    before = len(reading.problems)
    shares = {
        key: reading.at(key).share(given[key]) if key in given else None for key in ("last_score", "previous_plan")
    }
    days = {key: read_day_of_year(reading.at(key), given.get(key)) for key in _DAYS}
    rule = ActionPlanRule(
        last_score=shares["last_score"],
        previous_plan=shares["previous_plan"],
        either=reading.flag_at(given, "either"),
        full_cycle=bool(reading.at("full_cycle").flag(given.get("full_cycle", True))),
        needs=reading.text_at(given, "needs"),
        **days,
    )
    return rule if len(reading.problems) == before else None
