"""Whose turn an audit is, at each stage and to the day."""

from datetime import date

import pytest

from secor.core.turn import Limit, Side, turn_of

DUE = Limit(date(2026, 6, 22), "21 days")
LATER = Limit(date(2026, 7, 1), "28 days")


def turn(stage, *, own=False, limits=(), on=date(2026, 6, 1)):
    return turn_of(stage, own=own, since_on=date(2026, 5, 20), limits=limits, on=on)


@pytest.mark.parametrize(
    ("stage", "theirs", "own"),
    [
        ("asked", Side.PARTNER, Side.PARTNER),
        ("open", Side.AUDITOR, Side.EMPLOYER),
        ("submitted", Side.PARTNER, Side.PARTNER),
        ("in_review", Side.PARTNER, Side.PARTNER),
        ("returned", Side.AUDITOR, Side.EMPLOYER),
        ("accepted", Side.NOBODY, Side.NOBODY),
        ("rejected", Side.NOBODY, Side.NOBODY),
        ("withdrawn", Side.NOBODY, Side.NOBODY),
    ],
)
def test_each_stage_has_one_side_that_moves(stage, theirs, own):
    assert (turn(stage).side, turn(stage, own=True).side) == (theirs, own)


def test_a_withdrawn_audit_is_told_apart_from_one_that_was_sent_back():
    assert turn("withdrawn").where != turn("returned").where


@pytest.mark.parametrize(("on", "late"), [(date(2026, 6, 22), False), (date(2026, 6, 23), True)])
def test_the_last_day_is_in_time_and_the_next_is_late(on, late):
    assert turn("open", limits=(DUE,), on=on).late is late


def test_of_two_days_the_earlier_counts():
    assert turn("open", limits=(LATER, DUE)).limit == DUE


def test_without_a_rule_there_is_no_day_and_nothing_is_late():
    found = turn("asked", on=date(2030, 1, 1))

    assert (found.limit, found.late, found.since_on) == (None, False, date(2026, 5, 20))


def test_what_has_ended_is_due_no_more():
    found = turn("accepted", limits=(DUE,), on=date(2030, 1, 1))

    assert (found.limit, found.late) == (None, False)


def test_a_stage_that_nobody_knows_is_an_error():
    with pytest.raises(KeyError):
        turn("lost")
