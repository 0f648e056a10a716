"""Where a part of a program stands, to the day, and how the builder's answers hang together."""

from datetime import date

import pytest

from secor.core.program import PartState, Written, in_force, review_due_on, settled, state_of
from secor.core.trade import Condition

SIGNED = date(2025, 6, 3)


def test_a_part_that_was_never_signed_waits_for_it():
    assert state_of([Written(1), Written(2)], months=12, on=SIGNED) is PartState.TO_SIGN
    assert in_force([Written(1)]) is None
    assert review_due_on(Written(1), months=12) is None


def test_the_latest_signed_text_holds_until_a_later_one_is_signed():
    versions = [Written(1, SIGNED), Written(2, SIGNED), Written(3)]

    assert in_force(versions) == Written(2, SIGNED)
    assert state_of(versions, months=12, on=SIGNED) is PartState.CHANGED
    assert state_of([*versions[:2], Written(3, SIGNED)], months=12, on=SIGNED) is PartState.IN_FORCE


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (SIGNED, PartState.IN_FORCE),
        (date(2026, 5, 3), PartState.IN_FORCE),
        (date(2026, 5, 4), PartState.DUE),
        (date(2026, 6, 3), PartState.DUE),
        (date(2026, 6, 4), PartState.OVERDUE),
    ],
)
def test_a_part_is_due_to_be_looked_at_again_on_the_day_a_year_later(on, state):
    assert state_of([Written(1, SIGNED)], months=12, on=on) is state


def test_looking_at_it_again_begins_the_year_anew():
    looked = Written(1, SIGNED, date(2026, 2, 28))

    assert review_due_on(looked, months=12) == date(2027, 2, 28)
    assert review_due_on(Written(1, SIGNED, date(2025, 1, 1)), months=6) == date(2025, 12, 3)


def test_an_owner_without_workers_works_alone_and_leads_nobody():
    crew = frozenset({Condition.YOUNG, Condition.SUPERVISOR, Condition.REPRESENTATIVE, Condition.DRIVES})

    assert settled(crew) == {Condition.DRIVES, Condition.ALONE}
    assert settled(crew | {Condition.WORKERS}) == crew | {Condition.WORKERS}
