"""The assessor's word about ties to the employer, given before the first answer of every audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from secor.core.audit import Kind, Performer
from secor.core.independence import WORDS, TieKind
from secor.queries import starting
from secor.queries.audits import rules_of
from secor.queries.teams import works_on
from secor.store.models import Audit, Declaration, Tie
from secor.store.scope import house
from secor.usecases import assessor
from secor.usecases.act import Act, Refusal

WORDING = "2026-11"  # the day of the words that are signed; see templates/auditor/declare.html
NOTE_MAX = 300


@dataclass(frozen=True, slots=True)
class DeclaredTie:
    """A tie as its person declares it: what kind, since when, and until when (None: it lasts)."""

    kind: TieKind
    from_on: date
    until_on: date | None = None
    note: str = ""


class NotTheAssessor(Refusal):
    """Somebody else than the audit's own assessor wants to sign."""


class Contradiction(Refusal):
    """The word says that there are no ties, and names one; or that there are, and names none."""


class Backwards(Refusal):
    """A tie that ended before it began, or begins in the future."""


@transaction.atomic
def declare(act: Act, *, audit: Audit, ties: Sequence[DeclaredTie], clear: bool) -> Declaration:
    """Keep the assessor's word: that nothing ties them to the employer (``clear``), or what does.

    The word is always kept. It opens the answers only when it is clear and no tie that is known forbids the audit;
    the declaration that comes back says so in ``clear``, and ``ties`` names in words what forbids it. Refuses anyone
    but the audit's own assessor and teammates (``NotTheAssessor``), an audit that is not being done
    (``assessor.Closed``), and a word that contradicts itself (``Contradiction``).
    """
    held = assessor.hold_writable(act, audit=audit, team=True)
    if act.by is None or not (held.assessor_id == act.by.pk or works_on(act.by, held)):
        raise NotTheAssessor("Only the person named as this audit's assessor can sign this.")
    if clear == bool(ties):
        raise Contradiction("Either nothing ties you to this business, or name what does. Mend one of the two.")
    for tie in ties:
        _keep(act, held, tie)
    why = starting.conflicts_of(
        act.by,
        employer=held.employer,
        rules=rules_of(held),
        kind=Kind(held.kind),
        performer=Performer(held.performer),
        on=act.on,
    )
    told = list(why) or [WORDS[tie.kind] for tie in ties]
    said = Declaration(audit=held, person=act.by, signed_at=act.at, wording=WORDING, ties=told, clear=not why)
    said.save(force_insert=True)
    act.enter(
        "audit.declared" if said.clear else "audit.conflict_declared",
        employer=held.employer_id,
        partner=held.partner_id,
        subject=held.code,
        wording=WORDING,
        kinds=sorted(tie.kind.value for tie in ties),
    )
    return said


def _keep(act: Act, audit: Audit, tie: DeclaredTie) -> None:
    if tie.from_on > act.on or (tie.until_on is not None and tie.until_on < tie.from_on):
        raise Backwards("The tie must have begun by today, and may not end before it began. Mend the days.")
    known = Tie.objects.within(house("the ties of somebody who declares them"))
    kept, _ = known.get_or_create(
        employer=audit.employer,
        person=act.by,
        kind=tie.kind.value,
        from_on=tie.from_on,
        defaults={"declared_by": act.by, "note": tie.note[:NOTE_MAX]},
    )
    kept.until_on = tie.until_on
    kept.save(update_fields=["until_on"])
