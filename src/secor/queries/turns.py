"""Whose turn each audit is: its stage, the journal's day for that stage, and the days that the rules set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from secor.core.turn import Limit, Side, Turn, turn_of
from secor.queries.audits import BY_EMPLOYER, Audit
from secor.queries.clocks import Running, running
from secor.store.models import Entry
from secor.store.scope import house

__all__ = ["Limit", "Side", "Turn", "turn_at", "turns_of"]

# The acts by which an audit comes to another stage.
_MOVES = (
    "audit.asked",
    "audit.start_approved",
    "audit.start_refused",
    "audit.submitted",
    "audit.taken_back",
    "audit.withdrawn",
    "audit.put_back",
    "audit.accepted",
    "audit.rejected",
    "review.claimed",
    "review.sent_back",
)


def turns_of(audits: Sequence[Audit], *, on: date) -> dict[int, Turn]:
    """Tell whose turn each audit is on the day ``on``, by the audit's key; for audits that were themselves reached."""
    clocks = running(audits, on=on)
    since = _since(audits)
    return {row.pk: _told(row, clocks[row.pk], since.get(row.code, _first_day(row)), on) for row in audits}


def turn_at(audit: Audit, *, clocks: tuple[Running, ...], on: date) -> Turn:
    """Tell whose turn one audit is whose clocks were looked up already: one query."""
    return _told(audit, clocks, _since([audit]).get(audit.code, _first_day(audit)), on)


def _told(audit: Audit, clocks: tuple[Running, ...], since_on: date, on: date) -> Turn:
    limits = tuple(Limit(clock.by, clock.why) for clock in clocks)
    return turn_of(audit.stage, own=audit.performer in BY_EMPLOYER, since_on=since_on, limits=limits, on=on)


def _since(audits: Sequence[Audit]) -> dict[str, date]:
    """The Alberta day of each audit's last move, by its code, as the journal tells. Asked by employer: an index."""
    rows = Entry.objects.within(house("the moves of audits that were themselves reached")).filter(
        employer__in={row.employer_id for row in audits}, subject__in=[row.code for row in audits], act__in=_MOVES
    )
    moves = rows.order_by("at", "pk").values_list("subject", "at")
    return {code: timezone.localdate(at) for code, at in moves}


def _first_day(audit: Audit) -> date:
    """The day that the audit itself tells, where its journal has nothing: it was brought from elsewhere."""
    return audit.accepted_on or audit.submitted_on or audit.approved_on or audit.asked_on
