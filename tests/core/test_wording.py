"""Other words are laid over a form; what is kept stays the same."""

from typing import Any

import pytest

from secor.core.form import Form, read_form
from secor.core.reading import Reading
from secor.core.wording import Wording, hearing, in_words, read_wording, sentences

FILE: dict[str, Any] = {
    "form": "ladder-check",
    "version": 2,
    "title": "Ladder check",
    "why": "A ladder holds a life.",
    "evidence": ["pre_use_check"],
    "rhythm": "weekly",
    "retention": "field_records",
    "read_by": "owner",
    "each_person": True,
    "quick": True,
    "fields": [
        {"key": "ladder", "kind": "text", "label": "Which ladder?", "hint": "For example, no. 4", "required": True},
        {"key": "lines", "kind": "checklist", "label": "Look it over", "items": {"feet": "Feet", "rungs": "Rungs"}},
        {
            "key": "actions",
            "kind": "rows",
            "label": "What changes",
            "fields": [
                {"key": "what", "kind": "text", "label": "What", "hint": "For example, new feet"},
                {"key": "how", "kind": "choice", "label": "How", "choices": {"new": "New", "fixed": "Fixed"}},
            ],
        },
        {"key": "signed", "kind": "signatures", "label": "Who looked", "signs": "I looked it over."},
        {"key": "again", "kind": "text", "label": "Which ladder?"},
    ],
}
EVERY = (
    "Ladder check",
    "A ladder holds a life.",
    "Which ladder?",
    "For example, no. 4",
    "Look it over",
    "Feet",
    "Rungs",
    "What changes",
    "What",
    "For example, new feet",
    "How",
    "New",
    "Fixed",
    "Who looked",
    "I looked it over.",
)


@pytest.fixture
def form() -> Form:
    read = read_form(Reading(), FILE)
    assert read is not None
    return read


def problems(value: Any) -> dict[str, str]:
    reading = Reading()
    assert read_wording(reading, value) is None
    return {each.place: each.problem for each in reading.problems}


def test_every_sentence_of_a_form_is_there_once_in_its_order(form):
    assert sentences(form) == EVERY


def test_each_sentence_is_said_in_the_other_language(form):
    shouted = in_words(form, Wording("xx", form.key, {each: each.upper() for each in EVERY}))

    assert sentences(shouted) == tuple(each.upper() for each in EVERY)


def test_only_the_words_change(form):
    shouted = in_words(form, Wording("xx", form.key, {each: each.upper() for each in EVERY}))
    back = in_words(shouted, Wording("en", form.key, {each.upper(): each for each in EVERY}))

    assert back == form
    assert shouted.fields[0].required
    assert [each.key for each in shouted.every_field()] == [each.key for each in form.every_field()]


def test_a_sentence_without_its_translation_stays_english(form):
    wording = Wording("fr", form.key, {"Feet": "Pieds"})

    assert sentences(in_words(form, wording)) == tuple("Pieds" if each == "Feet" else each for each in EVERY)
    assert wording.say("Rungs") == "Rungs"


def test_a_field_without_a_hint_gets_none_from_the_translation(form):
    wording = Wording("fr", form.key, {"Which ladder?": "Quelle échelle?"})

    assert in_words(form, wording).fields[4].hint == ""


def test_a_translation_file_is_read_as_it_is_written():
    read = read_wording(Reading(), {"language": "fr", "form": "ladder-check", "words": {"Feet": "Pieds"}})

    assert read == Wording("fr", "ladder-check", {"Feet": "Pieds"})


def test_all_problems_of_a_translation_are_told_at_once_each_with_its_place():
    found = problems({"form": "", "words": {"Feet": "", "Rungs": 4}, "colour": "red"})

    assert set(found) == {"language", "form", "words.Feet", "words.Rungs", "colour"}
    assert found["language"] == "is missing"


@pytest.mark.parametrize("words", [None, [], "Pieds"])
def test_words_are_a_mapping(words):
    assert problems({"language": "fr", "form": "ladder-check", "words": words})["words"].startswith("needs keys with")


@pytest.mark.parametrize("file", [None, [], "fr"])
def test_what_is_no_mapping_is_no_translation(file):
    assert problems(file)[""].startswith("needs keys with values")


HEARD = hearing(
    Wording(
        "fr",
        "crew",
        {
            "1 try left.": "Il reste 1 essai.",
            "{left} tries left.": "Il reste {left} essais.",
            "{month} {day}, {year}": "{day} {month} {year}",
            "Type {name} (not {other})?": "Tapez {name}, pas {other}.",
        },
    )
)


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("1 try left.", "Il reste 1 essai."),
        ("3 tries left.", "Il reste 3 essais."),
        ("Type Ann {x} (not Bo)?", "Tapez Ann {x}, pas Bo."),
        (" tries left.", " tries left."),
        ("3 tries left. Wait.", "3 tries left. Wait."),
        ("3 tries leftx", "3 tries leftx"),
        ("Come in, please", "Come in, please"),
    ],
)
def test_a_sentence_whose_blanks_are_filled_in_is_said_with_them(english, said):
    assert HEARD(english) == said
