"""What a record tells without being opened: the digest of its words is the same for the same words only."""

from datetime import date

import pytest

from cards import card, looked_round
from secor.core.told import ToFix, to_fix, words_digest
from secor.queries import library

FORM = library.forms()["site-hazard-card"]


def digest(form=FORM, **values):
    return words_digest(form, card(**values)["values"])


def hazard(control):
    return [{"hazard": "Falling from the edge", "risk": {"likelihood": 2, "severity": 3}, "control": control}]


def test_the_same_words_have_the_same_digest_whatever_their_case_and_spaces_and_whoever_signs():
    same = digest(task="replace   SHINGLES on the north side\n", crew=(("Somebody else", ""),))
    assert digest() == same
    assert len(same) == 64


@pytest.mark.parametrize(
    "values", [{"task": "Replace shingles on the south side"}, {"hazards": hazard("Tied on to another anchor")}]
)
def test_one_other_word_anywhere_makes_another_digest(values):
    assert digest(**values) != digest()


@pytest.mark.parametrize(("control", "told"), [("x" * 15, False), ("x" * 16, True)])
def test_fewer_words_than_a_short_sentence_are_nobodys_own(control, told):
    # The task has 1 sign, the hazard 21, and two blanks stand between them and the control.
    assert bool(digest(task="a", hazards=hazard(control))) is told


def test_what_is_written_beside_a_checklists_line_counts_and_what_is_only_ticked_does_not():
    form = library.forms()["site-inspection"]
    ticked = {"lines": {"ladders": {"found": "ok", "note": ""}}}
    noted = {"lines": {"ladders": {"found": "not_ok", "note": "One foot of the long ladder is gone, tagged out"}}}
    assert words_digest(form, ticked) == ""
    assert words_digest(form, noted) != ""


def row(what, **more):
    return {"what": what, **more}


def test_each_row_of_measures_is_to_be_put_right_by_whom_and_when_it_says():
    form = library.forms()["investigation"]
    sam = {"code": "abc", "name": "Sam"}
    found = to_fix(form, {"actions": [row("Toe boards", who=sam, by="2026-06-12"), row("Order rope")]})

    assert [(each.field, each.what, each.code, each.name, each.by) for each in found] == [
        ("actions", "Toe boards", "abc", "Sam", date(2026, 6, 12)),
        ("actions", "Order rope", "", "", None),
    ]


def test_a_measure_is_known_by_its_words_wherever_it_stands():
    form = library.forms()["toolbox-talk"]
    first = to_fix(form, {"actions": [row("Toe boards"), row("Order rope")]})
    other = to_fix(form, {"actions": [row("order  ROPE"), row("Toe boards "), row("toe boards"), row(" ")]})

    assert {each.line for each in first} == {each.line for each in other}
    assert len(other) == 2


@pytest.mark.parametrize("key", ["investigation", "toolbox-talk", "yearly-review"])
def test_every_form_of_ours_that_asks_what_changes_has_measures(key):
    assert to_fix(library.forms()[key], {"actions": [row("Toe boards")]})


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("meeting", {"open": [row("Toe boards", state="open")]}),
        ("yearly-numbers", {"plan": [row("Toe boards")]}),
        ("site-hazard-card", {"hazards": hazard("Tied on")}),
    ],
)
def test_rows_that_look_back_or_plan_are_no_measures(key, values):
    assert to_fix(library.forms()[key], values) == ()


def test_lines_that_were_found_wrong_come_with_what_was_written_beside_them():
    form = library.forms()["site-inspection"]
    values = looked_round(ladders="not_ok", fire="ok")["values"]

    assert to_fix(form, values) == (
        ToFix("lines", "ladders", "Ladders and scaffolds are sound, tied and on firm ground: Cord taped"),
    )
