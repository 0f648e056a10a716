"""How near a business is to the limit, and what the eleventh person brings, in words and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from secor.core.anniversary import anniversary
from secor.core.certificate import Standing, StandingReport
from secor.core.employer import PEOPLE, Growth, GrowthBy, eligible
from secor.queries.situations import Situation

# Schemes an employer may move to that have no file of their own here.
SCHEMES = {"ab-cor": "COR, the certificate for larger employers", "ab-mecor": "the bridge to COR"}
WORDS = {
    "owners": "owners",
    "full_time": "full time",
    "part_time": "part time",
    "casual": "casual or seasonal",
    "volunteers": "volunteers",
    "family": "family who help",
    "subcontractors": "subcontractors",
}


class Level(Enum):
    """How near the limit a business is."""

    UNKNOWN = "unknown"
    ROOM = "room"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Growing:
    """How near the limit a business is, and its plan if it has passed it.

    ``plan`` tells what happens, one sentence each; days in it are written as 2026-05-17.
    """

    level: Level
    counted: str
    maximum: int | None
    peak_on: date | None
    convert_by: date | None
    plan: tuple[str, ...]
    counts: tuple[str, ...]
    left_out: tuple[str, ...]
    source: str
    open_question: str


def growing(situation: Situation) -> Growing:
    """Tell how near the limit a business is, by the rule of its partner (or the scheme's own while it has none)."""
    size, rules = situation.size, situation.rules
    told = rules.told("headcount")
    report = situation.report if situation.live else None
    level = _level(situation)
    return Growing(
        level=level,
        counted=str(size.counted) if size.counted.denominator == 1 else f"{float(size.counted):.1f}",
        maximum=size.maximum,
        peak_on=size.peak_on,
        convert_by=report.convert_by if report else None,
        plan=_plan(situation, level, report),
        counts=tuple(WORDS[kind] for kind in PEOPLE if kind in rules.headcount.counts),
        left_out=tuple(WORDS[kind] for kind in PEOPLE if kind not in rules.headcount.counts),
        source=told.source if told else "",
        open_question=(told.open_question or "") if told else "",
    )


def _level(situation: Situation) -> Level:
    size = situation.size
    if situation.live and situation.report is not None and situation.report.convert_by is not None:
        return Level.OVER
    if size.peak_on is None:
        return Level.UNKNOWN
    if size.maximum is None or size.counted < size.maximum:
        return Level.ROOM
    return Level.FULL if size.counted == size.maximum else Level.OVER


def _plan(situation: Situation, level: Level, report: StandingReport | None) -> tuple[str, ...]:
    growth = situation.rules.headcount.growth
    if level is Level.FULL:
        return (f"You are at the limit of {situation.size.maximum}.", *_next_person(growth, report))
    if level is Level.OVER and report is not None and report.convert_by is not None:
        return plan_of(report)
    if level is Level.OVER:
        return _too_many(situation)
    return ()


def _next_person(growth: Growth | None, report: StandingReport | None) -> tuple[str, ...]:
    """What one person more would bring."""
    if growth is None:
        return ("One more person, and this certificate is no longer for you.",)
    name = SCHEMES.get(growth.to, growth.to)
    if report is None:
        return (f"One more person on one day, and you need {name}, instead.",)
    match growth.by:
        case GrowthBy.NEXT_DUE if report.owed is not None:
            when = f"by {report.owed.due_on}, the day your next audit is due"
        case GrowthBy.YEAR_END:
            when = "by the end of that year"
        case _:
            when = "at once"
    return (f"One more person on one day, and you must move to {name}, {when}.",)


def plan_of(report: StandingReport) -> tuple[str, ...]:
    """What happens to a certificate whose employer has grown past the limit, one sentence each."""
    if report.convert_by is None:
        return (
            f"This certificate is for fewer people than you are, so it ends: it is not valid from {report.since} on.",
            "Ask your certifying partner about the certificate for larger employers.",
        )
    name = SCHEMES.get(report.next_scheme or "", report.next_scheme or "another certificate")
    valid = "stays valid" if report.standing is Standing.VALID else "goes on as it is"
    return (
        f"Your certificate {valid} until {report.convert_by}, that day included.",
        f"By then you need {name}. Your next audit is one for that certificate, not for this one.",
        "Talk to your certifying partner now: that audit asks more, and an auditor from outside does it.",
        "Fewer people later do not take this back by themselves. Ask your certifying partner if you shrink again.",
        "If the number was a slip, report that same day again with the right one: that takes it back.",
    )


def _too_many(situation: Situation) -> tuple[str, ...]:
    """An employer without a certificate that is too large: from when it could qualify again, if it stays as it is."""
    growth = situation.rules.headcount.growth
    name = SCHEMES.get(growth.to, growth.to) if growth else "another certificate"
    fits = fits_on(situation)
    told = [
        f"You were more than {situation.size.maximum} people from {situation.size.peak_on} on.",
        f"So this certificate is not for you now. Ask about {name}.",
    ]
    if fits:
        told.append(f"If you stay as you are today, you qualify again on {fits}.")
    return tuple(told)


def fits_on(situation: Situation) -> date | None:
    """The first day on which the ledger as it is would be small enough; None if not within three years.

    Days only ever leave the window while nothing new is reported, so the day is found by halving.
    """
    rule = situation.rules.headcount
    too_large, small_enough = situation.on.toordinal(), anniversary(situation.on, 3).toordinal()

    def fits(ordinal: int) -> bool:
        return eligible(situation.ledger, rule=rule, on=date.fromordinal(ordinal)).eligible

    if fits(too_large) or not fits(small_enough):
        return None
    while small_enough - too_large > 1:
        middle = (too_large + small_enough) // 2
        too_large, small_enough = (too_large, middle) if fits(middle) else (middle, small_enough)
    return date.fromordinal(small_enough)
