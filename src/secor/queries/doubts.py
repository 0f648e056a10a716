"""Whether the public log bears out what the tables say. Where it does not, no certificate is told to be good.

The tables can be edited by whoever runs the machine, or come out of a backup that knows nothing of last week's
cancellation. Either shows when they are held against the log: then the register says that it cannot confirm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, Q

from secor.core.leaf import NotALeaf, of_event, public, read_leaf
from secor.core.merkle import leaf_hash
from secor.store.models import Certificate, CertificateEvent, Leaf, Log
from secor.store.scope import house

PUBLIC = house("the register is held against its public log")


class _Row(NamedTuple):
    """An event as it is kept, with the entry that tells of it."""

    pk: int
    employer: int
    scheme: str
    event: str
    recorded_at: datetime
    on: date
    number: str
    partner: str
    kind: str
    passed: bool | None
    until: date | None
    corrects: int | None
    place: int | None
    data: str | None
    hash: str | None


_COLUMNS = (
    "pk",
    "employer_id",
    "scheme",
    "event",
    "recorded_at",
    "on",
    "certificate__number",
    "partner__key",
    "kind",
    "passed",
    "until",
    "corrects_id",
    "leaf__index",
    "leaf__data",
    "leaf__hash",
)
# Entries that were taken back from a copy after a restore: what they tell of may not be in the tables.
_LOST = Q(event__isnull=True, credential__isnull=True, key__isnull=True, data__contains='"certificate":')


def of_all() -> bool:
    """Tell whether the tables as a whole are not those whose fingerprint was published last."""
    return Log.objects.filter(held_at__isnull=False).exists()


def among(rows: Sequence[Certificate], *, closely: bool) -> frozenset[int]:
    """Which of these certificates cannot be confirmed. One query; ``closely``, one or two more.

    All of them while the tables as a whole are not what was published. ``closely``: those, too, of which an event is
    told otherwise by the log, or not at all, or by the log alone. An event that is too new to have been entered casts
    no doubt: the next round enters it.
    """
    if not rows:
        return frozenset()
    log = Log.objects.annotate(lost=Exists(Leaf.objects.filter(_LOST)))
    held_at, followed, some_lost = log.values_list("held_at", "followed", "lost").first() or (None, 0, False)
    if held_at is not None:
        return frozenset(row.pk for row in rows)
    if not closely:
        return frozenset()
    asked = CertificateEvent.objects.within(PUBLIC).filter(
        employer__in={row.employer_id for row in rows}, certificate__isnull=False
    )
    events = [_Row(*values) for values in asked.values_list(*_COLUMNS)]
    places = {each.pk: each.place for each in events}
    altered = {(each.employer, each.scheme) for each in events if _altered(each, places, followed)}
    lost = _lost({row.number for row in rows}, events) if some_lost else ()
    return frozenset(row.pk for row in rows if (row.employer_id, row.scheme) in altered or row.number in lost)


def _altered(row: _Row, places: Mapping[int, int | None], followed: int) -> bool:
    corrected = places.get(row.corrects) if row.corrects is not None else None
    told = public(row.event, passed=row.passed) and (row.corrects is None or corrected is not None)
    if row.data is None:
        return told and row.pk <= followed
    entry = of_event(
        row.event,
        at=row.recorded_at,
        on=row.on,
        certificate=row.number,
        partner=row.partner,
        kind=row.kind,
        passed=row.passed,
        until=row.until,
        corrects=corrected,
    )
    data = entry.data
    return not told or row.data.encode() != data or row.hash != leaf_hash(data).hex()


def _lost(numbers: set[str], events: Iterable[_Row]) -> set[str]:
    """The numbers of which the log tells something that nobody has recorded anew since a backup was restored."""
    here = {(each.number, each.event, each.on) for each in events}
    found = set()
    for data in Leaf.objects.filter(_LOST).values_list("data", flat=True):
        try:
            entry = read_leaf(data.encode())
        except NotALeaf:
            continue
        told = (entry.certificate, entry.event, entry.on)
        if entry.certificate in numbers and public(entry.event, passed=True) and told not in here:
            found.add(entry.certificate)
    return found
