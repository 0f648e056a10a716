"""Whom and what an audit looks at: how many at least, out of what, and what was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from secor.core.anniversary import add_months
from secor.core.draw import Thing
from secor.core.form import ReadBy
from secor.core.sampling import Sample, least_records, sample
from secor.queries.audits import rules_of
from secor.queries.proofs import A_YEAR
from secor.store.models import Audit, Draw, Record, Site, Worker
from secor.store.scope import Scope, house

__all__ = ["Draw", "least", "names_of", "pool_of", "sample_of", "standing"]

ASKED = house("what was drawn for an audit that was itself reached")


def standing(audit: Audit) -> Mapping[str, Draw]:
    """The draw that stands of each sort: the last one."""
    return {row.of: row for row in Draw.objects.within(ASKED).filter(audit=audit)}


def pool_of(audit: Audit, *, of: Draw.Of, scope: Scope, on: date) -> tuple[Thing, ...]:
    """Everything that can be drawn for ``audit``, as far as ``scope`` reaches it.

    People come from both sides, those who lead and those who do not; records from all months, sites and hands of the
    year that the audit looks at. Somebody outside the business reaches neither its people nor its records.
    """
    if of is Draw.Of.SITES:
        return tuple(Thing(str(row.pk)) for row in _sites(audit))
    if of is Draw.Of.PEOPLE:
        rows = Worker.objects.within(scope).filter(employer=audit.employer_id, ended_on__isnull=True)
        return tuple(Thing(row.code, ("leads" if row.leads else "crew",)) for row in rows)
    return tuple(
        Thing(str(uid), (f"{day:%Y-%m}", f"site {site or 0}", f"by {by or 0}"))
        for uid, day, site, by in _records(audit, scope=scope, on=on)
    )


def sample_of(audit: Audit) -> Sample | None:
    """What the table wants at least of people and sites, with reasons; None where the number of people is not known.

    Raises ``OutsideTable`` where the table says nothing about that many.
    """
    if not audit.headcount:
        return None
    return sample(rules_of(audit).sampling, headcount=audit.headcount, sites=len(_sites(audit)) or None)


def least(audit: Audit, *, of: Draw.Of, there: int) -> int:
    """How many of ``there`` are to be drawn; all where the number of people is not known. Raises ``OutsideTable``."""
    if of is Draw.Of.RECORDS:
        return least_records(rules_of(audit).sampling, there)
    wanted = sample_of(audit)
    number = None if wanted is None else wanted.interviews if of is Draw.Of.PEOPLE else wanted.sites
    return there if number is None else min(number, there)


def names_of(drawn: Draw, *, scope: Scope) -> tuple[str, ...]:
    """What was drawn, in words and in its order, as far as ``scope`` reaches it today."""
    keys: list[str] = drawn.chosen
    if drawn.of == Draw.Of.SITES:
        told = {str(site.pk): site.name for site in Site.objects.within(ASKED).filter(pk__in=keys)}
    elif drawn.of == Draw.Of.PEOPLE:
        told = {each.code: _worker(each) for each in Worker.objects.within(scope).filter(code__in=keys)}
    else:
        told = {str(each.uid): _record(each) for each in Record.objects.within(scope).filter(uid__in=keys)}
    return tuple(told[key] for key in keys if key in told)


def _sites(audit: Audit) -> tuple[Site, ...]:
    return tuple(Site.objects.within(ASKED).filter(employer=audit.employer_id, closed_on__isnull=True).order_by("pk"))


def _records(audit: Audit, *, scope: Scope, on: date) -> tuple[tuple[object, date, int | None, int | None], ...]:
    last = audit.gathered_on or on
    rows = Record.objects.within(scope).filter(
        employer=audit.employer_id,
        corrected=False,
        read_by=ReadBy.EVERYBODY.value,
        on__gt=add_months(last, -A_YEAR),
        on__lte=last,
    )
    return tuple(rows.values_list("uid", "on", "site", "made_by"))


def _worker(each: Worker) -> str:
    return f"{each.name}, {each.works_as}" if each.works_as else each.name


def _record(each: Record) -> str:
    return f"{each.on:%B} {each.on.day}, {each.on.year}: {each.title or each.form.replace('-', ' ')}"
