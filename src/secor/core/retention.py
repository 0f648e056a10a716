"""How long records are kept, and by what right. Periods are data with their legal basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from secor.core.anniversary import add_months
from secor.core.reading import Reading

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Retention:
    """How many years a kind of record is kept, from its day. ``ours`` marks a period that no law sets."""

    key: str
    title: str
    years: int
    basis: str
    source: str
    ours: bool

    def until(self, on: date) -> date:
        """Give the last day on which a record of the day ``on`` must still be there."""
        return add_months(on, self.years * _MONTHS)


def read_retentions(reading: Reading, value: Any) -> Mapping[str, Retention] | None:
    """Read the retention table; None when anything is to be mended, and then every problem has been noted."""
    before = len(reading.problems)
    given = reading.mapping(value, required=("retention",))
    if given is None:
        return None
    place = reading.at("retention")
    rows = place.mapping(given.get("retention"), optional=None) or {}
    read = {key: _row(place.at(key), key, row) for key, row in rows.items()}
    if len(reading.problems) > before:
        return None
    return {key: row for key, row in read.items() if row is not None}


def _row(reading: Reading, key: str, value: Any) -> Retention | None:
    given = reading.mapping(value, required=("title", "years", "basis", "source"), optional=("ours",))
    if given is None:
        return None
    return Retention(
        key=key,
        title=reading.text_at(given, "title"),
        years=reading.at("years").whole(given.get("years", 0), at_least=1) or 1,
        basis=reading.text_at(given, "basis"),
        source=reading.text_at(given, "source"),
        ours=reading.flag_at(given, "ours"),
    )
