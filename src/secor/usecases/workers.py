"""Workers: added, changed and ended by an owner. The rows of whoever has left stay, for the records that name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from secor.core.anniversary import anniversary
from secor.core.role import EMPLOYER_SIDE
from secor.queries import library
from secor.queries.programs import workers_of
from secor.store.code import new_secret
from secor.store.models import Employer, Person, Role, Worker
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal

NAME_MOST, WORKS_AS_MOST, MOST, YEARS_AHEAD, YEARS_BACK = 120, 80, 500, 1, 60
TRAININGS_MOST, KEY_MOST = 200, 60
_HELD = house("an act holds a worker of its employer")


class Nameless(Refusal):
    """A worker without a name, or with one that is too long."""


class Twice(Refusal):
    """Somebody of that name works there already."""


class NoSuchLanguage(Refusal):
    """A language that nothing can be read in yet."""


class NotOneOfYours(Refusal):
    """An account that has no role at the business, or is another worker's."""


class WrongDay(Refusal):
    """A first or last day that cannot be."""


class Full(Refusal):
    """More workers than a small business can have."""


@dataclass(frozen=True, slots=True)
class About:
    """What an owner tells of a worker. Nobody needs an e-mail address; ``person`` is their account if they have one."""

    name: str
    works_as: str = ""
    language: str = "en"
    leads: bool = False
    person: Person | None = None


@transaction.atomic
def add(act: Act, *, employer: Employer, about: About, began_on: date | None = None) -> Worker:
    """Put somebody on the list of people, from ``began_on`` (else today) on.

    Refuses anyone but an owner (``NotOwner``), ``Nameless``, ``Twice``, ``NoSuchLanguage``, ``NotOneOfYours``,
    a first day more than a year ahead or sixty years ago (``WrongDay``), and the 501st row (``Full``).
    """
    held = owner.hold(act, employer=employer)
    first = began_on or act.on
    if not anniversary(act.on, -YEARS_BACK) <= first <= anniversary(act.on, YEARS_AHEAD):
        raise WrongDay("Look at the year of the first day again.")
    if Worker.objects.within(_HELD).filter(employer=held).count() >= MOST:
        raise Full(f"There are {MOST} people on the list already. Ask for help: this is made for small crews.")
    row = Worker(employer=held, began_on=first, **_checked(act, held, about))
    row.save(force_insert=True)
    act.enter("worker.added", employer=held, subject=row.code, on=first.isoformat())
    return row


@transaction.atomic
def change(act: Act, *, worker: Worker, about: About) -> Worker:
    """Change what is told of a worker. Records keep the name they were signed with. Refuses as ``add`` does."""
    row = hold(act, worker=worker)
    told = _checked(act, row.employer, about, worker=row)
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, told[name])
    row.save(update_fields=changed)
    act.enter("worker.changed", employer=row.employer_id, subject=row.code, what=sorted(changed))
    return row


@transaction.atomic
def end(act: Act, *, worker: Worker, on: date | None) -> Worker:
    """Give a worker's last day, which still counts; None when they stay after all. Their wallet's link dies with it.

    Refuses ``NotOwner``, and a day before their first or more than a year ahead (``WrongDay``).
    """
    row = hold(act, worker=worker)
    if on is not None and not row.began_on <= on <= anniversary(act.on, YEARS_AHEAD):
        raise WrongDay("The last day is not before the first, and not more than a year ahead.")
    if row.ended_on == on:
        return row
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    if on is None:
        act.enter("worker.back", employer=row.employer_id, subject=row.code)
    else:
        act.enter("worker.ended", employer=row.employer_id, subject=row.code, on=on.isoformat())
    return row


@transaction.atomic
def need(act: Act, *, worker: Worker, training: str, needed: bool) -> Worker:
    """Tell whether a worker needs one of the trade's trainings, against what its library takes for granted."""
    row = hold(act, worker=worker)
    said, other = (row.needs, row.needs_not) if needed else (row.needs_not, row.needs)
    if training not in said or training in other:
        key = training[:KEY_MOST]
        said[:] = [*(each for each in said if each != key), key][-TRAININGS_MOST:]
        other[:] = [each for each in other if each != key]
        row.save(update_fields=["needs", "needs_not"])
        act.enter("worker.need_told", employer=row.employer_id, subject=row.code, training=training, needed=needed)
    return row


@transaction.atomic
def open_wallet(act: Act, *, worker: Worker) -> Worker:
    """Give the worker's wallet a new address for outsiders. The one before is dead from now on."""
    row = hold(act, worker=worker)
    row.wallet = new_secret()
    row.save(update_fields=["wallet"])
    act.enter("wallet.opened", employer=row.employer_id, subject=row.code)
    return row


@transaction.atomic
def close_wallet(act: Act, *, worker: Worker) -> Worker:
    """Take the address of the worker's wallet away: nobody outside can look at it any more."""
    row = hold(act, worker=worker)
    if row.wallet is not None:
        row.wallet = None
        row.save(update_fields=["wallet"])
        act.enter("wallet.closed", employer=row.employer_id, subject=row.code)
    return row


def hold(act: Act, *, worker: Worker) -> Worker:
    """Take a worker's row until the transaction ends, for an owner of their employer (else ``NotOwner``)."""
    owner.hold(act, employer=worker.employer)
    return Worker.objects.within(_HELD).select_for_update(of=("self",)).select_related("employer").get(pk=worker.pk)


def _checked(act: Act, employer: Employer, about: About, *, worker: Worker | None = None) -> dict[str, object]:
    name, works_as = _line(about.name), _line(about.works_as)[:WORKS_AS_MOST]
    if not name or len(name) > NAME_MOST:
        raise Nameless(f"Write their first and last name, up to {NAME_MOST} signs.")
    others = [each for each in workers_of(employer, on=act.on) if worker is None or each.pk != worker.pk]
    if name.casefold() in {each.name.casefold() for each in others}:
        raise Twice(f"{name} is on the list already. Two of one name? Add what you call them, such as the younger.")
    if about.language not in library.languages():
        raise NoSuchLanguage("Choose one of the languages of the list.")
    if about.person is not None:
        _check_account(act, employer, about.person, worker)
    return {
        "name": name,
        "works_as": works_as,
        "language": about.language,
        "leads": about.leads,
        "person_id": about.person.pk if about.person else None,
    }


def _check_account(act: Act, employer: Employer, person: Person, worker: Worker | None) -> None:
    """An account belongs to one worker of an employer, and to somebody who has a role there."""
    held = Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person_id=person.pk,
        from_on__lte=act.on,
        employer_id=employer.pk,
        kind__in=EMPLOYER_SIDE,
    )
    taken = Worker.objects.within(_HELD).filter(employer=employer, person_id=person.pk)
    if worker is not None:
        taken = taken.exclude(pk=worker.pk)
        if worker.person_id == person.pk:  # what stood before may stay, whatever became of the role
            return
    if not held.exists() or taken.exists():
        raise NotOneOfYours("Choose an account of this business that is nobody else's on the list.")


def _line(written: str) -> str:
    return " ".join(written.replace("\0", "").split())
