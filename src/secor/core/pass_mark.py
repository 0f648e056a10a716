"""The pass mark: the shares (or points) that a verdict needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from secor.core.reading import Reading


@dataclass(frozen=True, slots=True)
class PassMark:
    """What an audit must reach; the mark itself is enough.

    ``overall`` and ``element`` are shares between 0 and 1, None where there is no such mark. ``points`` is an
    overall mark in points that is as good as ``overall`` (a forestry scheme: 80 % or 19 of 24 points).
    """

    overall: Fraction | None
    element: Fraction | None
    points: int | None = None


def read_pass_mark(reading: Reading, value: Any) -> PassMark | None:
    """Read a scheme's mark: ``{overall: 80 %, element: 50 %, points: 19}``, where null means no such mark."""
    return _read(reading, value, ("overall", "element", "points"))


def read_pass_rule(reading: Reading, value: Any) -> PassMark | None:
    """Read the mark as an instrument and an answers file write it: ``overall_min_percent: 80`` and so on."""
    return _read(reading, value, ("overall_min_percent", "element_min_percent", "or_points_min"))


def _read(reading: Reading, value: Any, keys: tuple[str, str, str]) -> PassMark | None:
    given = reading.mapping(value, optional=(*keys, "note"))
    if given is None:
        return None
    before = len(reading.problems)
    if not any(key in given for key in keys):
        reading.note(f"sets no mark; give {', '.join(keys)}, with null where there is none")
    overall, element = (None if given.get(key) is None else reading.at(key).share(given[key]) for key in keys[:2])
    points = given.get(keys[2])
    if points is not None:
        points = reading.at(keys[2]).whole(points)
    if len(reading.problems) > before:
        return None
    return PassMark(overall, element, points)
