"""Corrective actions, as the people of their business read them: overdue first, then by their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import F, Q, QuerySet

from secor.queries.people import Person
from secor.store.models import Audit, CorrectiveAction, Employer, Note, Record, Reopening, Worker
from secor.store.scope import Scope, house

__all__ = ["CorrectiveAction", "Listed", "Reopening"]

_OURS = house("the actions of an employer that was itself reached")
DONE_SHOWN = 100
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Listed:
    """The actions of one employer on a day: past their day, still ahead, without a day, and done (the newest).

    The due day itself is in time.
    """

    overdue: tuple[CorrectiveAction, ...]
    ahead: tuple[CorrectiveAction, ...]
    dayless: tuple[CorrectiveAction, ...]
    done: tuple[CorrectiveAction, ...]
    done_in_all: int

    @property
    def open(self) -> tuple[CorrectiveAction, ...]:
        """What is still to be done, in the order of the list."""
        return (*self.overdue, *self.ahead, *self.dayless)


def listed(employer: Employer, *, on: date, done_most: int = DONE_SHOWN) -> Listed:
    """Every open action of an employer that was itself reached, and those that were done last."""
    rows = _rows().filter(employer=employer)
    undone = list(rows.filter(done_on__isnull=True).order_by(F("due_on").asc(nulls_last=True), "pk"))
    done = rows.filter(done_on__isnull=False)
    return Listed(
        overdue=tuple(row for row in undone if row.due_on is not None and row.due_on < on),
        ahead=tuple(row for row in undone if row.due_on is not None and row.due_on >= on),
        dayless=tuple(row for row in undone if row.due_on is None),
        done=tuple(done.order_by("-done_on", "-pk")[:done_most]),
        done_in_all=done.count(),
    )


def open_count(employer: Employer, *, on: date) -> tuple[int, int]:
    """How many actions are open, and how many of these are past their day: one query."""
    rows = CorrectiveAction.objects.within(_OURS).filter(employer=employer, done_on__isnull=True)
    days = list(rows.order_by().values_list("due_on", flat=True))
    return len(days), sum(day is not None and day < on for day in days)


def given_to(employer: Employer, person: Person) -> tuple[CorrectiveAction, ...]:
    """What is open and given to a person's own name on the list of people, the earliest first."""
    rows = _rows().filter(employer=employer, done_on__isnull=True, worker__person=person)
    return tuple(rows.order_by(F("due_on").asc(nulls_last=True), "pk"))


def given_to_worker(worker: Worker) -> tuple[CorrectiveAction, ...]:
    """What is open and given to somebody on the list of people, the earliest first."""
    rows = _rows().filter(done_on__isnull=True, worker=worker)
    return tuple(rows.order_by(F("due_on").asc(nulls_last=True), "pk"))


def reached(scope: Scope, employer: Employer, code: str) -> CorrectiveAction | None:
    """The action of that code, when ``scope`` may read its employer's rows."""
    rows = CorrectiveAction.objects.within(scope).filter(employer=employer, code=code)
    return rows.select_related("employer", "worker", "record", "audit", "proof", "done_by", "done_worker").first()


def reopenings_of(action: CorrectiveAction) -> tuple[Reopening, ...]:
    """Each time an action, itself reached, was opened again, the last one first."""
    rows = Reopening.objects.within(_OURS).filter(action=action)
    return tuple(rows.select_related("proof", "by", "done_by", "done_worker"))


def of_record(record: Record) -> tuple[CorrectiveAction, ...]:
    """The actions of a record that was itself reached, and of the first of the records that it corrects."""
    first, seen = record, {record.uid}
    while first.corrects is not None and first.corrects not in seen:
        seen.add(first.corrects)
        before = Record.objects.within(_OURS).filter(employer=record.employer_id, uid=first.corrects).first()
        if before is None:
            break
        first = before
    return tuple(_rows().filter(record__in={first, record}).order_by("pk"))


def of_audit(audit: Audit) -> frozenset[str]:
    """The lines of an audit, itself reached, that stand on the list: its questions, and ``note:`` with a code."""
    rows = CorrectiveAction.objects.within(_OURS).filter(audit=audit)
    return frozenset(rows.order_by().values_list("line", flat=True))


def note_of(employer: Employer, code: str) -> Note | None:
    """The reviewer's note of that code on an audit of an employer that was itself reached, once it was sent."""
    rows = Note.objects.within(_OURS).filter(review__audit__employer=employer, review__concluded_at__isnull=False)
    return rows.filter(code=code).first()


def reminders_by(action: CorrectiveAction, *, on: date) -> int:
    """How many reminders of an open action's day are due by a day: one on the day itself, one a week after it."""
    if action.due_on is None or on < action.due_on:
        return 0
    return 1 if on < action.due_on + A_WEEK else 2


def reminding(on: date) -> Iterator[tuple[Employer, tuple[CorrectiveAction, ...]]]:
    """Each employer with open actions that want a reminder on a day, and these, the earliest due first: one query."""
    rows = CorrectiveAction.objects.within(house("reminders go to every owner")).filter(done_on__isnull=True)
    wanted = rows.filter(Q(due_on__lte=on, reminded=0) | Q(due_on__lte=on - A_WEEK, reminded=1))
    ordered = wanted.select_related("employer").order_by("employer", "due_on", "pk").iterator(chunk_size=500)
    for _, group in groupby(ordered, key=lambda row: row.employer_id):
        found = tuple(group)
        yield found[0].employer, found


def _rows() -> QuerySet[CorrectiveAction]:
    rows = CorrectiveAction.objects.within(_OURS)
    return rows.select_related("employer", "worker", "record", "proof", "done_by", "done_worker")
