"""Teams: who works on an audit together with its assessor, who stays answerable for it."""

from __future__ import annotations

from django.db import transaction

from secor.core.audit import Kind, Performer
from secor.queries import starting
from secor.queries.audits import BY_EMPLOYER, rules_of
from secor.queries.teams import works_on
from secor.store.models import Audit, Person, Teammate
from secor.store.scope import house
from secor.usecases import assessor, visits
from secor.usecases.act import Act, Refusal

HELD = house("the team of an audit that its assessor holds")


class OwnPeople(Refusal):
    """A business does its self-assessment with its own people; nobody is asked in."""


class NotCertified(Refusal):
    """Somebody whom the partner does not certify as an auditor."""


class Tied(Refusal):
    """Somebody who is tied to the employer."""


class There(Refusal):
    """Somebody who works on the audit already."""


@transaction.atomic
def ask_in(act: Act, *, audit: Audit, person: Person) -> Teammate:
    """Let ``person`` work on the audit too. Before the first answer they declare by themselves that nothing ties them.

    Refuses anyone but the assessor (``assessor.NotYours``), an audit that is not being done (``assessor.Closed``), a
    self-assessment (``OwnPeople``), somebody who works on it already (``There``), whom the partner does not certify
    today (``NotCertified``), or whom a known tie keeps from it (``Tied``).
    """
    held = assessor.hold_writable(act, audit=audit)
    if held.performer in BY_EMPLOYER:
        raise OwnPeople("Owners and self-assessors of this business work on it together already.")
    if held.assessor_id == person.pk or works_on(person, held):
        raise There(f"{person.name} works on this audit already.")
    if person not in starting.auditors_of(held.partner, on=act.on):
        raise NotCertified(f"{held.partner.acronym} does not certify {person.name} as an auditor today.")
    why = starting.conflicts_of(
        person,
        employer=held.employer,
        rules=rules_of(held),
        kind=Kind(held.kind),
        performer=Performer(held.performer),
        on=act.on,
    )
    if why:
        raise Tied(f"{person.name} may not work on this audit, because this auditor {why[0]}. Ask somebody else.")
    joined = Teammate(audit=held, person=person, joined_at=act.at, asked_by=act.by)
    joined.save(force_insert=True)
    _enter(act, "team.joined", held, person)
    return joined


@transaction.atomic
def leave(act: Act, *, audit: Audit, person: Person) -> None:
    """Let ``person`` work on the audit no longer; what they found stays. Their visits to come are called off.

    Twice is once. The assessor may ask anybody out, and a teammate may go. Refuses everybody else
    (``assessor.NotYours``).
    """
    held = assessor.hold(act, audit=audit, team=True)
    if act.by is None or act.by.pk not in {held.assessor_id, person.pk}:
        raise assessor.NotYours("Only the assessor can ask somebody out. You can leave by yourself.")
    rows = Teammate.objects.within(HELD).filter(audit=held, person=person, left_at__isnull=True)
    if rows.update(left_at=act.at):
        visits.call_off_all(act, audit=held, person=person)
        _enter(act, "team.left", held, person)


def _enter(act: Act, what: str, audit: Audit, person: Person) -> None:
    act.enter(what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, person=person.pk)
