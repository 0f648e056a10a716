"""A rule's values, their sources and their days."""

from datetime import date

import pytest

from secor.core.reading import Reading
from secor.core.sourced import in_force, note_holes, read_sourced

JANUARY, FEBRUARY = date(2024, 1, 1), date(2024, 2, 1)


def read(value):
    reading = Reading("rule")
    found = read_sourced(reading, value, lambda place, item: place.whole(item))
    return found, [(problem.place, problem.problem) for problem in reading.problems]


def dated(*spans):
    return {
        "values": [
            {"value": nth, "source": "s", **({"from": first} if first else {}), **({"until": last} if last else {})}
            for nth, (first, last) in enumerate(spans, start=1)
        ]
    }


def test_one_value_holds_always():
    (value,), problems = read({"value": 10, "source": "somewhere", "open_question": "Q2"})

    assert problems == []
    assert (value.value, value.source, value.open_question, value.ours) == (10, "somewhere", "Q2", True)
    assert value.holds_on(date.min)
    assert value.holds_on(date.max)


def test_a_published_value_is_not_ours():
    assert not read({"value": 10, "source": "somewhere"})[0][0].ours


def test_both_days_belong_to_a_value_and_the_next_begins_the_day_after():
    values, problems = read(dated((None, "2024-01-31"), ("2024-02-01", None)))

    assert problems == []
    assert [in_force(values, day).value for day in (date(2024, 1, 31), FEBRUARY)] == [1, 2]


def test_values_may_stand_in_any_order():
    values, problems = read(dated(("2024-02-01", None), (None, "2024-01-31")))

    assert problems == []
    assert in_force(values, JANUARY).value == 2


@pytest.mark.parametrize(
    "spans",
    [
        ((None, "2024-02-01"), ("2024-02-01", None)),
        ((None, None), ("2024-02-01", None)),
        (("2024-01-01", "2024-12-31"), ("2024-03-01", "2024-03-02")),
    ],
)
def test_two_values_of_one_day_are_told(spans):
    assert "two values hold" in read(dated(*spans))[1][0][1]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"value": 10}, "rule.source"),
        ({"source": "s"}, "rule.value"),
        ({"value": 10, "source": ""}, "rule.source"),
        ({"value": "ten", "source": "s"}, "rule.value"),
        ({"value": 10, "source": "s", "sauce": "t"}, "rule.sauce"),
        ({"values": [{"value": 10}]}, "rule.values.1.source"),
        ({"values": 7}, "rule.values"),
        ({"values": [], "source": "s"}, "rule.source"),
        ({"values": []}, "rule.values"),
        ({"value": 1, "source": "s", "from": "2024-02-01", "until": "2024-01-31"}, "rule.until"),
        ({"value": 1, "source": "s", "open_question": 2}, "rule.open_question"),
        (7, "rule"),
    ],
)
def test_what_is_out_of_order_is_told_with_its_place(value, place):
    assert place in [found for found, _ in read(value)[1]]


@pytest.mark.parametrize(
    ("spans", "holes"),
    [
        ([(None, None)], 0),
        ([("2024-01-01", "2024-12-31")], 0),
        ([("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-12-31")], 0),
        ([("2024-01-02", None)], 1),
        ([(None, "2024-12-30")], 1),
        ([(None, "2024-01-30"), ("2024-02-01", None)], 1),
        ([("2024-01-02", "2024-01-30"), ("2024-02-01", "2024-12-30")], 3),
    ],
)
def test_each_day_of_an_edition_without_a_value_is_told(spans, holes):
    reading = Reading("rule")

    note_holes(reading, read(dated(*spans))[0], first=JANUARY, last=date(2024, 12, 31))

    assert len(reading.problems) == holes


def test_an_edition_without_end_needs_a_value_without_end():
    reading = Reading("rule")

    note_holes(reading, read(dated((None, "2024-12-31")))[0], first=JANUARY, last=None)

    assert [problem.problem for problem in reading.problems] == [
        "no value holds after 2024-12-31, but the edition goes on"
    ]
