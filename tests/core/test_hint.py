"""What an auditor would wonder at is told, and an ordinary crew is left in peace."""

import random
from datetime import date, datetime, timedelta
from itertools import count

import pytest

from secor.core.hint import HintKind, Seen, hints
from secor.core.rhythm import Rhythm

FRIDAY = datetime(2026, 6, 5, 16, 55)
RHYTHMS = {"card": Rhythm.EACH_JOB, "talk": Rhythm.WEEKLY, "daily": Rhythm.DAILY}
NUMBERS = count()


def seen(finished_at, *, on=None, form="card", **more):
    return Seen(f"{next(NUMBERS):06}", form, on or finished_at.date(), finished_at, **more)


def kinds(rows):
    return [hint.kind for hint in hints(rows, rhythms=RHYTHMS)]


def fridays(number, *, form="card", minutes=0):
    return [
        seen(FRIDAY + timedelta(weeks=nth, minutes=minutes if nth == number - 1 else nth % 2), form=form)
        for nth in range(number)
    ]


def test_no_records_are_no_wonder():
    assert hints([], rhythms=RHYTHMS) == ()


def test_a_crew_that_fills_in_its_cards_as_it_works_is_left_in_peace():
    chance = random.Random(7)
    begins = datetime(2026, 1, 5, 7)
    rows = []
    for day in range(250):
        at = begins + timedelta(days=day, minutes=chance.randint(0, 33))
        rows += [seen(at, words=f"task {day % 9}"), seen(at + timedelta(minutes=4), form="daily")]
        if day % 7 == 0:
            rows.append(seen(begins + timedelta(days=day, minutes=35), form="talk", words=f"talk {day}"))

    assert kinds(rows) == []


@pytest.mark.parametrize(("number", "told"), [(5, False), (6, True), (30, True)])
def test_cards_that_are_all_finished_on_friday_at_five_to_five_are_told_of(number, told):
    found = hints(fridays(number), rhythms=RHYTHMS)
    assert [hint.kind for hint in found] == [HintKind.SAME_TIME] * told
    if told:
        assert (found[0].form, found[0].many, found[0].of, found[0].at.weekday()) == ("card", number, number, 4)


@pytest.mark.parametrize(("minutes", "told"), [(10, True), (11, False)])
def test_the_same_time_is_within_ten_minutes(minutes, told):
    rows = [seen(FRIDAY + timedelta(weeks=nth, minutes=minutes if nth == 5 else 0)) for nth in range(6)]
    assert kinds(rows) == [HintKind.SAME_TIME] * told


@pytest.mark.parametrize(("others", "told"), [(2, True), (3, False)])
def test_the_same_time_is_told_of_where_four_of_five_cards_have_it(others, told):
    rows = fridays(8) + [seen(FRIDAY + timedelta(days=3 + nth * 8, hours=-7 - nth)) for nth in range(others)]
    assert kinds(rows) == [HintKind.SAME_TIME] * told


@pytest.mark.parametrize(("weeks", "told"), [(3, False), (4, True)])
def test_the_same_time_is_a_habit_only_after_four_weeks(weeks, told):
    rows = [seen(FRIDAY + timedelta(weeks=nth % weeks, seconds=nth)) for nth in range(8)]
    assert kinds(rows) == [HintKind.SAME_TIME] * told


@pytest.mark.parametrize(("form", "told"), [("card", True), ("daily", True), ("talk", False), ("unknown", False)])
def test_only_what_goes_with_the_work_is_looked_at_for_its_time_of_day(form, told):
    assert kinds(fridays(12, form=form)) == [HintKind.SAME_TIME] * told


@pytest.mark.parametrize(("days", "told"), [(2, False), (3, True), (5, True)])
def test_cards_of_several_days_that_were_finished_in_one_sitting_are_told_of(days, told):
    rows = [seen(FRIDAY + timedelta(minutes=nth), on=FRIDAY.date() - timedelta(days=nth)) for nth in range(days)]
    found = hints(rows, rhythms=RHYTHMS)
    assert [hint.kind for hint in found] == [HintKind.ONE_SITTING] * told
    if told:
        assert (found[0].many, found[0].of, found[0].form) == (days, days, "")
        assert found[0].newest == tuple(row.uid for row in rows[:3])


@pytest.mark.parametrize(("minutes", "told"), [(5, True), (6, False)])
def test_a_sitting_is_ten_minutes_long(minutes, told):
    days = [FRIDAY.date() - timedelta(days=nth) for nth in range(3)]
    rows = [seen(FRIDAY + timedelta(minutes=minutes * nth), on=day) for nth, day in enumerate(days)]
    assert kinds(rows) == [HintKind.ONE_SITTING] * told


def test_many_cards_of_one_day_in_one_sitting_are_a_crew_that_signs_together():
    assert kinds([seen(FRIDAY + timedelta(seconds=nth)) for nth in range(9)]) == []


@pytest.mark.parametrize(("same", "other", "told"), [(4, 0, False), (5, 0, True), (5, 5, True), (5, 6, False)])
def test_the_same_words_in_half_of_the_cards_or_more_are_told_of(same, other, told):
    begins = datetime(2026, 6, 1, 7)
    rows = [seen(begins + timedelta(days=nth, minutes=nth * 13 % 60), words="x") for nth in range(same)]
    rows += [seen(begins + timedelta(days=40 + nth, minutes=nth * 17 % 60), words=f"y{nth}") for nth in range(other)]
    found = hints(rows, rhythms=RHYTHMS)
    assert [hint.kind for hint in found] == [HintKind.COPIED] * told
    if told:
        assert (found[0].form, found[0].many, found[0].of) == ("card", same, same + other)


def test_the_same_words_on_one_day_and_no_words_at_all_are_no_wonder():
    begins = datetime(2026, 6, 1, 7)
    assert kinds([seen(begins + timedelta(minutes=nth), words="x") for nth in range(9)]) == []
    assert kinds([seen(begins + timedelta(days=nth, minutes=nth * 7)) for nth in range(30)]) == []


def test_words_of_one_form_are_not_held_against_another():
    begins = datetime(2026, 6, 1, 7)
    rows = [seen(begins + timedelta(days=nth), words="x", form="ab"[nth % 2]) for nth in range(8)]
    assert kinds(rows) == []


def test_each_signature_of_somebody_who_had_left_is_told_of():
    rows = [seen(FRIDAY, left_before=True), seen(FRIDAY + timedelta(days=1, hours=3))]
    (found,) = hints(rows, rhythms=RHYTHMS)
    assert (found.kind, found.many, found.of, found.newest) == (HintKind.AFTER_LEAVING, 1, 2, (rows[0].uid,))


@pytest.mark.parametrize(("days", "told"), [(13, False), (14, True), (200, True)])
def test_a_record_that_was_made_two_weeks_after_its_day_is_told_of(days, told):
    assert kinds([seen(FRIDAY, on=FRIDAY.date() - timedelta(days=days))]) == [HintKind.LATE] * told


def test_late_ones_are_told_of_once_and_not_as_a_sitting_too():
    rows = [seen(FRIDAY, on=FRIDAY.date() - timedelta(days=20 + nth)) for nth in range(4)]
    assert kinds(rows) == [HintKind.LATE]


def test_the_order_in_which_records_come_changes_nothing():
    rows = fridays(8) + [seen(FRIDAY + timedelta(minutes=nth), on=date(2026, 6, nth + 1)) for nth in range(4)]
    mixed = rows[:]
    random.Random(3).shuffle(mixed)
    assert hints(mixed, rhythms=RHYTHMS) == hints(rows, rhythms=RHYTHMS)


def test_a_sitting_holds_every_record_of_its_ten_minutes_once():
    days = [FRIDAY.date() - timedelta(days=nth) for nth in range(5)]
    rows = [seen(FRIDAY + timedelta(minutes=4 * nth), on=day) for nth, day in enumerate(days)]
    rows += [seen(FRIDAY + timedelta(minutes=30), on=days[0]), seen(FRIDAY - timedelta(minutes=30), on=days[1])]
    (found,) = hints(rows, rhythms=RHYTHMS)
    assert (found.kind, found.many, found.of) == (HintKind.ONE_SITTING, 5, 7)
