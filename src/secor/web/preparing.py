"""What to have ready for an audit's visit, and how the day goes: the same for the business and its auditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.dateparse import parse_time

from secor.core.evidence_type import in_words
from secor.core.preparation import Slot
from secor.queries.preparation import Paper, Preparation

BEGINS = time(9)
ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - only its hours are shown
WHAT = {
    "opening": "Start together: what is looked at, and in which order",
    "sites": "Look round, where work goes on",
    "interviews": "Talk with people, one at a time and alone",
    "papers": "Read the papers",
    "midday": "Break",
    "closing": "End together: what was seen, and what comes next",
}
WHO = {
    "opening": "The owner",
    "sites": "Whoever leads the work there",
    "interviews": "Each person for about 20 minutes; nobody else listens",
    "papers": "Whoever keeps them, nearby for questions",
    "midday": "",
    "closing": "The owner",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the day, with its hours."""

    begins: str
    ends: str
    what: str
    who: str


def day_of(prepared: Preparation, *, begins: str) -> tuple[tuple[Line, ...], time]:
    """The day's lines, from the hour that was asked for; nine where none or no hour was."""
    try:
        at = parse_time(begins) or BEGINS
    except ValueError:
        at = BEGINS
    at = time(at.hour, at.minute)
    return tuple(_line(slot, at) for slot in prepared.slots), at


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of paper in words."""

    name: str
    paper: Paper


def apart(prepared: Preparation, *, seen: bool) -> dict[str, object]:
    """The papers to find, of each sort, and those that are on file, for whoever may know that (``seen``)."""
    there = [each for each in prepared.papers if seen and each.there]
    missing = [each for each in prepared.papers if each not in there]
    sorts = (
        ("What was decided, in writing", [_named(each) for each in missing if each.wanted.directive]),
        ("What was filled in over the year", [_named(each) for each in missing if not each.wanted.directive]),
    )
    return {"sorts": [sort for sort in sorts if sort[1]], "there": [_named(each) for each in there]}


def _named(paper: Paper) -> Named:
    return Named(in_words(paper.wanted.kind), paper)


def _line(slot: Slot, at: time) -> Line:
    start = datetime.combine(ANY_DAY, at)
    hours = [start + timedelta(minutes=minute) for minute in (slot.begins, slot.ends)]
    what = WHAT[slot.what]
    if slot.what == "sites" and slot.count > 1:
        what = f"{what}: {slot.count} places, and the way between them on top"
    if slot.what == "interviews":
        what = f"{what}: {slot.count} {'person' if slot.count == 1 else 'people'}"
    return Line(f"{hours[0]:%H:%M}", f"{hours[1]:%H:%M}", what, WHO[slot.what])
