"""What the demonstration's crew puts right: each thing is given to somebody, most are done in days, a few wait."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from secor.queries.actions import listed
from secor.store.models import CorrectiveAction
from secor.usecases import actions
from secor.usecases.act import Act
from secor.usecases.actions import Wanted
from secor.usecases.province.crew import ROOFERS, Crew
from secor.usecases.province.pen import clock

DAYS_GIVEN = 5
# Every so many things one has to wait for a part, and every so many one is forgotten until its day has passed.
WAITS, FORGOTTEN = 7, 11
LATER = timedelta(days=9)
# What the owner wrote down herself, how many days ago, for whom, and in how many days from then; it still waits.
OWN = (
    ("Second rack for the long ladder on the new truck", 19, ROOFERS.owner, 14),
    ("Anchor straps for the flat roof at the rink", 6, "Wes Cardinal", 10),
    ("Ask the supplier for a lighter harness for Tyler", 2, None, None),
)
# How somebody of the crew tells what they did, by the line of the checklist.
HOW = {
    "tires": "New pair put on at the tire shop.",
    "lights": "Bulb changed, both signals tried.",
    "glass": "Chip filled at the glass shop.",
    "kit": "Two new triangles, in the box behind the seat.",
    "load": "Four new straps, the old ones cut up.",
    "housekeeping": "Deck swept. The bin stands right under the edge now.",
    "edges": "Rail up on the garage side, before anybody went back up.",
    "ladders": "New feet from the supplier, held by two people and tried.",
    "electrical": "Cord thrown out, new one bought.",
    "materials": "Restacked two high, 2 m from the edge.",
    "fire": "Extinguisher hung on the post by the door.",
    "ppe": "Glasses handed out again, a box of ten in each truck.",
    "whole": "Rope thrown out, new one from the shop.",
    "labels": "New tag with the year on it.",
    "dates": "Serviced, tag signed.",
    "cord": "Plug changed by the electrician.",
    "complete": "Kit filled up from the drugstore.",
    "tag": "Service done, tag signed.",
}


def evening(crew: Crew, on: date) -> None:
    """At the end of a day the owner gives out what is new, and whoever has something to do tells what is done."""
    at = clock(on, 18, 5)
    for nth, row in enumerate(listed(crew.story.employer, on=on).open):
        if row.worker is None:
            _give(crew, row, at + timedelta(minutes=nth))
        elif _has_done(row, on):
            _finish(crew, row, at + timedelta(minutes=30 + nth))


def own_ideas(crew: Crew, today: date) -> None:
    """What no record named, and still waits today."""
    for what, days_ago, who, within in OWN:
        on = today - timedelta(days=days_ago)
        due_on = on + timedelta(days=within) if within is not None else None
        wanted = Wanted(what, crew.workers[who] if who else None, due_on)
        actions.add(Act(crew.story.owner, clock(on, 17, 40)), employer=crew.story.employer, wanted=wanted)


def _give(crew: Crew, row: CorrectiveAction, at: datetime) -> None:
    worker = crew.workers["Wes Cardinal" if row.pk % 3 else ROOFERS.owner]
    due_on = at.date() + timedelta(days=DAYS_GIVEN + row.pk % DAYS_GIVEN)
    wanted = Wanted(row.what, worker, due_on)
    actions.change(Act(crew.story.owner, at), action=row, wanted=wanted)


def _has_done(row: CorrectiveAction, on: date) -> bool:
    """On most days before its day; what was forgotten, when somebody asks; and what waits, nine days too late."""
    assert row.due_on is not None, "everything has its day from the first evening"
    if row.pk % WAITS == 0:
        return on >= row.due_on + LATER
    if row.pk % FORGOTTEN == 0:
        return on > row.due_on
    return on >= row.due_on - timedelta(days=1 + row.pk % DAYS_GIVEN)


def _finish(crew: Crew, row: CorrectiveAction, at: datetime) -> None:
    worker = row.worker
    assert worker is not None, "only what was given out is done"
    how = HOW.get(row.line.rpartition(".")[2], "Done, and looked at by two of us.")
    actions.finish(Act(crew.people.get(worker.name, crew.story.owner), at), action=row, how=how)
