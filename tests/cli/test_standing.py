"""``secor standing``, as it is called and as it answers."""

import io
import json

import pytest

from secor.cli.entry import main

CERTIFIED = {"on": "2024-05-17", "event": "certified", "records_months": 12}
HISTORY = [
    CERTIFIED,
    {"on": "2025-05-10", "event": "audit_submitted", "kind": "maintenance"},
    {"on": "2025-06-01", "event": "audit_accepted", "kind": "maintenance", "passed": True},
    {"on": "2026-02-01", "event": "headcount", "count": 11},
]


@pytest.fixture
def standing(capsys, monkeypatch):
    def run(events, on, *options):
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"events": events})))
        words = ["standing", "--scheme", "ab-secor", "--partner", "asc", "--history", "-", "--on", on, *options]
        status = main(words)
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err.splitlines()

    return run


def test_the_whole_answer_is_printed_to_the_letter(standing):
    assert json.dumps(standing(HISTORY, "2026-03-01")[1]) == json.dumps(
        {
            "standing": "valid",
            "since": "2024-05-17",
            "cycle_year": 2,
            "term_ends_on": "2027-05-17",
            "owed": {"kind": "maintenance", "opens_on": None, "due_on": "2026-05-17", "milestone": "submitted"},
            "decision_pending": False,
            "convert_by": "2026-05-17",
            "next_scheme": "ab-cor",
            "why": [
                "due 2026-05-17: second anniversary of 2024-05-17, on or before the day (asc)",
            ],
        }
    )


def test_where_nothing_is_owed_the_keys_are_there_all_the_same(standing):
    _, told, _ = standing([], "2026-03-01")

    assert (told["standing"], told["owed"], told["since"], told["decision_pending"]) == ("none", None, None, False)
    assert list(told) == list(standing(HISTORY, "2026-03-01")[1])


@pytest.mark.parametrize(("on", "expected"), [("2026-05-17", "valid"), ("2026-05-18", "converted")])
def test_the_last_day_to_move_on_is_still_good(standing, on, expected):
    assert standing(HISTORY, on)[1]["standing"] == expected


@pytest.mark.parametrize(
    ("certified_on", "term_ends_on"),
    [("2020-03-16", "2023-03-16"), ("2020-03-17", "2021-03-17"), ("2020-09-01", "2023-09-01")],
)
def test_a_certificate_keeps_the_rules_of_the_day_it_began(standing, certified_on, term_ends_on):
    event = {**CERTIFIED, "on": certified_on}

    assert standing([event], certified_on)[1]["term_ends_on"] == term_ends_on


def test_a_new_certificate_has_the_rules_of_its_own_day(standing):
    events = [{**CERTIFIED, "on": "2020-04-01"}, {**CERTIFIED, "on": "2024-05-17"}]

    assert standing(events, "2024-06-01")[1]["term_ends_on"] == "2027-05-17"
    assert standing(events, "2024-06-01", "--as-of", "2020-04-01")[1]["term_ends_on"] == "2025-05-17"


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ({"on": "2024-05-17"}, "events.1.event: "),
        ({"on": "2024-05-17", "event": "forgotten"}, "events.1.event: "),
        ({"on": "2024-05-17", "event": "extended"}, "events.1.until: "),
        ({"on": "2024-05-17", "event": "audit_submitted"}, "events.1.kind: "),
        ({"on": "2024-05-17", "event": "headcount", "count": -1}, "events.1.count: "),
        ({**CERTIFIED, "passed": True}, "events.1.passed: "),
        ("certified", "events.1: "),
    ],
)
def test_bad_input_prints_nothing_but_its_place(standing, event, place):
    status, told, complaints = standing([event], "2026-03-01")

    assert (status, told, len(complaints)) == (2, None, 1)
    assert complaints[0].startswith(place)
