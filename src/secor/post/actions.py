"""Reminders of what has to be put right: to the owners, on the due day and a week after it. Never twice.

One letter for everything of a business that wants one on a day. It travels through other people's computers, so it
tells how many there are; what and whose they are stands on the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from secor.post.letters import site
from secor.queries import actions as asked
from secor.queries import letters as readers
from secor.queries.actions import CorrectiveAction
from secor.queries.people import Person
from secor.usecases import actions
from secor.usecases.act import ALBERTA
from secor.usecases.letters import Draft

A_BATCH = 100


def remind(*, at: datetime) -> int:
    """Write the reminders that are true at this moment. Give how many are new.

    After an outage there is one letter with what is true now, not those that were missed.
    """
    today = at.astimezone(ALBERTA).date()
    written = 0
    found = tuple(asked.reminding(today))
    for some in (found[first : first + A_BATCH] for first in range(0, len(found), A_BATCH)):
        owners = readers.owners_of({employer.pk for employer, _ in some}, on=today)
        drafts = [
            _draft(employer.code, rows, person, today)
            for employer, rows in some
            for person in owners.get(employer.pk, ())
        ]
        written += actions.remind(rows=[row for _, rows in some for row in rows], drafts=drafts, at=at)
    return written


def _draft(business: str, rows: Sequence[CorrectiveAction], person: Person, today: date) -> Draft:
    late = sum(row.due_on is not None and row.due_on < today for row in rows)
    told = [_told(late, "past its day", "past their day")] if late else []
    told += [_told(len(rows) - late, "due today", "due today")] if len(rows) > late else []
    return Draft(
        once=f"fix:{_digest(rows, today)}:{person.pk}",
        to=person.email,
        kind="fix_due",
        subject=f"To fix: {' and '.join(told)}",
        body=(
            f"On your list of things to fix: {' and '.join(told)}.\n\n"
            "See what it is, and tell how it was put right. A photo of the fix is the best proof there is.\n"
            "If a day was too early, choose another one there.\n\n"
            f"{site(f'/employer/{business}/actions/')}\n"
        ),
        person=person,
        employer_id=rows[0].employer_id,
    )


def _digest(rows: Sequence[CorrectiveAction], today: date) -> str:
    """What a letter is about: the same actions with the same days, reminded of as often, are the same letter."""
    about = [f"{row.code}:{row.due_on}:{asked.reminders_by(row, on=today)}" for row in rows]
    return hashlib.sha256(" ".join(about).encode()).hexdigest()


def _told(number: int, one: str, many: str) -> str:
    return f"1 thing {one}" if number == 1 else f"{number} things {many}"
