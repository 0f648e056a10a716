"""Tiles: a Merkle tree cut into files of 256 fingerprints, and its leaves into files of 256 (C2SP tlog-tiles).

A tile of level 0 holds the fingerprints of 256 leaves, one of level 1 the roots of 256 full tiles of level 0, and
so on.
A tile that is not full yet is named for how many it holds; a full one never changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from secor.core.merkle import HASH, Node, node_hash

WIDTH = 256
HEIGHT = 8
LARGEST = 0xFFFF
_NAME = re.compile(r"(?P<level>entries|[0-5]?[0-9]|6[0-3])/(?P<place>(?:x\d{3}/)*\d{3})(?:\.p/(?P<part>[1-9]\d{0,2}))?")

# Gives fingerprints of one level of tiles: from one place up to, and without, another.
Level = Callable[[int, int, int], Sequence[bytes]]


class NotATile(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """A name, or bytes, that are no tile."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its level (None for leaves), its place in that level, and how many it holds."""

    level: int | None
    place: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its file's name, below ``tile/``: ``0/x001/067`` or ``entries/000.p/17``."""
        digits = f"{self.place % 1000:03}"
        rest = self.place // 1000
        while rest:
            digits, rest = f"x{rest % 1000:03}/{digits}", rest // 1000
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{'entries' if self.level is None else self.level}/{digits}{part}"

    @property
    def first(self) -> int:
        """The place of the first thing in it, in its level."""
        return self.place * WIDTH

    def there(self, size: int) -> bool:
        """Tell whether a tree of that many leaves has this tile, full or as far as it is asked for."""
        return self.first + self.width <= size >> (HEIGHT * (self.level or 0))


def read_name(text: str) -> Tile:
    """Read a tile's name. Refuses every other text, and a number with needless noughts (``NotATile``)."""
    found = _NAME.fullmatch(text)
    if found is None:
        raise NotATile(f"{text[:60]!r} is not the name of a tile.")
    place = int(found["place"].replace("x", "").replace("/", ""))
    level = None if found["level"] == "entries" else int(found["level"])
    tile = Tile(level, place, int(found["part"] or WIDTH))
    if tile.width > WIDTH or tile.path != text:
        raise NotATile(f"{text[:60]!r} is not the name of a tile.")
    return tile


def tiles_of(size: int, *, since: int = 0) -> Iterable[Tile]:
    """Every tile of a tree of that size that one of ``since`` leaves did not have, fullest form only."""
    yield from _level(None, size, since)
    level = 0
    while size:
        yield from _level(level, size, since)
        size, since, level = size >> HEIGHT, since >> HEIGHT, level + 1


def _level(level: int | None, many: int, since: int) -> Iterable[Tile]:
    if many == since:
        return
    for place in range(since // WIDTH, -(-many // WIDTH)):
        yield Tile(level, place, min(WIDTH, many - place * WIDTH))


def bundled(leaves: Iterable[bytes]) -> bytes:
    """Leaves as a file: each after its length in two bytes. Refuses one that is longer than that can tell."""
    parts = []
    for leaf in leaves:
        if len(leaf) > LARGEST:
            raise NotATile(f"A leaf has at most {LARGEST} bytes; this one has {len(leaf)}.")
        parts.append(len(leaf).to_bytes(2, "big") + leaf)
    return b"".join(parts)


def unbundled(raw: bytes) -> tuple[bytes, ...]:
    """The leaves of a file. Refuses one that ends in the middle of a leaf (``NotATile``)."""
    found, at = [], 0
    while at < len(raw):
        length = int.from_bytes(raw[at : at + 2], "big")
        leaf = raw[at + 2 : at + 2 + length]
        if len(raw) < at + 2 or len(leaf) < length:
            raise NotATile("The file ends in the middle of a leaf.")
        found.append(leaf)
        at += 2 + length
    return tuple(found)


def hashes(raw: bytes) -> tuple[bytes, ...]:
    """The fingerprints of a tile's bytes. Refuses bytes that are no whole number of them (``NotATile``)."""
    if len(raw) % HASH:
        raise NotATile("A tile holds whole fingerprints.")
    return tuple(raw[at : at + HASH] for at in range(0, len(raw), HASH))


def node_in(level: Level) -> Node:
    """Find the fingerprint of every perfect tree, where only those of whole tiles are kept."""

    def node(height: int, place: int) -> bytes:
        high, within = divmod(height, HEIGHT)
        found = list(level(high, place << within, (place + 1) << within))
        while len(found) > 1:
            found = [node_hash(found[at], found[at + 1]) for at in range(0, len(found), 2)]
        return found[0]

    return node
