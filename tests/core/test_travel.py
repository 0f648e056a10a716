"""Minutes between towns."""

import pytest

from secor.core.travel import TOWNS, UNKNOWN, WITHIN_A_TOWN, minutes


@pytest.mark.parametrize(
    ("one", "other", "at_least", "at_most"),
    [
        ("Edmonton", "Calgary", 170, 300),
        ("Red Deer", "Calgary", 85, 170),
        ("Edmonton", "Sherwood Park", 20, 40),
        ("Calgary", "Fort McMurray", 420, 700),
    ],
)
def test_the_way_is_as_long_as_people_know_it_to_be(one, other, at_least, at_most):
    assert at_least <= minutes(one, other) <= at_most
    assert minutes(one, other) % 5 == 0


def test_the_way_is_as_long_in_either_direction():
    assert all(minutes(one, other) == minutes(other, one) for one in TOWNS for other in TOWNS)


def test_within_a_town_and_to_a_place_nobody_knows():
    assert minutes("red deer", " Red  Deer, AB") == WITHIN_A_TOWN
    assert minutes("Elnora", "elnora") == WITHIN_A_TOWN
    assert minutes("Elnora", "Red Deer") == UNKNOWN
    assert minutes("", "") == UNKNOWN


@pytest.mark.parametrize("name", ["St Albert", "St. Albert", "Saint Albert", "st. albert, AB"])
def test_a_saint_is_known_however_it_is_written(name):
    assert minutes(name, "Edmonton") < UNKNOWN
