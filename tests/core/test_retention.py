"""How long records are kept: read strictly, and counted from the record's own day."""

from datetime import date

import pytest

from secor.core.reading import Reading
from secor.core.retention import Retention, read_retentions

ROW = {"title": "First aid records", "years": 3, "basis": "Three years.", "source": "OHS Code Part 11, s.183"}


def problems(value: object) -> dict[str, str]:
    reading = Reading()
    assert read_retentions(reading, value) is None
    return {each.place: each.problem for each in reading.problems}


def test_a_period_is_read_as_it_is_written():
    read = read_retentions(Reading(), {"retention": {"first_aid": ROW, "ours": {**ROW, "years": 1, "ours": True}}})

    assert read == {
        "first_aid": Retention(
            "first_aid", "First aid records", 3, "Three years.", "OHS Code Part 11, s.183", ours=False
        ),
        "ours": Retention("ours", "First aid records", 1, "Three years.", "OHS Code Part 11, s.183", ours=True),
    }


def test_all_problems_are_told_at_once_each_with_its_place():
    found = problems(
        {"retention": {"one": {**ROW, "years": 0, "colour": "red"}, "two": {"title": ""}, "three": "five"}}
    )

    assert {"one.years", "one.colour", "two.title", "two.basis", "two.source", "two.years", "three"} == {
        place.removeprefix("retention.") for place in found
    }


@pytest.mark.parametrize("file", [None, [], {"retention": []}, {"retention": None}, {}])
def test_what_is_no_table_is_no_table(file):
    assert problems(file)


@pytest.mark.parametrize(
    ("on", "years", "last"),
    [
        (date(2026, 6, 3), 3, date(2029, 6, 3)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2025, 12, 31), 1, date(2026, 12, 31)),
    ],
)
def test_a_record_must_still_be_there_on_the_same_day_so_many_years_on(on, years, last):
    assert Retention("key", "Title", years, "basis", "source", ours=False).until(on) == last
