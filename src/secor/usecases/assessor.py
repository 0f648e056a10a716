"""Who may work on an audit: its assessor; in a self-assessment, the employer's owner and self-assessors.

Answers and evidence may also come from teammates, whom the assessor asked in. What concerns the whole audit, such as
sending it, stays the assessor's.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from secor.core.audit import Kind
from secor.core.role import RoleKind
from secor.queries.audits import BY_EMPLOYER
from secor.queries.teams import works_on
from secor.store.models import Audit, Employer, Role
from secor.store.prepared import Prepared
from secor.store.scope import house
from secor.usecases.act import Act, Refusal

A_DAY = timedelta(days=1)
_EMPLOYERS_OWN = (RoleKind.OWNER, RoleKind.SELF_ASSESSOR)


class NotYours(Refusal):
    """The audit is somebody else's to do."""


class Closed(Refusal):
    """The audit is not being done: its answers are with the partner, or it has ended."""


def hold(act: Act, *, audit: Audit, team: bool = False) -> Audit:
    """Take the audit's row until the transaction ends, for a person who may work on it today.

    Refuses everyone else (``NotYours``); with ``team`` it lets in the teammates too. Call inside the act's
    transaction, and read from the row it gives.
    """
    held = _HELD.one(audit=audit.pk)
    assert held is not None, "audits are never deleted"
    permit(act, audit=held, team=team)
    return held


_HELD = Prepared(
    lambda audit: (
        Audit.objects.within(house("an act holds its audit"))
        .select_for_update(of=("self",))
        .select_related("employer", "partner")
        .filter(pk=audit)
    ),
    audit=900_000_001,
)


def hold_writable(act: Act, *, audit: Audit, team: bool = False) -> Audit:
    """Hold the audit as ``hold`` does, and refuse one that is not being done (``Closed``)."""
    held = hold(act, audit=audit, team=team)
    if held.kind == Kind.ACTION_PLAN.value:
        raise Closed("This is an action plan. It has aims and no questions; write them on its own page.")
    if not held.writable:
        raise Closed(_WHY_CLOSED[Audit.Stage(held.stage)])
    return held


def permit(act: Act, *, audit: Audit, team: bool = False) -> None:
    """Refuse anyone who may not work on ``audit`` today (``NotYours``). Partner's staff and workers never may.

    With ``team`` the audit's teammates may, while the partner certifies them.
    """
    if act.by is None:
        raise NotYours("Only a person does an audit.")
    roles = _HELD_ROLES(person=act.by.pk, first=act.on, last=act.on + A_DAY)
    if audit.performer in BY_EMPLOYER:
        held = any(employer == audit.employer_id and kind in _EMPLOYERS_OWN for kind, employer, _ in roles)
    else:
        certified = any(partner == audit.partner_id and kind == RoleKind.AUDITOR for kind, _, partner in roles)
        mine = audit.assessor_id == act.by.pk or (team and works_on(act.by, audit))
        held = certified and mine
    if not held:
        raise NotYours("This audit is not yours to do. Ask the employer who its assessor is.")


def permit_for(act: Act, *, employer: Employer) -> None:
    """Refuse anyone who is neither an owner nor a self-assessor of ``employer`` today (``NotYours``)."""
    held = act.by is not None and Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person_id=act.by.pk,
        from_on__lte=act.on,
        employer_id=employer.pk,
        kind__in=_EMPLOYERS_OWN,
    )
    if not held:
        raise NotYours("Only the owner or a self-assessor of this business may do that. Ask the owner.")


# Held on a day: begun before the day after (`last`), and not over before the day itself (`first`).
_HELD_ROLES = Prepared(
    lambda person, first, last: Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=first), person=person, from_on__lt=last
    ).values_list("kind", "employer_id", "partner_id"),
    person=900_000_001,
    first=date(1901, 1, 1),
    last=date(1901, 1, 2),
)

_WITH_THE_PARTNER = "This audit was sent to the certifying partner, so its answers can no longer change."
_WHY_CLOSED = {
    Audit.Stage.ASKED: "The certifying partner has not approved the start yet. You will get a letter when it has.",
    Audit.Stage.SUBMITTED: f"{_WITH_THE_PARTNER} You can take it back until a reviewer begins.",
    Audit.Stage.IN_REVIEW: f"{_WITH_THE_PARTNER} If something must be put right, it comes back to you.",
    Audit.Stage.ACCEPTED: "This audit was accepted and is closed.",
    Audit.Stage.REJECTED: "This audit was not accepted and is closed. Ask for a new one.",
    Audit.Stage.WITHDRAWN: "This audit was withdrawn and is closed. Ask for a new one.",
}
