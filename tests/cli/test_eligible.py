"""``secor eligible``, as it is called and as it answers."""

import io
import json

import pytest

from secor.cli.entry import main

COUNT = {
    "on": "2025-07-01",
    "owners": 1,
    "full_time": 5,
    "part_time": 2,
    "casual": 1,
    "volunteers": 0,
    "family": 0,
    "subcontractors": 3,
}


@pytest.fixture
def eligible(capsys, monkeypatch):
    def run(counts, on="2025-12-31", *, scheme="ab-secor", partner="asc"):
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"counts": counts})))
        overlay = ["--partner", partner] if partner else []
        status = main(["eligible", "--scheme", scheme, *overlay, "--headcounts", "-", "--on", on])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err.splitlines()

    return run


def test_the_whole_answer_is_printed_to_the_letter(eligible):
    assert json.dumps(eligible([COUNT])[1]) == json.dumps(
        {
            "counted": 9,
            "basis": "peak over 12 months",
            "peak_on": "2025-07-01",
            "maximum": 10,
            "eligible": True,
            "convert_by": None,
            "why": [
                "9 people by peak over 12 months; counted are owners, full time, part time, casual, volunteers, family",
                "the limit of 10 is kept",
            ],
        }
    )


def test_where_subcontractors_count_twelve_are_too_many_at_once(eligible):
    _, told, _ = eligible([COUNT], partner="amhsa")

    assert (told["counted"], told["eligible"], told["convert_by"]) == (12, False, "2025-07-01")
    assert told["basis"] == "peak over the calendar year"


def test_an_average_is_printed_with_one_decimal(eligible):
    counts = [{"on": "2024-01-01", "full_time": 10}, {"on": "2025-07-02", "full_time": 11}]

    _, told, _ = eligible(counts, scheme="bc-small-cor", partner=None)

    assert (told["counted"], told["maximum"], told["eligible"]) == (10.5, 19, True)


def test_a_scheme_without_an_upper_limit_takes_everybody(eligible):
    _, told, _ = eligible([{"on": "2025-01-01", "full_time": 400}], scheme="ns-cor", partner=None)

    assert (told["maximum"], told["eligible"]) == (None, True)


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ({}, "counts: "),
        ([{"owners": 1}], "counts.1.on: "),
        ([{"on": "2025-01-01", "owners": -1}], "counts.1.owners: "),
        ([{"on": "2025-01-01", "owners": 1.5}], "counts.1.owners: "),
        ([{"on": "2025-01-01", "cats": 1}], "counts.1.cats: "),
    ],
)
def test_bad_input_prints_nothing_but_its_place(eligible, counts, place):
    status, told, complaints = eligible(counts)

    assert (status, told, len(complaints)) == (2, None, 1)
    assert complaints[0].startswith(place)
