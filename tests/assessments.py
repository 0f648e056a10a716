"""An employer with an audit under way, and the people around it, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from secor.core.role import RoleKind
from secor.store.models import Audit, Declaration, Employer, Membership, Partner, Person, Role
from secor.usecases.act import Act

BEGAN = date(2026, 1, 5)
AT = datetime(2026, 6, 1, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Scene:
    """Rosa owns, Wes works, Dev audits, Pat reviews at the partner, Sam is a stranger who owns something else."""

    employer: Employer
    partner: Partner
    audit: Audit
    rosa: Person
    wes: Person
    dev: Person
    pat: Person
    sam: Person

    def dev_acts(self, at: datetime = AT) -> Act:
        return Act(self.dev, at)

    def rosa_acts(self, at: datetime = AT) -> Act:
        return Act(self.rosa, at)


def scene(*, performer: str = "external_auditor", stage: str = "open", declared: bool = True) -> Scene:
    """A scene whose audit is at ``stage``."""
    partner = Partner.objects.create(key="asc", name="Alberta Safety Council", acronym="ASC")
    employer = Employer.objects.create(legal_name="Rosa's Roofing Ltd.", joined_on=BEGAN)
    other = Employer.objects.create(legal_name="Sam's Siding Ltd.", joined_on=BEGAN)
    Membership.objects.create(employer=employer, partner=partner, asked_on=BEGAN, approved_on=BEGAN)
    rosa = _person("rosa", RoleKind.OWNER, employer=employer)
    dev = _person("dev", RoleKind.AUDITOR, partner=partner)
    audit = Audit.objects.create(
        employer=employer,
        partner=partner,
        assessor=dev if performer == "external_auditor" else rosa,
        kind="certification",
        performer=performer,
        stage=stage,
        scheme="ab-secor",
        edition="ab-secor-2024",
        instrument="secor-open",
        methods=["D", "I", "O"],
        records_months=12,
        headcount=6,
        asked_on=BEGAN,
        approved_on=BEGAN,
        gathering_from=date(2026, 5, 20),
    )
    if declared:
        Declaration.objects.create(audit=audit, person=audit.assessor, signed_at=AT, wording="1", clear=True)
    return Scene(
        employer,
        partner,
        audit,
        rosa,
        _person("wes", RoleKind.WORKER, employer=employer),
        dev,
        _person("pat", RoleKind.REVIEWER, partner=partner),
        _person("sam", RoleKind.OWNER, employer=other),
    )


def _person(name: str, kind: RoleKind, **of: object) -> Person:
    person = Person.objects.create_user(f"{name}@example.ca", name=name.title())
    Role.objects.create(person=person, kind=kind, from_on=BEGAN, **of)
    return person
