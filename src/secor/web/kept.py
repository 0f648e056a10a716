"""Drawn pieces of pages, kept in memory for as long as they are true.

A page that tells of one employer is drawn again only when something happened: every act lengthens the employer's
chain in the journal, so one read of the chain's end tells whether what was drawn still holds. The day belongs to the
key, because a standing may change at midnight without anybody doing anything.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Generic, NamedTuple, TypeVar

from secor.queries import journal

T = TypeVar("T")


class _Piece(NamedTuple):
    employer: int
    partner: int
    heads: tuple[tuple[str, str], ...]
    drawn: object


class Kept(Generic[T]):
    """The last ``most`` pieces that were asked for. Safe for threads; each process keeps its own."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces: OrderedDict[Hashable, _Piece] = OrderedDict()
        self._lock = threading.Lock()
        _ALL.append(self)

    def get(self, key: Hashable) -> T | None:
        """Give what was drawn under a key, if nothing has happened to its employer or partner since."""
        with self._lock:
            piece = self._pieces.get(key)
        if piece is None or journal.heads_of(employer=piece.employer, partner=piece.partner) != piece.heads:
            return None
        return piece.drawn  # type: ignore[return-value]  # what was put under this key

    def put(self, key: Hashable, drawn: T, *, employer: int, partner: int, heads: tuple[tuple[str, str], ...]) -> T:
        """Keep what was drawn. ``heads`` must have been read before anything that was drawn was read."""
        with self._lock:
            self._pieces[key] = _Piece(employer, partner, heads, drawn)
            self._pieces.move_to_end(key)
            while len(self._pieces) > self._most:
                self._pieces.popitem(last=False)
        return drawn

    def forget(self) -> None:
        """Forget every piece."""
        with self._lock:
            self._pieces.clear()


_ALL: list[Kept[Any]] = []


def forget_all() -> None:
    """Forget every piece of every kind: another database has taken the place of this one."""
    for kept in _ALL:
        kept.forget()
