"""Whose audit, at what stage, and on which instrument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from secor.core.audit import Kind, Performer
from secor.core.instrument import Instrument
from secor.core.pass_mark import PassMark
from secor.core.role import RoleKind
from secor.core.scheme import Rules
from secor.queries import schemes
from secor.queries.paging import Page, page_of
from secor.queries.people import Person, Role, Scope
from secor.queries.teams import works_on
from secor.store.models import Audit, Declaration, Employer, Entry, Note, Teammate
from secor.store.prepared import Prepared
from secor.store.scope import house

__all__ = [
    "BY_EMPLOYER",
    "UNDER_WAY",
    "UNDONE_WITHIN",
    "Audit",
    "Note",
    "Stage",
    "assigned_to",
    "declared",
    "instrument_of",
    "listed",
    "listed_at",
    "notes_on",
    "pass_mark_of",
    "reached",
    "rules_of",
]

Stage = Audit.Stage
UNDER_WAY = (Stage.ASKED, Stage.OPEN, Stage.SUBMITTED, Stage.IN_REVIEW, Stage.RETURNED)
BY_EMPLOYER = frozenset({Performer.SELF_ASSESSOR.value, Performer.INTERNAL_AUDITOR.value})
_EMPLOYERS_OWN = frozenset({RoleKind.OWNER, RoleKind.SELF_ASSESSOR})


# A slip is noticed within a day; after it the partner plans without that audit, and a new one is begun.
UNDONE_WITHIN = timedelta(days=1)


def assigned_to(person: Person, *, keys: Sequence[Role]) -> tuple[Audit, ...]:
    """The audits that ``person`` may do by the roles in ``keys``, those under way first."""
    rows = _to_do(person, keys).select_related("employer", "partner", "assessor").order_by("-asked_on", "-pk")
    ended = {Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN}
    return tuple(sorted(rows[:200], key=lambda audit: audit.stage in ended))


def reached(code: str, *, person: Person, keys: Sequence[Role]) -> Audit | None:
    """The audit of that code, when ``person`` may do it by the roles in ``keys``."""
    audit = _BY_CODE.one(code=code)
    return audit if audit is not None and _may(audit, person, keys) else None


_BY_CODE = Prepared(
    lambda code: (
        Audit.objects.within(house("one audit by its code; who asks is looked at before it is given"))
        .filter(code=code)
        .select_related("employer", "partner", "assessor")
    ),
    code="example",
)


def _may(audit: Audit, person: Person, keys: Sequence[Role]) -> bool:
    """The same rule as ``_to_do`` has for many audits."""
    if audit.performer in BY_EMPLOYER:
        return any(role.kind in _EMPLOYERS_OWN and role.employer_id == audit.employer_id for role in keys)
    certified = (role.partner_id for role in keys if role.kind == RoleKind.AUDITOR)
    return audit.partner_id in certified and (audit.assessor_id == person.pk or works_on(person, audit))


def _to_do(person: Person, keys: Sequence[Role]) -> QuerySet[Audit]:
    """Audits of the employer's own people by its owners and self-assessors; an auditor's by that auditor alone."""
    own = frozenset(role.employer_id for role in keys if role.kind in _EMPLOYERS_OWN and role.employer_id)
    certified = [role.partner_id for role in keys if role.kind == RoleKind.AUDITOR]
    rows = Audit.objects.within(Scope(employers=own, assessor=person.pk))
    ours = Q(performer__in=BY_EMPLOYER, employer__in=own)
    mine = Q(assessor=person.pk) | Q(pk__in=Teammate.of(person.pk))
    theirs = ~Q(performer__in=BY_EMPLOYER) & Q(partner__in=certified) & mine
    return rows.filter(ours | theirs)


def listed(scope: Scope, *, person: Person, keys: Sequence[Role], number: int) -> Page[Audit]:
    """One page of the audits that these roles may know of, the newest first: an auditor's own, or a whole side's."""
    return page_of(_known(scope, person, keys).order_by("-pk"), number=number)


def listed_at(code: str, scope: Scope, *, person: Person, keys: Sequence[Role]) -> Audit | None:
    """The audit of that code, when it would be listed."""
    return _known(scope, person, keys).filter(code=code).first()


def _known(scope: Scope, person: Person, keys: Sequence[Role]) -> QuerySet[Audit]:
    auditor = any(role.kind == RoleKind.AUDITOR for role in keys)
    rows = _to_do(person, keys) if auditor else Audit.objects.within(scope)
    return rows.select_related("employer", "partner")


def own_newest(employer: Employer) -> Audit | None:
    """The newest audit that an employer does itself and that has begun."""
    rows = Audit.objects.within(house("the audits of an employer that was itself reached"))
    return rows.filter(employer=employer, performer__in=BY_EMPLOYER).exclude(instrument="").order_by("-pk").first()


def instrument_of(audit: Audit) -> Instrument:
    """The instrument that the audit was pinned to when it began."""
    return schemes.instrument(audit.instrument)


def rules_of(audit: Audit) -> Rules:
    """The rules that the audit was pinned to: its edition's, as they were on the day it began."""
    return schemes.pinned(audit.edition, partner=audit.partner.key, on=audit.approved_on or audit.asked_on)


def pass_mark_of(audit: Audit) -> PassMark:
    """What the audit must reach. A kind without a mark of its own is held to that of a certification."""
    marks = rules_of(audit).pass_marks
    return marks.get(Kind(audit.kind)) or marks[Kind.CERTIFICATION]


def declared(audit: Audit, *, by: Person | None = None) -> Declaration | None:
    """The last word about ties to the employer of the audit's present assessor; a new assessor declares anew.

    Where ``by`` is a teammate, it is that teammate's own word: each who works on an audit declares.
    """
    if audit.assessor_id is None:
        return None
    own = by is not None and audit.assessor_id != by.pk and works_on(by, audit)
    return _SAID.one(audit=audit.pk, person=by.pk if own and by else audit.assessor_id)


_SAID = Prepared(
    lambda audit, person: (
        Declaration.objects.within(house("the word of an assessor whose audit was itself reached"))
        .filter(audit=audit, person=person)
        .order_by("-pk")[:1]
    ),
    audit=900_000_001,
    person=900_000_002,
)


def withdrawal_of(audit: Audit) -> Entry | None:
    """The act by which ``audit`` was given up last; None where its start was refused since, or nobody gave it up."""
    acts = Entry.objects.within(house("the journal of an audit that was itself reached"))
    rows = acts.filter(
        employer=audit.employer_id, subject=audit.code, act__in=["audit.withdrawn", "audit.start_refused"]
    )
    last = rows.order_by("-pk").first()
    return last if last is not None and last.act == "audit.withdrawn" else None


def undone_until(audit: Audit) -> datetime | None:
    """The moment from which giving ``audit`` up can be undone no more; None where there is nothing to undo."""
    if audit.stage != Stage.WITHDRAWN or (withdrawal := withdrawal_of(audit)) is None:
        return None
    return withdrawal.at + UNDONE_WITHIN


def notes_on(audit: Audit) -> tuple[Note, ...]:
    """What reviewers wrote on ``audit`` and sent back, the newest round first. Never who wrote it.

    Notes of a round that is still being reviewed are not sent yet and are not given.
    """
    notes = Note.objects.within(house("the notes on an audit that was itself reached"))
    sent = notes.filter(review__audit=audit, review__concluded_at__isnull=False)
    return tuple(sent.select_related("review").order_by("-review__round", "pk"))
