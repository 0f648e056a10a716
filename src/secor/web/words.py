"""Words for people of a trade: days as people write them, and no name of a rule without need."""

from __future__ import annotations

import re
from datetime import date, datetime

from secor.core.week import in_words as clock_in_words
from secor.usecases.act import ALBERTA

_RULES = (
    ("by peak over ", "on the busiest day of "),
    ("by average over ", "on average in "),
    ("by the count of the day", "today"),
)
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def day(value: date) -> str:
    """A day as a person writes it."""
    return f"{value:%B} {value.day}, {value.year}"


def stretch(starts_at: datetime, ends_at: datetime) -> str:
    """Hours of one day on Alberta's clocks: Tuesday, June 9, 2026, 9 am to 1 pm."""
    begins, ends = starts_at.astimezone(ALBERTA), ends_at.astimezone(ALBERTA)
    return f"{begins:%A}, {day(begins)}, {clock_in_words(begins.time())} to {clock_in_words(ends.time())}"


def days_written(text: str) -> str:
    """A text with its days written out: 2026-05-17 becomes May 17, 2026."""
    return _DAY.sub(lambda found: day(date.fromisoformat(found.group())), text)


def plainly(text: str, *, partner: str = "", acronym: str = "") -> str:
    """A reason of the rules in plain words: its days are written out, and the partner's key gives way to its name."""
    told = days_written(text)
    if partner and acronym:
        told = told.replace(f"({partner})", f"({acronym})")
    return told[:1].upper() + told[1:]


def days_left(left: int) -> str:
    """How long there is: today is the last day, not a day too late."""
    if left < 0:
        return f"{-left} days late" if left < -1 else "1 day late"
    if left == 0:
        return "today is the last day"
    return "1 day left" if left == 1 else f"{left} days left"


def in_words(text: str) -> str:
    """A reason of the head-count rule, without the rule's own names for things."""
    for rule, plain in _RULES:
        text = text.replace(rule, plain)
    return plainly(text)
