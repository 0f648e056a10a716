"""Tickets: what a worker was trained for, with its last day. A ticket taken out stays on file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from secor.core.anniversary import add_months, anniversary
from secor.queries.workers import trainings_of
from secor.store.models import Ticket, Worker
from secor.store.scope import house
from secor.usecases import files, owner, workers
from secor.usecases.act import Act, Refusal

TITLE_MOST, NUMBER_MOST, MOST, YEARS_BACK, YEARS_AHEAD = 160, 60, 200, 60, 50
_HELD = house("an act holds a ticket of its employer's worker")


class Untitled(Refusal):
    """A ticket that does not say what it is."""


class NoSuchTraining(Refusal):
    """A training that the employer's trade does not name."""


class WrongDay(Refusal):
    """A day of issue or a last day that cannot be."""


class Full(Refusal):
    """More tickets than one person can have."""


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on a ticket. ``training`` is the key of one of the trade's trainings; else ``title`` says what it is.

    Without ``expires_on`` the trade's own number of months is taken, where it has one; ``forever`` says it never ends.
    """

    issued_on: date
    training: str = ""
    title: str = ""
    number: str = ""
    expires_on: date | None = None
    forever: bool = False


def add(act: Act, *, worker: Worker, told: Told, upload: files.Upload | None = None) -> Ticket:
    """Keep a ticket of a worker, with the photo or PDF of it where there is one. The same ticket twice is one.

    Refuses anyone but an owner (``NotOwner``), ``Untitled``, ``NoSuchTraining``, a day of issue to come and a last
    day before it (``WrongDay``), the 201st ticket (``Full``), and a file that ``files.shelve`` refuses.

    The file is looked through before the transaction begins, so that nobody waits for a picture.
    """
    owner.permit(act, employer=worker.employer)
    title, expires_on = _checked(act, worker, told)
    shelved = files.shelve(upload) if upload is not None else None
    return _add(act, worker, told, title, expires_on, shelved)


@transaction.atomic
def _add(
    act: Act, worker: Worker, told: Told, title: str, expires_on: date | None, shelved: files.Shelved | None
) -> Ticket:
    held = workers.hold(act, worker=worker)
    there = Ticket.objects.within(_HELD).filter(worker=held, removed_at__isnull=True)
    number = _line(told.number)[:NUMBER_MOST]
    ticket = there.filter(
        training=told.training, title=title, number=number, issued_on=told.issued_on, expires_on=expires_on
    ).first()
    if ticket is not None and (shelved is None or ticket.file_id == shelved.sha256):
        return ticket
    if ticket is None and there.count() >= MOST:
        raise Full(f"There are {MOST} tickets already. Take out those that nobody needs any more.")
    ticket = ticket or Ticket(
        employer=held.employer,
        worker=held,
        training=told.training,
        title=title,
        number=number,
        issued_on=told.issued_on,
        expires_on=expires_on,
    )
    ticket.file = files.record(act, shelved=shelved) if shelved else ticket.file
    ticket.save()
    act.enter(
        "ticket.added",
        employer=held.employer_id,
        subject=ticket.code,
        worker=held.code,
        training=told.training,
        expires_on=expires_on.isoformat() if expires_on else "",
        sha256=shelved.sha256 if shelved else "",
    )
    return ticket


@transaction.atomic
def remove(act: Act, *, ticket: Ticket) -> Ticket:
    """Take a ticket out of the wallet; it stays on file. Taking it out twice is one act. Refuses ``NotOwner``."""
    held = workers.hold(act, worker=ticket.worker)
    row = Ticket.objects.within(_HELD).get(pk=ticket.pk)
    if row.removed_at is None:
        row.removed_at = act.at
        row.save(update_fields=["removed_at"])
        act.enter("ticket.removed", employer=held.employer_id, subject=row.code, worker=held.code)
    return row


def _checked(act: Act, worker: Worker, told: Told) -> tuple[str, date | None]:
    """The ticket's title and its last day."""
    known = {each.key: each for each in trainings_of(worker.employer)}
    if told.training and told.training not in known:
        raise NoSuchTraining("Choose one of the trainings of your trade, or write what the ticket is.")
    training = known.get(told.training)
    title = _line(told.title)[:TITLE_MOST] or (training.title[:TITLE_MOST] if training else "")
    if not title:
        raise Untitled("Choose the training, or write what the ticket is.")
    if not anniversary(act.on, -YEARS_BACK) <= told.issued_on <= act.on:
        raise WrongDay("The day of issue is not a day to come. Look at the year again.")
    expires_on = told.expires_on
    if told.forever:
        expires_on = None
    elif expires_on is None and training is not None and training.months is not None:
        expires_on = add_months(told.issued_on, training.months)
    if expires_on is not None and not told.issued_on <= expires_on <= anniversary(act.on, YEARS_AHEAD):
        raise WrongDay("The last day is not before the day of issue. Look at the year again.")
    return title, expires_on


def _line(written: str) -> str:
    return " ".join(written.replace("\0", "").split())
