"""The certificate of an online course: one page, with the address where anybody checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from secor.papers.certificate import qr
from secor.papers.press import print_pdf


@dataclass(frozen=True, slots=True)
class CoursePaper:
    """What stands on a course's certificate. ``right`` of ``of`` answers were right at the first try."""

    course: str
    name: str
    business: str
    finished_on: date
    written_on: date
    lessons: tuple[str, ...]
    right: int
    of: int
    check_url: str
    specimen: bool = False


def course_certificate(paper: CoursePaper, *, at: datetime) -> bytes:
    """Print the certificate as a tagged PDF/A. The same paper at the same moment gives the same bytes."""
    return print_pdf("course", told(paper), at=at, files={"qr.svg": qr(paper.check_url)})


def told(paper: CoursePaper) -> dict[str, object]:
    """The certificate as plain values for the press, which wants ``qr.svg`` beside them."""
    return {
        "lang": "en",
        "course": paper.course,
        "name": paper.name,
        "business": paper.business,
        "finished": _day(paper.finished_on),
        "written": _day(paper.written_on),
        "lessons": list(paper.lessons),
        "first_try": f"{paper.right} of {paper.of} answers were right at the first try, and all were right in the end.",
        "specimen": "Specimen: made in a demonstration" if paper.specimen else "",
        "check": "Whether this certificate is real is told at",
        "check_url": paper.check_url,
        "qr_alt": f"QR code that opens {paper.check_url}",
    }


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
