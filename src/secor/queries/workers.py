"""The people on an employer's list: who works there, what each needs and has, and what they signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from secor.core import ticket as rules
from secor.core.ticket import Need
from secor.core.trade import Condition, Training
from secor.queries import library, tickets
from secor.queries.people import Person
from secor.queries.tickets import Held, Ticket
from secor.store.models import Employer, PartReading, Program, Record, RecordPerson, Role, Worker
from secor.store.scope import Scope, house

__all__ = ["Need", "Ticket", "Training", "Worker"]

_ASKED = house("the workers of an employer that was itself reached")


@dataclass(frozen=True, slots=True)
class Needed:
    """A training and how a worker stands with it; ``ticket`` is the one that lasts longest."""

    training: Training
    need: Need
    ticket: Held | None


@dataclass(frozen=True, slots=True)
class Card:
    """A worker with everything that the list of people tells of them."""

    worker: Worker
    tickets: tuple[Held, ...]
    needs: tuple[Needed, ...]

    @property
    def missing(self) -> tuple[Needed, ...]:
        """What they need and do not have."""
        return tuple(each for each in self.needs if each.need is Need.MISSING)

    @property
    def untold(self) -> tuple[Needed, ...]:
        """What hangs on their work, and nobody has said."""
        return tuple(each for each in self.needs if each.need is Need.UNTOLD)

    @property
    def expired(self) -> tuple[Held, ...]:
        """Tickets that ran out, are still needed, and were not renewed."""
        return tuple(each for each in self.tickets if not each.good and not each.renewed and not self._spared(each))

    @property
    def soon(self) -> tuple[Held, ...]:
        """Tickets that run out within the farthest days told, and were not renewed; the first one first."""
        return tuple(each for each in self.tickets if each.within is not None and not each.renewed)

    def _spared(self, each: Held) -> bool:
        return bool(each.row.training) and each.row.training in self.worker.needs_not


def works(worker: Worker, *, on: date) -> bool:
    """Tell whether somebody works there on a day. The first and the last day count."""
    return worker.began_on <= on and (worker.ended_on is None or worker.ended_on >= on)


def working(employer: Employer, *, on: date) -> tuple[Worker, ...]:
    """Everybody who works there on a day, by name."""
    rows = Worker.objects.within(_ASKED).filter(employer=employer, began_on__lte=on)
    return tuple(rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on)).select_related("employer"))


def coming(employer: Employer, *, on: date) -> tuple[Worker, ...]:
    """Those whose first day is still to come."""
    return tuple(Worker.objects.within(_ASKED).filter(employer=employer, began_on__gt=on).order_by("began_on", "name"))


def left(employer: Employer, *, on: date) -> tuple[Worker, ...]:
    """Those whose last day has passed, the last to leave first."""
    return tuple(Worker.objects.within(_ASKED).filter(employer=employer, ended_on__lt=on).order_by("-ended_on", "name"))


def worker_of(employer: Employer, code: str) -> Worker | None:
    """The worker of that code, when on this employer's list."""
    rows = Worker.objects.within(_ASKED).filter(employer=employer, code=code)
    return rows.select_related("employer", "person").first()


def trainings_of(employer: Employer) -> tuple[Training, ...]:
    """The trainings that the employer's trade wants for what it does; none before it has begun a program."""
    begun = Program.objects.within(_ASKED).filter(employer=employer).first()
    trade = library.trades().get(begun.trade) if begun else None
    if begun is None or trade is None:
        return ()
    known = {each.value for each in Condition}
    conditions = frozenset(Condition(each) for each in begun.conditions if each in known)
    return trade.fitting(frozenset(begun.jobs), conditions).training


def cards_of(employer: Employer, *, on: date) -> tuple[Card, ...]:
    """Everybody who works there on a day, with their tickets and what they need. Three queries, however many."""
    rows = working(employer, on=on)
    held = tickets.tickets_of(rows)
    trainings = trainings_of(employer)
    return tuple(_card(row, held.get(row.pk, ()), trainings, on) for row in rows)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a crew stands with its tickets: how many people, and how many tickets ran out, are missing, or run out."""

    people: int
    expired: int
    missing: int
    soon: int


def standing_of(employer: Employer, *, on: date) -> Standing:
    """How everybody who works there on a day stands with their tickets."""
    cards = cards_of(employer, on=on)
    return Standing(
        len(cards),
        sum(len(card.expired) for card in cards),
        sum(len(card.missing) for card in cards),
        sum(len(card.soon) for card in cards),
    )


def needs_of(employer: Employer, *, on: date, good_on: date) -> tuple[Needed, ...]:
    """What everybody who works there on a day needs and has, as their tickets will stand on another."""
    rows = working(employer, on=on)
    held = tickets.tickets_of(rows)
    trainings = trainings_of(employer)
    return tuple(each for row in rows for each in _card(row, held.get(row.pk, ()), trainings, good_on).needs)


def card_of(worker: Worker, *, on: date) -> Card:
    """One worker with their tickets and what they need."""
    return _card(worker, tickets.tickets_of([worker]).get(worker.pk, ()), trainings_of(worker.employer), on)


def _card(worker: Worker, rows: Sequence[Ticket], trainings: Sequence[Training], on: date) -> Card:
    held = tickets.held(rows, on=on)
    longest = {each.row.training: each for each in held if each.row.training and not each.renewed}
    needs = tuple(_needed(worker, training, longest, on) for training in trainings)
    return Card(worker, held, needs)


def _needed(worker: Worker, training: Training, longest: Mapping[str, Held], on: date) -> Needed:
    ticket = longest.get(training.key)
    fact = tickets.as_fact(ticket.row) if ticket else None
    return Needed(training, rules.need_of(fact, needed=_said(worker, training), on=on), ticket)


def _said(worker: Worker, training: Training) -> bool | None:
    """Whether a worker needs a training: what an owner said, else what the library takes for granted."""
    if training.key in worker.needs_not:
        return False
    return True if training.key in worker.needs or training.for_everybody else None


@dataclass(frozen=True, slots=True)
class Named:
    """A record that names a worker, and whether they signed it."""

    record: Record
    signed: bool


def records_naming(worker: Worker, scope: Scope, *, most: int = 30) -> tuple[Named, ...]:
    """The records that name a worker and that ``scope`` may read, the newest first, without corrected ones."""
    rows = RecordPerson.objects.within(scope).filter(worker=worker, record__corrected=False)
    ordered = rows.select_related("record").defer("record__values").order_by("-record__on", "-record_id")
    return tuple(Named(row.record, row.signed) for row in ordered[:most])


def records_signed(worker: Worker, scope: Scope) -> int:
    """How many records a worker signed, of those that ``scope`` may read."""
    return RecordPerson.objects.within(scope).filter(worker=worker, signed=True, record__corrected=False).count()


def readings_of(worker: Worker) -> tuple[PartReading, ...]:
    """The parts of the program that a worker signed to have read, the newest first."""
    rows = PartReading.objects.within(_ASKED).filter(worker=worker).select_related("version__part")
    return tuple(rows.defer("version__text", "version__strokes", "strokes").order_by("-read_at", "-pk"))


def accounts_for(employer: Employer, *, on: date, worker: Worker | None = None) -> tuple[Person, ...]:
    """The accounts of the business that are nobody's on its list, and the worker's own."""
    here = Q(until_on__isnull=True) | Q(until_on__gte=on)
    roles = Role.objects.filter(here, employer=employer, from_on__lte=on).select_related("person").order_by("pk")
    taken = Worker.objects.within(_ASKED).filter(employer=employer, person__isnull=False)
    others = set((taken.exclude(pk=worker.pk) if worker else taken).values_list("person", flat=True))
    found = {role.person_id: role.person for role in roles if role.person_id not in others}
    if worker is not None and worker.person is not None:
        found.setdefault(worker.person.pk, worker.person)
    return tuple(found.values())


def names_of(employer: Employer) -> Mapping[str, str]:
    """The names of everybody who was ever on the list, by code."""
    return dict(Worker.objects.within(_ASKED).filter(employer=employer).values_list("code", "name"))
