"""A first talk's own page, opened by its link: choose a free time, move it, call it off, take it into a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.core.hours import Language, Visit
from secor.core.invitation import Invitation, written
from secor.queries import bookings as asked
from secor.queries.bookings import Booking, Enquiry
from secor.usecases import bookings
from secor.usecases.act import ALBERTA, Refusal
from secor.web import http
from secor.web.door import public

DAYS = 8  # what a phone shows without endless scrolling; the next ones are asked for


@public
def talk(request: http.Visit, talk: str) -> HttpResponse:
    """Tell when the talk is, and offer free times: to book one, or another one instead. A link that ended says so."""
    enquiry = asked.by_link(talk, at=request.act.at)
    if enquiry is None:
        return closed(render(request, "public/talk_gone.html", status=410))
    booking, refused = asked.live_of(enquiry), ""
    if request.method == "POST":
        try:
            _carry_out(request, enquiry, booking)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return closed(redirect("public:talk", talk))
    visit, language = _wish(request, enquiry)
    choosing = booking is None or "move" in request.GET or bool(refused)
    page = {
        "link": talk,
        "booking": booking,
        "weekday": f"{booking.starts_at.astimezone(ALBERTA):%A}" if booking else "",
        "choosing": choosing,
        "begun": booking is not None and booking.starts_at <= request.act.at,
        "days": _days(_times(request, enquiry, booking, visit, language)) if choosing else (),
        "visit": visit.value,
        "language": language.value,
        "town": enquiry.city,
        "refused": refused,
    }
    return closed(render(request, "public/talk.html", page, status=422 if refused else 200))


@public
def invitation(request: http.Visit, talk: str) -> HttpResponse:
    """Give the booked talk as a file that every calendar reads."""
    enquiry = asked.by_link(talk, at=request.act.at)
    booking = asked.live_of(enquiry) if enquiry else None
    if enquiry is None or booking is None:
        raise Http404
    file = Invitation(
        uid=f"{booking.uid}@secor",
        sequence=booking.sequence,
        title="First talk about SECOR",
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        stamped_at=booking.changed_at,
        organizer=settings.HELP_EMAIL or "no-reply@localhost",
        attendee=enquiry.email,
        where=booking.town if booking.visit == Visit.ON_SITE else "On the phone",
    )
    response = HttpResponse(written(file), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="talk.ics"'
    return closed(response)


def _carry_out(request: http.Visit, enquiry: Enquiry, booking: Booking | None) -> None:
    if request.POST.get("do") == "cancel":
        if booking is not None:
            bookings.cancel(request.act, booking=booking)
        return
    starts_at = _moment(request.POST.get("starts_at", ""))
    if booking is not None:
        bookings.move(request.act, booking=booking, starts_at=starts_at)
        return
    visit, language = _wish(request, enquiry)
    bookings.book(request.act, enquiry=enquiry, starts_at=starts_at, visit=visit, language=language, town=enquiry.city)


def _wish(request: http.Visit, enquiry: Enquiry) -> tuple[Visit, Language]:
    """How and in which language, as chosen; else on the phone, in the language the enquiry was written in."""
    given = request.POST if request.method == "POST" else request.GET
    visit = Visit.ON_SITE if given.get("visit") == Visit.ON_SITE else Visit.PHONE
    written_in = "fr" if enquiry.language.startswith("fr") else "en"
    return visit, Language.FRENCH if given.get("language", written_in) == Language.FRENCH else Language.ENGLISH


def _times(
    request: http.Visit, enquiry: Enquiry, booking: Booking | None, visit: Visit, language: Language
) -> Iterable[datetime]:
    at = request.act.at
    if booking is None:
        return asked.free(visit=visit, language=language, town=enquiry.city, at=at, zone=ALBERTA)
    taken = asked.taken_in([booking.diary], but=booking).get(booking.diary_id, ())
    held = Visit(booking.visit)
    times = asked.free_in(booking.diary, visit=held, town=booking.town, at=at, zone=ALBERTA, taken=taken)
    return [each for each in times if each != booking.starts_at]


def _days(times: Iterable[datetime]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Times by their day in Alberta, each as what is sent and what is read."""
    days = []
    for day, group in groupby(times, key=lambda at: at.astimezone(ALBERTA).date()):
        days.append((f"{day:%A, %B} {day.day}", [(at.isoformat(), _clock(at)) for at in group]))
    return days[:DAYS]


def _clock(at: datetime) -> str:
    there = at.astimezone(ALBERTA)
    return f"{there.hour % 12 or 12}:{there:%M} {'am' if there.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def _moment(text: str) -> datetime:
    """The moment that was chosen; nothing chosen, or something made up, is a time that was never free."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _NotChosen("Choose one of the times.") from None
    if at.tzinfo is None:
        raise _NotChosen("Choose one of the times.")
    return at


class _NotChosen(Refusal):
    """No time was chosen."""


def closed(response: HttpResponse) -> HttpResponse:
    """Keep the page of one person out of search machines, caches and other sites' logs."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Not "no-referrer": under it a browser sends this page's own forms as from nowhere, and they are turned away.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
