"""Who may audit whom.

An auditor who helped to build a program may not judge it (a government page says so without naming a number of
months, so the shipped rule looks back for ever; see the scheme files, `rules.independence`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from secor.core.anniversary import add_months
from secor.core.audit import Kind, Performer
from secor.core.reading import Reading


class TieKind(Enum):
    """What can tie a person to an employer."""

    BUILT_PROGRAM = "built_program"
    FAMILY = "family"
    EMPLOYEE = "employee"
    OWNER = "owner"
    FINANCIAL = "financial"
    AUDITED_LAST_TIME = "audited_last_time"
    OTHER = "other"


WORDS = {
    TieKind.BUILT_PROGRAM: "helped to build the health and safety program",
    TieKind.FAMILY: "is family of an owner",
    TieKind.EMPLOYEE: "works or worked for the business",
    TieKind.OWNER: "owns or owned a part of the business",
    TieKind.FINANCIAL: "has money in the business, or owes it money",
    TieKind.AUDITED_LAST_TIME: "did the audit before this one",
    TieKind.OTHER: "has declared another tie",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie, from a day until a day; ``until_on`` is None while it lasts."""

    kind: TieKind
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class IndependenceRule:
    """Which ties forbid which audits, and for how long after they ended (None: for ever)."""

    ties: frozenset[TieKind]
    applies_to: frozenset[Kind]
    lookback_months: int | None = None
    declaration_required: bool = True


def conflicts(
    ties: Iterable[Tie], *, rule: IndependenceRule, kind: Kind, performer: Performer, on: date
) -> tuple[str, ...]:
    """Tell, in words, why a person may not do this audit on the day ``on``; empty when they may.

    A self-assessment is done by the employer's own people, so their ties to it forbid nothing.
    """
    if performer in {Performer.SELF_ASSESSOR, Performer.INTERNAL_AUDITOR} or kind not in rule.applies_to:
        return ()
    return tuple(_told(tie, rule) for tie in sorted(ties, key=lambda tie: tie.kind.value) if _forbids(tie, rule, on))


def _forbids(tie: Tie, rule: IndependenceRule, on: date) -> bool:
    if tie.kind not in rule.ties or (tie.from_on is not None and tie.from_on > on):
        return False
    if tie.until_on is None or tie.until_on >= on or rule.lookback_months is None:
        return True
    return add_months(tie.until_on, rule.lookback_months) >= on


def _told(tie: Tie, rule: IndependenceRule) -> str:
    when = "" if tie.until_on is None else f" until {tie.until_on}"
    window = "at any time before" if rule.lookback_months is None else f"in the {rule.lookback_months} months before"
    return f"{WORDS[tie.kind]}{when}; who did so {window} may not audit it"


def read_independence(reading: Reading, value: Any) -> IndependenceRule | None:
    """Read ``{ties, applies_to, lookback_months, declaration_required}``."""
    before = len(reading.problems)
    given = reading.mapping(
        value, required=("ties", "applies_to"), optional=("lookback_months", "declaration_required")
    )
    if given is None or not {"ties", "applies_to"} <= given.keys():
        return None
    ties = reading.choices_at(given, "ties", TieKind)
    applies_to = reading.choices_at(given, "applies_to", Kind)
    lookback = given.get("lookback_months")
    if lookback is not None:
        lookback = reading.at("lookback_months").whole(lookback, at_least=1)
    declaration = reading.at("declaration_required").flag(given.get("declaration_required", True))
    if len(reading.problems) > before:
        return None
    return IndependenceRule(ties, applies_to, lookback, bool(declaration))
