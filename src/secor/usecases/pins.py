"""PINs: the key of a worker without an account. Kept hashed; five wrong ones, and it waits for a quarter of an hour."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from secor.queries.workers import works
from secor.store.models import Worker
from secor.store.scope import house
from secor.usecases import workers
from secor.usecases.act import Act, Refusal

LENGTH, TRIES = 6, 5
WAIT, ONCE_FOR = timedelta(minutes=15), timedelta(days=7)
_HELD = house("the worker who stands at the crew's door")


class NotAPin(Refusal):
    """Something else than six digits."""


class TooEasy(Refusal):
    """A PIN that anybody guesses."""


class SamePin(Refusal):
    """The PIN that was handed out is chosen again."""


class NotYours(Refusal):
    """Somebody chooses the PIN of another, or came in without one."""


class Answer(Enum):
    """What became of a try."""

    RIGHT = "right"
    WRONG = "wrong"
    WAITS = "waits"
    NONE = "none"  # there is no PIN, or the one that was handed out ran out unused


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a try: how many are left, and until when none is taken."""

    answer: Answer
    left: int = 0
    waits_until: datetime | None = None


@transaction.atomic
def hand_out(act: Act, *, worker: Worker) -> str:
    """Give a worker a PIN to come in with once, within a week; then they choose their own. Gives it, this one time.

    Done by an owner (else ``NotOwner``). Whatever PIN there was is dead, and so is whoever came in with it.
    """
    row = workers.hold(act, worker=worker)
    pin = next(each for each in iter(_any, "") if not _easy(each))
    _put(act, row, pin, once=True)
    act.enter("worker.pin_given", employer=row.employer_id, subject=row.code)
    return pin


@transaction.atomic
def put(act: Act, *, worker: Worker, pin: str) -> Worker:
    """Set a worker's PIN as an owner, for somebody who asks for it. Refuses ``NotOwner``, ``NotAPin``, ``TooEasy``."""
    row = workers.hold(act, worker=worker)
    _put(act, row, checked(pin), once=False)
    act.enter("worker.pin_set", employer=row.employer_id, subject=row.code)
    return row


@transaction.atomic
def choose(act: Act, *, worker: Worker, pin: str) -> Worker:
    """Choose one's own PIN, as a worker who came in with one.

    Refuses anyone else (``NotYours``), ``NotAPin``, ``TooEasy``, and the PIN that was handed out (``SamePin``).
    """
    row = _hold(worker)
    if act.by is not None or act.worker != row.code:
        raise NotYours("Each of you chooses your own PIN. Come in with yours first.")
    fresh = checked(pin)
    if check_password(fresh, row.pin):
        raise SamePin("Choose another one than you have now.")
    _put(act, row, fresh, once=False)
    act.enter("worker.pin_chosen", employer=row.employer_id, subject=row.code)
    return row


@transaction.atomic
def check(act: Act, *, worker: Worker, pin: str) -> Tried:
    """Hold a try against a worker's PIN, and count it. It raises nothing, so that the count is kept.

    The fifth wrong try in a row shuts the worker's door for fifteen minutes, whatever comes meanwhile; then there are
    five tries again. Every phone counts together. Who does not work there today has no PIN.
    """
    row = _hold(worker)
    if row.pin_waits_until is not None and act.at < row.pin_waits_until:
        return Tried(Answer.WAITS, waits_until=row.pin_waits_until)
    if not row.pin or _ran_out(row, act.at) or not works(row, on=act.on):
        return Tried(Answer.NONE)
    if check_password("".join(pin.split()), row.pin):
        _count(row, 0)
        return Tried(Answer.RIGHT, left=TRIES)
    misses = (0 if row.pin_waits_until is not None else row.pin_misses) + 1
    if misses < TRIES:
        _count(row, misses)
        return Tried(Answer.WRONG, left=TRIES - misses)
    _count(row, 0, waits_until=act.at + WAIT)
    act.enter("worker.pin_missed", employer=row.employer_id, subject=row.code, tries=TRIES)
    return Tried(Answer.WAITS, waits_until=row.pin_waits_until)


def checked(pin: str) -> str:
    """Give a PIN without its spaces. Refuses anything but six digits (``NotAPin``), and an easy guess (``TooEasy``)."""
    plain = "".join(pin.split())
    if len(plain) != LENGTH or not (plain.isascii() and plain.isdigit()):
        raise NotAPin(f"A PIN is {LENGTH} digits.")
    if _easy(plain):
        raise TooEasy("Everybody tries this one first. Choose other digits.")
    return plain


def ready(worker: Worker, *, at: datetime) -> bool:
    """Tell whether a worker has a PIN to come in with at this moment."""
    return bool(worker.pin) and not _ran_out(worker, at)


def _any() -> str:
    return f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"


def _easy(pin: str) -> bool:
    """One digit over and over, digits in a row up or down, or two or three digits repeated."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return (len(steps) == 1 and steps <= {0, 1, 9}) or pin in {pin[:2] * 3, pin[:3] * 2}


def _ran_out(row: Worker, at: datetime) -> bool:
    return row.pin_once and row.pin_at is not None and at >= row.pin_at + ONCE_FOR


def _put(act: Act, row: Worker, pin: str, *, once: bool) -> None:
    row.pin, row.pin_once, row.pin_at = make_password(pin), once, act.at
    row.pin_misses, row.pin_waits_until = 0, None
    row.save(update_fields=["pin", "pin_once", "pin_at", "pin_misses", "pin_waits_until"])


def _count(row: Worker, misses: int, *, waits_until: datetime | None = None) -> None:
    if (row.pin_misses, row.pin_waits_until) != (misses, waits_until):
        row.pin_misses, row.pin_waits_until = misses, waits_until
        row.save(update_fields=["pin_misses", "pin_waits_until"])


def _hold(worker: Worker) -> Worker:
    return Worker.objects.within(_HELD).select_for_update().get(pk=worker.pk)
