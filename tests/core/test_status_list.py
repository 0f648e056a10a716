"""One bit for each credential, in the place the standard says."""

import base64
import gzip

import pytest

from secor.core import status_list
from secor.core.proof import Forged


def opened(encoded):
    return gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=="))


def test_an_empty_list_is_sixteen_kilobytes_of_nothing():
    assert opened(status_list.encode([])) == bytes(16384)


@pytest.mark.parametrize(("place", "byte", "bit"), [(0, 0, 128), (7, 0, 1), (8, 1, 128), (131_071, 16383, 1)])
def test_the_first_place_is_the_highest_bit_of_the_first_byte(place, byte, bit):
    bits = opened(status_list.encode([place]))

    assert bits[byte] == bit
    assert sum(bits) == bit


def test_a_bit_is_told_of_its_own_place_alone():
    encoded = status_list.encode([5, 94568])

    assert [status_list.told(encoded, index=each) for each in (4, 5, 6, 94568, 94569)] == [
        False,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("place", [-1, 131_072])
def test_a_place_that_is_not_in_the_list_is_refused(place):
    with pytest.raises(ValueError, match="131072"):
        status_list.encode([place])
    with pytest.raises(Forged):
        status_list.told(status_list.encode([]), index=place)


@pytest.mark.parametrize("size", [0, 16383, 16385, 50_000_000])
def test_a_list_of_another_length_is_refused_without_being_opened_whole(size):
    bomb = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(size))).decode().rstrip("=")

    with pytest.raises(Forged, match="length"):
        status_list.told(bomb, index=0)


@pytest.mark.parametrize("text", ["", "u", "u!", "uAAAA", "zabc"])
def test_a_text_that_is_no_list_is_refused(text):
    with pytest.raises(Forged):
        status_list.told(text, index=0)


def test_a_list_lives_less_than_a_week():
    assert status_list.LIFE.days <= 7
