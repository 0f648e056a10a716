"""What can happen to a certificate, and reading a history of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from secor.core.audit import Kind
from secor.core.reading import Reading


class EventKind(Enum):
    """What can happen to a certificate. Events of one day are taken in this order."""

    CERTIFIED = "certified"
    DATA_GATHERED = "data_gathered"
    AUDIT_SUBMITTED = "audit_submitted"
    AUDIT_ACCEPTED = "audit_accepted"
    EXTENDED = "extended"
    HEADCOUNT = "headcount"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day.

    ``kind`` and ``passed`` belong to audits, ``until`` to an extension, ``count`` to a head-count,
    ``records_months`` to a certification.
    """

    on: date
    event: EventKind
    kind: Kind | None = None
    passed: bool | None = None
    until: date | None = None
    count: int | None = None
    records_months: int | None = None


_WANTS = {
    EventKind.AUDIT_ACCEPTED: ("kind", "passed"),
    EventKind.AUDIT_SUBMITTED: ("kind",),
    EventKind.EXTENDED: ("until",),
    EventKind.HEADCOUNT: ("count",),
}
_MAY = {EventKind.CERTIFIED: ("records_months",), EventKind.DATA_GATHERED: ("kind",)}


def read_history(reading: Reading, value: Any) -> tuple[Event, ...]:
    """Read ``{events: [{on, event, ...}]}``; each kind of event says what else it wants."""
    given = reading.mapping(value, required=("events",))
    if given is None or "events" not in given:
        return ()
    read = (_read_event(place, item) for place, item in reading.at("events").items(given["events"]))
    return tuple(event for event in read if event is not None)


def _read_event(reading: Reading, value: Any) -> Event | None:
    given = reading.mapping(value, required=("on", "event"), optional=None)
    if given is None or not {"on", "event"} <= given.keys():
        return None
    before = len(reading.problems)
    on = reading.at("on").day(given["on"])
    event = reading.at("event").choice(given["event"], EventKind)
    if on is None or event is None:
        return None
    wants = _WANTS.get(event, ())
    reading.mapping(given, required=("on", "event", *wants), optional=("note", *_MAY.get(event, ())))
    if len(reading.problems) > before:
        return None
    kind, passed, until, count, months = (
        given.get(key) for key in ("kind", "passed", "until", "count", "records_months")
    )
    told = Event(
        on=on,
        event=event,
        kind=None if kind is None else reading.at("kind").choice(kind, Kind),
        passed=None if passed is None else reading.at("passed").flag(passed),
        until=None if until is None else reading.at("until").day(until),
        count=None if count is None else reading.at("count").whole(count),
        records_months=None if months is None else reading.at("records_months").whole(months),
    )
    return None if len(reading.problems) > before else told
