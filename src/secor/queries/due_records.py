"""What a business said it would write down by now: the forms that it fills in week by week, and when it last did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from secor.core.rhythm import Rhythm, next_by
from secor.core.trade import Condition
from secor.queries import programs, records
from secor.store.models import Employer, Record
from secor.store.scope import house

_ASKED = house("when the records of an employer that was itself reached were last made")
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A form to be filled in by ``due_on``, that day counted. ``last_on`` is None where it never was."""

    form: str
    title: str
    last_on: date | None
    due_on: date

    def left(self, on: date) -> int:
        """Days that are left; 0 on the due day, less than 0 when it is late."""
        return (self.due_on - on).days


def due_records(employer: Employer, *, on: date, ahead: timedelta = AHEAD) -> tuple[DueRecord, ...]:
    """What is late or falls due within ``ahead``, the latest first. Nothing before a program was begun.

    A form counts by the business's own schedule, else by its usual rhythm; one for work that the business does not do
    is left out. What was never filled in is due one period after the program was begun.
    """
    program = programs.program_of(employer)
    if program is None:
        return ()
    own = {key: Rhythm(rhythm) for key, rhythm in program.rhythms.items()}
    conditions = {Condition(each) for each in program.conditions}
    rows = Record.objects.within(_ASKED).filter(employer=employer, corrected=False)
    last = dict(rows.order_by().values_list("form").annotate(last_on=Max("on")))
    found = []
    for key, use in records.forms_in_use(employer).items():
        if conditions and not use.form.when <= conditions:
            continue
        made = [last[each] for each in (key, *use.form.in_place_of) if each in last]
        due_on = next_by(own.get(key, use.form.rhythm), max(made, default=program.begun_on))
        if due_on is not None and due_on <= on + ahead:
            found.append(DueRecord(key, use.form.title, last.get(key), due_on))
    return tuple(sorted(found, key=lambda each: (each.due_on, each.title)))
