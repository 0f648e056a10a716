"""What stands in a program's manual: each part with the text that holds, and every version that was written."""

from __future__ import annotations

from dataclasses import dataclass

from secor.core.program import in_force
from secor.queries.programs import written
from secor.store.models import Employer, PartVersion, ProgramPart
from secor.store.scope import house

_ASKED = house("the program of an employer that was itself reached")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part and the text that stands in the manual: the one in force, or the newest as a draft where none is.

    ``versions`` are all its texts, the oldest first.
    """

    part: ProgramPart
    shown: PartVersion
    versions: tuple[PartVersion, ...]

    @property
    def draft(self) -> bool:
        """Whether nobody has signed the text that stands here."""
        return self.shown.signed_on is None


def chapters_of(employer: Employer) -> tuple[Chapter, ...]:
    """Every part of the program, in its order, without those that were taken out."""
    rows = ProgramPart.objects.within(_ASKED).filter(employer=employer, removed_on__isnull=True)
    texts: dict[int, list[PartVersion]] = {}
    versions = PartVersion.objects.within(_ASKED).filter(part__in=rows).defer("strokes")
    for version in versions.order_by("number"):
        texts.setdefault(version.part_id, []).append(version)
    return tuple(_chapter(row, texts[row.pk]) for row in rows.order_by("number", "pk"))


def _chapter(row: ProgramPart, versions: list[PartVersion]) -> Chapter:
    holds = in_force([written(version) for version in versions])
    shown = next((each for each in versions if holds and each.number == holds.number), versions[-1])
    return Chapter(row, shown, tuple(versions))
