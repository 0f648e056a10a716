"""A consultant's free times: working hours less what is booked, with a pause and the way between two places.

Hours are wall-clock times in the consultant's zone; what comes out are moments in UTC. Working hours hold the way to
the first place and home from the last. A talk on the phone is held at home, so that nobody telephones at the wheel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from secor.core.holiday import is_holiday
from secor.core.travel import minutes


class Visit(StrEnum):
    """How a first talk is held."""

    PHONE = "phone"
    ON_SITE = "on_site"


class Language(StrEnum):
    """What is spoken in a talk."""

    ENGLISH = "en"
    FRENCH = "fr"


# Our own defaults: a first talk is promised as a quarter of an hour on the phone; a look at a site takes an hour.
LENGTHS = {Visit.PHONE: timedelta(minutes=15), Visit.ON_SITE: timedelta(minutes=60)}
PAUSE = timedelta(minutes=15)
# Free times begin on the hour and the half hour of the opening they lie in.
STEP = timedelta(minutes=30)
HOME = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """Working hours of one stretch of a day, on the wall clock."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which nothing is booked, both counted."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Taken:
    """A booked stretch of time, moments in UTC. ``town`` is empty where it is held at home."""

    starts_at: datetime
    ends_at: datetime
    town: str = HOME


@dataclass(frozen=True, slots=True)
class Hours:
    """When one consultant works: openings by weekday (Monday is 0), days away, and the town they set out from."""

    week: Mapping[int, tuple[Opening, ...]]
    away: tuple[Away, ...] = ()
    home: str = HOME
    pause: timedelta = PAUSE
    # What the consultant adds to our estimate of each drive: winter roads, gravel, a trailer.
    slower_by: timedelta = timedelta()
    lengths: Mapping[Visit, timedelta] = field(default_factory=lambda: LENGTHS)

    def open_on(self, day: date) -> tuple[Opening, ...]:
        """The openings of ``day``: none on a general holiday, or on a day away."""
        if is_holiday(day) or any(away.first_on <= day <= away.last_on for away in self.away):
            return ()
        return self.week.get(day.weekday(), ())


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: how, in which town (for a visit), from which moment on, on these days, both counted."""

    visit: Visit
    town: str
    not_before: datetime
    first_on: date
    last_on: date

    @property
    def place(self) -> str:
        """Where the talk is held: a visit without a town is somewhere unknown, never at home."""
        return HOME if self.visit is Visit.PHONE else self.town.strip() or "?"


def free_times(hours: Hours, *, wish: Wish, taken: Iterable[Taken], zone: tzinfo) -> tuple[datetime, ...]:
    """The moments (UTC, rising) at which a talk as ``wish`` says can begin.

    None of them lies in a booked stretch or nearer to one than the pause and the way between the two places. An hour
    of the night that the clocks leave out is nobody's, and one that they repeat is offered once.
    """
    booked = tuple(taken)
    days = (wish.last_on - wish.first_on).days + 1
    found = [
        starts_at
        for day in (wish.first_on + timedelta(days=nth) for nth in range(days))
        for opening in hours.open_on(day)
        for starts_at in _beginnings(hours, wish, day, opening, zone)
        if starts_at >= wish.not_before and _fits(hours, wish, starts_at, booked)
    ]
    return tuple(sorted(set(found)))


def _beginnings(hours: Hours, wish: Wish, day: date, opening: Opening, zone: tzinfo) -> Iterator[datetime]:
    """The steps of one opening that leave time for the way there and home."""
    opens, closes = _first_at(day, opening.opens, zone), _last_at(day, opening.closes, zone)
    drive = way(hours, HOME, wish.place)
    starts_at, length = opens, hours.lengths[wish.visit]
    while starts_at + length + drive <= closes:
        if starts_at - drive >= opens and not starts_at.astimezone(zone).fold:
            yield starts_at
        starts_at += STEP


def _fits(hours: Hours, wish: Wish, starts_at: datetime, booked: tuple[Taken, ...]) -> bool:
    ends_at = starts_at + hours.lengths[wish.visit]
    for each in booked:
        gap = hours.pause + way(hours, each.town, wish.place)
        if starts_at < each.ends_at + gap and each.starts_at < ends_at + gap:
            return False
    return True


def way(hours: Hours, one: str, other: str) -> timedelta:
    """How long the drive between two places is planned to take; between home and home there is none."""
    if one == other == HOME:
        return timedelta()
    return timedelta(minutes=minutes(one or hours.home, other or hours.home)) + hours.slower_by


def _first_at(day: date, clock: time, zone: tzinfo) -> datetime:
    """The later moment at which that time is on the wall: an hour that comes twice opens with its second coming."""
    return max(_moments(day, clock, zone))


def _last_at(day: date, clock: time, zone: tzinfo) -> datetime:
    """The earlier moment at which that time is on the wall, or would be in an hour that is left out."""
    return min(_moments(day, clock, zone))


def _moments(day: date, clock: time, zone: tzinfo) -> tuple[datetime, datetime]:
    said = datetime.combine(day, clock, zone)
    return said.replace(fold=0).astimezone(UTC), said.replace(fold=1).astimezone(UTC)
