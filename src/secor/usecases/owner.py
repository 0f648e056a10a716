"""Who may change a business: its owners, and nobody else."""

from __future__ import annotations

from django.db.models import Q

from secor.core.role import RoleKind
from secor.store.models import Employer, Role
from secor.store.scope import house
from secor.usecases.act import Act, Refusal


class NotOwner(Refusal):
    """Somebody else than an owner wants to change a business."""


def permit(act: Act, *, employer: Employer) -> None:
    """Refuse anyone who is no owner of ``employer`` today (``NotOwner``)."""
    held = act.by is not None and Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person_id=act.by.pk,
        from_on__lte=act.on,
        employer_id=employer.pk,
        kind=RoleKind.OWNER,
    )
    if not held:
        raise NotOwner("Only an owner of this business may do that. Ask the owner.")


def hold(act: Act, *, employer: Employer) -> Employer:
    """Take the employer's row until the transaction ends, for one of its owners (else ``NotOwner``).

    Two acts of one business at once are so done one after the other.
    """
    permit(act, employer=employer)
    return Employer.objects.within(house("an act holds its employer")).select_for_update().get(pk=employer.pk)
