"""Diaries: when a consultant works, is away and how far they drive, and the address by which a calendar follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from secor.core.hours import Opening
from secor.core.role import RoleKind
from secor.queries.shares import digest
from secor.store.code import new_secret
from secor.store.models import Diary, DiaryAway, Person, Role
from secor.usecases.act import Act, Refusal

PAUSE_MOST = 120
SLOWER_MOST = 240
HOME_MAX = 80
AWAY_MOST = 200
FAR = timedelta(days=3 * 366)


class NotAnAuditor(Refusal):
    """First talks are held by auditors."""


class TooLong(Refusal):
    """A pause or a drive that would leave nothing of a day."""


class WrongDays(Refusal):
    """Days away that have passed, end before they begin or lie too far ahead; or more of them than anybody keeps."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a consultant offers, from where, and how many minutes they keep free around it."""

    home: str = ""
    pause_minutes: int = 15
    slower_minutes: int = 0
    by_phone: bool = True
    on_site: bool = False
    english: bool = True
    french: bool = False
    is_open: bool = False


@transaction.atomic
def open_diary(act: Act, *, person: Person, home: str) -> Diary:
    """Let a person offer first talks on the phone, in office hours; opening it again changes the home town only.

    Refuses ``NotAnAuditor`` for whoever is none on the day of the act.
    """
    _permit(act, person)
    diary, _ = Diary.objects.update_or_create(
        person=person, defaults={"home": home.strip()[:HOME_MAX], "is_open": True}
    )
    act.enter("diary.opened", subject=str(person.pk))
    return diary


@transaction.atomic
def keep_hours(act: Act, *, week: Mapping[int, tuple[Opening, ...]], habits: Habits) -> Diary:
    """Keep one's own working hours by weekday (Monday is 0) and what one offers; what is booked stays booked.

    Refuses ``NotAnAuditor``, and a pause over two hours or a longer drive by over four (``TooLong``).
    """
    diary = own(act)
    if not (0 <= habits.pause_minutes <= PAUSE_MOST and 0 <= habits.slower_minutes <= SLOWER_MOST):
        raise TooLong(f"Keep at most {PAUSE_MOST} minutes between, and add at most {SLOWER_MOST} to a drive.")
    diary.week = {
        str(day): [[f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in openings]
        for day, openings in sorted(week.items())
        if openings
    }
    diary.home = " ".join(habits.home.replace("\0", "").split())[:HOME_MAX]
    diary.pause_minutes, diary.slower_minutes = habits.pause_minutes, habits.slower_minutes
    diary.by_phone, diary.on_site = habits.by_phone, habits.on_site
    diary.english, diary.french, diary.is_open = habits.english, habits.french, habits.is_open
    diary.save()
    act.enter("diary.changed", subject=str(diary.person_id))
    return diary


@transaction.atomic
def add_away(act: Act, *, first_on: date, last_on: date) -> DiaryAway:
    """Keep days, both counted, on which nothing is offered. What is booked then stays, until it is moved.

    The same days twice are one act. Refuses ``NotAnAuditor``, and ``WrongDays``.
    """
    diary = own(act)
    if last_on < first_on:
        raise WrongDays("The last day is before the first. Change one of them.")
    if last_on < act.on:
        raise WrongDays("These days have passed. Choose a last day from today on.")
    if last_on > act.on + FAR or first_on < act.on - FAR:
        raise WrongDays("This is more than three years from today. Choose days nearer to it.")
    if diary.away.count() >= AWAY_MOST:
        raise WrongDays(f"You have {AWAY_MOST} times away. Take old ones out first.")
    away, new = diary.away.get_or_create(first_on=first_on, last_on=last_on)
    if new:
        act.enter("diary.away", subject=str(diary.person_id), first_on=f"{first_on}", last_on=f"{last_on}")
    return away


@transaction.atomic
def remove_away(act: Act, *, away: DiaryAway) -> None:
    """Take days away out again, of one's own diary. Twice is once. Refuses ``NotAnAuditor``."""
    diary = own(act)
    if diary.away.filter(pk=away.pk).delete()[0]:
        act.enter("diary.back", subject=str(diary.person_id), first_on=f"{away.first_on}", last_on=f"{away.last_on}")


@transaction.atomic
def renew_feed(act: Act) -> str:
    """Make the secret of one's feed and give it, this one time; only its SHA-256 is kept. The one before ends.

    Refuses ``NotAnAuditor``.
    """
    diary, secret = own(act), new_secret()
    diary.feed_digest = digest(secret)
    diary.save(update_fields=["feed_digest"])
    act.enter("diary.feed_made", subject=str(diary.person_id))
    return secret


@transaction.atomic
def stop_feed(act: Act) -> None:
    """Let the feed's address open nothing any more. Twice is once. Refuses ``NotAnAuditor``."""
    diary = own(act)
    if diary.feed_digest is not None:
        diary.feed_digest = None
        diary.save(update_fields=["feed_digest"])
        act.enter("diary.feed_stopped", subject=str(diary.person_id))


def own(act: Act) -> Diary:
    """Hold the diary of whoever acts until the transaction ends; one that offers nothing yet is made where none is.

    Refuses ``NotAnAuditor``. Call inside the act's transaction.
    """
    if act.by is None:
        raise NotAnAuditor("Only a person keeps a diary.")
    _permit(act, act.by)
    Diary.objects.get_or_create(person=act.by, defaults={"is_open": False})
    return Diary.objects.select_for_update(of=("self",)).get(person=act.by)


def _permit(act: Act, person: Person) -> None:
    roles = Role.objects.filter(person=person, kind=RoleKind.AUDITOR)
    if not any(role.held_on(act.on) for role in roles):
        raise NotAnAuditor("First talks and audits are held by auditors. Make this person an auditor first.")
