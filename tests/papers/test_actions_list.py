"""The list of what has to be put right, read back by another library."""

import io
from datetime import date

from python_calamine import CalamineWorkbook

from secor.papers.actions_list import COLUMNS, Line, actions_list

DAY = date(2026, 6, 3)


def rows(book: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def test_each_action_is_a_line_with_its_days_as_days():
    fixed = Line("Fix the stairs", "Site inspection, June 1", DAY, "Wes", DAY, "Done", DAY, "New tread", photo=True)
    lines = [Line("Mend the gate", "Your own idea", DAY, "", None, "No day yet"), fixed]
    read = rows(actions_list("Rosa's Roofs", lines, on=date(2026, 6, 9)))

    assert read[0][0] == "To fix: Rosa's Roofs"
    assert read[1][0] == "As of June 9, 2026. 1 still to be put right, 1 done."
    assert read[3] == [name for name, _ in COLUMNS]
    assert read[4] == [1.0, "Mend the gate", "Your own idea", DAY, "", "", "No day yet", "", "", ""]
    assert read[5] == [
        2.0, "Fix the stairs", "Site inspection, June 1", DAY, "Wes", DAY, "Done", DAY, "New tread", "yes",
    ]  # fmt: skip


def test_a_cell_that_looks_like_a_formula_or_an_address_stays_text():
    line = Line("=cmd()", "+1", DAY, "@SUM(A1)", None, "-2", DAY, "http://example.ca")
    read = rows(actions_list("=1+1", [line], on=DAY))

    assert read[0][0] == "To fix: =1+1"
    assert (read[4][1], read[4][2], read[4][4], read[4][6], read[4][8]) == (
        "=cmd()", "+1", "@SUM(A1)", "-2", "http://example.ca",
    )  # fmt: skip


def test_an_empty_list_is_still_a_list():
    assert rows(actions_list("Rosa's Roofs", [], on=DAY))[3][0] == "No."
