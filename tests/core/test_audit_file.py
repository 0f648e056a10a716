"""Reading an audit's open file: everything in order comes through, and nothing that somebody wrote breaks it."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import instrument, method, question
from secor.core.audit_file import FORM, FORMAT, Enclosed, Said, read_audit_file, read_head
from secor.core.method import Method
from secor.core.reading import Reading
from secor.core.sentence import Edit

DRAFT = instrument([question("1.1", D=method(10), I=method(5))])
FILE = {
    "format": FORMAT,
    "form": FORM,
    "audit": {
        "scheme": "ab-secor",
        "edition": {"key": "e", "digest": "d"},
        "instrument": {"key": "draft", "version": "1", "digest": "abc"},
        "methods": ["D", "I"],
        "gathering_from": "2026-05-20",
        "gathered_on": None,
    },
    "questions": {"1.1": {"D": {"met": 1, "of": 2}, "note": "Half.", "recommendation": "Do it.", "NA": False}},
    "explanations": [{"rule": "thin_note", "question": "1.1", "text": "So it is."}],
    "edits": {"gap.1.1": {"text": "", "over": "Half."}},
    "evidence": [{"question": "", "title": "yard.jpg", "sha256": "0" * 64}],
}


def read(value):
    reading = Reading()
    found = read_audit_file(reading, value, instrument=DRAFT)
    return found, [(each.place, each.problem) for each in reading.problems]


def test_a_file_in_order_comes_through_whole():
    found, problems = read(FILE)

    assert problems == []
    assert found.questions["1.1"].given == {Method.DOCUMENT: {"met": 1, "of": 2}}
    assert (found.questions["1.1"].note, found.questions["1.1"].recommendation) == ("Half.", "Do it.")
    assert found.explanations == (Said("thin_note", "1.1", "So it is."),)
    assert found.edits == {"gap.1.1": Edit("", "Half.")}
    assert found.evidence == (Enclosed("", "yard.jpg", "0" * 64),)
    assert (str(found.gathering_from), found.gathered_on) == ("2026-05-20", None)


def test_its_head_tells_the_instrument_before_anything_else_is_read():
    assert read_head(Reading(), {**FILE, "questions": "broken"}) == ("draft", "1", "abc")


@pytest.mark.parametrize("key", sorted(FILE))
def test_a_part_that_is_missing_is_told(key):
    file = copy.deepcopy(FILE)
    del file[key]
    found, problems = read(file)

    assert found is None
    assert any(place.startswith(key) for place, _ in problems)


def test_every_problem_is_told_at_once():
    file = copy.deepcopy(FILE)
    file["questions"]["1.1"]["D"] = {"met": 3, "of": 2}
    file["questions"]["1.1"]["O"] = {"met": 1, "of": 2}
    file["explanations"] *= 2
    file["evidence"][0]["sha256"] = "A" * 64

    assert [place for place, _ in read(file)[1]] == [
        "questions.1.1.D.met",
        "questions.1.1.O",
        "explanations",
        "evidence.1.sha256",
    ]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(FILE)), plain)
def test_nothing_that_stands_in_a_part_breaks_it(key, value):
    found, problems = read({**FILE, key: value})

    assert (found is None) == bool(problems)


@given(plain)
def test_nothing_breaks_it(value):
    assert read(value)[0] is None
