"""Tickets as they stand on a day: a worker's wallet, one ticket, and those that run out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from secor.core import ticket as rules
from secor.core.ticket import TicketState
from secor.store.models import Employer, Ticket, Worker
from secor.store.scope import house

__all__ = ["Held", "Ticket", "TicketState"]

_ASKED = house("the tickets of a worker who was itself reached")
_WRITING = house("letters are written for everybody")


@dataclass(frozen=True, slots=True)
class Held:
    """A ticket on a day. ``left`` are the days it is good after that day: 0 on its last; None where it never ends."""

    row: Ticket
    state: TicketState
    left: int | None
    within: int | None
    renewed: bool  # another one of its kind lasts longer

    @property
    def good(self) -> bool:
        """Whether it is worth something on the day."""
        return self.state is not TicketState.EXPIRED


def wallet_of(worker: Worker, *, on: date) -> tuple[Held, ...]:
    """Every ticket of a worker that was not taken out: good ones first, those that end first before the others."""
    return held(tickets_of([worker]).get(worker.pk, ()), on=on)


def tickets_of(workers: Iterable[Worker]) -> dict[int, tuple[Ticket, ...]]:
    """The tickets of these workers, by the worker's key: one query, however many they are."""
    rows = Ticket.objects.within(_ASKED).filter(worker__in=[each.pk for each in workers], removed_at__isnull=True)
    ordered = rows.select_related("file").order_by("worker_id", "pk")
    return {worker: tuple(theirs) for worker, theirs in groupby(ordered, key=lambda row: row.worker_id)}


def held(rows: Iterable[Ticket], *, on: date) -> tuple[Held, ...]:
    """Tickets of one worker as they stand on a day."""
    facts = [(row, as_fact(row)) for row in rows]
    best = rules.lasting(fact for _, fact in facts)
    found = [
        Held(row, fact.state(on), fact.left(on), fact.within(on), renewed=best[fact.proves] is not fact)
        for row, fact in facts
    ]
    return tuple(sorted(found, key=_order))


def as_fact(row: Ticket) -> rules.Ticket:
    """A ticket in the form that the rules take."""
    return rules.Ticket(rules.proves(row.training, row.title), row.expires_on)


def ticket_of(worker: Worker, code: str) -> Ticket | None:
    """The ticket of that code, when it is this worker's and was not taken out."""
    rows = Ticket.objects.within(_ASKED).filter(worker=worker, code=code, removed_at__isnull=True)
    return rows.select_related("file", "worker__employer").first()


def taken_out_of(worker: Worker) -> tuple[Ticket, ...]:
    """The tickets that were taken out, the last one first."""
    rows = Ticket.objects.within(_ASKED).filter(worker=worker, removed_at__isnull=False)
    return tuple(rows.order_by("-removed_at", "-pk")[:50])


def owner_of_wallet(code: str, *, on: date) -> Worker | None:
    """The worker whose wallet has that address, while they work there. Whoever has the address may look."""
    here = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    rows = Worker.objects.within(house("a wallet is shown to whoever was given its address")).filter(here, wallet=code)
    return rows.select_related("employer").first() if code else None


@dataclass(frozen=True, slots=True)
class RunningOut:
    """How many tickets of an employer have the same last day, and are not renewed."""

    employer: Employer
    on: date
    number: int


def running_out(first: date, last: date) -> Iterator[RunningOut]:
    """Tickets whose last day lies from ``first`` to ``last``, both included, by employer and last day.

    Left out are tickets that were taken out, those of people who have left, and those whose worker has another
    of the same kind that lasts longer.
    """
    here = Q(worker__ended_on__isnull=True) | Q(worker__ended_on__gte=first)
    ending = Ticket.objects.within(_WRITING).filter(
        here, removed_at__isnull=True, expires_on__gte=first, expires_on__lte=last
    )
    rows = Ticket.objects.within(_WRITING).filter(worker__in=ending.values("worker"), removed_at__isnull=True)
    for _, of_employer in groupby(rows.order_by("employer_id", "pk").select_related("employer"), _employer):
        yield from _ending(list(of_employer), first, last)


def _employer(row: Ticket) -> int:
    return row.employer_id


def _ending(rows: list[Ticket], first: date, last: date) -> Iterator[RunningOut]:
    """The last days of one employer's tickets, the earliest first."""
    workers: dict[int, list[rules.Ticket]] = {}
    for row in rows:
        workers.setdefault(row.worker_id, []).append(as_fact(row))
    days = [
        fact.expires_on
        for facts in workers.values()
        for fact in rules.lasting(facts).values()
        if fact.expires_on is not None and first <= fact.expires_on <= last
    ]
    for day in sorted(set(days)):
        yield RunningOut(rows[0].employer, day, days.count(day))


def _order(each: Held) -> tuple[bool, bool, int, str]:
    """What is good and counts first; of these, what ends first; then by title."""
    left = each.left if each.left is not None else 10**6
    return each.renewed, not each.good, left if each.good else -left, each.row.title.casefold()
