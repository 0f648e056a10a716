"""The words for what is to be written down this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secor.queries import due_records as asked
from secor.queries.employers import Employer
from secor.web.words import days_left

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One form, with how it stands."""

    form: str
    title: str
    last_on: date | None
    due_on: date
    state: str
    told: str


def lines(employer: Employer, *, on: date) -> list[Line]:
    """What is late or due within a week, the latest first; at most six, for more would be read by nobody."""
    found = asked.due_records(employer, on=on)[:SHOWN]
    return [
        Line(
            form=each.form,
            title=each.title,
            last_on=each.last_on,
            due_on=each.due_on,
            state="overdue" if each.left(on) < 0 else "due_soon",
            told=days_left(each.left(on)),
        )
        for each in found
    ]
