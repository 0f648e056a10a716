"""One line on every desk: where an audit is, whose move it is, since when, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secor.queries.turns import Side, Turn
from secor.web.words import day, plainly

_WHOSE = {
    Side.EMPLOYER: "The business's move",
    Side.AUDITOR: "The auditor's move",
    Side.PARTNER: "The certifying partner's move",
}


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn in words; ``until`` is None where no rule sets a day, and ``whose`` is empty once the audit ended."""

    whose: str
    since: str
    until: date | None
    why: str
    late: bool


def turn_line(turn: Turn, *, yours: frozenset[Side]) -> TurnLine:
    """Tell a turn to somebody of the sides in ``yours``: to them it is their own move."""
    whose = "Your move" if turn.side in yours else _WHOSE.get(turn.side, "")
    return TurnLine(
        whose=whose,
        since=day(turn.since_on) if turn.since_on else "",
        until=turn.limit.by if turn.limit else None,
        why=plainly(turn.limit.why) if turn.limit else "",
        late=turn.late,
    )
