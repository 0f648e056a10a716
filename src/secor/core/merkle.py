"""A list that can only grow, with one fingerprint for the whole of it: the Merkle tree of RFC 6962, section 2.1.

A tree of any size is told by its *peaks*: the fingerprints of the perfect trees it is made of, the largest first, one
for each bit of its size. From them follow its root, and what the next leaf changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

HASH = 32
EMPTY = hashlib.sha256(b"").digest()

# Gives the fingerprint of a perfect tree: the one of 2**level leaves that begins at leaf place * 2**level.
Node = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The fingerprint of one leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The fingerprint of two trees side by side."""
    return hashlib.sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The edge of a tree where it grows: how many leaves it has, and its peaks."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Refuse peaks that are not those of the size (``ValueError``)."""
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"A tree of {self.size} leaves has not {len(self.peaks)} peaks.")

    @property
    def root(self) -> bytes:
        """The fingerprint of the whole."""
        if not self.peaks:
            return EMPTY
        *left, root = self.peaks
        for peak in reversed(left):
            root = node_hash(peak, root)
        return root

    def grown(self, leaf: bytes) -> tuple[Frontier, tuple[bytes, ...]]:
        """Add a leaf by its fingerprint.

        Gives the new frontier, and the perfect trees that the leaf completed: itself, then the larger ones.
        """
        peaks, new, size = list(self.peaks), [leaf], self.size
        while size & 1:
            new.append(node_hash(peaks.pop(), new[-1]))
            size >>= 1
        return Frontier(self.size + 1, (*peaks, new[-1])), tuple(new)


def frontier_of(leaves: Iterable[bytes]) -> Frontier:
    """The frontier of a tree with these leaves, each given by its fingerprint."""
    peaks: list[bytes] = []
    size = 0
    sha256 = hashlib.sha256
    for leaf in leaves:
        at, bits = leaf, size
        while bits & 1:
            at = sha256(b"\1" + peaks.pop() + at).digest()
            bits >>= 1
        peaks.append(at)
        size += 1
    return Frontier(size, tuple(peaks))


def inclusion(index: int, *, size: int, node: Node) -> tuple[bytes, ...]:
    """The proof that the leaf at ``index`` is in a tree of that size: the fingerprints beside its way to the root.

    Refuses (``ValueError``) a leaf that is not in it.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has none at {index}.")
    return tuple(_beside(index, 0, size, node))


def consistency(old: int, new: int, *, node: Node) -> tuple[bytes, ...]:
    """The proof that a tree of ``new`` leaves begins with the whole of the one of ``old``.

    Refuses (``ValueError``) a tree that would have to shrink.
    """
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {old} leaves does not grow into one of {new}.")
    return tuple(_grown(old, 0, new, node, whole=True)) if old and old < new else ()


def includes(root: bytes, *, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that the leaf stands at ``index`` of the tree with that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def continues(old_root: bytes, new_root: bytes, *, old: int, new: int, proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that the new tree begins with the whole of the old one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not proof and (old_root == new_root if old == new else old_root == EMPTY)
    way = list(proof)
    if old & (old - 1) == 0:
        way.insert(0, old_root)
    if not way:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    then = now = way[0]
    for beside in way[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            then, now = node_hash(beside, then), node_hash(beside, now)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            now = node_hash(now, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and then == old_root and now == new_root


def tree_hash(first: int, size: int, *, node: Node) -> bytes:
    """The root of the ``size`` leaves from ``first`` on, which is a multiple of the power of two below that size."""
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, first >> level)
    half = _half(size)
    return node_hash(tree_hash(first, half, node=node), tree_hash(first + half, size - half, node=node))


def _beside(index: int, first: int, size: int, node: Node) -> Iterator[bytes]:
    if size == 1:
        return
    half = _half(size)
    if index < half:
        yield from _beside(index, first, half, node)
        yield tree_hash(first + half, size - half, node=node)
    else:
        yield from _beside(index - half, first + half, size - half, node)
        yield tree_hash(first, half, node=node)


def _grown(old: int, first: int, size: int, node: Node, *, whole: bool) -> Iterator[bytes]:
    if old == size:
        if not whole:
            yield tree_hash(first, size, node=node)
        return
    half = _half(size)
    if old <= half:
        yield from _grown(old, first, half, node, whole=whole)
        yield tree_hash(first + half, size - half, node=node)
    else:
        yield from _grown(old - half, first + half, size - half, node, whole=False)
        yield tree_hash(first, half, node=node)


def _half(size: int) -> int:
    """The largest power of two below a size of at least two."""
    return 1 << ((size - 1).bit_length() - 1)
