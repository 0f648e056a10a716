"""Photos arrive in pieces, over lines that break: each piece is kept where it belongs, and the end is checked."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from secor.store import shelf
from secor.store.models import Arrival, Audit, Employer, RecordPhoto
from secor.store.scope import house
from secor.usecases import assessor, files
from secor.usecases.act import Act, Refusal
from secor.usecases.records import permit

_OURS = house("a photo arrives for an employer whose own people sent it")
PIECE = 1024 * 1024
FORGOTTEN_AFTER = timedelta(days=60)


class NoPicture(Refusal):
    """A document, where a photo of a page was wanted."""


class Altered(Refusal):
    """The bytes that came are not those that were announced; the photo has to be sent again from its start."""


def take(
    act: Act, *, employer: Employer, sha256: str, of: int, at: int, piece: bytes, audit: Audit | None = None
) -> int:
    """Keep a piece of a photo of ``of`` bytes that begins at byte ``at``; give how many bytes are there from the start.

    A piece that is there already is skipped, and one that leaves a gap is left out: the answer tells where to go on.
    With the last piece the photo is checked against its SHA-256, looked through like every other file, and put beside
    the records that name it. Refuses people of elsewhere, what ``files.shelve`` refuses, and bytes that are not those
    of the SHA-256 (``Altered``). For an ``audit`` of the employer whoever works on it may send photos, nobody else.
    """
    if audit is None:
        permit(act, employer=employer)
    else:
        assessor.permit(act, audit=audit, team=True)
    if of > settings.EVIDENCE_MAX_BYTES:
        raise files.too_big()
    arrival = _arrival(act, employer, sha256, of)
    if arrival.file_id is not None:
        return arrival.size
    place = _place(arrival)
    have = _append(place, at=at, piece=piece, most=of)
    if have < of:
        return have
    _finish(act, arrival, place)
    return of


def bring(act: Act, *, employer: Employer, upload: files.Upload) -> Arrival:
    """Keep a photo that a page sent whole, so that a record of the employer may name it. The same photo is one arrival.

    Refuses people of elsewhere, what ``files.shelve`` refuses, and what is no picture (``NoPicture``). Call it outside
    the act that keeps the record, so that nobody waits for a picture to be decoded.
    """
    permit(act, employer=employer)
    shelved = files.shelve(upload)
    if not shelved.view_sha256:
        raise NoPicture("This is a document, not a photo. Take a photo of each page, and send the photos.")
    with transaction.atomic():
        Employer.objects.within(_OURS).select_for_update().get(pk=employer.pk)
        row = _arrival(act, employer, shelved.sha256, shelved.size)
        if row.file_id is None:
            row.file, row.size = files.record(act, shelved=shelved), shelved.size
            row.save(update_fields=["file", "size"])
            awaited = RecordPhoto.objects.within(_OURS).filter(record__employer=employer, sha256=row.sha256, file=None)
            awaited.update(file=row.file)
            act.enter("photo.arrived", employer=employer, subject=row.sha256, size=row.size)
    return row


def have(act: Act, *, employer: Employer, sha256: str) -> int:
    """Tell how many bytes of a photo are there, so that sending goes on where it broke off."""
    permit(act, employer=employer)
    arrival = Arrival.objects.within(_OURS).filter(employer=employer, sha256=sha256).first()
    if arrival is None:
        return 0
    if arrival.file_id is not None:
        return arrival.size
    place = _place(arrival)
    return place.stat().st_size if place.exists() else 0


def sweep(*, at: datetime) -> int:
    """Forget the photos that began to come and did not go on for 60 days; give how many.

    A phone that turns up later sends them again from their start. What came whole stays.
    """
    forgotten = 0
    rows = Arrival.objects.within(house("nobody waits for a photo for ever")).filter(
        file=None, begun_at__lt=at - FORGOTTEN_AFTER
    )
    for row in rows:
        place = _place(row)
        if place.exists() and datetime.fromtimestamp(place.stat().st_mtime, UTC) >= at - FORGOTTEN_AFTER:
            continue  # begun long ago, and still coming
        row.delete()
        place.unlink(missing_ok=True)
        forgotten += 1
    return forgotten


def _arrival(act: Act, employer: Employer, sha256: str, of: int) -> Arrival:
    row, _ = Arrival.objects.within(_OURS).get_or_create(
        employer=employer, sha256=sha256, defaults={"size": of, "begun_at": act.at, "sent_by": act.by}
    )
    return row


def _place(arrival: Arrival) -> Path:
    return shelf.place(arrival.sha256).parents[2] / "arriving" / f"{arrival.employer_id}-{arrival.sha256}"


def _append(place: Path, *, at: int, piece: bytes, most: int) -> int:
    """Write what of the piece is new behind what is there, and give how many bytes are there now."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two tabs may send the same photo at once
        there = file.seek(0, os.SEEK_END)
        new = piece[max(there - at, 0) : most - at] if at <= there else b""
        file.write(new)
        return there + len(new)


def _finish(act: Act, arrival: Arrival, place: Path) -> None:
    try:
        shelved = files.shelve(_Arrived(place))
        if shelved.sha256 != arrival.sha256:
            raise Altered("The photo changed on its way, so it was not kept. Send it again.")
    finally:
        place.unlink(missing_ok=True)
    with transaction.atomic():
        business = Employer.objects.within(_OURS).select_for_update().get(pk=arrival.employer_id)
        row = Arrival.objects.within(_OURS).get(pk=arrival.pk)
        if row.file_id is not None:
            return
        row.file = files.record(act, shelved=shelved)
        row.size = shelved.size
        row.save(update_fields=["file", "size"])
        awaited = RecordPhoto.objects.within(_OURS).filter(record__employer=business, sha256=row.sha256, file=None)
        awaited.update(file=row.file)
        act.enter("photo.arrived", employer=business, subject=row.sha256, size=row.size)


class _Arrived:
    """A photo that has come whole, in the shape of an upload."""

    name = None

    def __init__(self, place: Path) -> None:
        self._place = place
        self.size = place.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes, piece by piece."""
        with self._place.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
