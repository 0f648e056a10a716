"""Whether an auditor can be at a business for an audit at a time: what stops it, and what to know before booking it.

What stops a visit is a rule of the scheme or would have somebody in two places at once; what may have a good reason
only warns. A visit is one stretch of one day, so that a day's drive home is counted; a longer audit has several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from secor.core.holiday import holidays
from secor.core.hours import HOME, Hours, Taken, way
from secor.core.timeline import Clock
from secor.core.travel import in_words, known

# Our own limits: nobody audits longer in a day, or books further ahead.
LONGEST = timedelta(hours=12)
AHEAD = timedelta(days=400)
# "35 to 45 minutes each" (Energy Safety Canada, what to expect of a COR audit); the middle of it.
AN_INTERVIEW = timedelta(minutes=40)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """When and in which town the visit is to be; moments are aware."""

    starts_at: datetime
    ends_at: datetime
    town: str

    @property
    def place(self) -> str:
        """The town; somewhere unknown where none was named, never home."""
        return self.town.strip() or "?"


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which the partner certifies the auditor, both counted; no last day while it goes on."""

    from_on: date
    until_on: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the certification is held on ``day``."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the audit, of its auditor, and of what else is booked with them."""

    partner: str
    certified: tuple[Spell, ...]
    conflicts: tuple[str, ...] = ()
    declared: bool | None = None
    audited_last_time: bool = False
    opens_on: date | None = None
    due_on: date | None = None
    gather_by: Clock | None = None
    registered_on: date | None = None
    lead_days: int | None = None
    interviews: int | None = None
    other_visits: timedelta = timedelta()
    hours: Hours | None = None
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Hitch:
    """Something about a visit, in words: it stops the visit, or one should know it before booking."""

    stops: bool
    told: str


def hitches(plan: Plan, known_of: Known, *, at: datetime, zone: tzinfo) -> tuple[Hitch, ...]:
    """Everything about a visit that stops it or warns, at the moment ``at``; what stops it comes first."""
    day = plan.starts_at.astimezone(zone).date()
    found = [
        *_of_the_time(plan, at, zone),
        *_of_the_auditor(known_of, day),
        *_of_the_audit(plan, known_of, day),
        *_of_the_diary(plan, known_of, day, zone),
    ]
    return tuple(sorted(found, key=lambda each: not each.stops))


def _of_the_time(plan: Plan, at: datetime, zone: tzinfo) -> Iterator[Hitch]:
    begins, ends = plan.starts_at.astimezone(zone), plan.ends_at.astimezone(zone)
    if plan.ends_at <= plan.starts_at:
        yield Hitch(True, "The visit ends before it begins. Change one of the two times.")
    elif begins.date() != ends.date() or plan.ends_at - plan.starts_at > LONGEST:
        yield Hitch(True, "A visit is at most twelve hours of one day. Book the next day as another visit.")
    if plan.starts_at <= at:
        yield Hitch(True, "This time has passed. Choose one to come.")
    elif plan.starts_at > at + AHEAD:
        yield Hitch(True, "This is more than a year ahead. Choose an earlier day.")
    if name := holidays(begins.year).get(begins.date()):
        yield Hitch(False, f"It is {name}, a general holiday. Ask whether anybody is there.")


def _of_the_auditor(known_of: Known, day: date) -> Iterator[Hitch]:
    if not any(spell.holds(day) for spell in known_of.certified):
        yield Hitch(
            True,
            f"{known_of.partner} does not certify you on {day}. Renew your certification first, or choose a day on "
            "which it holds.",
        )
    for why in known_of.conflicts:
        yield Hitch(True, f"A tie forbids you this audit: the auditor {why}.")
    if known_of.declared is False:
        yield Hitch(True, "You have declared a tie to this business, so you cannot do this audit.")
    elif known_of.declared is None:
        yield Hitch(False, "You have not declared yet that nothing ties you to this business. Do that first.")
    if known_of.audited_last_time:
        yield Hitch(
            False,
            "You did the audit before this one. Your certifying partner has published no rule against it; ask whether "
            "it wants somebody else.",
        )


def _of_the_audit(plan: Plan, known_of: Known, day: date) -> Iterator[Hitch]:
    if known_of.opens_on is not None and day < known_of.opens_on:
        yield Hitch(False, f"{known_of.partner} takes this audit from {known_of.opens_on} on. This is before it.")
    if known_of.due_on is not None and day > known_of.due_on:
        yield Hitch(False, f"The certificate owes this audit by {known_of.due_on}. This is after it.")
    if known_of.gather_by is not None and day > known_of.gather_by.by:
        yield Hitch(
            False, f"Everything must be gathered by {known_of.gather_by.by} ({known_of.gather_by.why}). This is after."
        )
    if known_of.registered_on is not None and known_of.lead_days is not None:
        first = known_of.registered_on + known_of.lead_days * A_DAY
        if day < first:
            yield Hitch(
                False,
                f"{known_of.partner} wants an audit registered {known_of.lead_days} days before. That is {first}.",
            )
    if known_of.interviews:
        there = plan.ends_at - plan.starts_at + known_of.other_visits
        needed = known_of.interviews * AN_INTERVIEW
        if there < needed:
            yield Hitch(
                False,
                f"{known_of.interviews} interview{'' if known_of.interviews == 1 else 's'} or more are wanted. "
                f"At 40 minutes each, that takes "
                f"{in_words(needed)}, and with this visit you are there for {in_words(there)}.",
            )


def _of_the_diary(plan: Plan, known_of: Known, day: date, zone: tzinfo) -> Iterator[Hitch]:
    if plan.ends_at <= plan.starts_at:
        return
    hours = known_of.hours or Hours({})
    for each in known_of.taken:
        if hitch := _beside(plan, each, hours, zone):
            yield hitch
    if any(away.first_on <= day <= away.last_on for away in hours.away):
        yield Hitch(False, "You are away on this day.")
    elif hours.week and not _within(plan, hours, day, zone):
        yield Hitch(False, "With the drive, this is outside your working hours.")


def _beside(plan: Plan, other: Taken, hours: Hours, zone: tzinfo) -> Hitch | None:
    """What another booking has against it: being there at that time, the drive between, or too short a pause."""
    when = _clock(other.starts_at, zone)
    if plan.starts_at < other.ends_at and other.starts_at < plan.ends_at:
        return Hitch(True, f"Something else is booked with you then, at {when}. Choose another time.")
    gap = max(plan.starts_at - other.ends_at, other.starts_at - plan.ends_at)
    drive = way(hours, other.town, plan.place)
    if gap < drive:
        surely = known(other.town or hours.home) and known(plan.place)
        told = f"You are booked at {when}, and the drive between takes about {in_words(drive)}"
        return Hitch(True, f"{told}. Leave more time.") if surely else Hitch(False, f"{told}, as far as we know.")
    if gap < drive + hours.pause:
        return Hitch(False, f"Your pause before or after what is booked at {when} would be shorter than you want.")
    return None


def _within(plan: Plan, hours: Hours, day: date, zone: tzinfo) -> bool:
    """Whether the visit with its drives lies between the first opening of the day and the last closing."""
    openings = hours.week.get(day.weekday(), ())
    if not openings:
        return False
    drive = way(hours, HOME, plan.place)
    opens = datetime.combine(day, min(each.opens for each in openings), zone)
    closes = datetime.combine(day, max(each.closes for each in openings), zone)
    return opens <= plan.starts_at - drive and plan.ends_at + drive <= closes


def stopping(found: Iterable[Hitch]) -> tuple[str, ...]:
    """What stops the visit, in words."""
    return tuple(each.told for each in found if each.stops)


def warning(found: Iterable[Hitch]) -> tuple[str, ...]:
    """What only warns, in words."""
    return tuple(each.told for each in found if not each.stops)


def _clock(at: datetime, zone: tzinfo) -> str:
    there = at.astimezone(zone)
    return f"{there.hour % 12 or 12}:{there:%M} {'am' if there.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon
