"""What the rule commands read and print: values in, one JSON object out, problems by their place."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from secor.core.problem import Problem
from secor.queries.files import Unreadable, read_file, read_text

REFUSED = 2


def given(path: str) -> Any:
    """Read an input file, or standard input for ``-``. Raises ``Unreadable``."""
    if path != "-":
        return read_file(Path(path))
    try:
        text = sys.stdin.read()
    except UnicodeDecodeError:
        raise Unreadable([Problem("-", "is not written in UTF-8; send UTF-8 text")]) from None
    return read_text(text, name="-")


def show(answer: Mapping[str, Any]) -> int:
    """Print the one JSON object of a command, and give its exit status."""
    # Half a character (a lone surrogate, which JSON allows) cannot be written; its place is marked.
    print(json.dumps(answer, ensure_ascii=False).encode(errors="replace").decode())
    return 0


def refuse(problems: Iterable[Problem]) -> int:
    """Print each problem with its place on standard error, and give the exit status of bad input."""
    for problem in problems:
        told = f"{problem.place or 'the whole file'}: {problem.problem}"
        print(" ".join(told.split()), file=sys.stderr)  # one line, even where a name holds a line break
    return REFUSED
