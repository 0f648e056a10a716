"""Visits for an audit: which are booked, what is known of one that is planned, and when one could be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from secor.core import timeline
from secor.core.audit import Kind, Performer
from secor.core.hours import Opening, Visit, Wish, free_times
from secor.core.role import RoleKind
from secor.core.sampling import OutsideTable
from secor.core.visit import Known, Spell
from secor.queries import starting
from secor.queries.audits import BY_EMPLOYER, Audit, Stage, declared, rules_of
from secor.queries.bookings import hours_of, taken_in
from secor.queries.draws import sample_of
from secor.queries.people import Person
from secor.store.models import AuditVisit, Diary, Role
from secor.store.scope import house

__all__ = ["AuditVisit", "free_days", "known_of", "of_code", "to_come_of", "visit_of", "visitable", "visits_of"]

OF_THE_REACHED = house("the visits of an audit that was itself reached")
# While it is asked for or being done; what is with the partner is not visited any more.
VISITED = frozenset({Stage.ASKED.value, Stage.OPEN.value, Stage.RETURNED.value})
AHEAD = timedelta(days=60)
NOTICE = timedelta(days=2)


def visitable(audit: Audit) -> bool:
    """Whether somebody from outside visits for this audit, and still may."""
    return audit.performer not in BY_EMPLOYER and audit.kind != Kind.ACTION_PLAN.value and audit.stage in VISITED


def visits_of(audit: Audit) -> tuple[AuditVisit, ...]:
    """The visits that are booked, past ones too, by their time."""
    rows = AuditVisit.objects.within(OF_THE_REACHED).filter(audit=audit, cancelled_at__isnull=True)
    return tuple(rows.select_related("diary__person"))


def visit_of(audit: Audit, code: str) -> AuditVisit | None:
    """The booked visit of that code, when it is one of this audit."""
    return next((each for each in visits_of(audit) if each.code == code), None)


def to_come_of(role: Role, *, at: datetime) -> tuple[AuditVisit, ...]:
    """The visits an auditor is still to make for the partner of ``role``, a certification that was itself reached."""
    rows = AuditVisit.objects.within(OF_THE_REACHED).filter(diary__person=role.person, audit__partner=role.partner)
    rows = rows.filter(cancelled_at__isnull=True, starts_at__gt=at)
    return tuple(rows.select_related("audit__employer"))


def of_code(code: str) -> AuditVisit | None:
    """The visit an act was about, called off or not."""
    rows = AuditVisit.objects.within(house("letters are written for everybody")).filter(code=code[:16])
    return rows.select_related("diary__person", "audit__employer", "audit__partner").first()


def known_of(audit: Audit, *, diary: Diary, on: date, today: date, but: AuditVisit | None = None) -> Known:
    """What is known today of a visit of this audit on the day ``on`` by whom the diary belongs to, without ``but``."""
    rules, auditor = rules_of(audit), diary.person
    kind, performer = Kind(audit.kind), Performer(audit.performer)
    standing = starting.standing_now(audit.employer, scheme=audit.scheme, on=today)
    owed = standing.owed if standing else None
    said = declared(audit, by=auditor)
    others = [each for each in visits_of(audit) if but is None or each.pk != but.pk]
    began = audit.gathering_from
    return Known(
        partner=audit.partner.name,
        certified=_certified(auditor, audit),
        conflicts=starting.conflicts_of(
            auditor, employer=audit.employer, rules=rules, kind=kind, performer=performer, on=on
        ),
        declared=None if said is None else said.clear,
        audited_last_time=_audited_last_time(auditor, audit),
        opens_on=owed.opens_on if owed else None,
        due_on=owed.due_on if owed else None,
        gather_by=timeline.gather_by(rules.timelines, started_on=began) if began else None,
        registered_on=audit.asked_on,
        lead_days=rules.timelines.registration_lead_days,
        interviews=_interviews(audit),
        other_visits=sum((each.ends_at - each.starts_at for each in others), timedelta()),
        hours=hours_of(diary),
        taken=tuple(taken_in([diary], but=but).get(diary.pk, ())) if diary.pk else (),
    )


def free_days(
    diary: Diary, *, length: timedelta, town: str, at: datetime, zone: tzinfo, but: AuditVisit | None = None
) -> tuple[datetime, ...]:
    """When a visit of that length could begin within sixty days, two days ahead at least, soonest first.

    A visit may go over the midday break, so a day's openings count as one.
    """
    hours = hours_of(diary)
    whole = {
        day: (Opening(min(each.opens for each in openings), max(each.closes for each in openings)),)
        for day, openings in hours.week.items()
        if openings
    }
    today = at.astimezone(zone).date()
    wish = Wish(Visit.ON_SITE, town, at + NOTICE, today, today + AHEAD)
    taken = taken_in([diary], but=but).get(diary.pk, ())
    long = replace(hours, week=whole, lengths={Visit.ON_SITE: length})
    return free_times(long, wish=wish, taken=taken, zone=zone)


def _certified(auditor: Person, audit: Audit) -> tuple[Spell, ...]:
    rows = Role.objects.filter(person=auditor, partner=audit.partner_id, kind=RoleKind.AUDITOR)
    return tuple(Spell(row.from_on, row.until_on) for row in rows)


def _audited_last_time(auditor: Person, audit: Audit) -> bool:
    """Whether the audit that was accepted last before this one was the same person's, from outside."""
    rows = Audit.objects.within(house("the audits of an employer that was itself reached"))
    before = rows.filter(employer=audit.employer_id, stage=Stage.ACCEPTED).exclude(pk=audit.pk)
    last = before.exclude(kind=Kind.ACTION_PLAN.value).order_by("-accepted_on", "-pk").first()
    return last is not None and last.assessor_id == auditor.pk and last.performer not in BY_EMPLOYER


def _interviews(audit: Audit) -> int | None:
    try:
        wanted = sample_of(audit)
    except OutsideTable:
        return None
    return wanted.interviews if wanted else None
