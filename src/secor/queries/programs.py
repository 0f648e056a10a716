"""An employer's program: its parts with their texts, where each stands, what it answers, and who has read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from secor.core.difference import Line, difference
from secor.core.employer import PEOPLE
from secor.core.program import PartState, Written, in_force, review_due_on, state_of
from secor.core.question import Question
from secor.queries import library, schemes
from secor.store.models import Employer, Headcount, PartReading, PartVersion, Person, Program, ProgramPart, Worker
from secor.store.scope import house

__all__ = ["Line", "PartReading", "PartVersion", "Program", "ProgramPart", "Worker", "difference"]

SCHEME = "ab-secor"
_ASKED = house("the program of an employer that was itself reached")


@dataclass(frozen=True, slots=True)
class PartNow:
    """A part as it stands on a day. ``holds`` is the text in force, None where none was ever signed.

    ``unread`` are the people who work here and have not signed that they read the text in force.
    """

    row: ProgramPart
    newest: PartVersion
    holds: PartVersion | None
    state: PartState
    due_on: date | None
    questions: tuple[Question, ...]
    read: int
    unread: tuple[Worker, ...]

    @property
    def waits(self) -> bool:
        """Whether its newest text waits for a signature."""
        return self.newest.signed_on is None


def program_of(employer: Employer) -> Program | None:
    """What the employer told the builder, if it has begun."""
    return Program.objects.within(_ASKED).filter(employer=employer).first()


def workers_of(employer: Employer, *, on: date) -> tuple[Worker, ...]:
    """Everybody who works there on a day, by name. The last day still counts."""
    rows = Worker.objects.within(_ASKED).filter(employer=employer, began_on__lte=on)
    return tuple(row for row in rows if row.ended_on is None or row.ended_on >= on)


def parts_of(employer: Employer, *, on: date) -> tuple[PartNow, ...]:
    """The parts of the program, in their order, without those that were taken out. Five questions, however many."""
    rows = ProgramPart.objects.within(_ASKED).filter(employer=employer, removed_on__isnull=True)
    return _standing(tuple(rows.order_by("number", "pk")), employer, on)


def part_now(part: ProgramPart, *, on: date) -> PartNow:
    """One part as it stands on a day, whether it was taken out or not."""
    return _standing((part,), part.employer, on)[0]


def removed_of(employer: Employer) -> tuple[ProgramPart, ...]:
    """The parts that were taken out, and can be put back."""
    rows = ProgramPart.objects.within(_ASKED).filter(employer=employer, removed_on__isnull=False)
    return tuple(rows.order_by("number", "pk"))


def part_of(employer: Employer, code: str) -> ProgramPart | None:
    """The part of that code, when it is this employer's."""
    rows = ProgramPart.objects.within(_ASKED).filter(employer=employer, code=code)
    return rows.select_related("employer").first()


def versions_of(part: ProgramPart) -> tuple[PartVersion, ...]:
    """Every text of a part, the newest first."""
    rows = PartVersion.objects.within(_ASKED).filter(part=part).select_related("written_by")
    return tuple(rows.order_by("-number"))


def readings_of(version: PartVersion) -> tuple[PartReading, ...]:
    """Who signed that they read a text, the first one first."""
    rows = PartReading.objects.within(_ASKED).filter(version=version).select_related("worker")
    return tuple(rows.order_by("read_at", "pk"))


def worker_of(employer: Employer, person: Person, *, on: date) -> Worker | None:
    """The person as one of those who work there on a day."""
    return next((row for row in workers_of(employer, on=on) if row.person_id == person.pk), None)


def questions_of(evidence: Sequence[str], *, on: date) -> tuple[Question, ...]:
    """The questions of the scheme's instrument that a part of these evidence types helps to answer."""
    kinds = frozenset(evidence)
    asked = schemes.instrument(schemes.edition_on(SCHEME, on).instrument).questions
    return tuple(question for question in asked.values() if kinds & frozenset(question.evidence_types))


def suggested_names(employer: Employer, owner: str) -> Mapping[str, str]:
    """What the details on file already say of the names that stand in a program."""
    kind = employer.trade
    return {
        "employer": employer.trade_name or employer.legal_name,
        "owner": owner,
        "trade": kind,
        "city": employer.city,
        "phone": employer.phone,
    }


def has_workers(employer: Employer) -> bool | None:
    """Whether the last head-count knows of anybody besides one owner; None where there is no head-count."""
    row = Headcount.objects.within(_ASKED).filter(employer=employer).order_by("-on").first()
    return None if row is None else sum(getattr(row, kind) for kind in PEOPLE) > 1


def guessed_trade(employer: Employer) -> str:
    """The key of the trade that the employer's own words for its work name, or nothing."""
    words = employer.trade.lower()
    found = (
        key
        for key, trade in library.trades().items()
        if words and (key.replace("_", " ") in words or trade.title.lower() in words or words in trade.title.lower())
    )
    return next(found, "")


def _standing(rows: Sequence[ProgramPart], employer: Employer, on: date) -> tuple[PartNow, ...]:
    texts: dict[int, list[PartVersion]] = {row.pk: [] for row in rows}
    versions = PartVersion.objects.within(_ASKED).filter(part__in=list(texts)).defer("text", "strokes")
    for version in versions.order_by("number"):
        texts[version.part_id].append(version)
    holding = {row.pk: _holding(texts[row.pk]) for row in rows}
    read = _readers([version for version in holding.values() if version is not None])
    workers = workers_of(employer, on=on)
    found = []
    for row in rows:
        holds = holding[row.pk]
        readers = read.get(holds.pk, frozenset()) if holds else frozenset()
        here = [written(version) for version in texts[row.pk]]
        found.append(
            PartNow(
                row=row,
                newest=texts[row.pk][-1],
                holds=holds,
                state=state_of(here, months=row.review_months, on=on),
                due_on=review_due_on(written(holds), months=row.review_months) if holds else None,
                questions=questions_of(row.evidence, on=on),
                read=sum(worker.pk in readers for worker in workers),
                unread=tuple(worker for worker in workers if worker.pk not in readers) if holds else (),
            )
        )
    return tuple(found)


def written(version: PartVersion) -> Written:
    """A text in the form that the rules take."""
    return Written(version.number, version.signed_on, version.reviewed_on)


def _holding(versions: Sequence[PartVersion]) -> PartVersion | None:
    found = in_force([written(version) for version in versions])
    return next((version for version in versions if found and version.number == found.number), None)


def _readers(versions: Sequence[PartVersion]) -> dict[int, frozenset[int]]:
    """The keys of the workers who read each of these texts."""
    found: dict[int, set[int]] = {}
    rows = PartReading.objects.within(_ASKED).filter(version__in=[version.pk for version in versions])
    for version, worker in rows.values_list("version", "worker"):
        found.setdefault(version, set()).add(worker)
    return {version: frozenset(workers) for version, workers in found.items()}
