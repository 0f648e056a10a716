"""A question of an instrument: what each of its methods can earn, and under which rule."""

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


class Combine(Enum):
    """How the methods of one question become the question's points."""

    SUM = "sum"
    ANY = "any"
    AVERAGE = "average"


class Rounds(Enum):
    """How a points list takes a share that falls between two of its values."""

    DOWN = "down"
    NEAREST = "nearest"


class DocumentKind(Enum):
    """Whether a question asks for what the employer has decided, or for proof of its use."""

    DIRECTIVE = "directive"
    OPERATIONAL = "operational"


class When(Enum):
    """What in another question sets a cascade off."""

    SCORE_IS_ZERO = "score_is_zero"
    ITEM_MISSING = "item_missing"


class Effect(Enum):
    """What a cascade does to the question that depends."""

    SCORE_ZERO = "score_zero"
    ROLE_NOT_ASKED = "responses_of_that_role_not_asked"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a ``per_item`` rule looks for; ``role`` is set where the item speaks of one role."""

    text: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Cascade:
    """A question without whose written rule this one earns nothing, or is not asked."""

    depends_on: str
    when: When
    effect: Effect


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


@dataclass(frozen=True, slots=True)
class Question:
    """The smallest scored thing of an instrument."""

    id: str
    text: str
    points: Points
    combine: Combine
    methods: tuple[MethodRule, ...]
    guidance: str = ""
    evidence_types: tuple[str, ...] = ()
    document_kind: DocumentKind = DocumentKind.OPERATIONAL
    carry_over_eligible: bool = False
    na_allowed: bool = False
    na_only_if: str | None = None
    iso_45001: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    cascade: Cascade | None = None
    owner_operator: str | None = None

    def rule_of(self, method: Method) -> MethodRule | None:
        """Give the rule under which ``method`` is asked, or None where it is not asked."""
        return next((rule for rule in self.methods if rule.method is method), None)

    def most(self) -> Points:
        """The points that the methods give under the combining rule; ``points`` must equal them."""
        if self.combine is Combine.SUM:
            return sum(rule.points for rule in self.methods)
        return max((rule.points for rule in self.methods), default=0)


_QUESTION_NEEDS = ("id", "text", "max_points", "methods")
_QUESTION_MAY = (
    "combine",
    "guidance",
    "evidence_types",
    "document_kind",
    "carry_over_eligible",
    "na",
    "iso_45001",
    "legal_basis",
    "cascade",
    "owner_operator",
)
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
_CASCADES = (
    (When.SCORE_IS_ZERO, Effect.SCORE_ZERO),
    (When.ITEM_MISSING, Effect.SCORE_ZERO),
    (When.ITEM_MISSING, Effect.ROLE_NOT_ASKED),
)


def plain(exact: Fraction) -> Points:
    """Give points as a whole number where they are one."""
    return exact.numerator if exact.denominator == 1 else exact


def read_question(reading: Reading, value: Any) -> Question | None:
    """Read one question; None when a problem of its own was noted."""
    given = reading.mapping(value, required=_QUESTION_NEEDS, optional=_QUESTION_MAY)
    if given is None:
        return None
    before = len(reading.problems)
    allowed, only_if = _not_applicable(reading.at("na"), given.get("na", {"allowed": False}))
    question = Question(
        id=_text(reading, given, "id"),
        text=_text(reading, given, "text"),
        points=_points(reading, given, "max_points"),
        combine=reading.at("combine").choice(given.get("combine", "sum"), Combine) or Combine.SUM,
        methods=_methods(reading.at("methods"), given.get("methods")),
        guidance=_text(reading, given, "guidance"),
        evidence_types=_texts(reading, given, "evidence_types"),
        document_kind=reading.at("document_kind").choice(given.get("document_kind", "operational"), DocumentKind)
        or DocumentKind.OPERATIONAL,
        carry_over_eligible=_flag(reading, given, "carry_over_eligible"),
        na_allowed=allowed,
        na_only_if=only_if,
        iso_45001=_texts(reading, given, "iso_45001"),
        legal_basis=_texts(reading, given, "legal_basis"),
        cascade=_cascade(reading.at("cascade"), given["cascade"]) if "cascade" in given else None,
        owner_operator=_text(reading, given, "owner_operator") or None,
    )
    if len(reading.problems) == before:
        _add_up(reading, question)
    return question if len(reading.problems) == before else None


def _add_up(reading: Reading, question: Question) -> None:
    most = question.most()
    if most != question.points:
        how = "sum" if question.combine is Combine.SUM else "highest"
        reading.at("max_points").note(f"is {question.points}, but the {how} of its methods is {most}")
    if question.combine is Combine.AVERAGE and any(rule.points != most for rule in question.methods):
        reading.at("methods").note(f"are averaged, so each must be worth the question's {question.points} points")


def _text(reading: Reading, given: Mapping[str, Any], key: str) -> str:
    return (reading.at(key).text(given[key]) or "") if key in given else ""


def _texts(reading: Reading, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return reading.at(key).texts(given[key]) if key in given else ()


def _flag(reading: Reading, given: Mapping[str, Any], key: str) -> bool:
    return bool(reading.at(key).flag(given[key])) if key in given else False


def _points(reading: Reading, given: Mapping[str, Any], key: str) -> Points:
    if key not in given:
        return 0
    exact = reading.at(key).number(given[key])
    if exact == 0:
        reading.at(key).note("is 0; what can earn nothing is not a question")
    return plain(exact or Fraction(0))


def _not_applicable(reading: Reading, value: Any) -> tuple[bool, str | None]:
    given = reading.mapping(value, required=("allowed",), optional=("only_if",))
    if given is None:
        return False, None
    return _flag(reading, given, "allowed"), _text(reading, given, "only_if") or None


def _cascade(reading: Reading, value: Any) -> Cascade | None:
    given = reading.mapping(value, required=("depends_on", "when", "effect"))
    if given is None or len(given) < len(("depends_on", "when", "effect")):
        return None
    source = reading.at("depends_on").text(given["depends_on"])
    when = reading.at("when").choice(given["when"], When)
    effect = reading.at("effect").choice(given["effect"], Effect)
    if source is None or when is None or effect is None:
        return None
    if (when, effect) not in _CASCADES:
        reading.note(f"{effect.value} cannot follow from {when.value}; it needs {When.ITEM_MISSING.value}")
    return Cascade(source, when, effect)


def _methods(reading: Reading, value: Any) -> tuple[MethodRule, ...]:
    if value is None:
        return ()
    letters = tuple(method.value for method in Method)
    given = reading.mapping(value, optional=letters)
    if given is None:
        return ()
    rules = [_method(reading.at(method.value), method, given[method.value]) for method in Method if method.value in given]
    if not rules:
        reading.note(f"needs at least one of {', '.join(letters)}")
    return tuple(rule for rule in rules if rule is not None)


def _method(reading: Reading, method: Method, value: Any) -> MethodRule | None:
    given = reading.mapping(value, required=("points", "rule"), optional=_METHOD_MAY)
    if given is None or "rule" not in given:
        return None
    kind = reading.at("rule").choice(given["rule"], Rule)
    if kind is None:
        return None
    _fitting_keys(reading, kind, given)
    threshold = reading.at("threshold_percent").share(given.get("threshold_percent", 100))
    points = _points(reading, given, "points")
    return MethodRule(
        method=method,
        points=points,
        rule=kind,
        threshold=Fraction(1) if threshold is None else threshold,
        allowed=_allowed(reading.at("allowed_points"), given.get("allowed_points", ()), points),
        rounds=reading.at("rounds").choice(given.get("rounds", "down"), Rounds) or Rounds.DOWN,
        items=tuple(_item(*each) for each in reading.at("items").items(given.get("items", ()))),
        skips_absent_roles=_flag(reading, given, "skip_items_for_absent_roles"),
        audience=_texts(reading, given, "audience"),
        looks_at=_text(reading, given, "measure") or _text(reading, given, "observe"),
    )


def _fitting_keys(reading: Reading, kind: Rule, given: Mapping[str, Any]) -> None:
    """Each rule has the keys it needs, and none that it would silently ignore."""
    wants = {Rule.ALL_OR_NOTHING: "threshold_percent", Rule.PER_ITEM: "items", Rule.POINTS_LIST: "allowed_points"}
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
        return Item(_text(reading, given, "text"), _text(reading, given, "role") or None)
    text = reading.text(value) or ""
    first = text.split(maxsplit=1)[0].lower() if text else ""
    return Item(text, first if first in _ROLES else None)
