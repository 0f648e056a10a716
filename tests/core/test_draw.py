"""Chance chooses, everybody can choose the same again, and what is alike comes in turns."""

from secor.core.draw import Thing, draw

CREW = [Thing(f"w{n}", ("crew",)) for n in range(6)]
LEADS = [Thing(f"l{n}", ("leads",)) for n in range(2)]


def test_the_same_seed_gives_the_same_choice_in_whatever_order_the_things_are_told():
    assert draw(CREW, wanted=3, seed="a") == draw(reversed(CREW), wanted=3, seed="a")


def test_another_seed_gives_another_choice():
    assert len({draw(CREW, wanted=3, seed=str(n)) for n in range(12)}) > 6


def test_the_lot_is_what_the_rule_says_so_that_others_can_draw_it_without_this_program():
    # printf a/w0 | sha256sum, and so on, sorted.
    assert draw(CREW, wanted=6, seed="a") == ("w4", "w2", "w5", "w0", "w1", "w3")


def test_those_who_lead_and_those_who_do_not_come_in_turns():
    for n in range(10):
        drawn = draw([*CREW, *LEADS], wanted=4, seed=str(n))
        assert sum(key.startswith("l") for key in drawn) == 2


def test_every_month_comes_before_a_month_comes_twice():
    months = [Thing(f"{month}-{n}", (month,)) for month in ("jan", "feb", "mar") for n in range(5)]
    for n in range(10):
        drawn = draw(months, wanted=4, seed=str(n))
        assert {key[:3] for key in drawn[:3]} == {"jan", "feb", "mar"}


def test_never_more_than_there_are_and_none_twice():
    assert sorted(draw(LEADS, wanted=9, seed="a")) == ["l0", "l1"]
    assert draw(LEADS, wanted=0, seed="a") == ()
    assert draw([], wanted=2, seed="a") == ()
