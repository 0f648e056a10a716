"""Working hours as a person writes them: "9 am to 12 pm, 1 pm to 4:30 pm"; also "9-12, 13:00-16:30"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

from secor.core.hours import Opening

MOST = 4
NOON = 12
_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|\u2013|\u2014|to|until)\s*{_TIME}")


class Unread(ValueError):  # noqa: N818 - named for what is the matter
    """Working hours that nobody can read; the text says how to write them."""


def read_day(text: str) -> tuple[Opening, ...]:
    """The openings of one day, rising; none where nothing is written.

    Raises ``Unread`` for what is no time, ends before it begins, lies over another stretch, or is more than four.
    """
    pieces = [piece.strip() for piece in re.split(r"[,;]|\band\b", text.lower()) if piece.strip()]
    if len(pieces) > MOST:
        raise Unread(f"Write at most {MOST} stretches for a day.")
    openings = sorted((_read_span(piece) for piece in pieces), key=lambda each: each.opens)
    for before, after in pairwise(openings):
        if after.opens < before.closes:
            raise Unread("Two stretches lie over each other. Write each hour once.")
    return tuple(openings)


def written_day(openings: Iterable[Opening]) -> str:
    """The openings as a person reads them, and as ``read_day`` reads them back."""
    return ", ".join(f"{in_words(each.opens)} to {in_words(each.closes)}" for each in openings)


def in_words(clock: time) -> str:
    """A time on the wall: 9 am, 4:30 pm; noon is 12 pm."""
    minutes = f":{clock:%M}" if clock.minute else ""
    return f"{clock.hour % NOON or NOON}{minutes} {'am' if clock.hour < NOON else 'pm'}"


def _read_span(piece: str) -> Opening:
    found = _SPAN.fullmatch(piece)
    if found is None:
        raise Unread("Write hours such as 9 am to 12 pm, 1 pm to 4:30 pm.")
    opens, closes = _read_time(*found.group(1, 2, 3)), _read_time(*found.group(4, 5, 6))
    if closes <= opens:
        raise Unread("These hours end before they begin. Write am or pm.")
    return Opening(opens, closes)


def _read_time(hour: str, minute: str | None, half: str | None) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if half is not None:
        if not 1 <= hours <= NOON:
            raise Unread("Write hours such as 9 am to 12 pm, 1 pm to 4:30 pm.")
        hours = hours % NOON + (NOON if half.startswith("p") else 0)
    try:
        return time(hours, minutes)
    except ValueError:
        raise Unread("Write hours such as 9 am to 12 pm, 1 pm to 4:30 pm.") from None
