"""Who is small enough for a scheme, counted from a ledger of head-counts, and what growing changes.

Guarantees: a count holds from its day until the day before the next; what held at the start of the window counts;
the limit itself is still within.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any

from secor.core.anniversary import add_months
from secor.core.reading import Reading

PEOPLE = ("owners", "full_time", "part_time", "casual", "volunteers", "family", "subcontractors")
A_DAY = timedelta(days=1)


class Basis(Enum):
    """Which figure of the window is held against the limit."""

    PEAK = "peak"
    AVERAGE = "average"
    AS_OF = "as_of"


class GrowthBy(Enum):
    """By when an employer that grew past the limit must have moved on."""

    NEXT_DUE = "next_due"
    YEAR_END = "year_end"
    IMMEDIATE = "immediate"


@dataclass(frozen=True, slots=True)
class Growth:
    """Where an employer goes that has grown past the limit, and by when."""

    to: str
    by: GrowthBy


@dataclass(frozen=True, slots=True)
class HeadcountRule:
    """How a scheme counts people, and how many it takes.

    ``counts`` are the kinds of people that count. The window is the last ``window_months`` months up to the day asked
    about, or with ``calendar_year`` the year of that day.
    """

    at_most: int | None
    counts: frozenset[str]
    at_least: int = 1
    basis: Basis = Basis.PEAK
    window_months: int = 12
    calendar_year: bool = False
    growth: Growth | None = None


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people of each kind there were from a day on."""

    on: date
    people: Mapping[str, int] = field(default_factory=dict)

    def counted(self, counts: frozenset[str]) -> int:
        """Add up the kinds that count."""
        return sum(number for kind, number in self.people.items() if kind in counts)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether an employer is small enough, on which figure, and why, in words.

    ``counted`` is exact: an average may be a fraction. ``peak_on`` is the first day of the highest count.
    """

    counted: Fraction
    basis: str
    peak_on: date | None
    maximum: int | None
    eligible: bool
    convert_by: date | None
    why: tuple[str, ...]


def eligible(ledger: Sequence[Headcount], *, rule: HeadcountRule, on: date) -> Eligibility:
    """Tell whether the employer of ``ledger`` is small enough on the day ``on``.

    Two counts of one day: the later in the ledger holds. Counts after ``on`` are not known yet. Sources: the scheme
    files (`rules.headcount`).
    """
    first = date(on.year, 1, 1) if rule.calendar_year else add_months(on, -rule.window_months) + A_DAY
    spells = _spells(ledger, first=first, last=on, counts=rule.counts)
    if not spells:
        return Eligibility(
            Fraction(0),
            _basis(rule),
            None,
            rule.at_most,
            eligible=False,
            convert_by=None,
            why=(f"no head-count is known on or before {on}; report one",),
        )
    peak = max(count for _, _, count in spells)
    peak_on = next(begins for begins, _, count in spells if count == peak)
    counted = _figure(rule.basis, spells, peak)
    few, many = counted < rule.at_least, rule.at_most is not None and counted > rule.at_most
    grew_on = next(
        (begins for begins, _, count in spells if rule.at_most is not None and count > rule.at_most), peak_on
    )
    why = [f"{_told(counted)} people by {_basis(rule)}; counted are {_kinds(rule.counts)}"]
    if many:
        why.append(f"the limit is {rule.at_most}, and it was passed from {grew_on} on")
    elif few:
        why.append(f"the scheme begins at {rule.at_least}")
    else:
        why.append(f"the limit of {rule.at_most} is kept" if rule.at_most is not None else "there is no upper limit")
    convert_by = _convert_by(rule, grew_on) if many else None
    if many and rule.growth is not None:
        when = f"by {convert_by}" if convert_by else "when the next audit falls due"
        why.append(f"move to {rule.growth.to} {when}")
    return Eligibility(
        counted,
        _basis(rule),
        peak_on,
        rule.at_most,
        eligible=not few and not many,
        convert_by=convert_by,
        why=tuple(why),
    )


def _spells(
    ledger: Sequence[Headcount], *, first: date, last: date, counts: frozenset[str]
) -> list[tuple[date, date, int]]:
    """Cut the ledger into spells inside the window: first day, last day, count."""
    days = {entry.on: entry.counted(counts) for entry in ledger if entry.on <= last}
    begins = sorted(days)
    spells = []
    for place, begun_on in enumerate(begins):
        ended_on = begins[place + 1] - A_DAY if place + 1 < len(begins) else last
        if ended_on >= first:
            spells.append((max(begun_on, first), ended_on, days[begun_on]))
    return spells


def _figure(basis: Basis, spells: list[tuple[date, date, int]], peak: int) -> Fraction:
    match basis:
        case Basis.PEAK:
            return Fraction(peak)
        case Basis.AS_OF:
            return Fraction(spells[-1][2])
    lengths = [((ends - begins).days + 1, count) for begins, ends, count in spells]
    return Fraction(sum(days * count for days, count in lengths), sum(days for days, _ in lengths))


def _convert_by(rule: HeadcountRule, grew_on: date) -> date | None:
    """The day to have moved on by, where it does not hang on what a certificate owes next."""
    if rule.growth is None:
        return None
    match rule.growth.by:
        case GrowthBy.IMMEDIATE:
            return grew_on
        case GrowthBy.YEAR_END:
            return date(grew_on.year, 12, 31)
    return None


def _basis(rule: HeadcountRule) -> str:
    if rule.basis is Basis.AS_OF:
        return "the count of the day"
    window = "the calendar year" if rule.calendar_year else f"{rule.window_months} months"
    return f"{rule.basis.value} over {window}"


def _kinds(counts: frozenset[str]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in PEOPLE if kind in counts)


def _told(counted: Fraction) -> str:
    return str(counted) if counted.denominator == 1 else f"{float(counted):.2f}"


def read_headcount_rule(reading: Reading, value: Any) -> HeadcountRule | None:
    """Read ``{at_most, counts, at_least, basis, window_months, calendar_year, growth: {to, by}}``."""
    before = len(reading.problems)
    given = reading.mapping(
        value,
        required=("at_most", "counts"),
        optional=("at_least", "basis", "window_months", "calendar_year", "growth"),
    )
    if given is None or not {"at_most", "counts"} <= given.keys():
        return None
    at_most = None if given["at_most"] is None else reading.at("at_most").whole(given["at_most"], at_least=1)
    counts = frozenset(reading.at("counts").texts(given["counts"]))
    for kind in sorted(counts - set(PEOPLE)):
        reading.at("counts").note(f"{kind!r} is no kind of people; known are {', '.join(PEOPLE)}")
    at_least = reading.at("at_least").whole(given.get("at_least", 1))
    basis = reading.at("basis").choice(given.get("basis", "peak"), Basis)
    window = reading.at("window_months").whole(given.get("window_months", 12), at_least=1)
    calendar_year = reading.flag_at(given, "calendar_year")
    growth = _read_growth(reading.at("growth"), given.get("growth"))
    if at_most is not None and at_least is not None and at_least > at_most:
        reading.at("at_least").note(f"is more than the limit of {at_most}")
    if len(reading.problems) > before or at_least is None or basis is None or window is None:
        return None
    return HeadcountRule(at_most, counts, at_least, basis, window, calendar_year, growth)


def _read_growth(reading: Reading, value: Any) -> Growth | None:
    if value is None:
        return None
    given = reading.mapping(value, required=("to", "by"))
    if given is None or not {"to", "by"} <= given.keys():
        return None
    to, by = reading.at("to").text(given["to"]), reading.at("by").choice(given["by"], GrowthBy)
    return Growth(to, by) if to and by else None


def read_ledger(reading: Reading, value: Any) -> tuple[Headcount, ...]:
    """Read ``[{on, owners, full_time, ...}]``; a kind that is absent counts 0."""
    ledger = []
    for place, item in reading.items(value):
        given = place.mapping(item, required=("on",), optional=PEOPLE)
        if given is None or "on" not in given:
            continue
        on = place.at("on").day(given["on"])
        people = {kind: place.at(kind).whole(given[kind]) or 0 for kind in PEOPLE if kind in given}
        if on is not None:
            ledger.append(Headcount(on, people))
    return tuple(ledger)
