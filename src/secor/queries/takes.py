"""What auditors on site brought, device by device: what stands now, and what stands against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from secor.core import take as core
from secor.core.method import Method
from secor.core.take import POINT, SAID, Place
from secor.store.models import Audit, Take
from secor.store.prepared import Prepared
from secor.store.scope import house

OF_THE_REACHED = house("the takes of an audit that was itself reached")
_HOW = {Method.DOCUMENT.value: "Documents", Method.INTERVIEW.value: "Interviews", Method.OBSERVATION.value: "Seen"}


@dataclass(frozen=True, slots=True)
class Point:
    """One point that was noted on site. ``method`` is a method's letter, or empty."""

    method: str
    text: str

    @property
    def line(self) -> str:
        """The point as a line of the note, with how it was found."""
        how = _HOW.get(self.method)
        return f"{how}: {self.text}" if how else self.text


@dataclass(frozen=True, slots=True)
class Apart:
    """Answers to one place that stand against each other: whoever gave one did not see the other."""

    place: Place
    takes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A take that stands, and who gave it."""

    take: core.Take
    by: str


def standing_in(audit: Audit) -> dict[Place, list[Named]]:
    """Every take of ``audit`` that stands, by its place, the earliest first: one query."""
    found: dict[Place, list[Named]] = {}
    for uid, question, part, value, made_at, by, name in _STANDING(audit=audit.pk):
        place = Place(question, part)
        found.setdefault(place, []).append(Named(core.Take(str(uid), place, value, made_at, by=by), name or ""))
    return found


_STANDING = Prepared(
    lambda audit: (
        Take.objects.within(OF_THE_REACHED)
        .filter(audit=audit, stands=True)
        .order_by("made_at", "uid")
        .values_list("uid", "question", "part", "value", "made_at", "by", "by__name")
    ),
    audit=900_000_001,
)


def apart_in(audit: Audit) -> tuple[Apart, ...]:
    """Where answers stand against each other, in the order in which they were given; nothing without devices."""
    if not audit.on_site:
        return ()
    found = []
    for place, named in standing_in(audit).items():
        against = core.apart(each.take for each in named)
        if against:
            by = {each.take.uid: each.by for each in named}
            found.append(Apart(place, tuple(Named(take, by[take.uid]) for take in against)))
    return tuple(found)


def points_in(audit: Audit) -> dict[str, tuple[Point, ...]]:
    """The points noted on site that stand, question by question, the earliest first."""
    found: dict[str, tuple[Point, ...]] = {}
    for place, named in standing_in(audit).items():
        value = named[-1].take.value
        if place.part.startswith(POINT) and value:
            point = Point(value["method"], value["text"])
            found[place.question] = (*found.get(place.question, ()), point)
    return found


def said_in(standing: Mapping[Place, Iterable[Named]]) -> dict[str, list[Mapping[str, str]]]:
    """What interviewed people said, question by question."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for place, named in standing.items():
        last = list(named)[-1].take.value
        if place.part.startswith(SAID) and last:
            found.setdefault(place.question, []).append(last)
    return found


def base_uid(audit: Audit, place: Place, revision: int) -> UUID:
    """The number of a value that a page kept: a device that saw it can name it, though no device made it."""
    return uuid5(NAMESPACE_URL, f"secor:{audit.code}/{place.question}/{place.part}/{revision}")
