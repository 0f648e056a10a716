"""Reading what somebody wrote: every problem at once, each with its place."""

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import pytest

from secor.core.problem import Problem
from secor.core.reading import Reading


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@pytest.fixture
def reading():
    return Reading("rules")


def test_a_part_knows_its_place_and_shares_the_problems(reading):
    reading.at("due").at(2).note("is missing")

    assert reading.problems == [Problem("rules.due.2", "is missing")]
    assert Reading().at("x").place == "x"


def test_unknown_and_missing_keys_are_told_together(reading):
    assert reading.mapping({"a": 1, "c": 2, 3: 4}, required=("a", "b"), optional=("d",)) is not None

    assert [problem.place for problem in reading.problems] == ["rules.c", "rules.3", "rules.b"]
    assert reading.problems[0].problem == "is not a known key; known here: a, b, d"


@pytest.mark.parametrize("value", [None, [], "text", 1, True])
def test_what_is_no_mapping_is_told(reading, value):
    assert reading.mapping(value) is None
    assert len(reading.problems) == 1


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        ("text", "word", "word"),
        ("whole", 0, 0),
        ("whole", 10**15, 10**15),
        ("number", 0, Fraction(0)),
        ("number", 0.1, Fraction(1, 10)),
        ("number", Decimal("79.96"), Fraction(7996, 100)),
        ("number", Decimal("1E+3"), Fraction(1000)),
        ("number", "1/3", Fraction(1, 3)),
        ("number", "123456.78", Fraction(12345678, 100)),
        ("number", "0." + 38 * "1", Fraction(int(38 * "1"), 10**38)),
        ("number", Decimal("1E-38"), Fraction(1, 10**38)),
        ("share", 80, Fraction(4, 5)),
        ("share", "80 %", Fraction(4, 5)),
        ("share", "79.5%", Fraction(159, 200)),
        ("share", 0, Fraction(0)),
        ("share", 100, Fraction(1)),
        ("day", "2024-02-29", date(2024, 2, 29)),
        ("day", date(2024, 2, 29), date(2024, 2, 29)),
        ("day", "1900-01-01", date(1900, 1, 1)),
        ("day", "2199-12-31", date(2199, 12, 31)),
        ("flag", True, True),
        ("flag", False, False),
    ],
)
def test_what_is_well_written_is_taken_exactly(reading, read, value, expected):
    found = getattr(reading, read)(value)

    assert (found, type(found)) == (expected, type(expected))
    assert reading.problems == []


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("text", ""),
        ("text", "  "),
        ("text", 5),
        ("text", None),
        ("whole", -1),
        ("whole", True),
        ("whole", 1.0),
        ("whole", "1"),
        ("whole", 10**15 + 1),
        ("whole", 10**4000),
        ("number", -1),
        ("number", True),
        ("number", "1e9"),
        ("number", "ten"),
        ("number", ""),
        ("number", "1/0"),
        ("number", "9" * 41),
        ("number", "0." + 39 * "1"),
        ("number", Decimal("1E-39")),
        ("number", 10**15 + 1),
        ("number", 10**4000),
        ("number", float("nan")),
        ("number", float("inf")),
        ("number", Decimal("NaN")),
        ("number", Decimal("1E+999999999")),
        ("number", Decimal("1E-999999999")),
        ("share", 100.1),
        ("share", "101 %"),
        ("share", -0.1),
        ("share", "%"),
        ("share", None),
        ("day", "2023-02-29"),
        ("day", "20240517"),
        ("day", "2024-W20-5"),
        ("day", "17.5.2024"),
        ("day", "1899-12-31"),
        ("day", "2200-01-01"),
        ("day", 20240517),
        ("day", None),
        ("flag", 1),
        ("flag", "yes"),
        ("flag", None),
        ("items", {}),
        ("items", "abc"),
        ("items", None),
    ],
)
def test_what_is_not_is_told_once_and_nothing_comes_back(reading, read, value):
    assert not getattr(reading, read)(value)

    assert [problem.place for problem in reading.problems] == ["rules"]
    assert "needs" in reading.problems[0].problem
    assert len(reading.problems[0].problem) < 200


@pytest.mark.parametrize(("length", "told"), [(58, "'" + 58 * "x" + "'"), (59, "'" + 59 * "x" + "…")])
def test_what_was_written_is_told_up_to_sixty_signs(reading, length, told):
    reading.flag(length * "x")

    assert reading.problems[0].problem == f"needs true or false, not {told}"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "nothing"),
        ({"a": 1}, "keys with values"),
        ([1], "a list"),
        ((1,), "a list"),
        (10**15, "1000000000000000"),
        (10**15 + 1, "a number of that size"),
        (-(10**15) - 1, "a number of that size"),
    ],
)
def test_what_was_written_is_told_in_words(reading, value, told):
    reading.flag(value)

    assert reading.problems[0].problem == f"needs true or false, not {told}"


def test_a_whole_number_may_have_its_own_least(reading):
    assert reading.whole(1, at_least=1) == 1
    assert reading.whole(0, at_least=1) is None


def test_a_choice_is_by_its_value_and_the_values_are_told(reading):
    assert reading.choice("red", Colour) is Colour.RED
    assert reading.choice("green", Colour) is None
    assert reading.choice(["red"], Colour) is None
    assert reading.problems[0].problem == "needs one of red, blue, not 'green'"


def test_items_are_counted_from_one(reading):
    assert [(each.place, item) for each, item in reading.items(["a", "b"])] == [("rules.1", "a"), ("rules.2", "b")]


def test_lists_give_what_could_be_read_and_tell_the_rest(reading):
    given = {"names": ["a", 2, "c"], "colours": ["red", "green", "red"]}

    assert reading.texts_at(given, "names") == ("a", "c")
    assert reading.choices_at(given, "colours", Colour) == frozenset({Colour.RED})
    assert [problem.place for problem in reading.problems] == ["rules.names.2", "rules.colours.2"]


def test_what_is_absent_is_empty_and_no_problem(reading):
    assert reading.text_at({}, "a") == ""
    assert reading.texts_at({}, "a") == ()
    assert reading.flag_at({}, "a") is False
    assert reading.choices_at({}, "a", Colour) == frozenset()
    assert reading.problems == []
