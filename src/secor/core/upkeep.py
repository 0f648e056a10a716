"""What an auditor does to stay certified with a partner: so many audits accepted in so many years.

Which partner wants how many is a rule with a source (``upkeep`` in ``partners.yaml``); most publish none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secor.core.anniversary import add_months
from secor.core.reading import Reading

A_DAY = timedelta(days=1)
A_YEAR = 12


@dataclass(frozen=True, slots=True)
class UpkeepRule:
    """At least ``audits`` accepted within any ``years`` years."""

    audits: int
    years: int


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How somebody stands to the rule on a day.

    ``done`` counts the accepted audits of the years up to the day. ``until`` is the last day on which that is enough
    if no other audit is accepted; the day is over where it is not.
    """

    done: int
    wanted: int
    until: date
    enough: bool


def upkeep(rule: UpkeepRule, accepted_on: Sequence[date], *, since: date, on: date) -> Upkeep:
    """Hold the days on which audits were accepted against the rule.

    Whoever was certified less than ``rule.years`` ago, on ``since``, has until that time is over.
    """
    months = rule.years * A_YEAR
    counted = sorted((day for day in accepted_on if day <= on), reverse=True)
    done = sum(on < add_months(day, months) for day in counted)
    first = add_months(since, months) - A_DAY
    kept = add_months(counted[rule.audits - 1], months) - A_DAY if len(counted) >= rule.audits else first
    until = max(first, kept)
    return Upkeep(done, rule.audits, until, enough=on <= until)


def read_upkeep(reading: Reading, value: Any) -> UpkeepRule | None:
    """Read ``{audits, years}``, both at least 1."""
    given = reading.mapping(value, required=("audits", "years"))
    if given is None or not {"audits", "years"} <= given.keys():
        return None
    audits, years = (reading.at(key).whole(given[key], at_least=1) for key in ("audits", "years"))
    return UpkeepRule(audits, years) if audits is not None and years is not None else None
