"""Letters about a booked talk, each with its invitation: to who asked for it, and to the consultant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from secor.core.invitation import Invitation, written
from secor.queries import bookings as asked
from secor.store.models import Booking, Entry
from secor.usecases.act import ALBERTA
from secor.usecases.letters import Draft

NOON = 12
SUBJECTS = {
    "booking.made": "Your first talk about SECOR is booked",
    "booking.moved": "Your first talk about SECOR has a new time",
    "booking.cancelled": "Your first talk about SECOR is called off",
}


def following(entry: Entry) -> Iterator[Draft]:
    """One letter to each side. It tells the time that the entry was about, whatever has happened since."""
    booking = asked.of_code(entry.subject)
    if booking is None or entry.act not in SUBJECTS:
        return
    starts_at = datetime.fromisoformat(entry.detail["starts_at"])
    how = "at your place" if booking.visit == "on_site" else "on the phone"
    called_off = entry.act == "booking.cancelled"
    told = f"{'It was to be' if called_off else 'It is'} on {in_words(starts_at)} (Alberta time), {how}."
    link = settings.SITE_URL + reverse("public:talk", args=[asked.link_of(booking.enquiry)])
    next_step = "Choose another time" if called_off else "Move it or call it off"
    consultant = booking.diary.person
    for who, to, text in (
        ("enquirer", booking.enquiry.email, f"{told}\n\n{next_step}: {link}\n"),
        ("consultant", consultant.email, f"{told.replace('at your place', 'at their place')}\n"),
    ):
        yield Draft(
            once=f"entry:{entry.pk}:{who}",
            to=to,
            kind=entry.act,
            subject=SUBJECTS[entry.act] if who == "enquirer" else SUBJECTS[entry.act].replace("Your", "A", 1),
            body=text,
            person=consultant if who == "consultant" else None,
            invitation=written(_invitation(booking, entry, attendee=to)),
        )


def in_words(at: datetime) -> str:
    """A moment in Alberta's time, with its weekday: Tuesday, June 9, 2026, 2:00 pm."""
    there = at.astimezone(ALBERTA)
    half = "am" if there.hour < NOON else "pm"
    return f"{there:%A, %B} {there.day}, {there.year}, {there.hour % 12 or 12}:{there:%M} {half}"


def _invitation(booking: Booking, entry: Entry, *, attendee: str) -> Invitation:
    return Invitation(
        uid=f"{booking.uid}@secor",
        sequence=entry.detail["sequence"],
        title="First talk about SECOR",
        starts_at=datetime.fromisoformat(entry.detail["starts_at"]),
        ends_at=datetime.fromisoformat(entry.detail["ends_at"]),
        stamped_at=entry.at,
        organizer=settings.HELP_EMAIL or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=attendee,
        where=booking.town if booking.visit == "on_site" else "On the phone",
        cancelled=entry.act == "booking.cancelled",
    )
