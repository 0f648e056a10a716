"""A draw: choosing by chance, far apart, and so that anybody can make the same choice again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be drawn. ``traits`` is what it shares with others: its month, its site, who made it."""

    key: str
    traits: tuple[str, ...] = ()


def draw(things: Iterable[Thing], *, wanted: int, seed: str) -> tuple[str, ...]:
    """Draw ``wanted`` keys, in the order in which they come; all of them where there are no more.

    Each next one is of those whose traits were drawn least so far, and among these the lowest lot: the SHA-256 of
    ``seed``, a slash and the key. So months, sites and people come in turns, chance decides between equals, and the
    same things and seed give the same choice in whatever order the things are told.
    """
    left = sorted(things, key=lambda each: (_lot(seed, each.key), each.key))
    drawn: Counter[str] = Counter()
    chosen: list[str] = []
    while left and len(chosen) < wanted:
        nearest = min(left, key=lambda each: sum(drawn[trait] for trait in each.traits))
        left.remove(nearest)
        drawn.update(nearest.traits)
        chosen.append(nearest.key)
    return tuple(chosen)


def _lot(seed: str, key: str) -> str:
    return sha256(f"{seed}/{key}".encode()).hexdigest()
