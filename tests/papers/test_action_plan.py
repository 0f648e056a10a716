"""The action plan, read back by another library."""

import io
import zipfile
from datetime import date

from python_calamine import CalamineWorkbook

from secor.papers.action_plan import Gap, action_plan


def rows(book: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def test_each_gap_is_a_line_with_room_for_who_and_when():
    read = rows(
        action_plan("Rosa's Roofs", [Gap("Hazards", "2.1", "No list of tasks", "Write one")], on=date(2026, 1, 5))
    )

    assert read[0][0] == "Action plan: Rosa's Roofs"
    assert read[3] == [
        "No.",
        "Element",
        "Question",
        "What is missing",
        "What will be done",
        "By whom",
        "By when",
        "Done on",
    ]
    assert read[4][:5] == [1.0, "Hazards", "2.1", "No list of tasks", "Write one"]


def test_a_cell_that_looks_like_a_formula_stays_text():
    book = action_plan("=1+1", [Gap("=cmd()", "+1", "@SUM(A1)", "-2")], on=date(2026, 1, 5))

    assert rows(book)[4][1:5] == ["=cmd()", "+1", "@SUM(A1)", "-2"]
    assert b"<f>" not in _sheet(book)


def test_a_plan_without_gaps_is_still_a_plan():
    assert rows(action_plan("Rosa", [], on=date(2026, 1, 5)))[3][0] == "No."


def _sheet(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return parts.read("xl/worksheets/sheet1.xml")
