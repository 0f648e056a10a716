"""An employer with a certificate, and the people of two certifying partners, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from secor.core.anniversary import anniversary
from secor.core.number import CertificateNumber
from secor.core.quality import CRITERIA, MET
from secor.core.role import RoleKind
from secor.queries.audits import instrument_of
from secor.store.models import Answer, Audit, Certificate, Employer, Membership, Partner, Person, Role
from secor.usecases import certificates, reviews
from secor.usecases.act import Act

BEGAN = date(2023, 1, 9)
CERTIFIED = date(2024, 5, 17)
EDITION = "ab-secor-2023"
SCHEME = "ab-secor"


def at(day: date, hour: int = 18) -> datetime:
    """A moment on that day in Alberta."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def acts(person: Person | None, day: date) -> Act:
    return Act(person, at(day))


def a_partner(key: str = "asc", **more: object) -> Partner:
    names = {"asc": "Alberta Safety Council", "esc": "Energy Safety Canada"}
    return Partner.objects.create(key=key, name=names[key], acronym=key.upper(), **more)


def a_person(name: str, kind: RoleKind | None = None, **of: object) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.ca", name=name)
    if kind is not None:
        Role.objects.create(person=person, kind=kind, from_on=BEGAN, **of)
    return person


def an_employer(name: str = "Rosa's Roofing Ltd.", *, partner: Partner | None = None) -> Employer:
    employer = Employer.objects.create(legal_name=name, joined_on=BEGAN, city="Red Deer", search_name=name.lower())
    if partner is not None:
        Membership.objects.create(employer=employer, partner=partner, asked_on=BEGAN, approved_on=BEGAN)
    return employer


def a_certificate(
    employer: Employer, partner: Partner, *, on: date = CERTIFIED, serial: int = 900_001, months: int = 12
) -> Certificate:
    """A certificate issued on ``on``, with the event that began it."""
    row = Certificate.objects.create(
        employer=employer,
        partner=partner,
        number=str(CertificateNumber("SECOR", on.year, serial)),
        scheme=SCHEME,
        edition=EDITION,
        legal_name=employer.legal_name,
        issued_on=on,
        term_ends_on=anniversary(on, 3 if months >= 12 else 1),
        issued_at=at(on),
    )
    happened(row, "certified", on, records_months=months)
    row.refresh_from_db()
    return row


def happened(certificate: Certificate, event: str, on: date, *, by: Person | None = None, **facts: object) -> None:
    certificates.record(
        acts(by, on),
        employer=certificate.employer,
        partner=certificate.partner,
        scheme=certificate.scheme,
        event=event,
        on=on,
        certificate=certificate,
        **facts,
    )


def maintained(certificate: Certificate, sent: date, accepted: date, *, passed: bool = True) -> None:
    happened(certificate, "audit_submitted", sent, kind="maintenance")
    happened(certificate, "audit_accepted", accepted, kind="maintenance", passed=passed)


@dataclass(frozen=True)
class Office:
    """Pat reviews, Ines decides, Regan registers at the partner; Dev audits; Rosa owns the business."""

    partner: Partner
    employer: Employer
    rosa: Person
    dev: Person
    regan: Person
    pat: Person
    ines: Person


def office(key: str = "asc") -> Office:
    partner = a_partner(key)
    employer = an_employer(partner=partner)
    return Office(
        partner,
        employer,
        a_person("Rosa", RoleKind.OWNER, employer=employer),
        a_person("Dev", RoleKind.AUDITOR, partner=partner),
        a_person("Regan", RoleKind.REGISTRAR, partner=partner),
        a_person("Pat", RoleKind.REVIEWER, partner=partner),
        a_person("Ines", RoleKind.DECISION_MAKER, partner=partner),
    )


def an_audit(scene: Office, *, stage: str = "submitted", kind: str = "certification", **more: object) -> Audit:
    """An audit that Dev did: sent on 10 May 2024 with 874 of 1000 points."""
    facts: dict[str, object] = {
        "performer": "external_auditor",
        "records_months": 12,
        "asked_on": date(2024, 3, 1),
        "approved_on": date(2024, 3, 2),
        "gathering_from": date(2024, 4, 15),
        "gathered_on": date(2024, 5, 3),
        "submitted_on": date(2024, 5, 10),
        "submitted_at": at(date(2024, 5, 10)),
        "possible": 1000,
        "awarded": 874,
        "passed": True,
        "round": 1,
        "headcount": 6,
        "methods": ["D", "I", "O"],
    }
    return Audit.objects.create(
        employer=scene.employer,
        partner=scene.partner,
        assessor=scene.dev,
        kind=kind,
        stage=stage,
        scheme=SCHEME,
        edition=EDITION,
        instrument="secor-open",
        **{**facts, **more},
    )


def answered(audit: Audit, *, percent: str = "90", **by_question: str) -> Audit:
    """Fill in every answer; ``q1_1="50"`` marks question 1.1 another way."""
    rows = []
    for question in instrument_of(audit).questions.values():
        share = by_question.get(f"q{question.id.replace('.', '_')}", percent)
        rows += [
            Answer(
                audit=audit,
                question=question.id,
                method=rule.method.value,
                given={"percent": share},
                changed_at=at(date(2024, 5, 3)),
            )
            for rule in question.methods
        ]
    Answer.objects.bulk_create(rows)
    return audit


GOOD = {each.key: MET for each in CRITERIA}


def accepted(scene: Office, audit: Audit, on: date = date(2024, 5, 17)) -> Audit:
    """Let Pat review the audit and accept it."""
    review = reviews.claim(acts(scene.pat, on), audit=audit)
    reviews.accept(acts(scene.pat, on), review=review, quality=GOOD)
    audit.refresh_from_db()
    return audit
