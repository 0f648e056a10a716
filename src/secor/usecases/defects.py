"""What records find wrong or decide on: each line opens one corrective action, whatever is sent in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from secor.core import told
from secor.core.form import Form, ReadBy
from secor.queries.workers import works
from secor.store.models import CorrectiveAction, Record, Worker
from secor.store.scope import house
from secor.usecases.act import Act
from secor.usecases.actions import AHEAD_MOST, cut

_HELD = house("an act holds the actions of the record that it keeps")
_LINE_MOST = 90


def open_actions(act: Act, *, record: Record, form: Form) -> tuple[str, ...]:
    """Open an action for each line of a checklist that a record found wrong, and for each measure that it decided on.

    Gives the codes of those that are new. A measure goes to whom it names, while they work here, and has its day.

    Called inside the act that keeps the record, while the employer's row is held. A correction keeps the actions of
    what it corrects: a line that has one already, from any record of that chain, gets no other, and all of them hang
    on the chain's first record, in whatever order the records come. A record that not everybody may read opens none,
    because everybody reads the actions.
    """
    found = told.to_fix(form, record.values) if record.read_by == ReadBy.EVERYBODY.value else ()
    alone = record.corrects is None and not record.corrected
    if alone and not found:
        return ()
    chain = [record] if alone else _chain(record)
    known = _gathered(chain)
    lines = {f"{each.field}.{each.line}"[:_LINE_MOST]: each for each in found}
    crew = _crew(act, record, found)
    rows = [_opened(act, chain[0], line, each, crew) for line, each in lines.items() if line not in known]
    CorrectiveAction.objects.bulk_create(rows)
    return tuple(row.code for row in rows)


def _opened(act: Act, record: Record, line: str, found: told.ToFix, crew: Mapping[str, Worker]) -> CorrectiveAction:
    worker = crew.get(found.code)
    named = f"{found.what} ({found.name})" if found.name and worker is None else found.what
    in_reach = found.by is not None and record.on <= found.by <= act.on + AHEAD_MOST
    return CorrectiveAction(
        employer=record.employer,
        source=CorrectiveAction.Source.RECORD,
        record=record,
        line=line,
        what=cut(named),
        worker=worker,
        due_on=found.by if in_reach else None,
        made_at=act.at,
        made_by=act.by,
    )


def _crew(act: Act, record: Record, found: Iterable[told.ToFix]) -> dict[str, Worker]:
    """Those of the chosen who work here today, by their codes."""
    codes = {each.code for each in found if each.code}
    rows = Worker.objects.within(_HELD).filter(employer=record.employer, code__in=codes) if codes else ()
    return {row.code: row for row in rows if works(row, on=act.on)}


def _chain(record: Record) -> list[Record]:
    """The records that correct one another around this one, the first of them first."""
    rows = Record.objects.within(_HELD).filter(employer=record.employer).defer("values")
    found, first = {record.uid: record}, record
    while first.corrects is not None and first.corrects not in found:
        before = rows.filter(uid=first.corrects).first()
        if before is None:
            break
        found[before.uid], first = before, before
    asked = set(found)
    while later := [row for row in rows.filter(corrects__in=asked) if row.uid not in found]:
        found |= {row.uid: row for row in later}
        asked = {row.uid for row in later}
    return [first, *(row for row in found.values() if row.pk != first.pk)]


def _gathered(chain: list[Record]) -> frozenset[str]:
    """Hang the actions of a chain of records on its first one; give their lines.

    Where two records that did not know of each other opened the same line, the one that nobody has touched goes.
    """
    rows = CorrectiveAction.objects.within(_HELD).filter(record__in=chain).order_by("pk")
    of_first = {row.line: row for row in rows if row.record_id == chain[0].pk}
    for row in (row for row in rows if row.record_id != chain[0].pk):
        if row.line not in of_first:
            of_first[row.line] = row
            row.record = chain[0]
            row.save(update_fields=["record"])
        elif _untouched(row, of_first[row.line]):
            row.delete()
    return frozenset(of_first)


def _untouched(row: CorrectiveAction, first: CorrectiveAction) -> bool:
    """Whether nothing was done to an action that another one stands for: it is as it was opened, or as that one is."""
    given = (row.worker_id, row.due_on)
    same = given in {(None, None), (first.worker_id, first.due_on)}
    return same and row.done_on is None and not row.reopenings.exists()
