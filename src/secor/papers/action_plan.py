"""The action plan as a spreadsheet: what to put right, by whom, by when."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

COLUMNS = (
    ("No.", 6),
    ("Element", 26),
    ("Question", 10),
    ("What is missing", 60),
    ("What will be done", 44),
    ("By whom", 22),
    ("By when", 14),
    ("Done on", 14),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """One line of the plan before anybody has filled it in."""

    element: str
    question: str
    missing: str
    advice: str = ""


def action_plan(business: str, gaps: Sequence[Gap], *, on: date) -> bytes:
    """Write the plan. Text stays text: a cell that begins with ``=`` is shown, never computed."""
    sheet_bytes = io.BytesIO()
    book = xlsxwriter.Workbook(sheet_bytes, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#0B5570", "font_color": "#FFFFFF", "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 16})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#CCD6D1"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1, "border_color": "#CCD6D1"})
    sheet = book.add_worksheet("Action plan")
    sheet.write_string(0, 0, f"Action plan: {business}", title)
    sheet.write_string(
        1, 0, f"As of {on:%B} {on.day}, {on.year}. Fill in the empty columns and keep it with your records."
    )
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, name, head)
    for row, gap in enumerate(gaps, start=4):
        sheet.write_number(row, 0, row - 3, cell)
        for column, text in enumerate((gap.element, gap.question, gap.missing, gap.advice, ""), start=1):
            sheet.write_string(row, column, text, cell)
        sheet.write_blank(row, 6, None, day)
        sheet.write_blank(row, 7, None, day)
    sheet.freeze_panes(4, 0)
    sheet.autofilter(3, 0, max(3 + len(gaps), 4), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return sheet_bytes.getvalue()
