"""What the quality rules object to, as the auditor's and the reviewer's pages both show it: rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from secor.core.objection import Objection
from secor.queries.objections import Raised

WHOLE = "audit"  # stands in an address for a question, where an objection is about the whole audit


@dataclass(frozen=True, slots=True)
class Line:
    """One objection: where it is, what was seen there, and what the assessor says to it."""

    question: str
    href: str
    because: str
    explanation: str
    explain: str


@dataclass(frozen=True, slots=True)
class Group:
    """All that one rule objects to, under its sentence."""

    says: str
    must: bool
    lines: tuple[Line, ...]

    @property
    def unexplained(self) -> int:
        """How many of them nobody has said anything to."""
        return sum(1 for line in self.lines if not line.explanation)


def grouped(
    found: Iterable[Raised], *, place: Callable[[Objection], str], explain: Callable[[Objection], str]
) -> tuple[Group, ...]:
    """Lay objections under the sentences of their rules, what must be mended first.

    ``place`` gives the address where one is mended, ``explain`` where it is explained (empty: nowhere).
    """
    by_rule: dict[str, list[Raised]] = {}
    for each in sorted(found, key=lambda raised: not raised.must):
        by_rule.setdefault(each.objection.rule, []).append(each)
    return tuple(
        Group(
            says=some[0].objection.says,
            must=some[0].must,
            lines=tuple(
                Line(
                    question=each.objection.question,
                    href=place(each.objection),
                    because=each.objection.because,
                    explanation=each.explanation,
                    explain="" if each.must else explain(each.objection),
                )
                for each in some
            ),
        )
        for some in by_rule.values()
    )
