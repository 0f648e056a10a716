"""A reader's look at what employers hold: read only, and each one kept in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q

from secor.core.role import READERS, RoleKind
from secor.queries.holdings import Holding, holdings
from secor.store.models import Role
from secor.usecases.act import Act, Refusal


class NotAReader(Refusal):
    """Somebody who reads neither for the ministry nor for the WCB."""


class NotYet(Refusal):
    """A day that has not come."""


@transaction.atomic
def look(
    act: Act, *, kind: RoleKind, on: date, account: str = "", industry_code: str = "", whole: bool = False
) -> Iterator[Holding]:
    """Give what accounts held on the day ``on``, and enter in the house's journal who looked, and at what.

    Done by a reader of that ``kind`` (else ``NotAReader``). Refuses a day to come (``NotYet``): nobody knows it.
    ``whole`` says that the list left the site. The rows are read while they are walked through.
    """
    held = kind in READERS and Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on), person=act.by, kind=kind, from_on__lte=act.on
    )
    if act.by is None or not held:
        raise NotAReader("Only readers of the ministry or of the WCB may look at this.")
    if on > act.on:
        raise NotYet("This day has not come yet. Choose today or an earlier day.")
    act.enter(
        "holdings.downloaded" if whole else "holdings.read",
        subject=on.isoformat(),
        kind=kind.value,
        account=account,
        industry_code=industry_code,
    )
    return holdings(on=on, account=account, industry_code=industry_code)
