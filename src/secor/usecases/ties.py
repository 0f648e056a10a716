"""Ties between people and a business, which may forbid an audit."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from secor.core.independence import TieKind
from secor.store.models import Employer, Person, Tie
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal


class NotATie(Refusal):
    """A tie of a kind that nobody knows."""


class Backwards(Refusal):
    """A tie that ended before it began, or begins in the future."""


@transaction.atomic
def declare(
    act: Act, *, employer: Employer, person: Person, kind: TieKind | str, from_on: date, until_on: date | None = None
) -> Tie:
    """Say that a tie between ``person`` and the business existed from a day, until a day or still.

    Which audits it forbids is the rules' matter. The same tie told twice is one. Refuses ``NotATie`` and
    ``Backwards``.
    """
    held = owner.hold(act, employer=employer)
    known = {each.value for each in TieKind}
    told = kind.value if isinstance(kind, TieKind) else kind
    if told not in known:
        raise NotATie("Choose what ties this person to the business.")
    if from_on > act.on:
        raise Backwards("A tie is declared once it exists. Choose a day that has come.")
    if until_on is not None and until_on < from_on:
        raise Backwards("The last day is before the first. Change one of them.")
    rows = Tie.objects.within(house("the ties of an employer that was itself reached"))
    row = rows.filter(employer=held, person=person, kind=told, from_on=from_on).first()
    if row is not None and row.until_on == until_on:
        return row
    row = row or Tie(employer=held, person=person, kind=told, from_on=from_on)
    row.until_on, row.declared_by = until_on, act.by
    row.save()
    act.enter("tie.declared", employer=held, subject=str(person.pk), kind=told)
    return row
