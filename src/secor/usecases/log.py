"""The public log: each event enters it in its own transaction; what was entered is signed once it is on disk.

One row is held while the log grows, so that two writers never give two entries one place. A checkpoint is signed for
what is committed, is put into a file before anybody is shown it, and is never signed for a log that is shorter than,
or different from, the one that was published last: after a backup was restored the file tells, and signing stops.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from secor.core.checkpoint import Checkpoint, NotACheckpoint, read_checkpoint, signed
from secor.core.key import Purpose
from secor.core.leaf import JOURNAL, KEY_MADE, KEY_RETIRED, SIGNED, Leaf, NotALeaf, of_event, public, read_leaf
from secor.core.merkle import frontier_of, leaf_hash
from secor.core.tile import HEIGHT
from secor.queries import keys
from secor.queries import log as asked
from secor.store.models import CertificateEvent, Chain, Credential, Crown, Key, Log
from secor.store.models import Leaf as Kept
from secor.store.prepared import Change, Prepared
from secor.store.scope import house
from secor.usecases.act import ALBERTA, Act, Refusal

OURS = house("the register's own log")
A_BATCH = 5_000
A_ROUND = 20_000
LEVELS = 8  # 256 ** 8 entries are more than there will be
# A checkpoint is signed anew after this long even where nothing was entered, so that silence is noticed.
AT_LEAST = timedelta(hours=20)


ONE = 1
_the_log = Prepared(lambda key: Log.objects.select_for_update().filter(pk=key), key=900_000_001).one
_grow = Change(Log, "size", "peaks")


class Inconsistent(Refusal):
    """The log is not the one that was published last. Nothing is signed until it is."""


@dataclass(slots=True)
class _New:
    """An entry before it has its place, with the row it tells of."""

    leaf: Leaf
    event: CertificateEvent | None = None
    credential: Credential | None = None
    key: Key | None = None


def enter_event(event: CertificateEvent) -> None:
    """Enter an event in the log, where it is one that the public is told. Part of the event's own transaction."""
    if public(event.event, passed=event.passed) and event.certificate_id is not None:
        corrects = Kept.objects.filter(event=event.corrects_id).first() if event.corrects_id else None
        if event.corrects_id is None or corrects is not None:
            _append([_told(event, corrects.index if corrects else None)])


def enter_credential(credential: Credential) -> None:
    """Enter the fingerprint of a credential that was just signed. Part of the same transaction."""
    at = credential.signed_at
    assert at is not None, "only what was signed is entered"
    leaf = Leaf(
        event=SIGNED,
        at=at.replace(microsecond=0),
        on=at.astimezone(ALBERTA).date(),
        certificate=credential.certificate.number,
        partner=credential.partner.key,
        sha256=credential.digest,
    )
    _append([_New(leaf, credential=credential)])


def enter_key(act: Act, *, key: Key, retired: bool = False) -> None:
    """Enter that a key signs from now on, or signs no more: did:web alone is only as strong as a name on the net."""
    leaf = Leaf(
        event=KEY_RETIRED if retired else KEY_MADE,
        at=act.at.replace(microsecond=0),
        on=act.on,
        partner=key.partner.key if key.partner else "",
        key=f"{key.purpose} {key.public}" if len(key.public) < 100 else f"{key.purpose} {_digest(key.public)}",  # noqa: PLR2004 - a paper key is long
    )
    _append([_New(leaf, key=key)])


@transaction.atomic
def catch_up(*, most: int = A_ROUND) -> int:
    """Enter the events that were recorded without the log: from before it began, or in bulk. Give how many."""
    row = _held()
    events = CertificateEvent.objects.within(OURS).filter(pk__gt=row.followed).order_by("pk")
    some = list(events.select_related("certificate", "partner", "leaf")[:most])
    if not some:
        return 0
    known: dict[int, int] = {}
    new: list[_New] = []
    for event in some:
        if getattr(event, "leaf", None) is not None or event.certificate_id is None:
            continue
        if not public(event.event, passed=event.passed):
            continue
        corrected = event.corrects_id
        if corrected is not None and corrected not in known:
            before = Kept.objects.filter(event=corrected).first()
            if before is None:
                continue
            known[corrected] = before.index
        known[event.pk] = row.size + len(new)
        new.append(_told(event, known[corrected] if corrected is not None else None))
    _append(new)
    Log.objects.filter(pk=row.pk).update(followed=some[-1].pk)
    return len(new)


@transaction.atomic
def anchor(*, at: datetime) -> bool:
    """Enter the ends of all the journal's chains as one fingerprint, once a day. Tell whether it was done now."""
    on, row = at.astimezone(ALBERTA).date(), _held()
    if row.anchored_on is not None and row.anchored_on >= on:
        return False
    _append([_New(Leaf(event=JOURNAL, at=at.replace(microsecond=0), on=on, sha256=journal_digest()))])
    Log.objects.filter(pk=row.pk).update(anchored_on=on)
    return True


def journal_digest() -> str:
    """The fingerprint of the ends of all chains, by name: ``name length head`` on a line each."""
    digest = hashlib.sha256()
    for name, length, head in Chain.objects.order_by("name").values_list("name", "length", "head").iterator(A_BATCH):
        digest.update(f"{name} {length} {head}\n".encode())
    return digest.hexdigest()


def sign(*, at: datetime) -> Checkpoint | None:
    """Sign the log as it stands, where it has grown or was not signed for most of a day. None where neither is so.

    Refuses (``Inconsistent``) a log that does not begin with what was published last, ``keys.NoKey`` where the log's
    key is not here, and ``keys.Stopped`` while signing is stopped.
    """
    with transaction.atomic():
        row = _held()  # while it is held nothing grows, and nobody else publishes
        fresh = row.signed_at is not None and at - row.signed_at < AT_LEAST
        if row.signed_size == row.size and fresh:
            return None
        signer = keys.signer(Purpose.LOG)
        _consistent(row)
        now = Checkpoint(asked.origin(), row.size, asked.frontier(row).root)
        row.note, row.signed_size, row.signed_at, row.trouble = signed(now, signer=signer), row.size, at, ""
        publish(row.note)
        row.save(update_fields=["note", "signed_size", "signed_at", "trouble"])
    return now


def keep(*, at: datetime) -> str:
    """One round: enter what is missing, anchor the journal, sign. Give what is the matter, or nothing."""
    if trouble := hold_against_published(at=at):  # before anything new stands where something was lost
        return trouble
    if keys.current(Purpose.LOG) is None:
        return ""
    try:
        while catch_up():
            pass
        anchor(at=at)
        sign(at=at)
    except Inconsistent as no:
        return _hold(str(no), at=at)
    except (keys.NoKey, keys.Stopped) as no:
        Log.objects.update(trouble=str(no))
        return str(no)
    return ""


def hold_against_published(*, at: datetime) -> str:
    """Hold the tables against the checkpoint that was published last. Give what is the matter, or nothing.

    While they are not what was published, the register confirms nothing: something that ended a certificate may be
    among what was lost.
    """
    if not published().is_file():
        return ""
    try:
        with transaction.atomic():
            row = _held()
            _consistent(row)
            if row.held_at is not None:
                row.held_at, row.trouble = None, ""
                row.save(update_fields=["held_at", "trouble"])
    except Inconsistent as no:
        return _hold(str(no), at=at)
    return ""


@transaction.atomic
def _hold(why: str, *, at: datetime) -> str:
    _held()
    Log.objects.update(trouble=why, held_at=Coalesce("held_at", Value(at)))
    return why


@transaction.atomic
def restore(entries: Iterable[bytes]) -> int:
    """Take back, from a published copy, the entries that a restored backup has lost. Give how many.

    What was entered here since, and was signed by nobody, moves behind them. Refuses (``Inconsistent``) a copy that
    differs from what is signed here, and one that is no log of ours; nothing is taken then. What the entries told of is
    not in the tables again: whoever restores reads them, and records those acts anew.
    """
    row, copy = _held(), tuple(entries)
    # Read whole: a cursor of PostgreSQL's that is left half-read does not outlive the rollback of a refusal.
    mine = list(Kept.objects.order_by("index").values_list("data", flat=True))
    fork = sum(1 for _ in takewhile(lambda pair: pair[0].encode() == pair[1], zip(mine, copy, strict=False)))
    if fork < row.signed_size:
        raise Inconsistent(f"The copy's entry {fork} is not the one that was signed here. Nothing was taken.")
    own = list(Kept.objects.filter(index__gte=fork).order_by("index"))
    lost = [_taken_back(index, raw) for index, raw in enumerate(copy[fork:], start=fork)]
    _cut(row, fork)
    known = {each.data: each for each in own}
    for new in lost:
        if here := known.pop(new.leaf.data.decode(), None):
            new.event, new.credential, new.key = here.event, here.credential, here.key
    kept = [each for each in own if each.data in known]
    moved = {each.index: len(copy) + nth for nth, each in enumerate(kept)}
    _append([*lost, *(_behind(each, moved) for each in kept)])
    return len(lost)


def _taken_back(index: int, raw: bytes) -> _New:
    try:
        return _New(read_leaf(raw))
    except NotALeaf as no:
        raise Inconsistent(f"The copy's entry {index} is no entry of this log. Nothing was taken.") from no


def _behind(row: Kept, moved: Mapping[int, int]) -> _New:
    """An entry in its new place, pointing to where the one it corrects stands now."""
    leaf = read_leaf(row.data.encode())
    corrects = leaf.corrects if leaf.corrects is None else moved.get(leaf.corrects, leaf.corrects)
    return _New(replace(leaf, corrects=corrects), row.event, row.credential, row.key)


def _cut(row: Log, size: int) -> None:
    """Take out the entries from a place on. Only ever done to what nobody has signed."""
    Kept.objects.filter(index__gte=size).delete()
    for level in range(1, LEVELS):
        Crown.objects.filter(level=level, place__gte=size >> (HEIGHT * level)).delete()
    hashes = Kept.objects.order_by("index").values_list("hash", flat=True).iterator(A_BATCH)
    edge = frontier_of(bytes.fromhex(each) for each in hashes)
    row.size, row.peaks = edge.size, " ".join(peak.hex() for peak in edge.peaks)
    row.save(update_fields=["size", "peaks"])


def published() -> Path:
    """Where the last published checkpoint is kept: beside the tables, not in them."""
    return Path(settings.LOG) / "checkpoint"


def publish(note: str) -> None:
    """Put a checkpoint where it outlives the tables: whole, and on disk before this returns."""
    place = published()
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(f".{os.getpid()}.half")
    with half.open("w") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    half.replace(place)


def _consistent(row: Log) -> None:
    """Refuse a log that does not begin with the one published last, as the file beside the tables tells it."""
    place = published()
    if not place.is_file():
        return
    try:
        last = read_checkpoint(place.read_text(), keys=asked.trusted())
    except NotACheckpoint as no:
        raise Inconsistent(f"{place} cannot be trusted ({no}) Nothing is signed until it is settled.") from no
    if last.size <= row.size and asked.root_at(last.size) == last.root:
        return
    if last.size > row.signed_size:
        raise Inconsistent(
            f"{last.size} entries were published, and these tables know of {row.signed_size}: a backup was restored. "
            "Take back what is missing with `secor log restore`; nothing is signed before."
        )
    raise Inconsistent(
        f"The first {last.size} entries are not those that were published: they were changed in the tables. "
        "Nothing is signed. Restore a backup from before the change."
    )


def _held() -> Log:
    """Hold the log's one row until the transaction ends."""
    row = _the_log(key=ONE)
    if row is None:
        Log.objects.get_or_create(pk=ONE, defaults={"origin": asked.origin()})
        row = _the_log(key=ONE)
    assert row is not None, "it was made just now"
    return row


def _append(new: Sequence[_New]) -> None:
    if not new:
        return
    row = _held()
    edge = asked.frontier(row)
    leaves: list[Kept] = []
    crowns: list[Crown] = []
    for each in new:
        data = each.leaf.data
        index = edge.size
        edge, completed = edge.grown(leaf_hash(data))
        leaves.append(
            Kept(
                index=index,
                data=data.decode(),
                hash=completed[0].hex(),
                event=each.event,
                credential=each.credential,
                key=each.key,
            )
        )
        crowns += [
            Crown(level=level // HEIGHT, place=index >> level, hash=completed[level].hex())
            for level in range(HEIGHT, len(completed), HEIGHT)
        ]
    Kept.objects.bulk_create(leaves, batch_size=A_BATCH)
    if crowns:
        Crown.objects.bulk_create(crowns, batch_size=A_BATCH)
    row.size, row.peaks = edge.size, " ".join(peak.hex() for peak in edge.peaks)
    _grow(row)


def _told(event: CertificateEvent, corrects: int | None) -> _New:
    certificate = event.certificate
    assert certificate is not None, "only what happened to a certificate is entered"
    leaf = of_event(
        event.event,
        at=event.recorded_at,
        on=event.on,
        certificate=certificate.number,
        partner=event.partner.key,
        kind=event.kind,
        passed=event.passed,
        until=event.until,
        corrects=corrects,
    )
    return _New(leaf, event=event)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
