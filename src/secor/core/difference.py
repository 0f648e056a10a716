"""What one text has that another has not, line by line, as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

AROUND = 2


class Change(Enum):
    """What happened to a line."""

    SAME = "same"
    ADDED = "added"
    TAKEN_OUT = "taken_out"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what happened to it. A run of lines that stayed is one ``LEFT_OUT`` line with their number."""

    change: Change
    text: str = ""
    lines: int = 1


def difference(before: str, after: str) -> tuple[Line, ...]:
    """Tell which lines were added to ``before`` and which taken out to make ``after``; empty where nothing was.

    Lines that stayed are shown two deep around a change, and counted elsewhere. Empty lines are not looked at.
    """
    old, new = _lines(before), _lines(after)
    matched = SequenceMatcher(None, old, new).get_opcodes()
    if all(kind == "equal" for kind, *_ in matched):
        return ()
    found: list[Line] = []
    for nth, (kind, old_from, old_to, new_from, new_to) in enumerate(matched):
        if kind == "equal":
            found += _around(old[old_from:old_to], first=nth == 0, last=nth == len(matched) - 1)
        else:
            found += (Line(Change.TAKEN_OUT, _shown(text)) for text in old[old_from:old_to])
            found += (Line(Change.ADDED, _shown(text)) for text in new[new_from:new_to])
    return tuple(found)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip() and not _RULE.fullmatch(line.strip())]


def _around(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[Line]:
    head = 0 if first else AROUND
    tail = 0 if last else AROUND
    hidden = len(lines) - head - tail
    if hidden <= 1:
        yield from (Line(Change.SAME, _shown(text)) for text in lines)
        return
    yield from (Line(Change.SAME, _shown(text)) for text in lines[:head])
    yield Line(Change.LEFT_OUT, lines=hidden)
    yield from (Line(Change.SAME, _shown(text)) for text in lines[len(lines) - tail :])


# The line between a table's head and its rows says nothing to a reader.
_RULE = re.compile(r"\|?(\s*:?-+:?\s*\|)+\s*:?-*:?\s*")


def _shown(line: str) -> str:
    """A line of Markdown as a person reads it: a row's cells apart by a dot, no hashes and no asterisks."""
    text = line.strip().lstrip("#").strip()
    if text.startswith("|"):
        text = " · ".join(cell.strip() for cell in text.strip("|").split("|"))
    return text.replace("**", "")
