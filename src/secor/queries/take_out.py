"""Everything that is kept of one employer, table by table, as its owner may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from secor.queries.audits import BY_EMPLOYER
from secor.store.models import (
    Advice,
    Answer,
    Arrival,
    BookLine,
    CrewLink,
    Declaration,
    Draw,
    Employer,
    Evidence,
    Explanation,
    File,
    Matter,
    Note,
    Person,
    Remark,
    ReportEdit,
    Review,
    ReviewMark,
    Take,
    Teammate,
    Version,
)
from secor.store.scope import Reached, Scope

# The way from a table's rows to their employer, where it is not a column of their own.
PATHS: Mapping[str, str] = {
    "Employer": "pk",
    "Declaration": "audit__employer",
    "Answer": "audit__employer",
    "Remark": "audit__employer",
    "Explanation": "audit__employer",
    "ReportEdit": "audit__employer",
    "AuditVisit": "audit__employer",
    "Draw": "audit__employer",
    "Take": "audit__employer",
    "Teammate": "audit__employer",
    "Version": "audit__employer",
    "Viewing": "audit__employer",
    "Aim": "audit__employer",
    "Review": "audit__employer",
    "ReviewMark": "review__audit__employer",
    "Note": "review__audit__employer",
    "Motion": "certificate__employer",
    "PartVersion": "part__employer",
    "PartReading": "version__part__employer",
    "RecordPhoto": "record__employer",
    "RecordPerson": "record__employer",
}
# Not taken out, and why.
LEFT_OUT: Mapping[type[Model], str] = {
    Advice: "An assessor's own words, which belong to no business.",
    BookLine: "An auditor's own hours and money, which belong to no business.",
    CrewLink: "Holds nothing but the fingerprint of a secret.",
    Matter: "What a partner keeps about an auditor belongs to no business.",
    Arrival: "Photos on their way; those that came are with their records.",
}
# Of an audit by somebody from outside the notes stay with the auditor; the report of it is among the papers.
OWN_AUDITS_ONLY = (
    Declaration,
    Answer,
    Remark,
    Evidence,
    Explanation,
    ReportEdit,
    Draw,
    Take,
    Teammate,
    Version,
    Review,
    ReviewMark,
    Note,
)
# Secrets, and what each worker answered in a course, which is theirs alone.
SECRET = frozenset({"pin", "secret_digest", "wallet", "secret", "tries"})


def tables() -> tuple[type[Model], ...]:
    """Every table whose rows belong to an employer, in the order of their names, without those that are left out."""
    found = (each for each in apps.get_app_config("secor").get_models() if issubclass(each, Reached))
    return tuple(sorted((each for each in found if each not in LEFT_OUT), key=lambda each: each.__name__))


def rows_of(table: type[Model], employer: Employer, *, scope: Scope) -> Iterator[dict[str, Any]]:
    """The rows of a table that belong to the employer and that ``scope`` may read, as plain values."""
    path = PATHS.get(table.__name__, "employer")
    rows = table.objects.within(scope).filter(**{path: employer.pk})  # type: ignore[attr-defined]
    if table in OWN_AUDITS_ONLY:
        rows = rows.filter(**{f"{_to_audit(table)}performer__in": list(BY_EMPLOYER)})
    fields = [each for each in table._meta.concrete_fields if each.name not in SECRET]  # noqa: SLF001
    people = [each.name for each in fields if isinstance(each, ForeignKey) and each.related_model is Person]
    for row in rows.select_related(*people).order_by("pk").iterator():
        yield {each.name: _value(row, each) for each in fields}


def files_of(rows: Iterator[dict[str, Any]], table: type[Model]) -> Iterator[str]:
    """The fingerprints of the files that rows of a table name."""
    names = [
        each.name
        for each in table._meta.concrete_fields  # noqa: SLF001
        if isinstance(each, ForeignKey) and each.related_model is File
    ]
    for row in rows:
        yield from (str(row[name]) for name in names if row[name])


def _to_audit(table: type[Model]) -> str:
    return PATHS.get(table.__name__, "audit__employer").removesuffix("employer")


def _value(row: Model, field: Field[Any, Any]) -> Any:
    if isinstance(field, ForeignKey) and field.related_model is Person:
        return str(getattr(row, field.name) or "")
    return getattr(row, field.attname)
