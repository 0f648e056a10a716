"""What is to be kept of an audit's answers, and why it may not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secor.core.method import Method
from secor.core.problem import Problem
from secor.usecases.act import Refusal


@dataclass(frozen=True, slots=True)
class Found:
    """What one method found, to be kept. ``given`` None takes it away; ``revision`` is the one that was seen."""

    question: str
    method: Method
    given: Mapping[str, Any] | None
    revision: int


@dataclass(frozen=True, slots=True)
class Remarked:
    """What is written under a question, to be kept."""

    question: str
    note: str = ""
    not_applicable: bool = False
    recommendation: str = ""
    revision: int = 0


Change = Found | Remarked


class Undeclared(Refusal):
    """The assessor has not declared their independence yet."""


class NotAsked(Refusal):
    """The instrument or this audit does not ask that question by that method."""


class Unfit(Refusal):
    """An answer that cannot be kept; ``problems`` tells what to mend, each with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place} {problem.problem}" for problem in problems))
        self.problems = tuple(problems)


class AlwaysApplies(Refusal):
    """Not applicable, where the instrument does not allow it."""


class Unexplained(Refusal):
    """Not applicable, without a note that says why."""


class TooLong(Refusal):
    """A text longer than is kept."""


class Stale(Refusal):
    """Somebody kept another value meanwhile. ``kept`` and ``revision`` are what is kept now, ``sent`` what came."""

    def __init__(self, *, kept: Any, revision: int, sent: Any) -> None:
        super().__init__(
            "This was changed in another tab or by another person after you opened the page. Nothing was overwritten. "
            "Look at both, and save again to keep yours."
        )
        self.kept, self.revision, self.sent = kept, revision, sent


class NotKept(Refusal):
    """Some changes of several could not be kept, so none was. ``refusals`` has each with the change it refuses."""

    def __init__(self, refusals: Sequence[tuple[Change, Refusal]]) -> None:
        super().__init__("Nothing was saved yet. Mend what is marked, and save again.")
        self.refusals = tuple(refusals)
