"""Members: a certifying partner takes an employer in, or says why not."""

from __future__ import annotations

from django.db import transaction

from secor.core.role import RoleKind
from secor.store.models import Membership
from secor.store.scope import house
from secor.usecases import staff
from secor.usecases.act import Act, Refusal


class Answered(Refusal):
    """Somebody has answered the request already, another way."""


class Unexplained(Refusal):
    """A decision that needs its reason."""


@transaction.atomic
def approve(act: Act, *, membership: Membership) -> Membership:
    """Take an employer in. Twice is one act.

    Refuses everyone but the partner's registrars (``NotYourDesk``), a partner that is not recognized today
    (``PartnerEnded``), and a request that was refused or taken back (``Answered``).
    """
    held = _hold(act, membership)
    staff.still_recognized(act, partner=held.partner)
    if held.refused_on is not None or held.left_on is not None:
        raise Answered("This request was refused or taken back meanwhile. The employer can ask again.")
    if held.approved_on is None:
        held.approved_on, held.approved_by = act.on, act.by
        held.save(update_fields=["approved_on", "approved_by"])
        act.enter("member.approved", employer=held.employer_id, partner=held.partner_id, subject=held.employer.code)
    return held


@transaction.atomic
def refuse(act: Act, *, membership: Membership, reason: str) -> Membership:
    """Say no to an employer, and why, so that it can ask again or go elsewhere. Twice is one act.

    Refuses everyone but the partner's registrars (``NotYourDesk``), a refusal without its reason (``Unexplained``),
    and an employer that is a member already (``Answered``).
    """
    held = _hold(act, membership)
    why = reason.replace("\0", "").strip()
    if not why:
        raise Unexplained("Write why, in words the employer can act on. They read it.")
    if held.approved_on is not None or held.left_on is not None:
        raise Answered("This employer was taken in, or took the request back, meanwhile. Open the member's page again.")
    if held.refused_on is None:
        held.refused_on, held.reason = act.on, why
        held.save(update_fields=["refused_on", "reason"])
        act.enter("member.refused", employer=held.employer_id, partner=held.partner_id, subject=held.employer.code)
    return held


def _hold(act: Act, membership: Membership) -> Membership:
    rows = Membership.objects.within(house("a registrar holds the request")).select_for_update(of=("self",))
    held = rows.select_related("partner", "employer").get(pk=membership.pk)
    staff.permit(act, RoleKind.REGISTRAR, partner=held.partner)
    return held
