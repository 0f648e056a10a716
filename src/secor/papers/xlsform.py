"""A form as an XLSForm workbook, for ODK Collect and whatever else reads one."""

from __future__ import annotations

import io

import xlsxwriter

from secor.core.form import Form
from secor.core.xlsform import CHOICES, COLUMNS, SETTINGS, SURVEY, workbook_of


def xlsform(form: Form) -> bytes:
    """Write the workbook. Every cell is text: nothing in it is a formula, whatever it begins with."""
    book = workbook_of(form)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as file:
        bold = file.add_format({"bold": True})
        for name, rows in ((SURVEY, book.survey), (CHOICES, book.choices), (SETTINGS, (book.settings,))):
            sheet = file.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for across, column in enumerate(COLUMNS[name]):
                sheet.write_string(0, across, column, bold)
                sheet.set_column(across, across, 44 if column in {"label", "hint", "relevant"} else 22)
                for down, row in enumerate(rows, start=1):
                    if said := row.get(column, ""):
                        sheet.write_string(down, across, said)
    return made.getvalue()
