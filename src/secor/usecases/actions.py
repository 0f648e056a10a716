"""Corrective actions: opened, given to somebody, put right and, where it did not hold, opened again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from secor.core.role import ANSWERS_FOR_IT, EMPLOYER_SIDE, RoleKind
from secor.queries import actions as asked
from secor.queries.audits import instrument_of
from secor.queries.workers import works
from secor.store.models import Audit, CorrectiveAction, Employer, Note, Reopening, Role, Worker
from secor.store.scope import house
from secor.usecases import files, letters
from secor.usecases.act import ALBERTA, Act, Refusal
from secor.usecases.letters import Draft

WHAT_MOST, HOW_MOST, WHY_MOST = 300, 500, 300
OPEN_MOST = 500
AHEAD_MOST = timedelta(days=3 * 366)
_HELD = house("an act holds an action of its employer")


class NotYours(Refusal):
    """Somebody who may not touch this action."""


class Blank(Refusal):
    """Nothing was written where words are needed."""


class WrongDay(Refusal):
    """A due day that cannot be."""


class NotTheirs(Refusal):
    """An action is given to somebody who does not work here today."""


class Done(Refusal):
    """The action is done, and can be changed only after it was opened again."""


class StillOpen(Refusal):
    """The action is not done, so it cannot be opened again."""


class NothingToFix(Refusal):
    """A note or a question that asks for nothing to be put right."""


class Full(Refusal):
    """More open actions than anybody can keep in sight."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an owner says of an action: what has to be put right, by whom and by when; nobody and no day may be."""

    what: str
    worker: Worker | None = None
    due_on: date | None = None


@transaction.atomic
def add(act: Act, *, employer: Employer, wanted: Wanted) -> CorrectiveAction:
    """Write down something to put right that nobody's record named. The same words twice are one open action.

    Done by an owner or a self-assessor (``NotYours``). Refuses an empty text (``Blank``), a day that has passed or
    lies more than three years ahead (``WrongDay``), somebody who does not work here today (``NotTheirs``), and the
    501st open action (``Full``).
    """
    held = _hold(act, employer)
    what = _checked(act, held, wanted)
    same = _open(held).filter(source=CorrectiveAction.Source.OWN, what=what).first()
    return same or _opened(act, held, wanted, what, CorrectiveAction.Source.OWN)


@transaction.atomic
def add_from_note(act: Act, *, note: Note) -> CorrectiveAction:
    """Take what a reviewer wants put right onto the list. The same note twice is one action.

    Done by an owner or a self-assessor. Refuses a note that is only to be read, and one that its round has not sent
    yet (``NothingToFix``).
    """
    row = Note.objects.within(_HELD).select_related("review__audit__employer").get(pk=note.pk)
    audit = row.review.audit
    held = _hold(act, audit.employer)
    if row.kind != Note.Kind.MUST_FIX or row.review.concluded_at is None:
        raise NothingToFix("This note asks for nothing to be put right. Read it under your audit.")
    what = cut(f"Question {row.question}: {row.text}" if row.question else row.text)
    return _from_audit(act, held, audit, f"note:{row.code}", what, CorrectiveAction.Source.NOTE)


@transaction.atomic
def add_from_audit(act: Act, *, audit: Audit, gaps: dict[str, str]) -> tuple[CorrectiveAction, ...]:
    """Take the gaps of an accepted audit onto the list: what is missing, by its question. Twice is once.

    Done by an owner or a self-assessor. Refuses an audit that is not accepted yet, and a question that its instrument
    does not have (``NothingToFix``).
    """
    row = Audit.objects.within(_HELD).select_related("employer").get(pk=audit.pk)
    held = _hold(act, row.employer)
    if row.stage != Audit.Stage.ACCEPTED or not gaps or not gaps.keys() <= instrument_of(row).questions.keys():
        raise NothingToFix("This audit names nothing to put right yet. Open it again.")
    source = CorrectiveAction.Source.AUDIT
    return tuple(_from_audit(act, held, row, question, cut(what), source) for question, what in gaps.items())


@transaction.atomic
def change(act: Act, *, action: CorrectiveAction, wanted: Wanted) -> CorrectiveAction:
    """Say what has to be put right, by whom, and by when. The same again is no act.

    Done by an owner or a self-assessor. Refuses what ``add`` refuses, and an action that is done (``Done``). A day
    that has passed may stay as it is.
    """
    held = _hold(act, action.employer)
    row = _row(action)
    if row.done_on is not None:
        raise Done("This is done. Open it again first.")
    what = _checked(act, held, wanted, before=row)
    after = (what, wanted.worker.pk if wanted.worker else None, wanted.due_on)
    if (row.what, row.worker_id, row.due_on) == after:
        return row
    if row.due_on != wanted.due_on:
        row.reminded = 0
    row.what, row.worker, row.due_on = what, wanted.worker, wanted.due_on
    row.save(update_fields=["what", "worker", "due_on", "reminded"])
    to = row.worker.code if row.worker else ""
    _enter(act, "action.changed", row, worker=to, due_on=row.due_on.isoformat() if row.due_on else "")
    return row


def finish(act: Act, *, action: CorrectiveAction, how: str, upload: files.Upload | None = None) -> CorrectiveAction:
    """Tell that it was put right, and how; a photo shows it. Twice is once.

    Done by an owner, a self-assessor, or the worker it was given to (``NotYours``). Refuses an empty word (``Blank``)
    and a file that ``files.shelve`` refuses. The file is looked through before the transaction begins, so that
    nobody's save waits for a picture.
    """
    if not may_finish(act, action=action):
        raise NotYours("This was given to somebody else. They or the owner say when it is done.")
    said = _words(how, HOW_MOST, "Say what was done.")
    return _finish(act, action, said, files.shelve(upload) if upload is not None else None)


@transaction.atomic
def _finish(act: Act, action: CorrectiveAction, how: str, shelved: files.Shelved | None) -> CorrectiveAction:
    row = _row(action)
    if not may_finish(act, action=row):
        raise NotYours("This was given to somebody else while you wrote. They or the owner say when it is done.")
    if row.done_on is not None:
        return row
    row.done_on, row.done_by, row.done_how = act.on, act.by, how
    row.done_worker = row.worker if act.by is None else None
    row.proof = files.record(act, shelved=shelved) if shelved else None
    row.save(update_fields=["done_on", "done_by", "done_worker", "done_how", "proof"])
    _enter(act, "action.finished", row, proof=shelved.sha256 if shelved else "")
    return row


@transaction.atomic
def reopen(act: Act, *, action: CorrectiveAction, why: str, due_on: date | None = None) -> CorrectiveAction:
    """Open it again, because the fix did not hold. What was told of that fix, and its photo, are kept beside it.

    Done by an owner or a self-assessor. Refuses an action that is open (``StillOpen``), an empty reason (``Blank``),
    and a new day that cannot be (``WrongDay``).
    """
    held = _hold(act, action.employer)
    row = _row(action)
    if row.done_on is None:
        raise StillOpen("This is open already.")
    said = _words(why, WHY_MOST, "Say why it has to be done again.")
    _check_day(act, due_on)
    Reopening(
        employer=held,
        action=row,
        at=act.at,
        by=act.by,
        why=said,
        done_on=row.done_on,
        done_by=row.done_by,
        done_worker=row.done_worker,
        done_how=row.done_how,
        proof=row.proof,
    ).save(force_insert=True)
    row.done_on, row.done_by, row.done_worker, row.done_how, row.proof = None, None, None, "", None
    row.due_on, row.reminded = due_on, 0
    row.save(
        update_fields=["done_on", "done_by", "done_worker", "done_how", "proof", "due_on", "reminded"],
    )
    _enter(act, "action.reopened", row)
    return row


@transaction.atomic
def remind(*, rows: Iterable[CorrectiveAction], drafts: Iterable[Draft], at: datetime) -> int:
    """Keep the letters that remind of these actions, and note on each which reminder of its day that was.

    Both or neither: so nobody is reminded twice, and nobody is forgotten. Gives how many letters are new.
    """
    on = at.astimezone(ALBERTA).date()
    for row in rows:
        row.reminded = asked.reminders_by(row, on=on)
        row.save(update_fields=["reminded"])
    return letters.keep(drafts, at=at)


def may_finish(act: Act, *, action: CorrectiveAction) -> bool:
    """Tell whether whoever acts may say that it is done: who answers for the business, or the worker it is given to."""
    if may_change(act, employer=action.employer):
        return True
    worker = action.worker
    if worker is None or not works(worker, on=act.on):
        return False
    if act.by is None:
        return bool(act.worker) and act.worker == worker.code
    return worker.person_id == act.by.pk and _holds(act, action.employer, EMPLOYER_SIDE)


def may_change(act: Act, *, employer: Employer) -> bool:
    """Tell whether whoever acts may open, give out and reopen actions: an owner or a self-assessor of the business."""
    return act.by is not None and _holds(act, employer, ANSWERS_FOR_IT)


def _from_audit(act: Act, held: Employer, audit: Audit, line: str, what: str, source: str) -> CorrectiveAction:
    there = CorrectiveAction.objects.within(_HELD).filter(employer=held, audit=audit, line=line).first()
    return there or _opened(act, held, Wanted(what), what, source, audit=audit, line=line)


def _opened(
    act: Act, held: Employer, wanted: Wanted, what: str, source: str, *, audit: Audit | None = None, line: str = ""
) -> CorrectiveAction:
    if _open(held).count() >= OPEN_MOST:
        raise Full(f"There are {OPEN_MOST} things to fix already. Finish some of them first.")
    row = CorrectiveAction(
        employer=held,
        source=source,
        audit=audit,
        line=line,
        what=what,
        worker=wanted.worker,
        due_on=wanted.due_on,
        made_at=act.at,
        made_by=act.by,
    )
    row.save(force_insert=True)
    _enter(act, "action.opened", row, source=str(source), line=line)
    return row


def _open(employer: Employer) -> QuerySet[CorrectiveAction]:
    return CorrectiveAction.objects.within(_HELD).filter(employer=employer, done_on__isnull=True)


def _hold(act: Act, employer: Employer) -> Employer:
    if not may_change(act, employer=employer):
        raise NotYours("Only an owner or the self-assessor of this business may do that. Ask the owner.")
    return Employer.objects.within(_HELD).select_for_update().get(pk=employer.pk)


def _row(action: CorrectiveAction) -> CorrectiveAction:
    rows = CorrectiveAction.objects.within(_HELD).select_for_update(of=("self",))
    return rows.select_related("employer", "worker").get(pk=action.pk)


def _holds(act: Act, employer: Employer, kinds: frozenset[RoleKind]) -> bool:
    assert act.by is not None, "a role is a person's"
    held = Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person_id=act.by.pk,
        from_on__lte=act.on,
        employer_id=employer.pk,
        kind__in=kinds,
    )
    return held.exists()


def _checked(act: Act, employer: Employer, wanted: Wanted, *, before: CorrectiveAction | None = None) -> str:
    """The words of what is wanted. What an action had before is not asked about again."""
    if before is None or wanted.due_on != before.due_on:
        _check_day(act, wanted.due_on)
    worker = wanted.worker
    new = worker is not None and (before is None or worker.pk != before.worker_id)
    if worker is not None and new and (worker.employer_id != employer.pk or not works(worker, on=act.on)):
        raise NotTheirs("This name is not on your list of people today. Choose somebody else.")
    return _words(wanted.what, WHAT_MOST, "Say what has to be put right.")


def _check_day(act: Act, due_on: date | None) -> None:
    if due_on is not None and not act.on <= due_on <= act.on + AHEAD_MOST:
        raise WrongDay("Choose today or a day to come, within three years.")


def _words(text: str, most: int, missing: str) -> str:
    said = text.replace("\r\n", "\n").replace("\0", "").strip()[:most]
    if not said:
        raise Blank(missing)
    return said


def cut(text: str) -> str:
    """Words of somewhere else as one line that an action can hold."""
    said = " ".join(text.replace("\0", "").split())
    return said if len(said) <= WHAT_MOST else said[: WHAT_MOST - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _enter(act: Act, what: str, row: CorrectiveAction, **facts: str) -> None:
    act.enter(what, employer=row.employer, partner=None, subject=row.code, **facts)
