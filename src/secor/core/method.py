"""A method of a question: what it can earn, and how its positives become points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, TypeAlias

from secor.core.reading import Reading

Points: TypeAlias = int | Fraction
"""Points as the instrument writes them: whole, or an exact half (never a float)."""


class Method(Enum):
    """How an answer was reached. Profiles leave whole methods out of an audit."""

    DOCUMENT = "D"
    INTERVIEW = "I"
    OBSERVATION = "O"


class Rule(Enum):
    """How one method's share of positives becomes points."""

    RANGE = "range"
    ALL_OR_NOTHING = "all_or_nothing"
    PER_ITEM = "per_item"
    MAJORITY = "majority"
    BOTH_OR_NOTHING = "both_or_nothing"
    POINTS_LIST = "points_list"


class Rounds(Enum):
    """How a points list takes a share that falls between two of its values."""

    DOWN = "down"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a ``per_item`` rule looks for; ``role`` is set where the item speaks of one role."""

    text: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class MethodRule:
    """What one method of a question can earn, and how.

    ``threshold`` is the share that ``all_or_nothing`` and ``both_or_nothing`` need; ``allowed`` the
    values of a points list, lowest first; ``looks_at`` the words of the instrument for what is
    counted or observed.
    """

    method: Method
    points: Points
    rule: Rule
    threshold: Fraction = Fraction(1)
    allowed: tuple[Points, ...] = ()
    rounds: Rounds = Rounds.DOWN
    items: tuple[Item, ...] = ()
    skips_absent_roles: bool = False
    audience: tuple[str, ...] = ()
    looks_at: str = ""


_METHOD_MAY = (
    "threshold_percent",
    "items",
    "skip_items_for_absent_roles",
    "audience",
    "measure",
    "observe",
    "allowed_points",
    "rounds",
)
_ROLES = ("owner", "supervisor", "worker", "contractor")
_WITH_THRESHOLD = (Rule.ALL_OR_NOTHING, Rule.BOTH_OR_NOTHING)


def plain(exact: Fraction) -> Points:
    """Give points as a whole number where they are one."""
    return exact.numerator if exact.denominator == 1 else exact


def read_points(reading: Reading, given: Mapping[str, Any], key: str) -> Points:
    """Read points above 0 under ``key``; 0 comes back where a problem was noted."""
    if key not in given:
        return 0
    exact = reading.at(key).number(given[key])
    if exact == 0:
        reading.at(key).note("is 0; what can earn nothing is not a question")
    return plain(exact or Fraction(0))


def read_method(reading: Reading, method: Method, value: Any) -> MethodRule | None:
    """Read how ``method`` is asked; None when it cannot be told."""
    given = reading.mapping(value, required=("points", "rule"), optional=_METHOD_MAY)
    if given is None or "rule" not in given:
        return None
    kind = reading.at("rule").choice(given["rule"], Rule)
    if kind is None:
        return None
    _fitting_keys(reading, kind, given)
    threshold = reading.at("threshold_percent").share(given.get("threshold_percent", 100))
    points = read_points(reading, given, "points")
    return MethodRule(
        method=method,
        points=points,
        rule=kind,
        threshold=Fraction(1) if threshold is None else threshold,
        allowed=_allowed(reading.at("allowed_points"), given.get("allowed_points", ()), points),
        rounds=reading.at("rounds").choice(given.get("rounds", "down"), Rounds) or Rounds.DOWN,
        items=tuple(_item(*each) for each in reading.at("items").items(given.get("items", ()))),
        skips_absent_roles=reading.flag_at(given, "skip_items_for_absent_roles"),
        audience=reading.texts_at(given, "audience"),
        looks_at=reading.text_at(given, "measure") or reading.text_at(given, "observe"),
    )


def _fitting_keys(reading: Reading, kind: Rule, given: Mapping[str, Any]) -> None:
    """Each rule has the keys it needs, and none that it would silently ignore."""
    wants = {
        Rule.ALL_OR_NOTHING: "threshold_percent",
        Rule.PER_ITEM: "items",
        Rule.POINTS_LIST: "allowed_points",
    }
    needed = wants.get(kind)
    if needed and not given.get(needed):
        reading.at(needed).note(f"is missing; the rule {kind.value} needs it")
    if "threshold_percent" in given and kind not in _WITH_THRESHOLD:
        reading.at("threshold_percent").note(f"means nothing to the rule {kind.value}; take it away")
    for key in ("allowed_points", "rounds"):
        if key in given and kind is not Rule.POINTS_LIST:
            reading.at(key).note(f"means nothing to the rule {kind.value}; take it away")


def _allowed(reading: Reading, value: Any, points: Points) -> tuple[Points, ...]:
    exact = [each.number(item) for each, item in reading.items(value)]
    allowed = tuple(sorted({plain(each) for each in exact if each is not None}))
    if allowed and (allowed[0] != 0 or allowed[-1] != points):
        reading.note(f"must begin with 0 and end with the method's {points} points")
    return allowed


def _item(reading: Reading, value: Any) -> Item:
    """An item is a text, or a text with the role it speaks of; a text may begin with that role."""
    if isinstance(value, Mapping):
        given = reading.mapping(value, required=("text", "role")) or {}
        return Item(reading.text_at(given, "text"), reading.text_at(given, "role") or None)
    text = reading.text(value) or ""
    first = text.split(maxsplit=1)[0].lower() if text else ""
    return Item(text, first if first in _ROLES else None)
