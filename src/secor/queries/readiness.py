"""Would an employer pass, by what it has on file today? Asked of tallies and parts, never of every record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Min

from secor.core.anniversary import add_months
from secor.core.audit import Kind
from secor.core.form import Form
from secor.core.instrument import Instrument
from secor.core.part import Part
from secor.core.pass_mark import PassMark
from secor.core.program import PartState
from secor.core.readiness import Forecast, Lack, OnFile, Paper, Window, forecast
from secor.core.rhythm import Rhythm
from secor.core.ticket import Wanted, wanted
from secor.core.trade import Condition
from secor.queries import library, programs, records, schemes, workers
from secor.queries.duties import Owed, owed_by
from secor.queries.employers import rules_of
from secor.store.models import Employer, Program, Record, RecordPerson, Tally
from secor.store.scope import house

__all__ = ["Lack", "Readiness", "readiness_of"]

SCHEME = "ab-secor"
YEAR = 12
A_DAY = timedelta(days=1)
FIRST_WEEK = 7
_ASKED = house("what is on file of an employer that was itself reached")
_HELD = frozenset({PartState.IN_FORCE, PartState.DUE})
# The more often a type is made, the earlier it stands here: of two forms for one type, the busier one sets the pace.
_PACE = tuple(Rhythm)


@dataclass(frozen=True, slots=True)
class Readiness:
    """A forecast for an employer's next audit, with the mark it is measured by.

    ``forms`` and ``parts`` tell by what form or part of the library each evidence type is made; ``tickets`` which
    types are told by the tickets of the crew, and how many of those wanted are good on the day of the audit.
    """

    forecast: Forecast
    instrument: Instrument
    mark: PassMark
    kind: Kind
    owed: Owed
    forms: Mapping[str, Form]
    parts: Mapping[str, Part]
    tickets: Mapping[str, Wanted]


def readiness_of(employer: Employer, *, on: date, audit_on: date | None = None, steps: bool = True) -> Readiness:
    """Foretell the next audit, on its due day or on ``audit_on``; for the twelve months that it will look at.

    An employer that owes nothing yet is told what an audit would find once it has a year of records. Without ``steps``
    it is not worked out what each thing missing would gain.
    """
    owed = owed_by(employer, on=on)
    kind = _kind(owed)
    last = audit_on or owed.next.due_on or _first_year(employer, on)
    last = max(last, on)
    instrument = schemes.instrument(schemes.edition_on(SCHEME, on).instrument)
    forms = {key: use.form for key, use in records.forms_in_use(employer).items()}
    marks = rules_of(employer, on=on).pass_marks
    window = Window(add_months(last, -YEAR) + A_DAY, last, on)
    tickets = _tickets(employer, window)
    return Readiness(
        forecast=forecast(instrument, _on_file(employer, forms, window, tickets), window=window, steps=steps),
        instrument=instrument,
        mark=marks.get(kind) or marks[Kind.CERTIFICATION],
        kind=kind,
        owed=owed,
        forms=_made_by(forms.values()),
        parts={kind: part for part in library.parts() for kind in part.evidence},
        tickets=tickets,
    )


def _kind(owed: Owed) -> Kind:
    report = owed.situation.report
    return report.owed.kind if report is not None and report.owed is not None else Kind.CERTIFICATION


def _first_year(employer: Employer, on: date) -> date:
    """The day on which the first year of records will be whole: the last of twelve calendar months.

    Whoever chooses their own day need not count a month that was half over when they began: the year starts with the
    month of the first record where that was made in its first week, else with the next one. Our own convention.
    """
    rows = Record.objects.within(_ASKED).filter(employer=employer, corrected=False)
    began_on = rows.aggregate(first=Min("on"))["first"] or on
    month = began_on.replace(day=1)
    return add_months(month, YEAR if began_on.day <= FIRST_WEEK else YEAR + 1) - A_DAY


def _made_by(forms: Iterable[Form]) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for form in forms:
        for kind in form.evidence:
            if kind not in found or _PACE.index(form.rhythm) < _PACE.index(found[kind].rhythm):
                found[kind] = form
    return found


def _tickets(employer: Employer, window: Window) -> Mapping[str, Wanted]:
    """The tickets that are wanted of the crew of today, good ones as they will be on the day of the audit.

    None where no ticket is on file: such a business keeps its training as records alone.
    """
    needs = workers.needs_of(employer, on=window.on, good_on=window.last)
    if not any(each.ticket for each in needs):
        return {}
    return wanted((each.need, each.training.evidence) for each in needs)


def _on_file(employer: Employer, forms: Mapping[str, Form], window: Window, tickets: Mapping[str, Wanted]) -> OnFile:
    program = programs.program_of(employer)
    own = {key: Rhythm(rhythm) for key, rhythm in (program.rhythms if program else {}).items()}
    made_by = _made_by(forms.values())
    return OnFile(
        rhythms={kind: own.get(form.key, form.rhythm) for kind, form in made_by.items()},
        months=_months(employer, window),
        papers=_papers(employer, on=window.on),
        covered=_covered(employer, forms, on=window.on) | {kind: each.share for kind, each in tickets.items()},
        beside=_beside(program, forms.values()),
    )


def _beside(program: Program | None, forms: Iterable[Form]) -> frozenset[str]:
    """The evidence types that only work of another kind brings; none while the employer has not told its own."""
    if program is None or not program.conditions:
        return frozenset()
    conditions = {Condition(each) for each in program.conditions}
    makers = [(form.evidence, form.when) for form in forms] + [(part.evidence, part.when) for part in library.parts()]
    wanted = {kind for kinds, when in makers if when <= conditions for kind in kinds}
    return frozenset(kind for kinds, _ in makers for kind in kinds) - wanted


def _months(employer: Employer, window: Window) -> dict[str, set[date]]:
    # A card that was dated on a day to come is kept, and counts when that month has come.
    rows = Tally.objects.within(_ASKED).filter(
        employer=employer, records__gt=0, month__gte=window.first.replace(day=1), month__lte=min(window.last, window.on)
    )
    found: dict[str, set[date]] = {}
    for kind, month in rows.values_list("evidence", "month"):
        found.setdefault(kind, set()).add(month)
    return found


def _papers(employer: Employer, *, on: date) -> dict[str, Paper]:
    """How each directive type stands: the best of the employer's parts that give it, missing where none does."""
    found = {kind: Paper.MISSING for part in library.parts() for kind in part.evidence}
    for part in programs.parts_of(employer, on=on):
        stands = Paper.HELD if part.state in _HELD else Paper.WRITTEN
        for kind in part.row.evidence:
            if found.get(kind) is not Paper.HELD:
                found[kind] = stands
    return found


def _covered(employer: Employer, forms: Mapping[str, Form], *, on: date) -> dict[str, Fraction]:
    """The share of the crew of today that has a record of each form that everybody needs."""
    each_person = {key: form for key, form in forms.items() if form.each_person}
    crew = {worker.pk for worker in programs.workers_of(employer, on=on)}
    if not crew or not each_person:
        return {}
    rows = RecordPerson.objects.within(_ASKED).filter(
        record__employer=employer, record__form__in=each_person, record__corrected=False, worker__in=crew
    )
    named: dict[str, set[int]] = {}
    for key, worker in rows.values_list("record__form", "worker"):
        named.setdefault(key, set()).add(worker)
    return {
        kind: Fraction(len(named.get(key, ())), len(crew))
        for key, form in each_person.items()
        for kind in form.evidence
    }
