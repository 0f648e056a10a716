"""A question of an instrument: its methods, how they combine, and what it leans on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from secor.core.method import Method, MethodRule, Points, read_method, read_points
from secor.core.reading import Reading


class Combine(Enum):
    """How the methods of one question become the question's points."""

    SUM = "sum"
    ANY = "any"
    AVERAGE = "average"


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
class Cascade:
    """A question without whose written rule this one earns nothing, or is not asked."""

    depends_on: str
    when: When
    effect: Effect


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

    def hears_roles_apart(self, rule: MethodRule) -> bool:
        """Whether what each role says is counted apart: only where another question may leave a role out."""
        by_role = self.cascade is not None and self.cascade.effect is Effect.ROLE_NOT_ASKED
        return by_role and len(rule.audience) > 1

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
_CASCADES = (
    (When.SCORE_IS_ZERO, Effect.SCORE_ZERO),
    (When.ITEM_MISSING, Effect.SCORE_ZERO),
    (When.ITEM_MISSING, Effect.ROLE_NOT_ASKED),
)


def read_question(reading: Reading, value: Any) -> Question | None:
    """Read one question and note what is to be mended; None only where there is nothing to read."""
    given = reading.mapping(value, required=_QUESTION_NEEDS, optional=_QUESTION_MAY)
    if given is None:
        return None
    allowed, only_if = _not_applicable(reading.at("na"), given.get("na", {"allowed": False}))
    question = Question(
        id=reading.text_at(given, "id"),
        text=reading.text_at(given, "text"),
        points=read_points(reading, given, "max_points"),
        combine=reading.at("combine").choice(given.get("combine", "sum"), Combine) or Combine.SUM,
        methods=_methods(reading.at("methods"), given.get("methods")),
        guidance=reading.text_at(given, "guidance"),
        evidence_types=reading.texts_at(given, "evidence_types"),
        document_kind=reading.at("document_kind").choice(given.get("document_kind", "operational"), DocumentKind)
        or DocumentKind.OPERATIONAL,
        carry_over_eligible=reading.flag_at(given, "carry_over_eligible"),
        na_allowed=allowed,
        na_only_if=only_if,
        iso_45001=reading.texts_at(given, "iso_45001"),
        legal_basis=reading.texts_at(given, "legal_basis"),
        cascade=_cascade(reading.at("cascade"), given["cascade"]) if "cascade" in given else None,
        owner_operator=reading.text_at(given, "owner_operator") or None,
    )
    if question.points and question.methods and all(rule.points for rule in question.methods):
        _add_up(reading, question)
    return question


def _add_up(reading: Reading, question: Question) -> None:
    most = question.most()
    if most != question.points:
        how = "sum" if question.combine is Combine.SUM else "highest"
        reading.at("max_points").note(f"is {question.points}, but the {how} of its methods is {most}")
    if question.combine is Combine.AVERAGE and any(rule.points != most for rule in question.methods):
        reading.at("methods").note(f"are averaged, so each must be worth the question's {question.points} points")


def _not_applicable(reading: Reading, value: Any) -> tuple[bool, str | None]:
    given = reading.mapping(value, required=("allowed",), optional=("only_if",))
    if given is None:
        return False, None
    return reading.flag_at(given, "allowed"), reading.text_at(given, "only_if") or None


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
    rules = [
        read_method(reading.at(method.value), method, given[method.value]) for method in Method if method.value in given
    ]
    if not rules:
        reading.note(f"needs at least one of {', '.join(letters)}")
    return tuple(rule for rule in rules if rule is not None)
