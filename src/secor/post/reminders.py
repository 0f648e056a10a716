"""Reminders of what falls due: 90, 30 and 7 days before, and on the day. Never twice, and never in a storm.

A reminder belongs to a span of days, not to a run of the program: after an outage the reader gets the one reminder
that is true now, not the three that were missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from secor.core.certificate import LIVE, StandingReport
from secor.post.letters import day_in_words, site
from secor.queries import letters as asked
from secor.queries.certificates import Certificate, standings
from secor.queries.people import Person
from secor.usecases.act import ALBERTA
from secor.usecases.letters import Draft

DAYS_BEFORE = (90, 30, 7, 0)
A_BATCH = 500


def due(*, at: datetime) -> Iterator[Draft]:
    """The reminders that are true at this moment. The outbox keeps each once."""
    today = at.astimezone(ALBERTA).date()
    found = asked.owed_between(today, today + timedelta(days=DAYS_BEFORE[0]))
    for some in _batches(found):
        reports = standings(some, on=today)
        told = {row.pk: reminder for row in some if (reminder := _reminder(row, reports[row.pk], today))}
        owners = asked.owners_of({row.employer_id for row in some if row.pk in told}, on=today)
        for certificate in some:
            if reminder := told.get(certificate.pk):
                for person in owners.get(certificate.employer_id, ()):
                    yield _draft(certificate, reminder, person, today)


@dataclass(frozen=True, slots=True)
class _Reminder:
    """What somebody is reminded of: an audit to send, or to move on to the next scheme, by a day."""

    kind: str
    by: date
    subject: str
    body: str


def _reminder(certificate: Certificate, report: StandingReport, today: date) -> _Reminder | None:
    """What is true of a certificate today; None where nothing is left to do: it ended, or what is owed was sent."""
    if report.standing not in LIVE or report.owed is None:
        return None
    if report.convert_by is not None:
        left = (report.convert_by - today).days
        if not 0 <= left <= DAYS_BEFORE[0]:
            return None
        return _Reminder("move", report.convert_by, _move_subject(left), _move_body(certificate, report.convert_by))
    if report.decision_pending or not 0 <= (report.owed.due_on - today).days <= DAYS_BEFORE[0]:
        return None
    kind, due_on = report.owed.kind.value, report.owed.due_on
    return _Reminder("due", due_on, _subject(kind, due_on, today), _body(certificate.number, kind, due_on))


def _draft(certificate: Certificate, reminder: _Reminder, person: Person, today: date) -> Draft:
    stage = _stage((reminder.by - today).days)
    return Draft(
        once=f"{reminder.kind}:{certificate.number}:{reminder.by}:{stage}:{person.pk}",
        to=person.email,
        kind="due_soon",
        subject=reminder.subject,
        body=reminder.body,
        person=person,
        employer_id=certificate.employer_id,
        partner_id=certificate.partner_id,
    )


def _batches(rows: Iterable[Certificate]) -> Iterator[list[Certificate]]:
    """Cut rows into batches, so that a province at scale is never held as a whole."""
    walk = iter(rows)
    while some := list(islice(walk, A_BATCH)):
        yield some


def _stage(days_left: int) -> int:
    """The tightest span a number of days falls into."""
    return min(days for days in DAYS_BEFORE if days >= days_left)


def _subject(kind: str, due_on: date, today: date) -> str:
    return f"Your {kind.replace('_', ' ')} audit is due {_when((due_on - today).days)}"


def _when(left: int) -> str:
    return "today" if left == 0 else f"in {left} day{'' if left == 1 else 's'}"


def _move_subject(left: int) -> str:
    return f"Your certificate ends {_when(left)}: you have grown"


def _move_body(certificate: Certificate, by: date) -> str:
    return (
        f"Your certificate {certificate.number} is for fewer people than you are.\n\n"
        f"It is good until {day_in_words(by)}, that day included. By then you need the certificate for larger "
        "employers.\nThere is no audit to send for this one. Talk to your certifying partner now.\n\n"
        f"See what comes next: {site('/employer/')}\n"
    )


def _body(number: str, kind: str, due_on: date) -> str:
    return (
        f"Your certificate {number} asks for a {kind.replace('_', ' ')} audit.\n\n"
        f"Send it by {day_in_words(due_on)}. That day still counts.\n"
        "If it is not sent by then, the certificate lapses the next day, and with it the premium refund.\n\n"
        f"See what is still open: {site('/employer/')}\n"
    )
