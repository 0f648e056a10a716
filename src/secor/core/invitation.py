"""A booked talk or visit as calendars read it, sent as an invitation or as its cancellation (RFC 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secor.core import ical

PRODUCT = "-//SECOR//Bookings//EN"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One talk or visit. ``uid`` stays and ``sequence`` rises with every change; addresses are plain e-mail ones."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    organizer: str
    attendee: str
    where: str = ""
    text: str = ""
    cancelled: bool = False

    @property
    def method(self) -> str:
        """What a calendar is to do with it."""
        return "CANCEL" if self.cancelled else "REQUEST"


def written(invitation: Invitation) -> str:
    """The invitation as a file: lines ended and folded as the RFC wants, nothing of a text read as a line."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"METHOD:{invitation.method}",
        "BEGIN:VEVENT",
        f"UID:{ical.text(invitation.uid)}",
        f"SEQUENCE:{invitation.sequence}",
        f"DTSTAMP:{ical.moment(invitation.stamped_at)}",
        f"DTSTART:{ical.moment(invitation.starts_at)}",
        f"DTEND:{ical.moment(invitation.ends_at)}",
        f"SUMMARY:{ical.text(invitation.title)}",
        f"ORGANIZER:mailto:{ical.address(invitation.organizer)}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ical.address(invitation.attendee)}",
        f"STATUS:{'CANCELLED' if invitation.cancelled else 'CONFIRMED'}",
    ]
    if invitation.where:
        lines.append(f"LOCATION:{ical.text(invitation.where)}")
    if invitation.text:
        lines.append(f"DESCRIPTION:{ical.text(invitation.text)}")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return ical.file_of(lines)
