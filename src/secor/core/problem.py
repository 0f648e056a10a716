"""A problem: one of several things to mend, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at ``place`` (``answers.3.2.D.met``), and what to do about it."""

    place: str
    problem: str
