"""Certificates: what happens to them is written down, and what is owed next follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from secor.core.audit import Kind
from secor.core.certificate import Projection, projection
from secor.core.event import EventKind
from secor.queries.certificates import rules_of
from secor.queries.histories import Kept, kept_of, life_of, lives
from secor.store.models import Certificate, CertificateEvent, Employer, Partner
from secor.store.scope import house
from secor.usecases.act import Act

HELD = house("an act holds the certificates of its employer")
OVER = Projection(None, None, None, ended=True)
A_BATCH = 500


@transaction.atomic
def record(  # noqa: PLR0913 - an event has as many facts as the rules know
    act: Act,
    *,
    employer: Employer,
    partner: Partner,
    scheme: str,
    event: EventKind | str,
    on: date,
    certificate: Certificate | None = None,
    kind: Kind | str = "",
    passed: bool | None = None,
    until: date | None = None,
    count: int | None = None,
    records_months: int | None = None,
    reason: str = "",
) -> CertificateEvent:
    """Write down that something happened to an employer's certificate, and work out what is owed next.

    Without ``certificate`` it happened to the one that carries the employer's life now, if any does. Part of another
    act, which writes the journal's line. An ``event`` or ``kind`` that the rules do not know raises ValueError.
    """
    rows = hold(employer, scheme=scheme)
    if certificate is None:
        certificate = next((row for row in rows if row.replaced_by_id is None and not row.ended), None)
    row = CertificateEvent(
        employer=employer,
        partner=partner,
        scheme=scheme,
        certificate=certificate,
        on=on,
        event=EventKind(event).value,
        kind=Kind(kind).value if kind else "",
        passed=passed,
        until=until,
        count=count,
        records_months=records_months,
        reason=reason,
        recorded_at=act.at,
        recorded_by=act.by,
    )
    row.save(force_insert=True)
    project(rows, kept_of([employer.pk]).get((employer.pk, scheme), []))
    return row


def hold(employer: Employer | int, *, scheme: str) -> list[Certificate]:
    """Take all certificates of an employer under a scheme until the transaction ends, the newest first.

    So two acts about one employer's certificates come one after the other. Call inside a transaction.
    """
    key = employer.pk if isinstance(employer, Employer) else employer
    rows = Certificate.objects.within(HELD).select_for_update(of=("self",)).filter(employer=key, scheme=scheme)
    return list(rows.select_related("partner").order_by("-pk"))


def project(rows: Sequence[Certificate], kept: Sequence[Kept]) -> int:
    """Write what is owed next beside each certificate of one employer and scheme; give how many changed."""
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
            changed += sum(project(held, kept.get(pair, [])) for pair, held in pairs.items())
    return changed


def _employers_after(last: int, batch: int) -> list[int]:
    rows = Certificate.objects.within(HELD).filter(employer__gt=last)
    return list(rows.order_by("employer").values_list("employer", flat=True).distinct()[:batch])
