"""Every certificate that is good today, for whoever builds something out of the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from secor.queries import register
from secor.queries.register import Listing
from secor.store.models import Certificate
from secor.store.scope import house

A_BATCH = 500
EVERYONE = house("the register is for everyone")


def good(*, on: date) -> Iterator[Listing]:
    """The listings that a client may rely on, on the day ``on``, by number. Read in batches, never held as a whole."""
    rows = Certificate.objects.within(EVERYONE).filter(replaced_by__isnull=True, ended=False, issued_on__lte=on)
    last = ""
    while some := list(rows.filter(number__gt=last).order_by("number").values_list("number", flat=True)[:A_BATCH]):
        last = some[-1]
        listings = register.many(some, on=on)
        yield from (listings[number] for number in some if number in listings and listings[number].good)
