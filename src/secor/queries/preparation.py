"""What an audit's visit asks for, and what of it the business has on file already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from secor.core import preparation
from secor.core.anniversary import add_months
from secor.core.preparation import Slot, Wanted
from secor.core.sampling import OutsideTable
from secor.queries import draws
from secor.queries.audits import instrument_of
from secor.queries.manuals import chapters_of
from secor.store.models import Audit, Tally
from secor.store.scope import house

__all__ = ["Paper", "Preparation", "preparation_of"]

A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper that is asked for, the parts of the program that are it, and how many records there are of it."""

    wanted: Wanted
    parts: tuple[str, ...]
    records: int

    @property
    def there(self) -> bool:
        """Whether something of it is on file here."""
        return bool(self.parts or self.records)


@dataclass(frozen=True, slots=True)
class Preparation:
    """The papers, the day, and how many people and sites; None of them where the partner's table does not tell."""

    papers: tuple[Paper, ...]
    slots: tuple[Slot, ...]
    interviews: int | None
    sites: int | None


def preparation_of(audit: Audit, *, on: date) -> Preparation:
    """Prepare the visit of an audit that was itself reached and has begun. Records are those of twelve months."""
    instrument = instrument_of(audit)
    try:
        sample = draws.sample_of(audit)
    except OutsideTable:
        sample = None
    interviews = sample.interviews if sample else None
    sites = sample.sites if sample else None
    parts: dict[str, list[str]] = {}
    for chapter in chapters_of(audit.employer):
        for kind in chapter.part.evidence:
            parts.setdefault(kind, []).append(chapter.part.title)
    counted = _counted(audit, on)
    return Preparation(
        tuple(
            Paper(each, tuple(parts.get(each.kind, ())), counted.get(each.kind, 0))
            for each in preparation.papers(instrument)
        ),
        preparation.agenda(instrument, interviews=interviews or 0, sites=sites or 1),
        interviews,
        sites,
    )


def _counted(audit: Audit, on: date) -> dict[str, int]:
    """How many records of each kind the year has: one question, from the tallies."""
    rows = Tally.objects.within(house("what is on file at an employer whose audit was itself reached"))
    here = rows.filter(employer=audit.employer_id, month__gt=add_months(on, -A_YEAR), month__lte=on)
    return dict(here.values_list("evidence").annotate(Sum("records")))
