"""Reminders of what falls due: 90, 30 and 7 days before, and on the day. Never twice, and never in a storm.

A reminder belongs to a span of days, not to a run of the program: after an outage the reader gets the one reminder
that is true now, not the three that were missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from secor.post.letters import day_in_words, site
from secor.queries import letters as asked
from secor.usecases.act import ALBERTA
from secor.usecases.letters import Draft

DAYS_BEFORE = (90, 30, 7, 0)


def due(*, at: datetime) -> Iterator[Draft]:
    """The reminders that are true at this moment. The outbox keeps each once."""
    today = at.astimezone(ALBERTA).date()
    owed = list(asked.owed_between(today, today + timedelta(days=DAYS_BEFORE[0])))
    owners = asked.owners_of({certificate.employer_id for certificate in owed}, on=today)
    for certificate in owed:
        due_on = certificate.owed_due_on
        assert due_on is not None, "only certificates with a due day were asked for"
        stage = _stage((due_on - today).days)
        for person in owners.get(certificate.employer_id, ()):
            yield Draft(
                once=f"due:{certificate.number}:{due_on}:{stage}:{person.pk}",
                to=person.email,
                kind="due_soon",
                subject=_subject(certificate.owed_kind, due_on, today),
                body=_body(certificate.number, certificate.owed_kind, due_on),
                person=person,
                employer_id=certificate.employer_id,
                partner_id=certificate.partner_id,
            )


def _stage(days_left: int) -> int:
    """The tightest span a number of days falls into."""
    return min(days for days in DAYS_BEFORE if days >= days_left)


def _subject(kind: str, due_on: date, today: date) -> str:
    left = (due_on - today).days
    when = "today" if left == 0 else f"in {left} day{'' if left == 1 else 's'}"
    return f"Your {kind.replace('_', ' ')} audit is due {when}"


def _body(number: str, kind: str, due_on: date) -> str:
    return (
        f"Your certificate {number} asks for a {kind.replace('_', ' ')} audit.\n\n"
        f"Send it by {day_in_words(due_on)}. That day still counts.\n"
        "If it is not sent by then, the certificate lapses the next day, and with it the premium refund.\n\n"
        f"See what is still open: {site('/employer/')}\n"
    )
