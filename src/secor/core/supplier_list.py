"""A client's list of suppliers: which certificate number stands in each line, however the list was kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from secor.core.number import NotANumber, parse

MOST = 10_000
LONGEST = 200
_DIGITS = 6
_SEPARATORS = ",;\t"


class TooMany(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """The list is longer than one check may be. Its text is for the person."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """One line: its place counted from 1, what was written there, and the number; else what is the matter with it."""

    line: int
    given: str
    number: str = ""
    trouble: str = ""


def read_suppliers(text: str) -> tuple[Supplier, ...]:
    """Read a list: one number a line, or a table with commas, semicolons or tabs and the number in any column.

    A line without anything in it is passed over, and so is the first one where it only names the columns. A line
    whose number has a slip in it is kept with what is the matter. Raises ``TooMany`` after 10,000 lines.
    """
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=_separator(text))
    found: list[Supplier] = []
    for row in _whole(rows):
        cells = [" ".join(cell.split())[:LONGEST] for cell in row[1]]
        supplier = _supplier(row[0], [cell for cell in cells if cell])
        if supplier is None or (not found and supplier.trouble and not _counts(supplier.given)):
            continue
        if len(found) == MOST:
            raise TooMany(f"That is more than {MOST:,} lines. Send the list in parts.")
        found.append(supplier)
    return tuple(found)


def _whole(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on. A quote that never ends, and a cell of a megabyte, end the list there."""
    line = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield line, ["(this line cannot be read)"]
        else:
            yield line, row
        line = rows.line_num + 1


def _separator(text: str) -> str:
    """The sign that parts the columns: the one found most often in the first lines."""
    head = text[:5000]
    return max(_SEPARATORS, key=head.count)


def _supplier(line: int, cells: Sequence[str]) -> Supplier | None:
    if not cells:
        return None
    for cell in cells:
        try:
            return Supplier(line, cell, str(parse(cell)))
        except NotANumber:
            continue
    meant = next((cell for cell in cells if cell[0].isalpha() and _counts(cell)), cells[0])
    try:
        parse(meant)
    except NotANumber as refusal:
        return Supplier(line, meant, trouble=str(refusal))
    raise AssertionError("every cell was tried before")


def _counts(text: str) -> bool:
    """Whether somebody may have meant this as a number."""
    return sum(sign.isdigit() for sign in text) >= _DIGITS
