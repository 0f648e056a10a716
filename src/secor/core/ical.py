"""How iCalendar (RFC 5545) is written: moments, texts, lines. What is told stands in ``invitation`` and ``feed``.

Moments are UTC, so that no calendar needs to know when Alberta moves its clocks; a whole day is a day, on no clock.
Written here rather than by a library, which would take half a second of every command's start; the tests read it
back with one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

OCTETS = 75  # RFC 5545, 3.1: no line is longer, without its line break


def moment(at: datetime) -> str:
    """A moment as UTC: 20260609T200000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def day(on: date) -> str:
    """A whole day: 20260609."""
    return f"{on:%Y%m%d}"


def text(value: str) -> str:
    """A text, so that nothing of it is read as a line, a list or a parameter."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(value.splitlines())


def address(value: str) -> str:
    """An e-mail address without anything that could end its line."""
    return "".join(value.split())


def file_of(lines: Iterable[str]) -> str:
    """The lines as a file: ended and folded as the RFC wants."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """Break a line so that no piece is longer than 75 octets, and no sign is cut."""
    pieces, piece = [], ""
    for sign in line:
        if len(f"{piece}{sign}".encode()) > OCTETS:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "\r\n".join([*pieces, piece])
