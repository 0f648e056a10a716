"""A take: one answer to one place of an audit, as one person gave it on one device.

Several auditors work on one audit without a signal. There is no master file: each take names the takes it was made
over, and what stands is every take that no other was made over. So the same takes come to the same, in whatever order
and however often they arrive, and an answer that nobody saw is never written over: it stands beside the other until
somebody looks at both. (The known name for it: a multi-value register.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

NOTE, RECOMMENDATION, NOT_APPLICABLE = "note", "recommendation", "na"
SAID, POINT = "said:", "point:"
_PARTS = frozenset({"D", "I", "O", NOTE, RECOMMENDATION, NOT_APPLICABLE})
_OF_ITS_OWN = re.compile(r"(?:said|point):[0-9a-f-]{8,36}")
POSITIVE, NEGATIVE, NO_COMMENT = "pos", "neg", "no_comment"
_SAID = (POSITIVE, NEGATIVE, NO_COMMENT)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a take belongs: a question, and the part of it that is answered by itself.

    ``part`` is a method's letter, ``note``, ``recommendation`` or ``na``; or ``said:…`` for what one interviewed
    person said, and ``point:…`` for one point that was noted. Those two have a number of their own, so that what two
    auditors hear and note is added up and never stands against each other.
    """

    question: str
    part: str

    @property
    def known(self) -> bool:
        """Whether there is such a part."""
        return self.part in _PARTS or _OF_ITS_OWN.fullmatch(self.part) is not None


@dataclass(frozen=True, slots=True)
class Take:
    """One answer to one place. ``value`` is a JSON value, None where the answer was taken away.

    ``over`` names the takes that its giver saw and answered anew. ``made_at`` is what the device's clock said: it puts
    takes in order for a reader and decides nothing that matters.
    """

    uid: str
    place: Place
    value: Any
    made_at: datetime
    over: frozenset[str] = field(default_factory=frozenset)
    by: int | None = None


def standing(takes: Iterable[Take]) -> tuple[Take, ...]:
    """Give the takes of one place that no other was made over, the earliest first.

    However often a take is in ``takes``, it counts once. Takes that name each other in a circle, which no device
    makes, leave the latest of them standing: nothing that was said falls out of sight.
    """
    known = {take.uid: take for take in takes}
    seen = {uid for take in known.values() for uid in take.over if uid != take.uid}
    left = [take for uid, take in known.items() if uid not in seen]
    if not left and known:
        left = [max(known.values(), key=_order)]
    return tuple(sorted(left, key=_order))


def leading(takes: Iterable[Take]) -> Take | None:
    """Give the take that is scored meanwhile: the latest of those that stand; None where there is none."""
    left = standing(takes)
    return left[-1] if left else None


def apart(takes: Iterable[Take]) -> tuple[Take, ...]:
    """Give the takes that stand against each other: one for each different value; nothing where all say the same."""
    different: list[Take] = []
    for take in standing(takes):
        if all(take.value != other.value for other in different):
            different.append(take)
    return tuple(different) if len(different) > 1 else ()


def by_place(takes: Iterable[Take]) -> dict[Place, list[Take]]:
    """Lay takes together that belong to the same place."""
    places: dict[Place, list[Take]] = {}
    for take in takes:
        places.setdefault(take.place, []).append(take)
    return places


def heard(by_hand: Mapping[str, Any] | None, said: Sequence[Mapping[str, str]], *, roles: bool) -> dict[str, Any]:
    """Add what interviewed people said to what was counted by hand, in the form in which an answer is kept.

    Each of ``said`` has ``role`` and ``word`` (``pos``, ``neg`` or ``no_comment``). With ``roles`` the sum is kept role
    by role, unless what was counted by hand is not. A share by hand (a percentage) cannot be added to: where anybody
    was interviewed, the interviews alone count.
    """
    if not said:
        return dict(by_hand or {})
    counted = by_hand if by_hand and (POSITIVE in by_hand or "roles" in by_hand) else None
    if roles and (counted is None or "roles" in counted):
        sums = {role: dict(voices) for role, voices in (counted or {}).get("roles", {}).items()}
        for each in said:
            _add(sums.setdefault(each["role"], {POSITIVE: 0, NEGATIVE: 0}), each["word"])
        return {"roles": {role: sums[role] for role in sorted(sums)}}
    flat: dict[str, int] = {POSITIVE: 0, NEGATIVE: 0}
    for voices in (counted or {}).get("roles", {"": counted or {}}).values():
        for word in _SAID:
            if voices.get(word):
                flat[word] = flat.get(word, 0) + voices[word]
    for each in said:
        _add(flat, each["word"])
    return flat


def _add(sums: dict[str, int], word: str) -> None:
    sums[word] = sums.get(word, 0) + 1


def _order(take: Take) -> tuple[datetime, str]:
    return take.made_at, take.uid
