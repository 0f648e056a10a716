"""What programs are told, type by type. Days are ISO dates; what is not known is null, never left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TokenTold:
    """The token that asks: what it is called, in whose role it asks, what it may read, and its last day."""

    name: str
    role: str
    employer: str | None
    certifying_partner: str | None
    scopes: tuple[str, ...]
    until_on: date


@dataclass(frozen=True, slots=True)
class EmployerTold:
    """A business. ``member_since`` is null while its certifying partner has not taken it in."""

    code: str
    legal_name: str
    trade_name: str | None
    kind_of_work: str | None
    city: str | None
    joined_on: date
    certifying_partner: str | None
    member_since: date | None


@dataclass(frozen=True, slots=True)
class NextTold:
    """What a business does next, by when, and why. ``turn`` is yours, auditor or partner."""

    what: str
    told: str
    turn: str
    urgency: str
    due_on: date | None
    days_left: int | None
    why: tuple[str, ...]
    audit: str | None


@dataclass(frozen=True, slots=True)
class AuditTold:
    """An audit. ``passed`` is null until the review is over."""

    code: str
    employer: str
    legal_name: str
    certifying_partner: str
    kind: str
    performer: str
    stage: str
    edition: str
    instrument: str
    asked_on: date
    submitted_on: date | None
    accepted_on: date | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class CertificateTold:
    """A certificate as its owner and its partner see it. ``owed_kind`` is the audit that is due on ``owed_on``."""

    number: str
    employer: str
    legal_name: str
    certifying_partner: str
    scheme: str
    standing: str
    since: date | None
    relied_on: bool
    issued_on: date
    term_ends_on: date | None
    decision_pending: bool
    owed_kind: str | None
    owed_on: date | None


@dataclass(frozen=True, slots=True)
class HoldingTold:
    """What a WCB account held on a day, for one industry code and one scheme: the newest certificate by then."""

    account: str
    industry_code: str | None
    legal_name: str
    certifying_partner: str
    scheme: str
    number: str
    standing: str
    since: date | None
    term_ends_on: date | None
    on: date


@dataclass(frozen=True, slots=True)
class RecordTold:
    """A record, without what was written on it."""

    uid: UUID
    form: str
    title: str | None
    on: date
    site: str | None
    received_at: datetime
    fingerprint: str
    corrects: UUID | None
    to_mend: int


@dataclass(frozen=True, slots=True)
class ListingTold:
    """A certificate as the register tells it to everyone. Only ``relied_on`` says that a client may rely on it.

    ``standing`` is ``unconfirmed`` where the register's tables do not agree with its public log.
    """

    number: str
    standing: str
    since: date | None
    as_of: date
    relied_on: bool
    legal_name: str
    trade_name: str | None
    city: str | None
    scheme: str
    certifying_partner: str
    issued_on: date
    term_ends_on: date | None
    newer_number: str | None


@dataclass(frozen=True, slots=True)
class WordTold:
    """One word for a number: valid, suspended, lapsed, cancelled, expired or unknown; and the day it was said for.

    ``confirmed`` is false where the register's tables do not agree with its public log: the word is ``unknown`` then.
    """

    number: str
    word: str
    as_of: date
    confirmed: bool
