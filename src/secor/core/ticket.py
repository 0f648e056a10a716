"""A worker's ticket: a training or licence, and what it is worth on a day. Its last day is still a good one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

# How many days ahead a ticket that runs out is told, the nearest first.
AHEAD = (30, 60, 90)


class TicketState(Enum):
    """What a ticket is worth on a day."""

    GOOD = "good"
    RUNS_OUT = "runs_out"  # within the farthest of AHEAD
    EXPIRED = "expired"


class Need(Enum):
    """How a worker stands with one training."""

    HELD = "held"
    RUNS_OUT = "runs_out"
    EXPIRED = "expired"
    MISSING = "missing"
    UNTOLD = "untold"  # nobody has said whether it is needed
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is known of a ticket: what it proves, and its last day (None: it never runs out)."""

    proves: str
    expires_on: date | None

    def left(self, on: date) -> int | None:
        """How many days it is still good after the day ``on``: 0 on its last day; None where it never runs out."""
        return None if self.expires_on is None else (self.expires_on - on).days

    def state(self, on: date) -> TicketState:
        """What it is worth on the day ``on``."""
        left = self.left(on)
        if left is None or left > AHEAD[-1]:
            return TicketState.GOOD
        return TicketState.RUNS_OUT if left >= 0 else TicketState.EXPIRED

    def within(self, on: date) -> int | None:
        """The nearest of AHEAD that its last day falls into; None where it is farther, past, or never comes."""
        left = self.left(on)
        if left is None or left < 0:
            return None
        return next((days for days in AHEAD if left <= days), None)


def proves(training: str, title: str) -> str:
    """What a ticket proves: the key of a training, and where it is none of the trade's, its title."""
    return training or " ".join(title.casefold().split())


def lasting(tickets: Iterable[Ticket]) -> dict[str, Ticket]:
    """Keep of each thing proved the ticket that lasts longest: a renewed ticket hushes the one before it."""
    found: dict[str, Ticket] = {}
    for ticket in tickets:
        known = found.get(ticket.proves)
        if known is None or outlasts(ticket.expires_on, known.expires_on):
            found[ticket.proves] = ticket
    return found


def outlasts(day: date | None, other: date | None) -> bool:
    """Tell whether a ticket with the last day ``day`` is good for longer than one with ``other``."""
    if other is None:
        return False
    return day is None or day > other


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many tickets are wanted, and how many of these are good."""

    good: int
    of: int

    @property
    def share(self) -> Fraction:
        """The share that is good; of none wanted, nothing is known."""
        return Fraction(self.good, self.of)


def wanted(needs: Iterable[tuple[Need, Iterable[str]]]) -> dict[str, Wanted]:
    """Count the tickets that are wanted, by each evidence type that a ticket of the kind is.

    What nobody has said is needed, and what is not needed, is not wanted.
    """
    found: dict[str, Wanted] = {}
    for need, kinds in needs:
        if need in {Need.UNTOLD, Need.NOT_NEEDED}:
            continue
        for kind in kinds:
            known = found.get(kind, Wanted(0, 0))
            found[kind] = Wanted(known.good + (need in {Need.HELD, Need.RUNS_OUT}), known.of + 1)
    return found


def need_of(ticket: Ticket | None, *, needed: bool | None, on: date) -> Need:
    """How a worker stands with a training of which ``ticket`` lasts longest. What is held counts, needed or not.

    ``needed`` is None where nobody has said so. Who had a ticket that ran out is taken to need it until then.
    """
    if ticket is not None and ticket.state(on) is TicketState.GOOD:
        return Need.HELD
    if needed is False:
        return Need.NOT_NEEDED
    if ticket is None:
        return Need.MISSING if needed else Need.UNTOLD
    return Need(ticket.state(on).value)
