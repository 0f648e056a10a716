"""An employer with an audit under way, and the people around it, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from secor.core.role import RoleKind
from secor.queries.answers import sheet_of
from secor.queries.audits import instrument_of
from secor.store.models import (
    Answer,
    Audit,
    CourseProof,
    Declaration,
    Employer,
    Headcount,
    Membership,
    Partner,
    Person,
    Remark,
    Role,
)
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
    Headcount.objects.create(employer=employer, on=BEGAN, owners=1, full_time=5)
    CourseProof.objects.create(
        employer=employer,
        code="proof",
        course="health-and-safety-program-building",
        holder_name="Rosa",
        taken_on=BEGAN,
        accepted=True,
    )
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
        edition="ab-secor-2023",
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


def given(rule, *, share: float = 1) -> dict:
    """An answer that a method can take, with about that share of its positives."""
    if rule.items:
        met = round(len(rule.items) * share)
        counted = {"met": met, "of": len(rule.items)}
        missing = [item.role or item.text for item in rule.items[met:]]
        return {**counted, "missing": missing} if missing else counted
    if rule.method.value == "I":
        return {"pos": round(4 * share), "neg": 4 - round(4 * share)}
    return {"met": round(4 * share), "of": 4}


def fill(there: Scene, *, share: float = 1) -> None:
    """Answer every question, with its note; and where points are missing, with a recommendation."""
    audit, instrument = there.audit, instrument_of(there.audit)
    about = {"changed_at": AT, "changed_by": audit.assessor}
    questions = instrument.questions.values()
    Answer.objects.bulk_create(
        Answer(audit=audit, question=each.id, method=rule.method.value, given=given(rule, share=share), **about)
        for each in questions
        for rule in each.methods
    )
    Remark.objects.bulk_create(
        Remark(audit=audit, question=each.id, note="Seen in the binder.", recommendation="Do it weekly.", **about)
        for each in questions
    )
    Audit._base_manager.filter(pk=audit.pk).update(gathered_on=date(2026, 5, 30))
    audit.refresh_from_db()
    assert sheet_of(audit).given


def _person(name: str, kind: RoleKind, **of: object) -> Person:
    person = Person.objects.create_user(f"{name}@example.ca", name=name.title())
    Role.objects.create(person=person, kind=kind, from_on=BEGAN, **of)
    return person
