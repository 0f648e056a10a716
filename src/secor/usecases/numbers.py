"""Certificate numbers, given one after the other."""

from __future__ import annotations

from django.db import transaction

from secor.core.number import CertificateNumber
from secor.store.models import Serial


def take(scheme: str, *, year: int) -> str:
    """Give the next number of a scheme in a year. Call inside a transaction: one taken back is given again.

    The prefix is the last word of the scheme's key: SECOR for ``ab-secor``.
    """
    assert transaction.get_connection().in_atomic_block, "a number is given in its certificate's own transaction"
    prefix = scheme.rpartition("-")[2].upper()
    Serial.objects.get_or_create(prefix=prefix, year=year)
    serial = Serial.objects.select_for_update().get(prefix=prefix, year=year)
    serial.last += 1
    serial.save(update_fields=["last"])
    return str(CertificateNumber(prefix, year, serial.last))
