"""Working hours as people write them."""

from datetime import time

import pytest

from secor.core.hours import Opening
from secor.core.week import Unread, read_day, written_day

USUAL = (Opening(time(9), time(12)), Opening(time(13), time(16, 30)))


@pytest.mark.parametrize(
    "text",
    [
        "9 am to 12 pm, 1 pm to 4:30 pm",
        "9-12, 13:00-16:30",
        "13h00 – 16h30; 9:00—12:00",
        "9am until 12 p.m. and 1pm-4.30pm",
    ],
)
def test_hours_are_read_however_they_are_written(text):
    assert read_day(text) == USUAL


def test_what_is_written_is_read_back():
    assert written_day(USUAL) == "9 am to 12 pm, 1 pm to 4:30 pm"
    assert read_day(written_day(USUAL)) == USUAL
    assert read_day("12 am to 12:30 am") == (Opening(time(0), time(0, 30)),)


@pytest.mark.parametrize("text", ["", "  ", ", ;"])
def test_a_day_without_hours_is_free(text):
    assert read_day(text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("soon", "such as 9 am"),
        ("9", "such as 9 am"),
        ("25-26", "such as 9 am"),
        ("13 pm to 2 pm", "such as 9 am"),
        ("0 am to 2 am", "such as 9 am"),
        ("9:75 to 10", "such as 9 am"),
        ("9 to 5", "am or pm"),
        ("9 to 9", "am or pm"),
        ("9 to 12, 11 to 13", "over each other"),
        ("1-2,3-4,5-6,7-8,9-10", "at most 4"),
        ("9 to 12 to 13", "such as 9 am"),
    ],
)
def test_what_nobody_can_read_says_how_to_write_it(text, told):
    with pytest.raises(Unread, match=told):
        read_day(text)
