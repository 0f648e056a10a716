"""What worked cases ask that no command of its own answers: an audit's clocks, and action plans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from secor.core import timeline
from secor.core.action_plan import PlanRequest, days, refusals
from secor.core.reading import Reading
from secor.core.rules import NoSuchRule, Rules
from secor.core.timeline import Clock
from secor.queries.files import Unreadable

MAY = ("last_score", "previous_plan", "full_cycle_done")
DAYS = ("documents_on", "first_on_site", "gathered_on", "returned_on", "first_returned_on", "submitted_on")


def asked(reading: Reading, given: Mapping[str, Any], *, rules: Rules) -> dict[str, Any]:
    """Tell whether an employer may have an action plan in place of a maintenance audit, why not, and the days.

    Raises ``NoSuchRule`` where the partner has no plans.
    """
    rule = rules.action_plan
    if rule is None:
        raise NoSuchRule(f"{rules.partner or rules.scheme} has no action plans in place of an audit.")
    year = reading.at("year").whole(given["year"], at_least=1900)
    shares = {key: reading.at(key).share(given[key]) if key in given else None for key in MAY[:2]}
    request = PlanRequest(**shares, full_cycle_done=reading.flag_at(given, "full_cycle_done"))
    if reading.problems or year is None:
        raise Unreadable(reading.problems)
    why, by = refusals(request, rule=rule), days(rule, year=year)
    return {
        "allowed": not why,
        "why": list(why),
        "apply_by": _told(by.apply_by),
        "plan_by": _told(by.plan_by),
        "amend_by": _told(by.amend_by),
        "deliver_by": _told(by.deliver_by),
    }


def clocks(reading: Reading, given: Mapping[str, Any], *, rules: Rules) -> dict[str, Any]:
    """Tell an audit's days from those that are known; null where a step has no limit or its start is not known."""
    on = {key: None if given.get(key) is None else reading.at(key).day(given[key]) for key in DAYS}
    if reading.problems:
        raise Unreadable(reading.problems)
    rule = rules.timelines
    started_on = timeline.gathering_starts(on["documents_on"], on["first_on_site"])
    gathered_on, submitted_on = on["gathered_on"], on["submitted_on"]
    returned_on = on["returned_on"]
    first_on = on["first_returned_on"] or returned_on
    correct = None
    if returned_on and first_on:
        correct = timeline.correct_by(rule, returned_on=returned_on, first_returned_on=first_on)
    return {
        "started_on": _told(started_on),
        "gather_by": _by(timeline.gather_by(rule, started_on=started_on) if started_on else None),
        "report_by": _by(timeline.report_by(rule, gathered_on=gathered_on) if gathered_on else None),
        "correct_by": _by(correct),
        "review_by": _by(timeline.review_by(rule, submitted_on=submitted_on) if submitted_on else None),
    }


def _by(clock: Clock | None) -> str | None:
    return _told(clock.by) if clock else None


def _told(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
