"""When the next record is due, by how often it is made."""

from datetime import date

import pytest

from secor.core.rhythm import Rhythm, next_by


@pytest.mark.parametrize(
    ("rhythm", "made_on", "by"),
    [
        (Rhythm.DAILY, date(2026, 2, 28), date(2026, 3, 1)),
        (Rhythm.WEEKLY, date(2026, 11, 23), date(2026, 11, 30)),
        (Rhythm.MONTHLY, date(2026, 1, 1), date(2026, 2, 28)),
        (Rhythm.MONTHLY, date(2026, 1, 31), date(2026, 2, 28)),
        (Rhythm.MONTHLY, date(2026, 12, 2), date(2027, 1, 31)),
        (Rhythm.QUARTERLY, date(2026, 11, 30), date(2027, 2, 28)),
        (Rhythm.YEARLY, date(2027, 2, 3), date(2028, 2, 29)),
    ],
)
def test_the_next_one_is_due_by_the_end_of_its_time(rhythm, made_on, by):
    assert next_by(rhythm, made_on) == by


@pytest.mark.parametrize("rhythm", [Rhythm.EACH_JOB, Rhythm.ON_HIRE, Rhythm.AS_IT_HAPPENS])
def test_what_comes_with_the_work_is_never_late(rhythm):
    assert next_by(rhythm, date(2026, 11, 23)) is None
