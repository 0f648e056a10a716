"""The rules in force for a command: from ``--scheme``, ``--partner`` and ``--as-of`` to typed rules."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Protocol

from secor.core.audit import Kind
from secor.core.pass_mark import PassMark
from secor.core.problem import Problem
from secor.core.sampling import SamplingRule
from secor.queries.files import Unreadable


class InForce(Protocol):
    """What the commands ``score`` and ``sample`` want of a scheme's rules."""

    @property
    def pass_marks(self) -> Mapping[Kind, PassMark]:
        """The mark of each kind of audit."""

    @property
    def sampling(self) -> SamplingRule:
        """The sampling tables."""


def add_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Register the three options that choose a scheme's rules."""
    parser.add_argument("--scheme", required=required, help="a shipped scheme's key, or the path of an edition")
    parser.add_argument("--partner", help="the certifying partner whose rules are laid over the scheme's")
    parser.add_argument("--as-of", help="the day whose edition and values hold (YYYY-MM-DD)")


def in_force(args: argparse.Namespace) -> InForce:
    """Give the rules that the options choose. Raises ``Unreadable`` where there are none."""
    told = f"no scheme {args.scheme!r} is on file; give the key of a shipped scheme, or the path of an edition"
    raise Unreadable([Problem("--scheme", told)])
