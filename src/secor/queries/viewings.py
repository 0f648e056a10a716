"""Whether whoever audits a business may look at its records today, and what was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from secor.queries.audits import BY_EMPLOYER, declared
from secor.store.models import Audit, Entry, Person, Viewing
from secor.store.scope import Scope, ScopedRows, house

__all__ = ["Look", "Viewing"]

LOOKED, WANTED = "records.looked_at", "records.wanted"
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Look:
    """One look: on which question's records, or on one record of them; by whom and when."""

    at: datetime
    question: str
    whole: bool
    who: str


def held(audit: Audit, *, on: date) -> Viewing | None:
    """The leave that holds on that day: given, not ended, its last day not over, and the audit being done."""
    if not audit.writable:
        return None
    rows = Viewing.objects.within(house("the viewing of an audit that was itself reached"))
    return rows.filter(audit=audit, ended_at__isnull=True, until_on__gte=on).first()


def reach(audit: Audit, *, by: Person, on: date) -> Scope | None:
    """What one of the audit's people may read of the business's records; None: nothing today.

    Nothing before they declared that no tie binds them to the business, and nothing without the owner's leave.
    Never more than what everybody of the business may read: first-aid records and what is the owner's stay theirs.
    """
    if audit.performer in BY_EMPLOYER:
        return None
    said = declared(audit, by=by)
    if said is None or not said.clear or held(audit, on=on) is None:
        return None
    return Scope(employers=frozenset({audit.employer_id}))


def looks(audit: Audit) -> Sequence[Look]:
    """The newest looks at the business's records in this audit, at most thirty."""
    rows = _acts(audit).filter(act=LOOKED).select_related("person").order_by("-pk")[:SHOWN]
    return tuple(
        Look(row.at, row.detail["question"], "record" not in row.detail, str(row.person) if row.person else "Somebody")
        for row in rows
    )


def looked(audit: Audit, *, person: int, question: str, record: str, since: datetime) -> bool:
    """Tell whether this look stands in the journal already, since that moment."""
    rows = _acts(audit).filter(act=LOOKED, person=person, at__gte=since)
    return any(row.detail.get("question") == question and row.detail.get("record", "") == record for row in rows)


def wanted(audit: Audit) -> datetime | None:
    """When the assessor asked to see records last; None: never."""
    row = _acts(audit).filter(act=WANTED).order_by("-pk").first()
    return row.at if row else None


def _acts(audit: Audit) -> ScopedRows[Entry]:
    rows = Entry.objects.within(house("the journal of an audit that was itself reached"))
    return rows.filter(employer=audit.employer_id, subject=audit.code)
