"""Certifying partners side by side: what each has published, cell by cell, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from secor.core.anniversary import DuePolicy, Milestone
from secor.core.audit import Kind, Performer
from secor.core.scheme import Partner, Rules
from secor.web.templatetags.secor import money, percent

PERFORMERS = {
    Performer.SELF_ASSESSOR: "your own trained person",
    Performer.EXTERNAL_AUDITOR: "an auditor from outside",
    Performer.INTERNAL_AUDITOR: "your own certified auditor",
    Performer.PARTNER: "the partner",
}
POLICIES = {
    DuePolicy.ANNIVERSARY_DAY: "on or before the anniversary day",
    DuePolicy.EXPIRY_MONTH: "in the month that stands on the certificate",
    DuePolicy.CALENDAR_YEAR: "once in each calendar year",
    DuePolicy.YEAR_END: "by December 31",
    DuePolicy.FIXED_DAY: "by a fixed day of the year",
}
MILESTONES = {
    Milestone.DATA_GATHERED: "the looking done",
    Milestone.SUBMITTED: "sent",
    Milestone.ACCEPTED: "accepted",
}
KINDS = {
    "owners": "owners",
    "full_time": "full time",
    "part_time": "part time",
    "casual": "casual",
    "volunteers": "volunteers",
    "family": "family",
    "subcontractors": "subcontractors",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one partner says to one point. ``ours`` names the open question where the value is our own default."""

    text: str
    source: str = ""
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One partner's line."""

    key: str
    name: str
    acronym: str
    sector: str
    accepting: bool
    cells: tuple[Cell, ...]


NOT_PUBLISHED = Cell("not published")


def lines(partners: tuple[Partner, ...], rules: Callable[[str], Rules], *, on: date) -> list[Line]:
    """One line for each partner that exists on the day ``on``."""
    return [line(partner, rules(partner.key)) for partner in there(partners, on=on)]


def there(partners: tuple[Partner, ...], *, on: date) -> list[Partner]:
    """The partners that exist on the day ``on``."""
    return [
        partner
        for partner in partners
        if (partner.valid_from is None or partner.valid_from <= on)
        and (partner.valid_until is None or on <= partner.valid_until)
    ]


def line(partner: Partner, rules: Rules) -> Line:
    """What one partner says to each point."""
    cells = tuple(_cell(rules, rule, words) for _, rule, words in COLUMNS)
    return Line(partner.key, partner.name, partner.acronym, partner.sector, partner.accepting_new, cells)


def _cell(rules: Rules, rule: str, words: Callable[[Any], str]) -> Cell:
    known = rules.told(rule)
    if known is None or known.value is None:
        return NOT_PUBLISHED
    return Cell(words(known.value) or "not published", known.source, known.open_question or "")


def _counted(rule: Any) -> str:
    return f"at most {rule.at_most}: " + ", ".join(word for kind, word in KINDS.items() if kind in rule.counts)


def _audited(performers: Mapping[Kind, frozenset[Performer]]) -> str:
    who = performers.get(Kind.CERTIFICATION, frozenset())
    return " or ".join(word for performer, word in PERFORMERS.items() if performer in who)


def _marked(marks: Mapping[Kind, Any]) -> str:
    first, later = marks.get(Kind.CERTIFICATION), marks.get(Kind.MAINTENANCE)
    told = []
    if first is not None:
        told.append(
            f"certificate: {percent(first.overall)}"
            + (f", each element {percent(first.element)}" if first.element else "")
        )
    if later is not None:
        told.append(
            f"between: {percent(later.overall)}" + (f", each element {percent(later.element)}" if later.element else "")
        )
    return "; ".join(told)


def _due(rule: Any) -> str:
    return f"{POLICIES[rule.policy]}, {MILESTONES[rule.milestone]}"


def _termed(terms: Any) -> str:
    return "; ".join(f"{term.months} months, with {term.records_months} months of records" for term in terms)


def _refunded(rule: Any) -> str:
    if rule.first_year == rule.later:
        return f"{percent(rule.later)} each year"
    return f"{percent(rule.first_year)} in the first year, then {percent(rule.later)}"


def _lettered(rule: Any) -> str:
    """A letter that stands in for a certificate: how long, what it takes, and when one may ask for another."""
    told = [f"good for {rule['max_days']} days at most"] if "max_days" in rule else []
    if "needs" in rule:
        told.append(f"it takes {rule['needs']}")
    if "reapply_wait_months" in rule:
        told.append(f"then {rule['reapply_wait_months']} months until the next one")
    return "; ".join(told)


FEES = {
    "year_member": "{} a year for its members",
    "year_non_member": "{} a year for others",
    "review": "{} for the review of an audit",
    "review_of_a_non_member": "{} for the review of an audit of a business that is no member",
}


def _paid(rule: Any) -> str:
    if not isinstance(rule, Mapping):
        return _plain(rule)
    return "; ".join(
        FEES[key].format(money(Decimal(str(value))) if Decimal(str(value)) else "nothing")
        if key in FEES
        else _plain({key: value})
        for key, value in rule.items()
    )


def _plain(value: Any) -> str:
    """A rule that only people read, as it was written."""
    if isinstance(value, Mapping):
        return "; ".join(f"{str(key).replace('_', ' ')}: {_plain(entry)}" for key, entry in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(entry) for entry in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


COLUMNS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("Who counts", "headcount", _counted),
    ("Who does the first audit", "performers", _audited),
    ("Marks", "pass_marks", _marked),
    ("Yearly audit", "due", _due),
    ("How long it lasts", "terms", _termed),
    ("Refund (estimate)", "incentive", _refunded),
    ("Temporary letter", "temporary_letter", _lettered),
    ("Fees", "fees", _paid),
)
