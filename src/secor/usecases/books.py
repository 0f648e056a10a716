"""An auditor's own book: lines are written and struck, and never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from secor.queries.teams import works_on
from secor.store.models import Audit, BookLine
from secor.store.scope import Scope
from secor.usecases.act import Act, Refusal

NOTE_MAX = 200
# More than a day has, and more than any audit of a small employer ever cost: a slip of the keyboard.
MOST_HOURS, MOST_MONEY = Decimal(24), Decimal(100_000)
MONEY = frozenset({BookLine.What.EARNED, BookLine.What.SPENT})
CENT = Decimal("0.01")


class NotYourAudit(Refusal):
    """The audit is somebody else's, or an employer's own."""


class NotCounted(Refusal):
    """An amount that is nothing, less than nothing, or too much to be meant; or a day that has not come."""


class NotThere(Refusal):
    """There is no such line in one's book, or it was struck before."""


@transaction.atomic
def write(act: Act, *, audit: Audit, what: BookLine.What, amount: Decimal, on: date, note: str = "") -> BookLine:
    """Write hours or money into one's own book. Refuses ``NotYourAudit`` and ``NotCounted``.

    The journal tells that a line was written, and neither amount nor note: it is nobody else's.
    """
    if act.by is None or not (audit.assessor_id == act.by.pk or works_on(act.by, audit)):
        raise NotYourAudit("Only audits that you do yourself are in your book. Choose one of them.")
    most = MOST_MONEY if what in MONEY else MOST_HOURS
    exact = amount.quantize(CENT)
    if exact <= 0 or exact > most:
        raise NotCounted(f"Write more than 0 and at most {most:,}.")
    if on > act.on:
        raise NotCounted("That day has not come yet. Write it down when it has.")
    row = BookLine(
        person=act.by, audit=audit, on=on, what=what, amount=exact, note=note.strip()[:NOTE_MAX], written_at=act.at
    )
    row.save(force_insert=True)
    act.enter("book.written", subject=row.code)
    return row


@transaction.atomic
def strike(act: Act, *, code: str) -> None:
    """Strike a line of one's own book. Refuses another's, and one struck before (``NotThere``)."""
    mine = BookLine.objects.within(Scope(assessor=act.by.pk if act.by else None))
    row = mine.select_for_update().filter(code=code[:16], struck_at__isnull=True).first()
    if row is None:
        raise NotThere("That line is struck already, or is not in your book.")
    row.struck_at = act.at
    row.save(update_fields=["struck_at"])
    act.enter("book.struck", subject=row.code)
