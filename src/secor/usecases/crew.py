"""The crew's link: one address for everybody of a business who has no account. Its secret is told once."""

from __future__ import annotations

from django.db import transaction

from secor.queries.crew import digest
from secor.store.code import new_secret
from secor.store.models import CrewLink, Employer
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act

_HELD = house("the crew's link of an employer whose owner acts")


@transaction.atomic
def open_link(act: Act, *, employer: Employer) -> str:
    """Make the crew's link, in place of the one before, and give its secret, this one time.

    Only the secret's SHA-256 is kept. Whoever came in through the link before is out. Refuses ``NotOwner``.
    """
    held = owner.hold(act, employer=employer)
    _withdraw(act, held)
    secret = new_secret()
    CrewLink(employer=held, secret_digest=digest(secret), made_at=act.at, made_by=act.by).save(force_insert=True)
    act.enter("crew.opened", employer=held, subject=held.code)
    return secret


@transaction.atomic
def close_link(act: Act, *, employer: Employer) -> None:
    """Take the crew's link away, and everybody out who came in through it. Refuses ``NotOwner``."""
    held = owner.hold(act, employer=employer)
    if _withdraw(act, held):
        act.enter("crew.closed", employer=held, subject=held.code)


def _withdraw(act: Act, held: Employer) -> int:
    rows = CrewLink.objects.within(_HELD).filter(employer=held, withdrawn_at__isnull=True)
    return rows.update(withdrawn_at=act.at)
