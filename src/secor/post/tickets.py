"""Reminders of tickets that run out: to the owners, 60, 30 and 7 days before, and on the last day itself. Never twice.

One letter for all tickets of a crew with the same last day. It travels through other people's computers, so it tells
how many and when; who and what stand on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from secor.post.letters import day_in_words, site
from secor.queries import letters as asked
from secor.queries import tickets
from secor.queries.people import Person
from secor.queries.tickets import RunningOut
from secor.usecases.act import ALBERTA
from secor.usecases.letters import Draft

DAYS_BEFORE = (60, 30, 7, 0)


def due(*, at: datetime) -> Iterator[Draft]:
    """The reminders that are true at this moment. The outbox keeps each once.

    A reminder belongs to a span of days: after an outage there is the one that is true now, not those that were missed.
    """
    today = at.astimezone(ALBERTA).date()
    found = tuple(tickets.running_out(today, today + timedelta(days=DAYS_BEFORE[0])))
    owners = asked.owners_of({each.employer.pk for each in found}, on=today) if found else {}
    for each in found:
        for person in owners.get(each.employer.pk, ()):
            yield _draft(each, person, today)


def _draft(each: RunningOut, person: Person, today: date) -> Draft:
    left = (each.on - today).days
    stage = min(days for days in DAYS_BEFORE if days >= left)
    what = "A ticket" if each.number == 1 else f"{each.number} tickets"
    runs = "runs" if each.number == 1 else "run"
    when = "today" if left == 0 else f"in {left} day{'' if left == 1 else 's'}"
    return Draft(
        once=f"tickets:{each.employer.pk}:{each.on}:{stage}:{person.pk}",
        to=person.email,
        kind="ticket_due",
        subject=f"{what} of your crew {runs} out {when}",
        body=(
            f"{what} of your crew {runs} out on {day_in_words(each.on)}. That day is still good.\n\n"
            "See whose it is, book the course, and add the new one when it is here:\n"
            f"{site(f'/employer/{each.employer.code}/workers/')}\n"
        ),
        person=person,
        employer_id=each.employer.pk,
    )
