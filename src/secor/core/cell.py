"""Cells of a file that spreadsheets open."""

from __future__ import annotations

COMPUTED = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: str) -> str:
    """A cell that a spreadsheet would compute stays text."""
    return f"'{cell}" if cell.startswith(COMPUTED) else cell
