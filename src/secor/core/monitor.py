"""Watching the log from outside: everything published is hashed anew, and held against what was seen before.

Nothing here trusts a tile, a proof or the program that wrote them: the entries alone are read, and whatever else was
published has to follow from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from secor.core.checkpoint import Checkpoint, NotACheckpoint, read_checkpoint
from secor.core.key import PublicKey
from secor.core.leaf import Leaf, NotALeaf, read_leaf
from secor.core.merkle import EMPTY, Frontier, leaf_hash, node_hash
from secor.core.problem import Problem
from secor.core.tile import WIDTH, NotATile, Tile, hashes, unbundled

# The journal's ends are entered daily, so a log that is quiet for longer than this is not kept any more.
QUIET = timedelta(hours=36)

# Gives the bytes of a published file by its name below the log's address; None where there is no such file.
Published = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Watched:
    """What was found: the checkpoint as it is now (None where it cannot be trusted), the new entries, and the troubles.

    ``note`` is the checkpoint's text, to be kept for the next time. Nothing but an empty ``problems`` is good.
    """

    checkpoint: Checkpoint | None
    note: str
    new: tuple[tuple[int, Leaf], ...]
    problems: tuple[Problem, ...]


def watch(
    published: Published, *, keys: Mapping[str, Sequence[PublicKey]], seen: str = "", at: datetime | None = None
) -> Watched:
    """Hash the whole log anew. ``seen`` is the note kept from the last time, where there was one.

    Told are: a checkpoint that none of the ``keys`` signed, a log that shrank, that no longer begins with what was
    seen, or forked; an entry that was changed, moved, taken out or put in; a tile that does not follow from the
    entries; and, where the moment ``at`` is given, a log that has been quiet for longer than a day and a half.
    """
    note = (published("checkpoint") or b"").decode(errors="replace")
    try:
        now = read_checkpoint(note, keys=keys)
        before = read_checkpoint(seen, keys=keys) if seen else Checkpoint(now.origin, 0, EMPTY)
    except NotACheckpoint as no:
        return Watched(None, note, (), (Problem("checkpoint", str(no)),))
    if now.origin != before.origin:
        return Watched(None, note, (), (Problem("checkpoint", f"This is another log: it was {before.origin}."),))
    if now.size < before.size:
        told = f"The log has shrunk: it had {before.size} entries, and tells {now.size} now."
        return Watched(None, note, (), (Problem("checkpoint", told),))
    walk = _Walk(published, before)
    walk.over(now)
    walk.quiet(at)
    trusted = None if walk.problems else now
    return Watched(trusted, note, tuple(walk.new), tuple(walk.problems))


@dataclass(slots=True)
class _Walk:
    """One walk over all entries, from the first to the last."""

    published: Published
    before: Checkpoint
    problems: list[Problem] = field(default_factory=list)
    new: list[tuple[int, Leaf]] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier)
    roots: list[list[bytes]] = field(default_factory=list)  # by level, as tiles hold them
    last: Leaf | None = None

    def over(self, now: Checkpoint) -> None:
        """Read every entry, and hold what follows from them against what was published."""
        for place in range(-(-now.size // WIDTH)):
            tile = Tile(None, place, min(WIDTH, now.size - place * WIDTH))
            entries = self._entries(tile)
            if entries is None:
                return
            for entry in entries:
                self._take(entry)
        if self.frontier.root != now.root:
            self._tell("checkpoint", "The entries do not give the checkpoint's fingerprint: one was changed.")
        self._tiles(now.size)

    def quiet(self, at: datetime | None) -> None:
        """Tell whether nothing was entered for too long."""
        if at is not None and self.last is not None and at - self.last.at > QUIET:
            self._tell("checkpoint", f"Nothing was entered since {self.last.at:%Y-%m-%d %H:%M} UTC.")

    def _entries(self, tile: Tile) -> Sequence[bytes] | None:
        raw = self.published(f"tile/{tile.path}")
        try:
            found = unbundled(raw) if raw is not None else ()
        except NotATile as no:
            self._tell(f"tile/{tile.path}", str(no))
            return None
        if len(found) != tile.width:
            self._tell(f"tile/{tile.path}", f"It should hold {tile.width} entries, and holds {len(found)}.")
            return None
        return found

    def _take(self, entry: bytes) -> None:
        index = self.frontier.size
        self.frontier, _ = self.frontier.grown(self._root(0, leaf_hash(entry)))
        try:
            leaf = read_leaf(entry)
        except NotALeaf as no:
            self._tell(f"entry {index}", str(no))
        else:
            self.last = leaf
            if leaf.corrects is not None and not 0 <= leaf.corrects < index:
                self._tell(f"entry {index}", f"It corrects entry {leaf.corrects}, which does not stand before it.")
            if index >= self.before.size:
                self.new.append((index, leaf))
        if self.frontier.size == self.before.size and self.frontier.root != self.before.root:
            told = f"The first {self.before.size} entries are not those that were seen before: history was rewritten."
            self._tell("checkpoint", told)

    def _root(self, level: int, root: bytes) -> bytes:
        """Keep a fingerprint in its level, and with the last of a tile the tile's own in the level above."""
        if level == len(self.roots):
            self.roots.append([])
        row = self.roots[level]
        row.append(root)
        if len(row) % WIDTH == 0:
            some = row[-WIDTH:]
            while len(some) > 1:
                some = [node_hash(some[at], some[at + 1]) for at in range(0, len(some), 2)]
            self._root(level + 1, some[0])
        return root

    def _tiles(self, size: int) -> None:
        for level, row in enumerate(self.roots):
            for place in range(-(-len(row) // WIDTH)):
                mine = row[place * WIDTH : (place + 1) * WIDTH]
                tile = Tile(level, place, len(mine))
                try:
                    told = hashes(self.published(f"tile/{tile.path}") or b"")
                except NotATile as no:
                    self._tell(f"tile/{tile.path}", str(no))
                    continue
                if list(told) != mine:
                    self._tell(f"tile/{tile.path}", f"It does not follow from the {size} entries.")

    def _tell(self, place: str, text: str) -> None:
        self.problems.append(Problem(place, text))
