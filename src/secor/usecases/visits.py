"""Booking a visit for an audit, moving it and calling it off. Nobody is booked in two places at once.

Whoever acts holds the audit's row and then their diary's, and looks at every rule anew under that lock.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.db import transaction

from secor.core.visit import Plan, hitches, stopping, warning
from secor.queries import visits as asked
from secor.store.models import Audit, AuditVisit, Diary, Person
from secor.store.scope import house
from secor.usecases import assessor, diaries
from secor.usecases.act import ALBERTA, Act, Refusal

MOST = 20
TOWN_MAX = 80
A_DAY = timedelta(days=1)
_OVER = "This visit has begun or was called off. Book another one."
OF_THE_AUDIT = house("the visits of an audit that was itself reached")


class NoVisits(Refusal):
    """Nobody visits for this audit, or not any more; or it has very many visits."""


class Hindered(Refusal):
    """Rules or what is booked stand in the way; ``stopping`` are the reasons, in words."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.stopping = reasons


class Warned(Refusal):
    """It can be booked by whoever has read ``warnings`` and says so."""

    def __init__(self, warnings: tuple[str, ...]) -> None:
        super().__init__("Read what is below. If you still want this time, say so and book it.")
        self.warnings = warnings


class NotYourVisit(Refusal):
    """The visit is in a colleague's calendar."""


class Over(Refusal):
    """The visit has begun or was called off."""


@transaction.atomic
def book(act: Act, *, audit: Audit, plan: Plan, read: tuple[str, ...] = ()) -> AuditVisit:
    """Book a visit in the calendar of whoever acts, who works on the audit. ``read`` are the warnings they have read.

    Refuses others (``assessor.NotYours``), an audit that nobody visits (``NoVisits``), what a rule or another booking
    stops (``Hindered``), and a warning that they have not read (``Warned``).
    """
    held = assessor.hold(act, audit=audit, team=True)
    diary = diaries.own(act)
    booked = AuditVisit.objects.within(OF_THE_AUDIT).filter(audit=held, cancelled_at__isnull=True)
    if not asked.visitable(held) or booked.count() >= MOST:
        raise NoVisits("This audit is not visited any more, or has very many visits. Look at its page.")
    _look(act, held, diary, plan, read)
    visit = AuditVisit(
        uid=uuid.uuid4(),
        audit=held,
        diary=diary,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        town=_town(plan),
        made_at=act.at,
        changed_at=act.at,
    )
    visit.save(force_insert=True)
    _enter(act, "visit.booked", visit, held)
    return visit


@transaction.atomic
def move(act: Act, *, visit: AuditVisit, plan: Plan, read: tuple[str, ...] = ()) -> AuditVisit:
    """Move one's own visit to another time. To the time and town it has already is no change.

    Refuses as ``book`` does; a colleague's visit (``NotYourVisit``), and one that has begun or was called off
    (``Over``).
    """
    held, audit = _held(act, visit)
    diary = diaries.own(act)
    if held.diary_id != diary.pk:
        raise NotYourVisit("This visit is in a colleague's calendar. Ask them to move it.")
    if not asked.visitable(audit):
        raise NoVisits("This audit is not visited any more. You can still call the visit off.")
    if held.cancelled_at is not None or held.starts_at <= act.at:
        raise Over(_OVER)
    if (held.starts_at, held.ends_at, held.town) == (plan.starts_at, plan.ends_at, _town(plan)):
        return held
    _look(act, audit, diary, plan, read, but=held)
    held.starts_at, held.ends_at, held.town = plan.starts_at, plan.ends_at, _town(plan)
    held.sequence, held.changed_at = held.sequence + 1, act.at
    held.save(update_fields=["starts_at", "ends_at", "town", "sequence", "changed_at"])
    _enter(act, "visit.moved", held, audit)
    return held


@transaction.atomic
def cancel(act: Act, *, visit: AuditVisit) -> AuditVisit:
    """Call a visit off; its time is free again at once. Twice is one act.

    Who is to come may, and the assessor may for a teammate, whatever has become of the audit since. Refuses others
    (``assessor.NotYours``, ``NotYourVisit``), and a visit that has begun (``Over``).
    """
    held, audit = _held(act, visit)
    assert act.by is not None, "whoever holds an audit is a person"
    if act.by.pk not in {held.diary.person_id, audit.assessor_id}:
        raise NotYourVisit("This visit is in a colleague's calendar. They or the assessor can call it off.")
    if held.cancelled_at is not None:
        return held
    if held.starts_at <= act.at:
        raise Over(_OVER)
    _call_off(act, held, audit)
    return held


def call_off_all(act: Act, *, audit: Audit, person: Person | None = None, after: date | None = None) -> None:
    """Call off what is still to come: the audit has ended; or ``person`` has left it, or may not come ``after`` a day.

    Call inside the transaction of that act.
    """
    rows = AuditVisit.objects.within(OF_THE_AUDIT).filter(audit=audit, cancelled_at__isnull=True, starts_at__gt=act.at)
    if person is not None:
        rows = rows.filter(diary__person=person)
    if after is not None:
        rows = rows.filter(starts_at__gte=datetime.combine(after + A_DAY, time(), ALBERTA))
    for visit in rows.select_for_update(of=("self",)).order_by("pk"):
        _call_off(act, visit, audit)


def _call_off(act: Act, visit: AuditVisit, audit: Audit) -> None:
    visit.cancelled_at = visit.changed_at = act.at
    visit.sequence += 1
    visit.save(update_fields=["cancelled_at", "changed_at", "sequence"])
    _enter(act, "visit.cancelled", visit, audit)


def _held(act: Act, visit: AuditVisit) -> tuple[AuditVisit, Audit]:
    audit = assessor.hold(act, audit=visit.audit, team=True)
    rows = AuditVisit.objects.within(OF_THE_AUDIT).select_for_update(of=("self",)).select_related("diary")
    return rows.get(pk=visit.pk), audit


def _look(
    act: Act, audit: Audit, diary: Diary, plan: Plan, read: tuple[str, ...], *, but: AuditVisit | None = None
) -> None:
    on = plan.starts_at.astimezone(ALBERTA).date()
    found = hitches(plan, asked.known_of(audit, diary=diary, on=on, today=act.on, but=but), at=act.at, zone=ALBERTA)
    if reasons := stopping(found):
        raise Hindered(reasons)
    warnings = warning(found)
    if set(warnings) - set(read):
        raise Warned(warnings)


def _town(plan: Plan) -> str:
    return " ".join(plan.town.replace("\0", "").split())[:TOWN_MAX]


def _enter(act: Act, name: str, visit: AuditVisit, audit: Audit) -> None:
    """Write what happened, with the time it was about: the letter that follows may be written after the next change."""
    act.enter(
        name,
        employer=audit.employer_id,
        partner=audit.partner_id,
        subject=visit.code,
        starts_at=visit.starts_at.isoformat(),
        ends_at=visit.ends_at.isoformat(),
        town=visit.town,
        sequence=visit.sequence,
    )
