"""A booked talk as calendars read it: iCalendar (RFC 5545), sent as an invitation or as its cancellation (RFC 5546).

Moments are UTC, so that no calendar needs to know when Alberta moves its clocks. Written here rather than by a library,
which would take half a second of every command's start; the tests read it back with one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

PRODUCT = "-//SECOR//First talks//EN"
OCTETS = 75  # RFC 5545, 3.1: no line is longer, without its line break


@dataclass(frozen=True, slots=True)
class Invitation:
    """One talk. ``uid`` stays the same and ``sequence`` rises with every change; addresses are plain e-mail ones."""

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
        f"UID:{_text(invitation.uid)}",
        f"SEQUENCE:{invitation.sequence}",
        f"DTSTAMP:{_moment(invitation.stamped_at)}",
        f"DTSTART:{_moment(invitation.starts_at)}",
        f"DTEND:{_moment(invitation.ends_at)}",
        f"SUMMARY:{_text(invitation.title)}",
        f"ORGANIZER:mailto:{_address(invitation.organizer)}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{_address(invitation.attendee)}",
        f"STATUS:{'CANCELLED' if invitation.cancelled else 'CONFIRMED'}",
    ]
    if invitation.where:
        lines.append(f"LOCATION:{_text(invitation.where)}")
    if invitation.text:
        lines.append(f"DESCRIPTION:{_text(invitation.text)}")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(value.splitlines())


def _address(value: str) -> str:
    return "".join(value.split())


def _folded(line: str) -> str:
    """Break a line so that no piece is longer than 75 octets, and no sign is cut."""
    pieces, piece = [], ""
    for sign in line:
        if len(f"{piece}{sign}".encode()) > OCTETS:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "\r\n".join([*pieces, piece])
