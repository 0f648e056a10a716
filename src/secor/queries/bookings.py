"""Free times for a first talk, what is booked, and the link by which somebody without an account comes back to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from secor.core.hours import HOME, Away, Hours, Language, Opening, Taken, Visit, Wish, free_times
from secor.core.role import RoleKind
from secor.store.models import AuditVisit, Booking, Diary, Enquiry, Role
from secor.store.scope import house

__all__ = ["Booking", "Diary", "Enquiry"]

# Our own defaults: nobody is called within two hours or visited within a day, and times are offered for two weeks.
NOTICE = {Visit.PHONE: timedelta(hours=2), Visit.ON_SITE: timedelta(days=1)}
AHEAD = timedelta(days=14)
LINK_LIVES = timedelta(days=30)
A_DAY = timedelta(days=1)
IN_A_DIARY = house("what is booked in a diary that was itself reached")
DIGITS = 32
CODE = 12


def free(
    *, visit: Visit, language: Language, town: str, at: datetime, zone: tzinfo, first_on: date | None = None
) -> dict[datetime, tuple[Diary, ...]]:
    """Each moment at which a talk can begin within two weeks, soonest first, with the diaries it is free in."""
    open_ones = diaries(visit=visit, language=language, on=at.astimezone(zone).date())
    booked = taken_in(open_ones)
    found: dict[datetime, list[Diary]] = {}
    for diary in open_ones:
        for moment in free_in(
            diary, visit=visit, town=town, at=at, zone=zone, taken=booked.get(diary.pk, ()), first_on=first_on
        ):
            found.setdefault(moment, []).append(diary)
    return {moment: tuple(found[moment]) for moment in sorted(found)}


def free_in(
    diary: Diary,
    *,
    visit: Visit,
    town: str,
    at: datetime,
    zone: tzinfo,
    taken: Iterable[Taken],
    first_on: date | None = None,
) -> tuple[datetime, ...]:
    """The moments at which a talk with this consultant can begin, within two weeks of ``at``."""
    today = at.astimezone(zone).date()
    wish = Wish(visit, town, at + NOTICE[visit], max(first_on or today, today), today + AHEAD)
    return free_times(hours_of(diary), wish=wish, taken=taken, zone=zone)


def diaries(*, visit: Visit, language: Language, on: date) -> list[Diary]:
    """The open diaries of people who audit on that day, offer such talks and speak that language."""
    audits = Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        person=OuterRef("person"),
        kind=RoleKind.AUDITOR,
        from_on__lte=on,
    )
    offers = {"by_phone" if visit is Visit.PHONE else "on_site": True}
    speaks = {"english" if language is Language.ENGLISH else "french": True}
    rows = Diary.objects.filter(Exists(audits), is_open=True, person__is_active=True, **offers, **speaks)
    return list(rows.select_related("person").prefetch_related("away").order_by("pk"))


def hours_of(diary: Diary) -> Hours:
    """A diary's working hours as the rules read them."""
    week = {
        int(day): tuple(Opening(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in openings)
        for day, openings in diary.week.items()
    }
    away = tuple(Away(each.first_on, each.last_on) for each in diary.away.all()) if diary.pk else ()
    return Hours(
        week=week,
        away=away,
        home=diary.home,
        pause=timedelta(minutes=diary.pause_minutes),
        slower_by=timedelta(minutes=diary.slower_minutes),
    )


def taken_in(diaries: Sequence[Diary], *, but: Booking | AuditVisit | None = None) -> Mapping[int, list[Taken]]:
    """What stands in each of these diaries, without ``but``: every talk and every visit that was not called off."""
    talks = Booking.objects.filter(diary__in=diaries, cancelled_at__isnull=True)
    visits = AuditVisit.objects.within(IN_A_DIARY).filter(diary__in=diaries, cancelled_at__isnull=True)
    if isinstance(but, Booking):
        talks = talks.exclude(pk=but.pk)
    elif but is not None:
        visits = visits.exclude(pk=but.pk)
    taken: dict[int, list[Taken]] = {}
    for talk in talks:
        town = HOME if talk.visit == Visit.PHONE else talk.town or "?"
        taken.setdefault(talk.diary_id, []).append(Taken(talk.starts_at, talk.ends_at, town))
    for visit in visits:
        taken.setdefault(visit.diary_id, []).append(Taken(visit.starts_at, visit.ends_at, visit.town or "?"))
    return taken


def anyone_open(*, on: date) -> bool:
    """Tell whether any consultant offers times at all."""
    return any(diaries(visit=visit, language=language, on=on) for visit in Visit for language in Language)


def link_of(enquiry: Enquiry) -> str:
    """What stands in the address of the enquirer's own page: the code, and a seal that only this site can make."""
    return f"{enquiry.code}{_seal(enquiry.code)}"


def by_link(link: str, *, at: datetime) -> Enquiry | None:
    """The enquiry of that link, while it lives: for 30 days, and until a booked talk is over."""
    code, seal = link[:CODE], link[CODE:]
    if not constant_time_compare(seal, _seal(code)):
        return None
    enquiry = Enquiry.objects.filter(code=code).first()
    if enquiry is None:
        return None
    if at < enquiry.asked_at + LINK_LIVES or enquiry.bookings.filter(cancelled_at=None, ends_at__gt=at).exists():
        return enquiry
    return None


def _seal(code: str) -> str:
    return salted_hmac("secor.first_talk", code, algorithm="sha256").hexdigest()[:DIGITS]


def live_of(enquiry: Enquiry) -> Booking | None:
    """The talk an enquirer has booked and not cancelled."""
    return enquiry.bookings.filter(cancelled_at__isnull=True).select_related("diary__person").first()


def last_of(enquiry: Enquiry) -> Booking | None:
    """The talk an enquirer booked last, cancelled or not."""
    return enquiry.bookings.select_related("diary__person").order_by("-pk").first()


def of_code(code: str) -> Booking | None:
    """The booking an act was about."""
    return Booking.objects.filter(code=code[:16]).select_related("diary__person", "enquiry").first()
