"""A form that is sent twice is one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from secor.store.models import Receipt


@dataclass(slots=True)
class Once:
    """What is known of a form under its key: ``answered`` is where the first sending led, if there was one."""

    receipt: Receipt
    answered: str | None

    def answer(self, location: str) -> None:
        """Keep where this sending leads, for the next one."""
        self.receipt.location = location
        self.receipt.save(update_fields=["location"])


def take(*, person: str, key: str, path: str, at: datetime) -> Once:
    """Take the form's key for this transaction, or find that somebody was first. Call inside a transaction."""
    assert transaction.get_connection().in_atomic_block, "a receipt lives in its act's own transaction"
    receipt, first = Receipt.objects.get_or_create(person=person, key=key, defaults={"path": path[:300], "kept_at": at})
    return Once(receipt, None if first else receipt.location)
