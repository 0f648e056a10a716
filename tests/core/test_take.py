"""Takes: the same ones come to the same, in any order and however often, and nothing that nobody saw is written over."""

import random
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from secor.core.take import Place, Take, apart, by_place, heard, leading, standing

NINE = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)
HERE = Place("1.2", "D")


def take(uid, value, *over, minutes=0, place=HERE):
    return Take(uid, place, value, NINE + timedelta(minutes=minutes), frozenset(over))


def test_an_answer_made_over_another_takes_its_place():
    assert standing([take("a", 1), take("b", 2, "a")]) == (take("b", 2, "a"),)


def test_two_who_saw_the_same_and_answered_differently_both_stand():
    takes = [take("a", 1), take("b", 2, "a", minutes=1), take("c", 3, "a", minutes=2)]
    assert [each.uid for each in standing(takes)] == ["b", "c"]
    assert [each.uid for each in apart(takes)] == ["b", "c"]
    assert leading(takes).uid == "c"


def test_two_who_say_the_same_agree():
    assert apart([take("b", {"met": 1, "of": 2}), take("c", {"of": 2, "met": 1})]) == ()


def test_who_looked_at_both_settles_it():
    takes = [take("b", 2), take("c", 3), take("d", 3, "b", "c")]
    assert [each.uid for each in standing(takes)] == ["d"]
    assert apart(takes) == ()


def test_a_late_take_that_was_answered_anew_long_ago_does_not_come_back():
    assert [each.uid for each in standing([take("b", 2, "a"), take("a", 1)])] == ["b"]


def test_a_circle_leaves_the_latest_standing():
    takes = [take("a", 1, "b"), take("b", 2, "a", minutes=1)]
    assert [each.uid for each in standing(takes)] == ["b"]
    assert [each.uid for each in standing([take("a", 1, "a")])] == ["a"]


def test_nothing_stands_where_nothing_was_said():
    assert (standing([]), leading([]), apart([])) == ((), None, ())


@pytest.mark.parametrize("part", ["D", "I", "O", "note", "recommendation", "na", "said:0123abcd", "point:0123-abcd-ef"])
def test_the_parts_of_a_question(part):
    assert Place("1.1", part).known


@pytest.mark.parametrize(
    "part", ["", "X", "DD", "said:", "said:XYZ", "point:0123abcd/../x", "note ", "point:" + "a" * 37]
)
def test_what_is_no_part_of_a_question(part):
    assert not Place("1.1", part).known


def test_what_people_said_is_added_up_role_by_role():
    said = [
        {"role": "worker", "word": "pos"},
        {"role": "worker", "word": "neg"},
        {"role": "owner", "word": "no_comment"},
    ]
    assert heard(None, said, roles=True) == {
        "roles": {"owner": {"pos": 0, "neg": 0, "no_comment": 1}, "worker": {"pos": 1, "neg": 1}}
    }
    assert heard(None, said, roles=False) == {"pos": 1, "neg": 1, "no_comment": 1}


def test_what_was_counted_by_hand_stays_counted():
    said = [{"role": "worker", "word": "pos"}]
    assert heard({"pos": 2, "neg": 1}, said, roles=True) == {"pos": 3, "neg": 1}
    assert heard({"roles": {"worker": {"pos": 1, "neg": 0}}}, said, roles=True) == {
        "roles": {"worker": {"pos": 2, "neg": 0}}
    }
    assert heard({"roles": {"worker": {"pos": 1, "neg": 0}}}, said, roles=False) == {"pos": 2, "neg": 0}
    assert heard({"pos": 2, "neg": 1}, [], roles=True) == {"pos": 2, "neg": 1}
    assert heard(None, [], roles=True) == {}


def test_a_share_by_hand_gives_way_to_what_people_said():
    assert heard({"percent": "50"}, [{"role": "worker", "word": "neg"}], roles=False) == {"pos": 0, "neg": 1}


def history(dice, devices=3, places=4, steps=14):
    """What three auditors did: each sees their own takes and, now and then, what the others had sent by then."""
    made, seen = [], [[] for _ in range(devices)]
    for step in range(steps):
        who = dice.randrange(devices)
        if dice.random() < 0.3:
            seen[who] = list({each.uid: each for each in [*seen[who], *made]}.values())
        place = Place(f"1.{dice.randrange(places)}", "D")
        there = standing(each for each in seen[who] if each.place == place)
        clock = NINE + timedelta(minutes=dice.randrange(60))  # no device's clock is to be trusted
        new = Take(f"{step:02}-{who}", place, dice.randrange(3), clock, frozenset(each.uid for each in there), who)
        made.append(new)
        seen[who].append(new)
    return made


def told(takes):
    return {place: (standing(mine), leading(mine), apart(mine)) for place, mine in by_place(takes).items()}


def converges(seed):
    dice = random.Random(seed)
    made = history(dice)
    arrived = [*made, *dice.choices(made, k=6)]
    dice.shuffle(arrived)
    assert told(arrived) == told(made)
    for take_ in made:  # nothing that nobody answered anew is out of sight
        mine = [each for each in made if each.place == take_.place]
        assert take_ in standing(mine) or any(take_.uid in each.over for each in mine)


def test_histories_of_three_auditors_converge():
    for seed in range(300):
        converges(seed)


@pytest.mark.slow
def test_ten_thousand_histories_of_three_auditors_converge():
    for seed in range(10_000):
        converges(seed)


@given(some.permutations(range(5)))
@settings(max_examples=40, deadline=None)
def test_every_order_of_a_quarrel_comes_to_the_same(order):
    quarrel = [take("a", 1), take("b", 2, "a"), take("c", 3, "a"), take("d", 2, "c"), take("e", 4, "b", "d")]
    assert told([quarrel[nth] for nth in order]) == told(quarrel)


def test_every_order_of_four_takes_comes_to_the_same():
    quarrel = [take("a", 1), take("b", 2, "a"), take("c", 3, "a"), take("d", 2, "b")]
    assert len({str(told(order)) for order in permutations(quarrel)}) == 1
