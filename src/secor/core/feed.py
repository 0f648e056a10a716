"""What is booked and what falls due, as a calendar that other calendars follow (RFC 5545, RFC 7986).

What is booked is told in UTC and what falls due as a whole day, so that neither moves when clocks do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from secor.core import ical

PRODUCT = "-//SECOR//Calendar//EN"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Booked:
    """A stretch of time that is taken. ``sequence`` rises with every change."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int = 0
    where: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class WholeDays:
    """Something of whole days, both counted: a due day, or days away. Only ``busy`` ones take the time."""

    uid: str
    title: str
    first_on: date
    last_on: date
    busy: bool = False
    link: str = ""


def written(name: str, things: Iterable[Booked | WholeDays], *, at: datetime) -> str:
    """The whole calendar as a file. ``at`` is when it is told; whoever follows it is asked to look once an hour."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{ical.text(name)}",
        f"X-WR-CALNAME:{ical.text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for thing in things:
        lines += _event(thing, at)
    return ical.file_of([*lines, "END:VCALENDAR"])


def _event(thing: Booked | WholeDays, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{ical.text(thing.uid)}"
    yield f"SUMMARY:{ical.text(thing.title)}"
    if isinstance(thing, Booked):
        yield f"DTSTAMP:{ical.moment(thing.changed_at)}"
        yield f"SEQUENCE:{thing.sequence}"
        yield f"DTSTART:{ical.moment(thing.starts_at)}"
        yield f"DTEND:{ical.moment(thing.ends_at)}"
        yield "TRANSP:OPAQUE"
        if thing.where:
            yield f"LOCATION:{ical.text(thing.where)}"
    else:
        yield f"DTSTAMP:{ical.moment(at)}"
        yield f"DTSTART;VALUE=DATE:{ical.day(thing.first_on)}"
        # The end of whole days is the day after (RFC 5545, 3.6.1).
        yield f"DTEND;VALUE=DATE:{ical.day(thing.last_on + A_DAY)}"
        yield f"TRANSP:{'OPAQUE' if thing.busy else 'TRANSPARENT'}"
    if thing.link:
        yield f"URL:{thing.link}"
    yield "END:VEVENT"
