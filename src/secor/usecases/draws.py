"""Drawing whom and what an audit looks at."""

from __future__ import annotations

from django.db import transaction

from secor.core.draw import draw as chosen_of
from secor.core.sampling import OutsideTable
from secor.queries import draws
from secor.store.code import new_code
from secor.store.models import Audit, Draw
from secor.store.scope import Scope
from secor.usecases import assessor
from secor.usecases.act import Act, Refusal


class NothingThere(Refusal):
    """There is nothing that could be drawn."""


class NoTable(Refusal):
    """The partner's table says nothing about that many people or sites."""


@transaction.atomic
def draw(act: Act, *, audit: Audit, of: Draw.Of, scope: Scope, seed: str = "") -> Draw:
    """Draw as many as the partner's table wants, and keep the draw with its seed and all that could be drawn.

    Drawing again keeps the earlier draw and leaves a line in the journal, so that choosing until it suits can be
    seen. ``scope`` is what the assessor reaches. Refuses anyone but the assessor (``assessor.NotYours``), an audit
    that is not being done (``assessor.Closed``), ``NothingThere`` and ``NoTable``.
    """
    held = assessor.hold_writable(act, audit=audit)
    pool = sorted(draws.pool_of(held, of=of, scope=scope, on=act.on), key=lambda each: each.key)
    if not pool:
        raise NothingThere("There is nothing here to draw from yet. Enter it first, or choose on site.")
    try:
        wanted = draws.least(held, of=of, there=len(pool))
    except OutsideTable as outside:
        raise NoTable(str(outside)) from outside
    row = Draw(audit=held, of=of, seed=seed or new_code(), wanted=wanted, drawn_at=act.at, drawn_by=act.by)
    row.pool = [[each.key, list(each.traits)] for each in pool]
    row.chosen = list(chosen_of(pool, wanted=wanted, seed=row.seed))
    row.save(force_insert=True)
    act.enter(
        "sample.drawn",
        employer=held.employer_id,
        partner=held.partner_id,
        subject=held.code,
        of=of.value,
        seed=row.seed,
        drawn=len(row.chosen),
        out_of=len(pool),
    )
    return row
