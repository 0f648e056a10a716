"""What a business owes next, by when and why; and where it is on the six steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from secor.core.anniversary import Milestone
from secor.core.audit import Kind
from secor.core.certificate import Standing, StandingReport
from secor.queries.audits import BY_EMPLOYER, Audit, Stage
from secor.queries.courses import name_of
from secor.queries.growth import Growing, Level, growing
from secor.queries.situations import Situation, situation_of
from secor.queries.steps import Step, steps_of
from secor.store.models import Employer

SOON = 60
KINDS = {
    Kind.CERTIFICATION: "certification audit",
    Kind.MAINTENANCE: "maintenance audit",
    Kind.RECERTIFICATION: "recertification audit",
    Kind.LIMITED_SCOPE: "limited-scope audit",
    Kind.ADMINISTRATIVE: "administrative audit",
    Kind.ACTION_PLAN: "action plan",
}
MILESTONES = {
    Milestone.DATA_GATHERED: "have everything gathered",
    Milestone.SUBMITTED: "send it to your certifying partner",
    Milestone.ACCEPTED: "have it accepted by your certifying partner",
}


class Turn(Enum):
    """Whose move it is."""

    YOURS = "yours"
    AUDITOR = "auditor"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Duty:
    """What comes next: what, by when (None: no day is set), why, and on which page it is done.

    ``page`` is one of home, details, headcount, partner, courses, audit, certificate, assessment and notes; for the
    last two ``audit`` names the audit. Days in texts are written as 2026-05-17.
    """

    what: str
    told: str
    do: str
    page: str
    turn: Turn = Turn.YOURS
    due_on: date | None = None
    left: int | None = None
    why: tuple[str, ...] = ()
    audit: str = ""

    @property
    def urgency(self) -> str:
        """The status word for the day it is due: overdue, due_soon or to_do; pending when others have to move."""
        if self.turn is not Turn.YOURS:
            return "pending"
        if self.left is None or self.left > SOON:
            return "to_do"
        return "overdue" if self.left < 0 else "due_soon"


@dataclass(frozen=True, slots=True)
class Owed:
    """Where a business is: its next duty, its steps, and how near the limit of people it is."""

    situation: Situation
    next: Duty
    steps: tuple[Step, ...]
    growing: Growing


def owed_by(employer: Employer, *, on: date) -> Owed:
    """Tell what a business owes next on the day ``on``, with the reason, and where it is on the six steps."""
    situation = situation_of(employer, on=on)
    size = growing(situation)
    return Owed(situation, _next(situation, size), steps_of(situation, size), size)


def _next(at: Situation, size: Growing) -> Duty:
    if at.under_way is not None:
        return _of_audit(at.under_way, at)
    if at.live and at.report is not None:
        owed = _of_certificate(at, at.report, size)
        return _train_again(at, owed) if at.lost and at.report.convert_by is None else owed
    if at.audit is not None and at.audit.stage == Stage.ACCEPTED and at.audit.passed and not _answered(at):
        return Duty(
            "Your certificate is being decided",
            "Your audit was accepted, and it reached the mark. Your certifying partner decides about the certificate.",
            "See your audit",
            "audit",
            Turn.PARTNER,
        )
    return _before_the_audit(at, size)


def _answered(at: Situation) -> bool:
    """Whether a certificate came of the last audit, or of a later one."""
    issued = at.certificate.issued_on if at.certificate else None
    return issued is not None and at.audit is not None and issued >= (at.audit.accepted_on or at.audit.asked_on)


def _before_the_audit(at: Situation, size: Growing) -> Duty:
    if size.level in {Level.UNKNOWN, Level.OVER}:
        return _qualify(size)
    if at.membership is None:
        refused = "The partner you asked has said no. You can ask another one. " if at.refusal is not None else ""
        return Duty(
            "Choose your certifying partner",
            f"{refused}It trains you, checks your audit and issues your certificate.",
            "Compare partners",
            "partner",
        )
    if not at.member:
        return Duty(
            f"Wait for {at.membership.partner.name}",
            f"You asked on {at.membership.asked_on}. You get a letter when it answers.",
            "See what you asked",
            "partner",
            Turn.PARTNER,
        )
    if not at.trained:
        return _course(at)
    if not at.account:
        return Duty(
            "Add your WCB account",
            "You need an active WCB account in Alberta. Its number is on your WCB letters.",
            "Add the account",
            "details",
        )
    return _start(at)


def _qualify(size: Growing) -> Duty:
    if size.level is Level.UNKNOWN:
        return Duty("Tell us how many you are", "Count everybody who works there.", "Report your people", "headcount")
    return Duty(
        "You are too many for this certificate", size.plan[0], "See what you can do", "headcount", why=size.plan
    )


def _train_again(at: Situation, owed: Duty) -> Duty:
    """A certificate lives, and nobody trained is left: that comes before what the certificate owes, by its day."""
    checking = _being_checked(at)
    if checking is not None:
        return replace(checking, due_on=owed.due_on, left=owed.left, why=owed.why)
    who = at.lost[0].holder_name
    left = at.lost[0].pk in at.gone
    why = f"{who} has left." if left else f"The course of {who} has run out."
    return Duty(
        "Have somebody trained again",
        f"{why} Nobody else of you has a course that counts, and without one your next audit cannot begin. "
        "The day below is when that audit is due.",
        "See the courses",
        "courses",
        due_on=owed.due_on,
        left=owed.left,
        why=(f"one of you has taken {_names(at)}, as long as you hold the certificate", *owed.why),
    )


def _names(at: Situation) -> str:
    training = at.rules.training
    return " or ".join(name_of(course) for course in training.any_of) if training else ""


def _being_checked(at: Situation) -> Duty | None:
    courses = at.rules.training.any_of if at.rules.training else ()
    if not any(row.accepted is None and row.course in courses and row.pk not in at.gone for row in at.proofs):
        return None
    return Duty(
        "Your course proof is being checked",
        "Your certifying partner looks at it. You get a letter when it counts.",
        "See your proofs",
        "courses",
        Turn.PARTNER,
    )


def _course(at: Situation) -> Duty:
    checking = _being_checked(at)
    if checking is not None:
        return checking
    again = ""
    if at.lost:
        why = "has left" if at.lost[0].pk in at.gone else "has a course that ran out"
        again = f"{at.lost[0].holder_name} {why}. "
    told = f"{again}One of you takes: {_names(at)}. Take it here, or send us the proof."
    return Duty("Take the course", told, "See the courses", "courses")


def _start(at: Situation) -> Duty:
    """No audit is under way: build, keep records, and ask for the first one or one more."""
    terms = sorted(at.rules.terms, key=lambda term: term.records_months)
    lengths = "; ".join(f"with {term.records_months} months, {_length(term.months)}" for term in terms)
    again = _why_again(at)
    return Duty(
        "Keep records, and ask for your audit",
        f"{again}Keep your safety records. {lengths.capitalize()}. Ask once you have enough.",
        "Ask for the audit",
        "audit",
    )


def _why_again(at: Situation) -> str:
    if at.report is not None and at.report.standing is not Standing.NONE:
        return f"Your certificate ended on {at.report.since}. A new audit begins a new one. "
    if at.audit is not None and at.audit.stage == Stage.ACCEPTED:
        return "Your last audit did not reach the mark. "
    if at.audit is not None and at.audit.stage == Stage.REJECTED:
        return "Your certifying partner did not accept your last audit. "
    return ""


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return f"a certificate for {months} months"
    return "a certificate for one year" if years == 1 else f"a certificate for {years} years"


def _of_audit(audit: Audit, at: Situation) -> Duty:
    """The duty of an audit under way: whose move it is follows from its stage."""
    kind, own = KINDS[Kind(audit.kind)], audit.performer in BY_EMPLOYER
    due_on, left, why = _due(at)
    if audit.kind == Kind.ACTION_PLAN.value and audit.stage != Stage.ASKED:
        return _of_plan(audit, due_on, left, why)
    if audit.stage == Stage.ASKED:
        told = "Your certifying partner approves the start. You get a letter."
        return Duty(
            f"Your {kind} waits for its start", told, "See your audit", "audit", Turn.PARTNER, due_on, left, why
        )
    if audit.stage in {Stage.SUBMITTED, Stage.IN_REVIEW}:
        told = "Your certifying partner checks how well it was done. You get a letter."
        return Duty(f"Your {kind} is being reviewed", told, "See your audit", "audit", Turn.PARTNER, due_on, left, why)
    if not own:
        told = "Your auditor is at it. Have your papers ready, and let your people talk openly."
        return Duty(f"Your {kind} is being done", told, "See your audit", "audit", Turn.AUDITOR, due_on, left, why)
    if audit.stage == Stage.RETURNED:
        told = "The reviewer has written what to put right. Answer each note, and send it again."
        return Duty(f"Correct your {kind}", told, "Read the notes", "notes", Turn.YOURS, due_on, left, why, audit.code)
    told = "Go through it element by element. What you write is kept at once."
    return Duty(f"Do your {kind}", told, "Go on with it", "assessment", Turn.YOURS, due_on, left, why, audit.code)


def _of_plan(audit: Audit, due_on: date | None, left: int | None, why: tuple[str, ...]) -> Duty:
    """A plan stays the employer's to carry out after it was sent."""
    if audit.stage == Stage.SUBMITTED:
        told = "Do what your plan says, and tell what you have done. Your certifying partner scores it then."
        return Duty("Carry out your action plan", told, "Open the plan", "assessment", why=why, audit=audit.code)
    told = "Write what you want to make safer, by when, and what will show it. Then send the plan."
    return Duty(
        "Write your action plan", told, "Open the plan", "assessment", Turn.YOURS, due_on, left, why, audit.code
    )


def _due(at: Situation) -> tuple[date | None, int | None, tuple[str, ...]]:
    owed = at.report.owed if at.live and at.report is not None else None
    if owed is None or at.report is None:
        return None, None, ()
    return owed.due_on, (owed.due_on - at.on).days, at.report.why


def _of_certificate(at: Situation, report: StandingReport, size: Growing) -> Duty:
    owed = report.owed
    assert owed is not None, "a live certificate always owes something next"
    left = (owed.due_on - at.on).days
    if report.convert_by is not None:
        days = (report.convert_by - at.on).days
        return Duty(
            "Move to the certificate for larger employers",
            size.plan[0] if size.plan else "",
            "See the plan",
            "headcount",
            due_on=report.convert_by,
            left=days,
            why=report.why,
        )
    kind = KINDS[owed.kind]
    if owed.opens_on is not None and at.on < owed.opens_on:
        told = f"You can ask for it from {owed.opens_on} on. Until then, keep your records."
        return Duty(
            f"Next: your {kind}",
            told,
            "See your certificate",
            "certificate",
            due_on=owed.due_on,
            left=left,
            why=report.why,
        )
    told = f"By this day, {MILESTONES[owed.milestone]}. The day itself is still in time."
    return Duty(f"Next: your {kind}", told, "Ask for the audit", "audit", due_on=owed.due_on, left=left, why=report.why)
