"""XLSForms as others write them."""

from __future__ import annotations

import io

import xlsxwriter


def workbook(survey=(("type", "name", "label"), ("text", "task", "What?")), choices=(), settings=(), **more):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as file:
        for name, rows in ({"survey": survey, "choices": choices, "settings": settings} | more).items():
            sheet = file.add_worksheet(name)
            for down, row in enumerate(rows):
                for across, cell in enumerate(row):
                    sheet.write(down, across, cell)
    return made.getvalue()
