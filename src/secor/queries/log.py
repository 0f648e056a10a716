"""The public log as it stands: its size, its tiles, its last checkpoint, and the proof that one entry is in it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from secor.core.checkpoint import Checkpoint, Proof
from secor.core.key import PublicKey, Purpose, read_public
from secor.core.merkle import Frontier, inclusion, tree_hash
from secor.core.tile import Tile, bundled, node_in
from secor.queries import keys
from secor.store.models import Certificate, Crown, Leaf, Log

__all__ = ["Log", "log", "origin"]


def origin() -> str:
    """The log's name, as it was when it began: the site's address without its scheme, as other logs are named."""
    return log().origin or f"{settings.SITE_URL.partition('://')[2] or settings.SITE_URL}/log"


def log() -> Log:
    """The log; an empty one where nothing was ever entered."""
    return Log.objects.first() or Log()


def frontier(row: Log) -> Frontier:
    """The edge at which the log grows."""
    return Frontier(row.size, tuple(bytes.fromhex(peak) for peak in row.peaks.split()))


def trusted() -> dict[str, tuple[PublicKey, ...]]:
    """Every key that ever signed the log, by the name it signs under."""
    return {origin(): tuple(read_public(row.public) for row in keys.every(purpose=Purpose.LOG))}


def verifiers() -> tuple[str, ...]:
    """The same keys as checkers of signed notes take them."""
    return tuple(key.note_verifier(origin()) for key in trusted()[origin()])


def tile(wanted: Tile) -> bytes | None:
    """A tile's bytes; None where the log is not that long."""
    if not wanted.there(log().size):
        return None
    first, last = wanted.first, wanted.first + wanted.width
    if wanted.level is None:
        rows = Leaf.objects.filter(index__gte=first, index__lt=last).order_by("index")
        return bundled(data.encode() for data in rows.values_list("data", flat=True))
    return b"".join(level(wanted.level, first, last))


def level(height: int, first: int, last: int) -> Sequence[bytes]:
    """Fingerprints of one level of tiles, from a place up to, and without, another. One query."""
    if height == 0:
        leaves = Leaf.objects.filter(index__gte=first, index__lt=last).order_by("index")
        return [bytes.fromhex(each) for each in leaves.values_list("hash", flat=True)]
    crowns = Crown.objects.filter(level=height, place__gte=first, place__lt=last).order_by("place")
    return [bytes.fromhex(each) for each in crowns.values_list("hash", flat=True)]


def root_at(size: int) -> bytes:
    """The fingerprint that the log had when it was that long, which it has been."""
    return tree_hash(0, size, node=node_in(level)) if size else Frontier().root


def checkpoint() -> Checkpoint:
    """The log as it stands, before anybody signed it."""
    row = log()
    return Checkpoint(origin(), row.size, frontier(row).root)


def proof_of(certificate: Certificate) -> Proof | None:
    """The proof that the newest signed entry of a certificate is in the log; None where nothing of it is yet."""
    row = log()
    found = Leaf.objects.filter(index__lt=row.signed_size)
    of_events = found.filter(event__certificate=certificate).order_by("-index").first()
    of_credentials = found.filter(credential__certificate=certificate).order_by("-index").first()
    leaf = max(filter(None, (of_events, of_credentials)), key=lambda each: each.index, default=None)
    if leaf is None:
        return None
    way = inclusion(leaf.index, size=row.signed_size, node=node_in(level))
    return Proof(leaf.index, way, row.note, leaf.data.encode())


def newest(most: int) -> tuple[tuple[int, bytes], ...]:
    """The last entries, the newest first, each with its place."""
    rows = Leaf.objects.order_by("-index").values_list("index", "data")[:most]
    return tuple((index, data.encode()) for index, data in rows)
