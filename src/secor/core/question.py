"""A question of an instrument: what each of its methods can earn, and under which rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

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
