"""My calendar: what is booked and due, when I work, when I am away, and the address that my own calendar follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.holiday import holidays
from secor.core.role import RoleKind
from secor.core.week import in_words, written_day
from secor.queries import agendas as asked
from secor.queries.agendas import Agenda, Diary
from secor.queries.bookings import hours_of
from secor.usecases import diaries
from secor.usecases.act import ALBERTA, Refusal
from secor.web import shown
from secor.web.auditor.calendar_forms import WEEKDAYS, AwayForm, HoursForm
from secor.web.door import READING, door
from secor.web.http import SignedIn

REFUSED = 422


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the calendar. ``status`` is a status word for a shape beside it; empty where it has none."""

    on: date
    clock: str
    title: str
    told: str
    href: str = ""
    status: str = ""
    word: str = ""
    contact: str = ""
    quote: str = ""
    order: str = ""


@door(RoleKind.AUDITOR, methods=READING)
def calendar(request: SignedIn) -> HttpResponse:
    """List what is booked and what falls due, day by day, and when I work."""
    diary = asked.diary_of(request.user)
    found = asked.agenda(request.user, keys=request.keys, at=request.act.at, zone=ALBERTA)
    items = sorted(_items(found, request.on), key=lambda each: (each.on, each.order, each.title))
    page = {
        "late": [each for each in items if each.on < request.on],
        "days": [
            (day, _named(day, request.on), list(of_day))
            for day, of_day in groupby((each for each in items if each.on >= request.on), key=lambda each: each.on)
        ],
        "diary": diary,
        "week": _week(diary) if diary else (),
        "away": found.away,
    }
    return render(request, "auditor/calendar.html", page)


@door(RoleKind.AUDITOR)
def hours(request: SignedIn) -> HttpResponse:
    """Keep when I work, what I offer and how long I drive."""
    diary = asked.diary_of(request.user)
    form = HoursForm(request.POST if request.method == "POST" else None, initial=_hours_now(diary))
    if form.is_bound and form.is_valid():
        try:
            diaries.keep_hours(request.act, week=form.week(), habits=form.habits())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your hours are kept. What is booked already stays as it is.")
            return redirect("auditor:calendar")
    return render(request, "auditor/hours.html", {"form": form}, status=REFUSED if form.errors else 200)


@door(RoleKind.AUDITOR)
def away(request: SignedIn) -> HttpResponse:
    """Keep days on which I am away, and tell what is booked then; take days out again."""
    diary = asked.diary_of(request.user)
    rows = list(diary.away.all()) if diary else []
    if request.method == "POST" and request.POST.get("do") == "remove":
        row = next((each for each in rows if str(each.pk) == request.POST.get("away")), None)
        if row is None:
            raise Http404
        diaries.remove_away(request.act, away=row)
        return redirect("auditor:away")
    form = AwayForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            diaries.add_away(request.act, first_on=form.cleaned_data["first_on"], last_on=form.last_on_or_first())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("auditor:away")
    found = asked.agenda(request.user, keys=request.keys, at=request.act.at, zone=ALBERTA)
    items = [each for each in _items(found, request.on) if each.clock]
    listed = [
        (each, sorted((it for it in items if each.first_on <= it.on <= each.last_on), key=lambda it: (it.on, it.order)))
        for each in rows
        if each.last_on >= request.on
    ]
    page = {"form": form, "rows": listed}
    return render(request, "auditor/away.html", page, status=REFUSED if form.errors else 200)


@door(RoleKind.AUDITOR)
def feed(request: SignedIn) -> HttpResponse:
    """Make the address that my own calendar follows, make a new one in its place, or stop it."""
    here = reverse("auditor:feed")
    if request.method == "POST":
        if request.POST.get("do") == "stop":
            diaries.stop_feed(request.act)
            messages.success(request, "The old address opens nothing any more.")
            return redirect(here)
        return shown.carry(redirect(here), diaries.renew_feed(request.act), to=here)
    secret = shown.carried(request)
    diary = asked.diary_of(request.user)
    page = {
        "address": settings.SITE_URL + reverse("public:feed", args=[secret]) if secret else "",
        "made": diary is not None and diary.feed_digest is not None,
    }
    return shown.forget(request, render(request, "auditor/feed.html", page))


def _items(found: Agenda, today: date) -> Iterator[Item]:
    for talk in found.talks:
        who = ", ".join(words for words in (talk.enquiry.name, talk.enquiry.business) if words)
        how = f"at their place in {talk.town or 'a town they did not name'}"
        told = f"First talk, {how if talk.visit == 'on_site' else 'on the phone'}"
        contact = talk.enquiry.phone or talk.enquiry.email
        begin = f"{reverse('auditor:quote_new')}?talk={talk.code}"
        yield _timed(talk.starts_at, talk.ends_at, who, told, contact=contact, quote=begin)
    for visit in found.visits:
        employer = visit.audit.employer
        told = f"Audit visit{f', {visit.town}' if visit.town else ''}"
        href = reverse("auditor:audit", args=[visit.audit.code])
        yield _timed(visit.starts_at, visit.ends_at, employer.trade_name or employer.legal_name, told, href=href)
    for due in found.due:
        employer, left = due.audit.employer, (due.on - today).days
        yield Item(
            due.on,
            "",
            employer.trade_name or employer.legal_name,
            due.what,
            reverse("auditor:audit", args=[due.audit.code]),
            "overdue" if left < 0 else "due_soon" if left <= 7 else "pending",  # noqa: PLR2004 - a week
            "Overdue" if left < 0 else "Due",
        )


def _timed(starts_at: datetime, ends_at: datetime, title: str, told: str, **more: str) -> Item:
    begins, ends = starts_at.astimezone(ALBERTA), ends_at.astimezone(ALBERTA)
    clock = f"{in_words(begins.time())} to {in_words(ends.time())}"
    return Item(begins.date(), clock, title, told, order=starts_at.isoformat(), **more)


def _named(day: date, today: date) -> str:
    """The day with its weekday; today and tomorrow by their names; a holiday with its own."""
    near = {0: "Today, ", 1: "Tomorrow, "}.get((day - today).days, "")
    holiday = holidays(day.year).get(day)
    year = f", {day.year}" if day.year != today.year else ""
    return f"{near}{day:%A, %B} {day.day}{year}{f' ({holiday})' if holiday else ''}"


def _week(diary: Diary) -> list[tuple[str, str]]:
    """The working days with their hours; neighbours with the same hours on one line: Monday to Friday."""
    week = hours_of(diary).week
    told: list[tuple[str, str]] = []
    days = groupby(enumerate(WEEKDAYS), key=lambda each: written_day(week.get(each[0], ())))
    for hours_told, group in days:
        names = [name for _, name in group]
        if hours_told:
            told.append((names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}", hours_told))
    return told


def _hours_now(diary: Diary | None) -> dict[str, object]:
    """What the form begins with: the diary's own; office hours where there is none."""
    row = diary or Diary(is_open=False)
    week = hours_of(row).week if diary else HoursForm.office_hours()
    kept = ("home", "pause_minutes", "slower_minutes", "by_phone", "on_site", "english", "french", "is_open")
    days = {f"day_{day}": written_day(week.get(day, ())) for day in range(len(WEEKDAYS))}
    return {**days, **{name: getattr(row, name) for name in kept}}
