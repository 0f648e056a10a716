"""Sampling: how many people, sites and records an audit must at least look at, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

from secor.core.reading import Reading
from secor.core.rounding import shortest

_ONE = {"people": "person", "sites": "site", "records": "record"}


class OutsideTable(ValueError):  # noqa: N818 -- a refusal is named for what happened
    """The table has no row for that number."""


@dataclass(frozen=True, slots=True)
class Row:
    """From ``first`` to ``last`` (None: without end): a number, or a share rounded up, or all of them.

    All of them where both are None.
    """

    first: int
    last: int | None
    minimum: int | None = None
    share: Fraction | None = None

    def holds(self, number: int) -> bool:
        """Tell whether this row speaks of ``number``."""
        return self.first <= number and (self.last is None or number <= self.last)

    def of(self, number: int) -> int:
        """The least number to look at; never more than there are."""
        if self.share is not None:
            return min(number, max(1, ceil(self.share * number)))
        return number if self.minimum is None else min(number, self.minimum)

    @property
    def words(self) -> str:
        """The row as a person would say it (``6 to 7: 5``)."""
        if self.last is None:
            span = f"{self.first} or more"
        else:
            span = str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
        if self.share is not None:
            return f"{span}: {shortest(self.share * 100)} %, rounded up"
        return f"{span}: {'all' if self.minimum is None else self.minimum}"


@dataclass(frozen=True, slots=True)
class SamplingRule:
    """The tables for interviews and sites, and the rule for records.

    All records up to ``records_all_up_to``; above, ``records_at_least`` or the share, whichever is more.
    """

    interviews: tuple[Row, ...]
    sites: tuple[Row, ...]
    records_all_up_to: int
    records_at_least: int
    records_share: Fraction


@dataclass(frozen=True, slots=True)
class Sample:
    """The least numbers, None where nothing was asked about, and a reason in words for each."""

    interviews: int
    sites: int | None
    records: int | None
    why: tuple[str, ...]


def sample(rule: SamplingRule, *, headcount: int, sites: int | None = None, records: int | None = None) -> Sample:
    """Tell how many of ``headcount`` people, ``sites`` and ``records`` an audit must at least look at.

    Raises ``OutsideTable`` where the scheme's table says nothing about that number.
    """
    people = _row(rule.interviews, headcount, "people")
    interviews = people.of(headcount)
    why = [f"interviews {interviews}: {_told(headcount, 'people')}, table row {people.words}"]
    least_sites = to_look_at = None
    if sites is not None:
        row = _row(rule.sites, sites, "sites")
        least_sites = row.of(sites)
        why.append(f"sites {least_sites}: {_told(sites, 'sites')}, table row {row.words}")
    if records is not None:
        to_look_at, reason = _records(rule, records)
        why.append(f"records {to_look_at}: {_told(records, 'records')}, {reason}")
    return Sample(interviews, least_sites, to_look_at, tuple(why))


def _row(rows: tuple[Row, ...], number: int, what: str) -> Row:
    for row in rows:
        if row.holds(number):
            return row
    known = "; ".join(row.words for row in rows) or "no rows"
    raise OutsideTable(
        f"The sampling table says nothing about {_told(number, what)} ({known}). Ask the certifying partner."
    )


def _told(number: int, what: str) -> str:
    return f"1 {_ONE[what]}" if number == 1 else f"{number} {what}"


def least_records(rule: SamplingRule, records: int) -> int:
    """Tell at how many of ``records`` an audit must at least look; never more than there are."""
    if records <= rule.records_all_up_to:
        return records
    return min(records, max(rule.records_at_least, ceil(rule.records_share * records)))


def _records(rule: SamplingRule, records: int) -> tuple[int, str]:
    if records <= rule.records_all_up_to:
        return records, f"all up to {rule.records_all_up_to}"
    share = shortest(rule.records_share * 100)
    reason = f"at least {rule.records_at_least} or {share} %, whichever is more, rounded up"
    return least_records(rule, records), reason


def spread(days: Sequence[date], *, wanted: int) -> tuple[int, ...]:
    """Choose ``wanted`` of some dated things so that they stand far apart: their places in ``days``, which is sorted.

    The first and the last are among them where two or more are wanted; fewer things than wanted are all chosen. The
    same days give the same choice, so that anybody can make it again.
    """
    if wanted >= len(days):
        return tuple(range(len(days)))
    if wanted <= 1:
        return (len(days) // 2,) * min(wanted, 1)
    first, length = days[0], (days[-1] - days[0]).days
    chosen: set[int] = set()
    for nth in range(wanted):
        aim = first + timedelta(days=length * nth // (wanted - 1))
        free = (place for place in range(len(days)) if place not in chosen)
        chosen.add(min(free, key=lambda place: (abs((days[place] - aim).days), place)))
    return tuple(sorted(chosen))


def read_sampling(reading: Reading, value: Any) -> SamplingRule | None:
    """Read ``{interviews: [row], sites: [row], records: {all_up_to, at_least, share}}``.

    A row is ``{first: 6, last: 7, minimum: 5}``, with ``minimum: all``, or ``share: 33 %`` in its place;
    ``last: null`` has no end. Rows that overlap are refused, for two answers are none.
    """
    before = len(reading.problems)
    given = reading.mapping(value, required=("interviews", "sites", "records"))
    if given is None:
        return None
    records = reading.at("records")
    about = records.mapping(given.get("records"), required=("all_up_to", "at_least", "share")) or {}
    share = records.at("share").share(about["share"]) if "share" in about else None
    rule = SamplingRule(
        interviews=read_rows(reading.at("interviews"), given.get("interviews")),
        sites=read_rows(reading.at("sites"), given.get("sites")),
        records_all_up_to=_whole(records, about, "all_up_to"),
        records_at_least=_whole(records, about, "at_least"),
        records_share=share or Fraction(0),
    )
    return rule if len(reading.problems) == before else None


def read_rows(reading: Reading, value: Any) -> tuple[Row, ...]:
    """Read the rows of one table, lowest first; overlapping rows are a problem at the later one."""
    read = [(place, _read_row(place, item)) for place, item in reading.items(value)]
    rows = sorted(((row, place) for place, row in read if row is not None), key=lambda pair: pair[0].first)
    for (earlier, _), (later, place) in pairwise(rows):
        if earlier.last is None or later.first <= earlier.last:
            place.note(f"row {later.words!r} overlaps row {earlier.words!r}; a number may stand in one row only")
    return tuple(row for row, _ in rows)


def _read_row(reading: Reading, value: Any) -> Row | None:
    before = len(reading.problems)
    given = reading.mapping(value, required=("first", "last"), optional=("minimum", "share"))
    if given is None:
        return None
    if ("minimum" in given) == ("share" in given):
        reading.note("needs either minimum (a number, or all) or share")
    first = reading.at("first").whole(given["first"], at_least=1) if "first" in given else None
    last = None if given.get("last") is None else reading.at("last").whole(given["last"], at_least=1)
    least = given.get("minimum", "all")
    minimum = None if least == "all" else reading.at("minimum").whole(least, at_least=1)
    share = reading.at("share").share(given["share"]) if "share" in given else None
    if first is not None and last is not None and last < first:
        reading.at("last").note(f"is {last}, before the row's first number {first}")
    if first is None or len(reading.problems) > before:
        return None
    return Row(first, last, minimum, share)


def _whole(reading: Reading, given: Mapping[str, Any], key: str) -> int:
    return (reading.at(key).whole(given[key]) if key in given else None) or 0
