"""Action plans in place of a maintenance audit: whether a business may have one, its days, and its aims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from secor.core.action_plan import ActionPlanRule, PlanDays, PlanRequest, days, refusals
from secor.core.audit import Kind
from secor.core.certificate import StandingReport
from secor.core.event import EventKind
from secor.core.scheme import Rules
from secor.queries.audits import Audit, Stage, rules_of
from secor.queries.certificates import history, newest_of, standing_of
from secor.queries.people import Scope
from secor.store.models import Aim, CorrectiveAction, Employer
from secor.store.scope import house

__all__ = ["Aim", "Offer", "aims_of", "days_of", "fitting", "mark_of", "offer", "plan_of", "reached"]

ASKED = house("the plan of a business that was itself reached")
NO_DAYS = PlanDays(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a partner offers instead of this year's maintenance audit, and why this business may not have it.

    ``why`` is empty where it may; ``needs`` is what a person of the partner looks at when the start is approved.
    """

    rule: ActionPlanRule
    days: PlanDays
    why: tuple[str, ...]
    needs: str


def offer(employer: Employer, *, rules: Rules, report: StandingReport | None, on: date) -> Offer | None:
    """What is offered on the day ``on``; None where no maintenance audit is owed, or the partner takes no plans."""
    rule, owed = rules.action_plan, report.owed if report else None
    if rule is None or Kind.ACTION_PLAN not in rules.performers or owed is None or owed.kind is not Kind.MAINTENANCE:
        return None
    when = days(rule, year=owed.due_on.year)
    why = list(refusals(_request(employer, rules.scheme), rule=rule))
    if when.apply_by is not None and on > when.apply_by:
        why.append(f"plans for {owed.due_on.year} were asked for by {when.apply_by}")
    return Offer(rule, when, tuple(why), rule.needs)


def plan_of(employer: Employer) -> Audit | None:
    """The newest plan of a business, whatever became of it."""
    rows = Audit.objects.within(ASKED).filter(employer=employer, kind=Kind.ACTION_PLAN.value)
    return rows.select_related("employer", "partner", "assessor").order_by("-pk").first()


def reached(code: str, *, scope: Scope) -> Audit | None:
    """The plan of that code, where it was asked of a partner of this scope."""
    rows = Audit.objects.within(Scope(partners=scope.partners)).filter(kind=Kind.ACTION_PLAN.value, code=code)
    return rows.select_related("employer", "partner", "assessor").first()


def aims_of(plan: Audit) -> tuple[Aim, ...]:
    """The aims of a plan, in the order of their days."""
    return tuple(Aim.objects.within(ASKED).filter(audit=plan))


def days_of(plan: Audit) -> PlanDays:
    """The days of a plan, in the year of the maintenance audit that was owed on the day it was asked for."""
    rule = rules_of(plan).action_plan
    held = newest_of(plan.employer_id, scheme=plan.scheme)
    owed = standing_of(held, on=plan.asked_on).owed if held else None
    return days(rule, year=(owed.due_on if owed else plan.asked_on).year) if rule else NO_DAYS


def fitting(plan: Audit, *, on: date) -> tuple[CorrectiveAction, ...]:
    """The open actions of the plan's business that can be its aims: they have a day that fits, and are in no plan yet.

    A day fits from ``on`` to the partner's last day for deliverables. The earliest comes first.
    """
    rows = CorrectiveAction.objects.within(ASKED).filter(employer=plan.employer_id, done_on__isnull=True)
    open_rows = rows.filter(aim__isnull=True, due_on__gte=on).order_by("due_on", "pk")
    last = days_of(plan).deliver_by
    return tuple(open_rows if last is None else open_rows.filter(due_on__lte=last))


def mark_of(plan: Audit) -> Fraction:
    """The share a plan must reach: the partner's mark for plans, or that of the audit it stands in for.

    No public source gives a mark for plans, so the maintenance mark is our own default (open question Q2).
    """
    marks = rules_of(plan).pass_marks
    mark = marks.get(Kind.ACTION_PLAN) or marks[Kind.MAINTENANCE]
    return mark.overall or Fraction(0)


def _request(employer: Employer, scheme: str) -> PlanRequest:
    """What the business brings: its last certification's score, its last plan's, and whether a cycle was renewed."""
    rows = Audit.objects.within(ASKED).filter(employer=employer, scheme=scheme, stage=Stage.ACCEPTED)
    certified = rows.filter(kind__in=[Kind.CERTIFICATION.value, Kind.RECERTIFICATION.value]).order_by("-pk").first()
    plan = rows.filter(kind=Kind.ACTION_PLAN.value).order_by("-pk").first()
    renewed = any(
        event.event is EventKind.AUDIT_ACCEPTED and event.kind is Kind.RECERTIFICATION and event.passed
        for event in history(employer.pk, scheme)
    )
    return PlanRequest(_share(certified), _share(plan), full_cycle_done=renewed)


def _share(audit: Audit | None) -> Fraction | None:
    if audit is None or not audit.possible:
        return None
    return Fraction(audit.awarded or 0) / Fraction(audit.possible)
