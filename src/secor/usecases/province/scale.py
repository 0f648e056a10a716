"""A province at scale, for measuring: so many employers, about ten certificate events each, written in bulk.

Not told through the acts, which would take a day: rows are written as the acts would leave them, with the projection
worked out by the same rule. No people sign in here but the demonstration's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from secor.core.anniversary import anniversary
from secor.core.audit import Kind
from secor.core.certificate import CertificateRules, projection
from secor.core.event import Event, EventKind
from secor.core.number import CertificateNumber
from secor.queries import schemes
from secor.queries.register import folded
from secor.store import indexes
from secor.store.models import Account, Certificate, CertificateEvent, Employer, Headcount, Membership, Partner
from secor.usecases.province.cast import the_offices

BATCH = 2_000
EDITION = "ab-secor-2023"
SCHEME = "ab-secor"
_FIRST = (
    "Aspen",
    "Bow",
    "Chinook",
    "Elk",
    "Foothill",
    "Granite",
    "Heron",
    "Iron",
    "Juniper",
    "Larch",
    "Moose",
    "Peace",
)
_SECOND = (
    "Ridge",
    "Valley",
    "Creek",
    "Lake",
    "Crossing",
    "Butte",
    "Coulee",
    "Point",
    "Meadow",
    "Summit",
    "Bend",
    "Gate",
)
_TRADE = (
    "Roofing",
    "Electric",
    "Plumbing",
    "Trucking",
    "Welding",
    "Painting",
    "Concrete",
    "Fencing",
    "Glass",
    "Drywall",
)
_CITIES = ("Calgary", "Edmonton", "Red Deer", "Lethbridge", "Grande Prairie", "Medicine Hat", "Hinton", "Brooks")


@dataclass(frozen=True, slots=True)
class _Life:
    """One employer's rows before they are written."""

    employer: Employer
    partner: Partner
    events: tuple[Event, ...]


def lay(count: int, *, at: datetime) -> int:
    """Write ``count`` employers with about ten events each, a batch a transaction. Give how many events there are."""
    partners = [office.partner for office in the_offices()]
    today = at.date()
    written = 0
    for start in range(0, count, BATCH):
        chance = random.Random(start)  # noqa: S311 - a made-up province, not a secret
        lives = [_live(number, partners, today, chance) for number in range(start, min(start + BATCH, count))]
        written += _write(lives, first=start, at=at)
    indexes.count()
    return written


def _live(number: int, partners: list[Partner], today: date, chance: random.Random) -> _Life:
    name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {chance.choice(_TRADE)} {number} Ltd."
    began = today - timedelta(days=chance.randint(200, 2400))
    employer = Employer(
        legal_name=name, trade_name="", trade="", city=chance.choice(_CITIES), joined_on=began, search_name=folded(name)
    )
    return _Life(employer, chance.choice(partners), tuple(_events(began, today, chance)))


def _events(began: date, today: date, chance: random.Random) -> Iterator[Event]:
    """Certified, maintained, renewed, and now and then something missed; ten events on the average."""
    on, kept = began + timedelta(days=chance.randint(60, 180)), True
    yield Event(on, EventKind.CERTIFIED, records_months=14)
    for nth in range(1, 8):
        due = anniversary(on, nth)
        if due > today or not kept:
            break
        kept = chance.random() < 0.97  # noqa: PLR2004 - three in a hundred forget
        kind = Kind.RECERTIFICATION if nth % 3 == 0 else Kind.MAINTENANCE
        sent = due - timedelta(days=chance.randint(3, 60)) if kept else due + timedelta(days=5)
        yield Event(sent - timedelta(days=10), EventKind.DATA_GATHERED, kind)
        yield Event(sent, EventKind.AUDIT_SUBMITTED, kind)
        yield Event(sent + timedelta(days=1), EventKind.HEADCOUNT, count=chance.randint(1, 10))
        yield Event(sent + timedelta(days=12), EventKind.AUDIT_ACCEPTED, kind, passed=True)
    for _ in range(3):
        yield Event(today - timedelta(days=chance.randint(1, 190)), EventKind.HEADCOUNT, count=chance.randint(1, 10))


@transaction.atomic
def _write(lives: list[_Life], *, first: int, at: datetime) -> int:
    employers = Employer.objects.bulk_create([life.employer for life in lives])
    for employer, life in zip(employers, lives, strict=True):
        assert employer is life.employer, "the rows come back in their order"
    Membership.objects.bulk_create(
        Membership(
            employer=e.employer, partner=e.partner, asked_on=e.employer.joined_on, approved_on=e.employer.joined_on
        )
        for e in lives
    )
    Account.objects.bulk_create(
        Account(employer=life.employer, number=str(20_000_000 + first + place)) for place, life in enumerate(lives)
    )
    Headcount.objects.bulk_create(
        Headcount(employer=life.employer, on=life.employer.joined_on, owners=1, full_time=5) for life in lives
    )
    certificates = Certificate.objects.bulk_create(
        _certificate(life, serial=900_000 + first + place) for place, life in enumerate(lives)
    )
    rows = [
        CertificateEvent(
            employer=life.employer,
            partner=life.partner,
            scheme=SCHEME,
            certificate=certificate,
            on=event.on,
            event=event.event.value,
            kind=event.kind.value if event.kind else "",
            passed=event.passed,
            until=event.until,
            count=event.count,
            records_months=event.records_months,
            recorded_at=at,
        )
        for life, certificate in zip(lives, certificates, strict=True)
        for event in life.events
    ]
    CertificateEvent.objects.bulk_create(rows, batch_size=5_000)
    return len(rows)


def _certificate(life: _Life, *, serial: int) -> Certificate:
    issued_on = life.events[0].on
    told = projection(life.events, rules=_rules(life.partner.key))
    return Certificate(
        employer=life.employer,
        partner=life.partner,
        number=str(CertificateNumber("SECOR", issued_on.year, serial)),
        scheme=SCHEME,
        edition=EDITION,
        legal_name=life.employer.legal_name,
        issued_on=issued_on,
        term_ends_on=told.term_ends_on or anniversary(issued_on, 3),
        issued_at=datetime.combine(issued_on, time(18), tzinfo=UTC),
        owed_kind=told.owed_kind.value if told.owed_kind else "",
        owed_due_on=told.owed_due_on,
        ended=told.ended,
    )


def _rules(partner: str) -> CertificateRules:
    return schemes.pinned(EDITION, partner=partner, on=date(2023, 1, 1)).certificate
