"""An action plan in place of a maintenance audit: aims, sent to the partner, carried out, and scored by the partner.

The start is asked for and approved as any audit's (``starts``). Sending the plan reaches the certificate's milestone;
until the partner has scored it, the certificate waits for that decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from secor.core.audit import Kind
from secor.core.event import EventKind
from secor.core.role import RoleKind
from secor.queries.plans import aims_of, days_of, fitting, mark_of
from secor.store.models import Aim, Audit
from secor.store.scope import house
from secor.usecases import certificates, milestones, owner, staff
from secor.usecases.act import Act, Refusal

HELD = house("an act holds a plan and its aims")
MOST = 20
TEXT_MAX = 2000
ALL_OF_IT = 100
# What an aim says that was a corrective action first. The owner may write it anew.
STEP = "It is put right, and somebody else has looked at it."
SHOWN_BY = "A photo of the fix."


class NotNow(Refusal):
    """The plan is not at the stage for this, or its day has passed."""


class Blank(Refusal):
    """An aim, or a word to it, that says nothing."""


class WrongDay(Refusal):
    """An aim's day that cannot be."""


class NoAims(Refusal):
    """A plan without an aim."""


class Full(Refusal):
    """More aims than a small business can carry out in a year."""


class Unscored(Refusal):
    """An aim without its score."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What an owner writes of one aim."""

    objective: str
    milestone: str
    deliverable: str
    due_on: date


@transaction.atomic
def add_aim(act: Act, *, plan: Audit, promise: Promise) -> Aim:
    """Write one aim, while the plan is being written, or after it was sent until the partner's last day for changes.

    Done by an owner (else ``owner.NotOwner``). Refuses an empty part (``Blank``), a day that has passed or lies after
    the partner's last day for deliverables (``WrongDay``), the 21st aim (``Full``), and a closed plan (``NotNow``).
    The same aim twice is one.
    """
    held = _held_by_owner(act, plan)
    _may_change(act, held)
    texts = [each.replace("\0", "").strip() for each in (promise.objective, promise.milestone, promise.deliverable)]
    if not all(texts) or any(len(each) > TEXT_MAX for each in texts):
        raise Blank(f"Say what you want to reach, by which step, and what will show it: up to {TEXT_MAX} signs each.")
    last = days_of(held).deliver_by
    if promise.due_on < act.on:
        raise WrongDay("This day has passed. Choose a day to come.")
    if last is not None and promise.due_on > last:
        raise WrongDay(f"Your certifying partner wants everything by {last}. Choose that day or an earlier one.")
    objective, milestone, deliverable = texts
    known = Aim.objects.within(HELD).filter(audit=held)
    facts = {"objective": objective, "milestone": milestone, "deliverable": deliverable, "due_on": promise.due_on}
    if (same := known.filter(**facts).first()) is not None:
        return same
    if known.count() >= MOST:
        raise Full(f"{MOST} aims are enough for a year. Take one out first.")
    aim = Aim(audit=held, written_at=act.at, **facts)
    aim.save(force_insert=True)
    _enter(act, "plan.aim_added", held, aim=aim.code)
    return aim


@transaction.atomic
def add_actions(act: Act, *, plan: Audit) -> tuple[Aim, ...]:
    """Take the open corrective actions that fit into the plan as aims: what has to be put right, by the same day.

    As many as there is room for, the earliest first; what is in a plan already is left out, so twice is once. Done
    and refused as ``add_aim`` is; refuses (``NoAims``) where nothing fits.
    """
    held = _held_by_owner(act, plan)
    _may_change(act, held)
    room = MOST - len(aims_of(held))
    rows = fitting(held, on=act.on)[:room]
    if not rows:
        raise NoAims("No open thing to fix has a day that fits this plan. Give it a day first, or write an aim.")
    found = []
    for row in rows:
        assert row.due_on is not None, "only what has a day fits"
        aim = add_aim(act, plan=held, promise=Promise(row.what, STEP, SHOWN_BY, row.due_on))
        row.aim = aim
        row.save(update_fields=["aim"])
        found.append(aim)
    return tuple(found)


@transaction.atomic
def remove_aim(act: Act, *, aim: Aim) -> None:
    """Take an aim out while the plan is being written. Refuses as ``add_aim`` does; once sent, aims stay."""
    held = _held_by_owner(act, aim.audit)
    if not held.writable:
        raise NotNow("This plan was sent, so its aims stay. You can add one instead.")
    Aim.objects.within(HELD).filter(pk=aim.pk, audit=held).delete()
    _enter(act, "plan.aim_removed", held, aim=aim.code)


@transaction.atomic
def send(act: Act, *, plan: Audit) -> Audit:
    """Send the plan: its aims are fixed, and the certificate's milestone is reached.

    Done by an owner. Refuses a plan without aims (``NoAims``), one that is not being written, and the day after the
    partner's last day for plans (``NotNow``): then the maintenance audit is owed as ever.
    """
    held = _held_by_owner(act, plan)
    if held.stage == Audit.Stage.SUBMITTED:
        return held
    if not held.writable:
        raise NotNow("This plan is not being written now. Open the page again to see where it is.")
    by = days_of(held).plan_by
    if by is not None and act.on > by and held.round == 0:
        raise NotNow(f"Plans were sent by {by}. Withdraw this one, and ask for the maintenance audit instead.")
    if not aims_of(held):
        raise NoAims("Write at least one aim before you send the plan.")
    held.stage, held.round = Audit.Stage.SUBMITTED, held.round + 1
    held.submitted_at, held.submitted_on, held.reason = act.at, act.on, ""
    held.save(update_fields=["stage", "round", "submitted_at", "submitted_on", "reason"])
    milestones.tell(act, audit=held)
    _enter(act, "plan.sent", held)
    return held


@transaction.atomic
def deliver(act: Act, *, aim: Aim, told: str) -> Aim:
    """Tell what was done for an aim, once the plan was sent and up to the partner's last day for deliverables.

    Done by an owner. Refuses an empty word (``Blank``), and a plan that is not with the partner or is too late
    (``NotNow``).
    """
    held = _held_by_owner(act, aim.audit)
    if held.stage != Audit.Stage.SUBMITTED:
        raise NotNow("Send the plan first. What was done is told afterwards, until the partner has scored it.")
    last = days_of(held).deliver_by
    if last is not None and act.on > last:
        raise NotNow(f"Everything was to be handed over by {last}. Your certifying partner scores what is here.")
    words = told.replace("\0", "").strip()[:TEXT_MAX]
    if not words:
        raise Blank("Say what you did, and where it can be seen.")
    row = Aim.objects.within(HELD).get(pk=aim.pk)
    row.delivered, row.delivered_at = words, act.at
    row.save(update_fields=["delivered", "delivered_at"])
    _enter(act, "plan.delivered", held, aim=row.code)
    return row


@transaction.atomic
def send_back(act: Act, *, plan: Audit, reason: str) -> Audit:
    """Give a plan back to be written better, with the reason. Done by a reviewer of the partner."""
    held = _held_by_reviewer(act, plan)
    why = reason.replace("\0", "").strip()[:TEXT_MAX]
    if not why:
        raise Blank("Write what is missing, so that the owner can mend it.")
    held.stage, held.reason = Audit.Stage.RETURNED, why
    held.save(update_fields=["stage", "reason"])
    _enter(act, "plan.sent_back", held)
    return held


@transaction.atomic
def score(act: Act, *, plan: Audit, percents: Mapping[str, int], remarks: Mapping[str, str] | None = None) -> Audit:
    """Score every aim from 0 to 100 %, and close the plan: passed where their average reaches the mark, exactly.

    Done by a reviewer of the partner who is not tied to the business (``staff.Tied``). Refuses a missing score or one
    that is none (``Unscored``), and a plan that is not with the partner (``NotNow``). The certificate is told.
    """
    held = _held_by_reviewer(act, plan)
    aims = aims_of(held)
    for aim in aims:
        percent = percents.get(aim.code)
        if percent is None or not 0 <= percent <= ALL_OF_IT:
            raise Unscored("Score every aim from 0 to 100 %.")
        aim.percent, aim.remark = percent, (remarks or {}).get(aim.code, "").strip()[:TEXT_MAX]
        aim.save(update_fields=["percent", "remark"])
    held.awarded, held.possible = sum(aim.percent or 0 for aim in aims), ALL_OF_IT * len(aims)
    held.passed = held.awarded >= mark_of(held) * held.possible
    held.stage, held.accepted_on = Audit.Stage.ACCEPTED, act.on
    held.save(update_fields=["awarded", "possible", "passed", "stage", "accepted_on"])
    certificates.record(
        act,
        employer=held.employer,
        partner=held.partner,
        scheme=held.scheme,
        event=EventKind.AUDIT_ACCEPTED,
        on=act.on,
        audit=held,
        kind=Kind.MAINTENANCE,
        passed=held.passed,
    )
    _enter(act, "plan.scored", held, passed=held.passed)
    return held


def _held(plan: Audit) -> Audit:
    rows = Audit.objects.within(HELD).select_for_update(of=("self",)).filter(kind=Kind.ACTION_PLAN.value)
    return rows.select_related("employer", "partner").get(pk=plan.pk)


def _held_by_owner(act: Act, plan: Audit) -> Audit:
    held = _held(plan)
    owner.permit(act, employer=held.employer)
    return held


def _held_by_reviewer(act: Act, plan: Audit) -> Audit:
    held = _held(plan)
    person = staff.permit(act, RoleKind.REVIEWER, partner=held.partner)
    staff.independent(act, person=person, audit=held)
    if held.stage != Audit.Stage.SUBMITTED:
        raise NotNow("This plan is not with you now. Open the page again to see where it is.")
    return held


def _may_change(act: Act, held: Audit) -> None:
    if held.writable:
        return
    until = days_of(held).amend_by
    if held.stage != Audit.Stage.SUBMITTED or until is None or act.on > until:
        raise NotNow("This plan can no longer be changed.")


def _enter(act: Act, what: str, plan: Audit, **facts: object) -> None:
    act.enter(what, employer=plan.employer_id, partner=plan.partner_id, subject=plan.code, **facts)
