"""Which records of a business prove what a question asks for: the same card that a crew signed in March."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secor.core.anniversary import add_months
from secor.core.form import ReadBy
from secor.core.question import Question
from secor.queries import records
from secor.store.models import Audit, Evidence, Record
from secor.store.scope import Scope, house

A_YEAR = 12
MOST = 400


@dataclass(frozen=True, slots=True)
class Proof:
    """A record that may be given as evidence; ``given`` when it stands beside the question already."""

    record: Record
    title: str
    given: bool


def proofs(audit: Audit, question: Question, *, scope: Scope, on: date) -> tuple[Proof, ...]:
    """The records of the audit's business that answer a question, the oldest first, of the year the audit looks at.

    A record answers a question when its form gives one of the evidence types that the question asks for. Only what
    everybody of the business may read is here: nothing that is kept from the crew goes to somebody outside.
    """
    wanted = set(question.evidence_types)
    forms = {key: use.form for key, use in records.forms_in_use(audit.employer).items()}
    serving = {key: form for key, form in forms.items() if wanted & set(form.evidence)}
    last = audit.gathered_on or on
    rows = Record.objects.within(scope).filter(
        employer=audit.employer_id,
        form__in=serving,
        corrected=False,
        read_by=ReadBy.EVERYBODY.value,
        on__gt=add_months(last, -A_YEAR),
        on__lte=last,
    )
    given = Evidence.objects.within(house("what stands beside a question of an audit that was itself reached")).filter(
        audit=audit, question=question.id, removed_at__isnull=True, record__isnull=False
    )
    there = set(given.values_list("record", flat=True))
    found = rows.select_related("employer", "site", "definition").order_by("-on", "-pk")[:MOST]
    return tuple(Proof(row, serving[row.form].title, row.pk in there) for row in reversed(found))
