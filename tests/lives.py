"""A certificate's life, told in one line an event."""

from __future__ import annotations

from datetime import date

from secor.core.anniversary import DuePolicy, DueRule
from secor.core.audit import Kind
from secor.core.certificate import CertificateRules, StandingReport, standing
from secor.core.employer import Growth, GrowthBy
from secor.core.event import Event, EventKind
from secor.core.term import Expiry, Term

SHORT, LONG = Term(12, 3), Term(36, 12, (1, 2))
RENEWAL = Kind.RECERTIFICATION


def day(text: str) -> date:
    return date.fromisoformat(text)


def rules(*, due=None, expiry=None, by=GrowthBy.NEXT_DUE) -> CertificateRules:
    """The rules of a partner who wants audits sent on or before the anniversary."""
    return CertificateRules(
        scheme="ab-secor",
        partner="asc",
        terms=(SHORT, LONG),
        due=due or DueRule(DuePolicy.ANNIVERSARY_DAY),
        expiry=expiry or Expiry(),
        at_most=10,
        growth=Growth("ab-cor", by),
    )


RULES = rules()


def certified(on: str = "2024-05-17", months: int | None = 12) -> Event:
    return Event(day(on), EventKind.CERTIFIED, records_months=months)


def gathered(on: str, kind: Kind | None = Kind.MAINTENANCE) -> Event:
    return Event(day(on), EventKind.DATA_GATHERED, kind)


def sent(on: str, kind: Kind = Kind.MAINTENANCE) -> Event:
    return Event(day(on), EventKind.AUDIT_SUBMITTED, kind)


def passed(on: str, kind: Kind = Kind.MAINTENANCE, months: int | None = None) -> Event:
    return Event(day(on), EventKind.AUDIT_ACCEPTED, kind, passed=True, records_months=months)


def failed(on: str, kind: Kind = Kind.MAINTENANCE) -> Event:
    return Event(day(on), EventKind.AUDIT_ACCEPTED, kind, passed=False)


def extended(on: str, until: str) -> Event:
    return Event(day(on), EventKind.EXTENDED, until=day(until))


def people(on: str, count: int) -> Event:
    return Event(day(on), EventKind.HEADCOUNT, count=count)


def told(what: str, on: str) -> Event:
    """An event that says nothing but its name."""
    return Event(day(on), EventKind(what))


def on(asked: str, *events: Event, under: CertificateRules = RULES) -> StandingReport:
    return standing(events, rules=under, on=day(asked))


def stands(asked: str, *events: Event, under: CertificateRules = RULES) -> str:
    return on(asked, *events, under=under).standing.value
