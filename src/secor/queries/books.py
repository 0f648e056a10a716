"""An auditor's book: certifications and what keeps them, audits with their quality, hours and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from secor.core.role import RoleKind
from secor.core.sourced import Sourced
from secor.core.upkeep import Upkeep, upkeep
from secor.queries import schemes
from secor.queries.audits import BY_EMPLOYER, Audit, Stage
from secor.queries.people import Person, Role
from secor.store.models import BookLine, Partner, Review
from secor.store.scope import Scope, ScopedRows, house

__all__ = [
    "BookLine",
    "Certification",
    "Done",
    "Year",
    "certifications",
    "certified",
    "done_by",
    "lines_of",
    "years_of",
]

MONEY = frozenset({BookLine.What.EARNED.value, BookLine.What.SPENT.value})
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Certification:
    """An auditor's standing with one partner, and how the rule for keeping it is met; None where none is published."""

    partner: Partner
    since: date
    until: date | None
    upkeep: Upkeep | None
    rule: Sourced[object] | None


@dataclass(frozen=True, slots=True)
class Done:
    """An audit that was accepted: how well the reviewer found it done, the rounds it took, hours and money."""

    audit: Audit
    quality: Fraction | None
    hours: Decimal
    earned: Decimal
    spent: Decimal

    @property
    def an_hour(self) -> Decimal | None:
        """What is left of the money for each hour, exact to the cent; None without hours or money."""
        if not self.hours or not self.earned:
            return None
        return ((self.earned - self.spent) / self.hours).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year: hours, and money in and out."""

    year: int
    hours: Decimal
    earned: Decimal
    spent: Decimal


def certifications(person: Person, roles: Sequence[Role], *, on: date) -> tuple[Certification, ...]:
    """Where ``person`` is certified by these roles. An audit counts with the partner it was done for."""
    held = [role for role in roles if role.kind == RoleKind.AUDITOR and role.partner is not None]
    rows = Audit.objects.within(Scope(assessor=person.pk)).filter(assessor=person, stage=Stage.ACCEPTED)
    days: dict[int, list[date]] = {}
    for partner, day in rows.exclude(performer__in=BY_EMPLOYER).values_list("partner", "accepted_on"):
        if day is not None:
            days.setdefault(partner, []).append(day)
    return tuple(certified(role, days.get(role.partner_id or 0, []), on) for role in held)


def certified(role: Role, days: Sequence[date], on: date) -> Certification:
    """The standing that a role gives, where audits were accepted for its partner on these days."""
    partner = role.partner
    assert partner is not None, "an auditor is certified by a partner"
    rules = schemes.rules(partner.scheme, partner=partner.key, on=on)
    rule = rules.upkeep
    kept = upkeep(rule, days, since=role.from_on, on=on) if rule else None
    return Certification(partner, role.from_on, role.until_on, kept, rules.told("upkeep"))


def done_by(person: Person) -> tuple[Done, ...]:
    """The audits of ``person`` that were accepted, the newest first, at most a hundred. Three queries."""
    rows = Audit.objects.within(Scope(assessor=person.pk)).filter(assessor=person, stage=Stage.ACCEPTED)
    audits = list(
        rows.exclude(performer__in=BY_EMPLOYER).select_related("employer", "partner").order_by("-accepted_on")[:SHOWN]
    )
    reviews = Review.objects.within(house("the quality of an audit that was itself reached, never who judged it"))
    judged = {
        audit: Fraction(awarded, possible)
        for audit, awarded, possible in reviews.filter(audit__in=audits, outcome=Review.Outcome.ACCEPTED).values_list(
            "audit", "quality_awarded", "quality_possible"
        )
        if awarded is not None and possible
    }
    sums = _sums(person, audits)
    return tuple(
        Done(
            audit,
            judged.get(audit.pk),
            _hours(sums.get(audit.pk, {})),
            sums.get(audit.pk, {}).get("earned", Decimal(0)),
            sums.get(audit.pk, {}).get("spent", Decimal(0)),
        )
        for audit in audits
    )


def lines_of(person: Person) -> tuple[BookLine, ...]:
    """The newest lines of somebody's book that count, at most a hundred."""
    return tuple(_mine(person).select_related("audit__employer")[:SHOWN])


def every_line(person: Person) -> tuple[BookLine, ...]:
    """All lines of somebody's book that count, the oldest first."""
    return tuple(_mine(person).select_related("audit__employer", "audit__partner").order_by("on", "pk"))


def years_of(person: Person) -> tuple[Year, ...]:
    """Hours and money of each calendar year, the newest first."""
    found: dict[int, dict[str, Decimal]] = {}
    for on, what, amount in _mine(person).values_list("on", "what", "amount"):
        _add(found.setdefault(on.year, {}), what, amount)
    return tuple(
        Year(year, _hours(sums), sums.get("earned", Decimal(0)), sums.get("spent", Decimal(0)))
        for year, sums in sorted(found.items(), reverse=True)
    )


def _sums(person: Person, audits: Sequence[Audit]) -> Mapping[int, Mapping[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = {}
    for audit, what, amount in _mine(person).filter(audit__in=audits).values_list("audit", "what", "amount"):
        _add(found.setdefault(audit, {}), what, amount)
    return found


def _add(sums: dict[str, Decimal], what: str, amount: Decimal) -> None:
    """Summed here and not by the database: SQLite would add floating-point numbers."""
    sums[what] = sums.get(what, Decimal(0)) + amount


def _hours(sums: Mapping[str, Decimal]) -> Decimal:
    return sum((amount for what, amount in sums.items() if what not in MONEY), Decimal(0))


def _mine(person: Person) -> ScopedRows[BookLine]:
    return BookLine.objects.within(Scope(assessor=person.pk)).filter(struck_at__isnull=True)
