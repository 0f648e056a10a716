"""The crew's door: the link of an employer, and whether whoever came in through it may still be in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from secor.queries.workers import working
from secor.store.models import CrewLink, Employer, Worker
from secor.store.scope import house

__all__ = ["CrewLink", "Employer", "Worker"]

_DOOR = house("who stands at the crew's door is not known yet")
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Crew:
    """The business a crew's link opens, and everybody who works there on the day, by name."""

    link: CrewLink
    employer: Employer
    workers: tuple[Worker, ...]

    def worker(self, code: str) -> Worker | None:
        """The worker of that code, when they work there on the day."""
        return next((each for each in self.workers if each.code == code), None)


def digest(secret: str) -> str:
    """What is kept of a secret. It has 130 bits, so that nobody finds it by trying."""
    return hashlib.sha256(secret[:LONGEST].encode()).hexdigest()


def link_of(employer: Employer) -> CrewLink | None:
    """The link of an employer that is in use, if there is one. Its secret is known to nobody."""
    return CrewLink.objects.within(_DOOR).filter(employer=employer, withdrawn_at__isnull=True).first()


def opened_by(secret: str) -> CrewLink | None:
    """The link that a secret opens today."""
    return CrewLink.objects.within(_DOOR).filter(secret_digest=digest(secret), withdrawn_at__isnull=True).first()


def crew_of(link: object, *, on: date) -> Crew | None:
    """The crew behind a link that was opened before, as long as it is in use."""
    if not isinstance(link, int):
        return None
    row = CrewLink.objects.within(_DOOR).filter(pk=link, withdrawn_at__isnull=True).select_related("employer").first()
    return Crew(row, row.employer, working(row.employer, on=on)) if row else None
