"""Whose turn an audit is: where it is, since when, and until when, the same for everybody who looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType


class Side(Enum):
    """Who has to move. Nobody, once it has ended."""

    EMPLOYER = "employer"
    AUDITOR = "auditor"
    PARTNER = "partner"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Limit:
    """A day by which the next step is due (that day is in time), and why."""

    by: date
    why: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an audit is, who has to move, since which day, and by which day (None: no rule sets one).

    ``late`` once the day has passed.
    """

    where: str
    side: Side
    since_on: date | None
    limit: Limit | None = None
    late: bool = False


# Where an audit is at each stage, and whether the partner or whoever does the audit has to move.
_AT: Mapping[str, tuple[str, Side]] = MappingProxyType(
    {
        "asked": ("Waiting for its start to be approved", Side.PARTNER),
        "open": ("Being done", Side.AUDITOR),
        "submitted": ("Waiting for a reviewer", Side.PARTNER),
        "in_review": ("With a reviewer", Side.PARTNER),
        "returned": ("Sent back for corrections", Side.AUDITOR),
        "accepted": ("Accepted", Side.NOBODY),
        "rejected": ("Not accepted", Side.NOBODY),
        "withdrawn": ("Withdrawn", Side.NOBODY),
    }
)


def turn_of(stage: str, *, own: bool, since_on: date | None, limits: tuple[Limit, ...], on: date) -> Turn:
    """Tell whose turn an audit at ``stage`` is on the day ``on``.

    ``own``: the employer does it itself, so that its turn is the employer's and never an auditor's. Of several
    ``limits`` the earliest counts; an audit that has ended has none. A stage that is not known is a ``KeyError``.
    """
    where, side = _AT[stage]
    if side is Side.AUDITOR and own:
        side = Side.EMPLOYER
    limit = None if side is Side.NOBODY else min(limits, key=lambda each: each.by, default=None)
    return Turn(where, side, since_on, limit, late=limit is not None and on > limit.by)
