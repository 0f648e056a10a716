"""How long a certificate lives, from which day it counts, and on which day it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from secor.core.anniversary import add_months, month_end
from secor.core.reading import Reading


@dataclass(frozen=True, slots=True)
class Term:
    """How long a certificate lives, and at which anniversaries it wants a maintenance audit.

    It is given to an employer with at least ``records_months`` months of records.
    """

    months: int
    records_months: int = 0
    maintained_at: tuple[int, ...] = ()


class Snap(Enum):
    """Whether a term ends on its day or at the end of that month."""

    NONE = "none"
    MONTH_END = "month_end"


class IssueAnchor(Enum):
    """The day a first certificate counts from."""

    GATHERED = "gathered"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"


class RenewalAnchor(Enum):
    """The day a renewed certificate counts from."""

    OLD_EXPIRY = "old_expiry"
    NEW_ISSUE = "new_issue"


@dataclass(frozen=True, slots=True)
class Expiry:
    """From which day a term runs, and on which day it ends."""

    snap: Snap = Snap.NONE
    issue_anchor: IssueAnchor = IssueAnchor.ACCEPTED
    renewal_anchor: RenewalAnchor = RenewalAnchor.OLD_EXPIRY


def term_of(terms: Sequence[Term], records_months: int | None) -> Term:
    """Choose the term an employer with so many months of records is given; unknown counts as enough.

    With fewer months than any term asks for, the shortest one: whether to certify at all is not decided here.
    """
    fitting = [term for term in terms if records_months is None or records_months >= term.records_months]
    return max(fitting, key=lambda term: term.months) if fitting else min(terms, key=lambda term: term.months)


def term_end(started_on: date, term: Term, expiry: Expiry) -> date:
    """Give the last day of a term."""
    last = add_months(started_on, term.months)
    return month_end(last) if expiry.snap is Snap.MONTH_END else last


def read_terms(reading: Reading, value: Any) -> tuple[Term, ...] | None:
    """Read ``[{months, records_months, maintained_at: [1, 2]}]``."""
    before = len(reading.problems)
    terms = tuple(_read_term(place, item) for place, item in reading.items(value))
    if not terms:
        reading.note("needs at least one term")
    if len(reading.problems) > before:
        return None
    return tuple(term for term in terms if term is not None)


def _read_term(reading: Reading, value: Any) -> Term | None:
    given = reading.mapping(value, required=("months", "maintained_at"), optional=("records_months",))
    if given is None or not {"months", "maintained_at"} <= given.keys():
        return None
    months = reading.at("months").whole(given["months"], at_least=1)
    records = reading.at("records_months").whole(given.get("records_months", 0))
    at = [place.whole(item, at_least=1) for place, item in reading.at("maintained_at").items(given["maintained_at"])]
    maintained_at = tuple(nth for nth in at if nth is not None)
    if months is None or records is None:
        return None
    if list(maintained_at) != sorted(set(maintained_at)) or any(nth * 12 >= months for nth in maintained_at):
        reading.at("maintained_at").note("needs anniversaries in order, each once, and all before the term ends")
        return None
    return Term(months, records, maintained_at)


def read_expiry(reading: Reading, value: Any) -> Expiry | None:
    """Read ``{snap, issue_anchor, renewal_anchor}``."""
    before = len(reading.problems)
    given = reading.mapping(value, required=("snap", "issue_anchor", "renewal_anchor"))
    if given is None or len(given) < 3:  # noqa: PLR2004 - the three keys just asked for
        return None
    snap = reading.at("snap").choice(given["snap"], Snap)
    issue = reading.at("issue_anchor").choice(given["issue_anchor"], IssueAnchor)
    renewal = reading.at("renewal_anchor").choice(given["renewal_anchor"], RenewalAnchor)
    if len(reading.problems) > before or not (snap and issue and renewal):
        return None
    return Expiry(snap, issue, renewal)
