"""Handing an audit to a colleague: an auditor falls ill or goes away, and another one goes on where they stopped."""

from __future__ import annotations

from django.db import transaction

from secor.core.audit import Kind
from secor.core.role import RoleKind
from secor.queries import handovers as asked
from secor.queries.audits import BY_EMPLOYER
from secor.store.models import Audit, Person, Teammate
from secor.store.scope import house
from secor.usecases import staff, viewings, visits
from secor.usecases.act import Act, Refusal

HELD = house("an act holds the audit that is handed over")


class OwnPeople(Refusal):
    """A business does its self-assessment with its own people; the partner hands it to nobody."""


class NotGoingOn(Refusal):
    """The audit has ended, so nobody need go on with it."""


class CannotTakeIt(Refusal):
    """Somebody who may not do this audit: not certified, tied to the business, or its reviewer."""


@transaction.atomic
def hand_over(act: Act, *, audit: Audit, to: Person) -> Audit:
    """Let ``to`` go on with the audit as its assessor, with everything that was found so far.

    Done by its assessor, or by a registrar of the partner (else ``staff.NotYourDesk``). Before their first answer
    ``to`` declares by themselves that nothing ties them. The former assessor's visits to come are called off, and the
    owner's leave to look at records ends with them: it was given to somebody else. Refuses a self-assessment
    (``OwnPeople``), an audit that has ended (``NotGoingOn``), and who may not do it (``CannotTakeIt``). To whoever has
    it already is no change.
    """
    rows = Audit.objects.within(HELD).select_for_update(of=("self",))
    held = rows.select_related("partner", "employer").get(pk=audit.pk)
    if act.by is None or act.by.pk != held.assessor_id:
        staff.permit(act, RoleKind.REGISTRAR, partner=held.partner)
    if held.performer in BY_EMPLOYER or held.kind == Kind.ACTION_PLAN.value:
        raise OwnPeople("This business does it with its own people. Its owner names who does it.")
    if held.stage not in asked.UNDER_WAY:
        raise NotGoingOn("This audit has ended, so nobody need go on with it.")
    if held.assessor_id == to.pk:
        return held
    able = {each.person.pk: each for each in asked.colleagues(held, on=act.on)}
    found = able.get(to.pk)
    if found is None:
        raise CannotTakeIt(f"{held.partner.name} does not certify {to} as an auditor today.")
    if found.why:
        raise CannotTakeIt(f"{to} may not do this audit: the auditor {found.why[0]}. Choose somebody else.")
    former = held.assessor
    held.assessor = to
    held.save(update_fields=["assessor"])
    Teammate.objects.within(HELD).filter(audit=held, person=to, left_at__isnull=True).update(left_at=act.at)
    _enter(act, held, former)
    viewings.shut(act, audit=held)
    if former is not None:
        visits.call_off_all(act, audit=held, person=former)
    return held


def _enter(act: Act, audit: Audit, former: Person | None) -> None:
    act.enter(
        "audit.handed_over",
        employer=audit.employer_id,
        partner=audit.partner_id,
        subject=audit.code,
        former=former.pk if former else None,
        to=audit.assessor_id,
    )
