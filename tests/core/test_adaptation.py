"""An employer's own form: other words, another order, less and more; and nothing old is turned."""

import pytest

from secor.core.adaptation import ADDED, Added, Changed, adapted, key_of, written
from secor.core.form import Choice, FieldKind, read_form
from secor.core.reading import Reading
from secor.queries import library

CARD = library.forms()["site-hazard-card"]


def read(form):
    reading = Reading()
    found = read_form(reading, written(form))
    assert found is not None, reading.problems
    return found


def same(field, **more):
    return Changed(field.key, field.label, field.hint, field.required, **more)


@pytest.mark.parametrize("form", library.forms().values(), ids=lambda form: form.key)
def test_every_form_is_written_and_read_back_to_the_same(form):
    assert read(form) == form


def test_words_change_and_keys_do_not():
    made = adapted(
        CARD, title="Job card", changed=[Changed("task", "What is the job?", "Say it short", required=False)]
    )

    assert (made.title, made.version, made.key) == ("Job card", CARD.version + 1, CARD.key)
    task = made.field("task")
    assert (task.label, task.hint, task.required, task.kind) == (
        "What is the job?",
        "Say it short",
        False,
        FieldKind.TEXT,
    )
    assert {field.key for field in made.fields} == {field.key for field in CARD.fields}


def test_a_question_is_taken_out_and_what_hung_on_it_is_asked_always():
    made = adapted(CARD, title=CARD.title, changed=[Changed("alone", "Alone?", out=True)])

    assert made.field("alone") is None
    assert made.field("check_in").shown_when is None
    assert read(made) == made


def test_a_question_that_comes_to_stand_below_what_hangs_on_it_is_no_condition_any_more():
    places = {field.key: nth for nth, field in enumerate(CARD.fields, start=1)} | {"alone": 99}
    made = adapted(CARD, title=CARD.title, changed=[same(field, place=places[field.key]) for field in CARD.fields])

    assert made.fields[-1].key == "alone"
    assert made.field("check_in").shown_when is None
    assert [field.key for field in made.fields[:3]] == [field.key for field in CARD.fields[:3]]


def test_a_line_that_reads_as_before_keeps_its_key_and_another_gets_a_new_one():
    lines = ("Hard hat", "safety boots", "Eyes", "Eyes")
    made = adapted(CARD, title=CARD.title, changed=[Changed("wear", "Wear", lines=lines)])

    assert made.field("wear").choices == (
        Choice("hat", "Hard hat"),
        Choice("boots", "safety boots"),
        Choice("eyes_2", "Eyes"),
        Choice("eyes_3", "Eyes"),
    )


@pytest.mark.parametrize("kind", ADDED)
def test_each_kind_can_be_added(kind):
    made = adapted(CARD, title=CARD.title, changed=[], added=[Added("Wind, km/h", kind, ("Calm", "Strong"))])

    assert (made.fields[-1].key, made.fields[-1].kind) == ("wind_km_h", kind)
    assert read(made) == made


@pytest.mark.parametrize(
    ("words", "taken", "key"),
    [
        ("Été à Québec?", (), "ete_a_quebec"),
        ("2 people", (), "q_2_people"),
        ("", (), "q"),
        ("?!", ("q",), "q_2"),
        ("Wind", ("wind", "wind_2"), "wind_3"),
        ("x" * 60, (), "x" * 40),
        ("x" * 60, ("x" * 40,), "x" * 36 + "_2"),
    ],
)
def test_a_key_is_made_of_words(words, taken, key):
    assert key_of(words, taken) == key
