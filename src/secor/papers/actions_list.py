"""The corrective actions as a spreadsheet: what has to be put right, by whom and by when, and how it was."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

COLUMNS = (
    ("No.", 6),
    ("What has to be put right", 56),
    ("Where it comes from", 32),
    ("Opened on", 13),
    ("Who", 22),
    ("By when", 13),
    ("How it stands", 16),
    ("Done on", 13),
    ("How it was put right", 48),
    ("Photo", 8),
)
HEAD = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One action as the list tells it."""

    what: str
    source: str
    opened_on: date
    who: str
    due_on: date | None
    stands: str
    done_on: date | None = None
    how: str = ""
    photo: bool = False


def actions_list(business: str, lines: Sequence[Line], *, on: date) -> bytes:
    """Write the list, in the order given. Text stays text: a cell that begins with ``=`` is shown, never computed."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#0B5570", "font_color": "#FFFFFF", "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 16})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#CCD6D1"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1, "border_color": "#CCD6D1"})
    sheet = book.add_worksheet("To fix")
    sheet.write_string(0, 0, f"To fix: {business}", title)
    sheet.write_string(1, 0, f"As of {on:%B} {on.day}, {on.year}. {_counted(lines)}")
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD, column, name, head)
    for row, line in enumerate(lines, start=HEAD + 1):
        sheet.write_number(row, 0, row - HEAD, cell)
        told = (line.what, line.source, line.opened_on, line.who, line.due_on, line.stands, line.done_on, line.how)
        for column, value in enumerate((*told, "yes" if line.photo else ""), start=1):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write_string(row, column, value or "", cell)
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.autofilter(HEAD, 0, max(HEAD + len(lines), HEAD + 1), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    book.close()
    return made.getvalue()


def _counted(lines: Sequence[Line]) -> str:
    still_open = sum(line.done_on is None for line in lines)
    return f"{still_open} still to be put right, {len(lines) - still_open} done."
