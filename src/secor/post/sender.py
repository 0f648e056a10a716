"""Turns what happened into letters, empties the outbox, keeps shared forecasts fresh. May be stopped at any moment."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import close_old_connections

from secor.post import actions, letters, reminders, tickets, watches
from secor.queries import forecasts as shared
from secor.queries import letters as asked
from secor.store import indexes
from secor.store.models import Letter
from secor.usecases import arrivals, forecasts, open_data
from secor.usecases import letters as outbox
from secor.usecases import log as register_log
from secor.usecases import watches as followers
from secor.usecases.act import ALBERTA, Act

log = logging.getLogger(__name__)
BATCH = 100
# Forecasts worked out anew in one round: a second or two, so that no letter waits behind them.
FORECASTS = 50
LEASE = timedelta(minutes=5)
AN_HOUR = timedelta(hours=1)


def write(*, at: datetime) -> int:
    """Write the letters that follow from acts nobody has been told of yet. Give how many."""
    written = 0
    while entries := asked.entries_without_letters(most=BATCH):
        drafts = [draft for entry in entries for draft in letters.following(entry)]
        written += outbox.keep(drafts, at=at, entries=entries)
    return written


def remind(*, at: datetime) -> int:
    """Write the reminders of what falls due. Give how many are new."""
    kept = outbox.keep(chain(reminders.due(at=at), tickets.due(at=at)), at=at)
    return kept + actions.remind(at=at) + watches.tell(at=at)


def send(*, at: datetime) -> tuple[int, int]:
    """Send what waits. Give how many went out and how many could not."""
    gone = lost = 0
    while batch := outbox.take(at=at, lease=LEASE, most=BATCH):
        connection = get_connection()
        for letter in batch:
            if trouble := _post(letter, connection):
                outbox.failed(letter, trouble=trouble, at=at)
                lost += 1
            else:
                outbox.sent(letter, at=at)
                gone += 1
        _hang_up(connection)
    return gone, lost


def _post(letter: Letter, connection: BaseEmailBackend) -> str:
    """Hand one letter to the post; say what was the matter, or nothing. One bad letter never holds up the others."""
    message = EmailMessage(letter.subject, letter.body, to=[letter.to], connection=connection)
    if letter.invitation:
        method = "CANCEL" if "\nMETHOD:CANCEL" in letter.invitation.replace("\r", "") else "REQUEST"
        message.attach("invitation.ics", letter.invitation, f"text/calendar; method={method}")
    message.extra_headers["Message-ID"] = f"<{letter.pk}.{letter.written_at:%Y%m%d%H%M%S}@secor>"
    try:
        connection.open()  # the next letter goes through the same one; after trouble, through a new one
        message.send()
    except Exception as trouble:  # noqa: BLE001 - the post and its letters fail in many ways; each is tried again
        _hang_up(connection)
        return type(trouble).__name__
    return ""


def _hang_up(connection: BaseEmailBackend) -> None:
    with contextlib.suppress(Exception):  # a line that is dead already cannot say goodbye
        connection.close()


def foresee(*, at: datetime) -> int:
    """Work out anew the forecasts that a partner may see and that are of another day, or older than the newest act.

    Give how many. At most a batch: what is left is next, the oldest first. One that fails never holds up the others.
    """
    on = at.astimezone(ALBERTA).date()
    done = 0
    for employer in shared.stale(on=on, most=FORECASTS):
        try:
            forecasts.refresh(employer, on=on)
            done += 1
        except Exception:
            log.exception("The forecast of one employer could not be kept; the next round tries again.")
    return done


def _keep_the_log(*, at: datetime) -> None:
    """Sign what happened since the last round; whatever is in the way is told to whoever runs the site."""
    if trouble := register_log.keep(at=at):
        log.error("The public log is not signed: %s", trouble)


def once(*, at: datetime) -> tuple[int, int]:
    """Write and send everything there is to tell at this moment, and keep shared forecasts fresh."""
    write(at=at)
    remind(at=at)
    told = send(at=at)
    _keep_the_log(at=at)
    foresee(at=at)
    return told


def run_forever(*, now: Callable[[], datetime], stop: threading.Event, pause: float = 15.0) -> None:
    """Keep writing and sending until told to stop; the embedded site runs this in a thread of its own.

    Acts are told of at every round. What falls due is looked for once an hour, and at once when the day is moved.
    """
    reminded: datetime | None = None
    while not stop.wait(pause):
        try:
            at = now()
            if reminded is None or abs(at - reminded) >= AN_HOUR:
                remind(at=at)
                arrivals.sweep(at=at)
                followers.forget(Act(None, at))
                open_data.make(on=Act(None, at).on)
                indexes.count()  # a table that has grown is looked at from another end
                reminded = at
            write(at=at)
            send(at=at)
            _keep_the_log(at=at)
            foresee(at=at)
        except Exception:
            log.exception("A round of letters failed; the next one tries again.")
        finally:
            close_old_connections()
