"""What each certificate owes next, kept beside it. It follows from the events alone and can be worked out anew."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from secor.core.certificate import Projection, projection
from secor.queries.certificates import rules_of
from secor.queries.histories import Kept, kept_of, life_of, lives
from secor.store.models import Certificate
from secor.store.scope import house

HELD = house("an act holds the certificates of its employer")
OVER = Projection(None, None, None, ended=True)
A_BATCH = 500


def hold(employer: int, *, scheme: str) -> list[Certificate]:
    """Take all certificates of an employer under a scheme until the transaction ends, the newest first.

    So two acts about one employer's certificates come one after the other. Call inside a transaction.
    """
    rows = Certificate.objects.within(HELD).select_for_update(of=("self",)).filter(employer=employer, scheme=scheme)
    return list(rows.select_related("partner", "employer").order_by("-pk"))


def project(rows: Sequence[Certificate], *, employer: int, scheme: str) -> int:
    """Write what is owed next beside the certificates of one employer and scheme; give how many changed."""
    return _project(rows, kept_of([employer]).get((employer, scheme), []))


def rebuild(*, batch: int = A_BATCH) -> int:
    """Work out anew what every certificate owes next, from its events alone; give how many differed.

    After a change of the scheme files that reaches certificates already issued, or to prove that nothing drifted.
    """
    changed, last = 0, 0
    while employers := _employers_after(last, batch):
        last = employers[-1]
        with transaction.atomic():
            rows = Certificate.objects.within(HELD).select_for_update(of=("self",)).filter(employer__in=employers)
            pairs: dict[tuple[int, str], list[Certificate]] = {}
            for row in rows.order_by("-pk"):
                pairs.setdefault((row.employer_id, row.scheme), []).append(row)
            kept = kept_of(employers)
            changed += sum(_project(held, kept.get(pair, [])) for pair, held in pairs.items())
    return changed


def _project(rows: Sequence[Certificate], kept: Sequence[Kept]) -> int:
    told = lives(kept)
    changed = 0
    for row in rows:
        life = life_of(row.pk, among=told)
        carries = row.replaced_by_id is None and life is not None and life is told[-1]
        owed = projection(life.events, rules=rules_of(life.pin)) if carries and life else OVER
        values = (owed.owed_kind.value if owed.owed_kind else "", owed.owed_due_on, owed.ended)
        if values != (row.owed_kind, row.owed_due_on, row.ended):
            row.owed_kind, row.owed_due_on, row.ended = values
            row.save(update_fields=["owed_kind", "owed_due_on", "ended"])
            changed += 1
    return changed


def _employers_after(last: int, batch: int) -> list[int]:
    rows = Certificate.objects.within(HELD).filter(employer__gt=last)
    return list(rows.order_by("employer").values_list("employer", flat=True).distinct()[:batch])
