"""What a record tells without being opened: the digest of its words is the same for the same words only."""

import pytest

from cards import card
from secor.core.told import words_digest
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
