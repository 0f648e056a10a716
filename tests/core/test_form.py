"""A form file becomes a form, or every reason why it cannot be one."""

from typing import Any

import pytest

from secor.core.form import CHOOSES, NOT_IN_ROWS, Choice, FieldKind, ReadBy, ShownWhen, read_form
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.rhythm import Rhythm


def given(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A form file with those fields."""
    return {
        "form": "ladder-check",
        "version": 1,
        "title": "Ladder check",
        "why": "A ladder holds a life.",
        "rhythm": "weekly",
        "retention": "field_records",
        "fields": list(fields) or [{"key": "ladder", "kind": "text", "label": "Which ladder?"}],
        **more,
    }


def field(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "label": key.capitalize(), **more}


def whole(kind: FieldKind, key: str = "it") -> dict[str, Any]:
    """A field of that kind with every part that the kind needs."""
    parts: dict[str, Any] = {}
    if kind in CHOOSES:
        parts["choices"] = {"wood": "Wood", "steel": "Steel"}
    if kind is FieldKind.CHECKLIST:
        parts["items"] = {"feet": "Feet", "rungs": "Rungs"}
    if kind is FieldKind.ROWS:
        parts["fields"] = [field("what", "text")]
    if kind is FieldKind.SIGNATURES:
        parts["signs"] = "I looked."
    return field(key, kind.value, **parts)


def read(value: Any) -> Any:
    return read_form(Reading(), value)


def problems(value: Any) -> dict[str, str]:
    """What is the matter, by place; a file with problems gives no form."""
    reading = Reading()
    assert read_form(reading, value) is None
    return {each.place: each.problem for each in reading.problems}


def test_what_is_written_is_what_is_read():
    form = read(
        given(
            field("of", "choice", choices={"wood": "Wood", "steel": "Steel"}, required=True),
            field("rot", "yes_no", hint="Press with a key", shown_when={"field": "of", "one_of": ["wood"]}),
            evidence=["pre_use_check"],
            read_by="owner",
            each_person=True,
            quick=True,
        )
    )

    assert (form.key, form.version, form.title, form.why) == (
        "ladder-check",
        1,
        "Ladder check",
        "A ladder holds a life.",
    )
    assert (form.evidence, form.rhythm, form.retention) == (("pre_use_check",), Rhythm.WEEKLY, "field_records")
    assert (form.read_by, form.each_person, form.quick) == (ReadBy.OWNER, True, True)
    assert form.field("of").choices == (Choice("wood", "Wood"), Choice("steel", "Steel"))
    assert (form.field("of").required, form.field("rot").required) == (True, False)
    assert form.field("rot").shown_when == ShownWhen("of", ("wood",))
    assert form.field("rot").hint == "Press with a key"
    assert form.field("paint") is None


def test_what_is_left_out_keeps_nothing_from_anybody():
    form = read(given())

    assert (form.evidence, form.read_by, form.each_person, form.quick) == ((), ReadBy.EVERYBODY, False, False)
    assert (form.fields[0].hint, form.fields[0].required, form.fields[0].shown_when) == ("", False, None)


@pytest.mark.parametrize("kind", FieldKind)
def test_every_kind_of_field_can_be_read(kind):
    assert read(given(whole(kind))).fields[0].kind is kind


@pytest.mark.parametrize("kind", FieldKind)
def test_a_kind_stands_in_a_row_only_if_it_fits_a_row(kind):
    file = given(field("rows", "rows", fields=[whole(kind)]))

    if kind in NOT_IN_ROWS:
        assert problems(file)["fields.1.fields.1.kind"].startswith(f"{kind.value} cannot stand in a row")
    else:
        assert read(file).fields[0].fields[0].kind is kind


def test_all_problems_are_told_at_once_each_with_its_place():
    found = problems(
        given(
            field("ladder", "text"),
            field("ladder", "text"),
            field("Big Ladder", "text"),
            field("of", "choice"),
            field("sort", "sound"),
            {"key": "bare", "kind": "text"},
            field("extra", "text", colour="red"),
            form="Ladder_Check",
            version=0,
            rhythm="hourly",
            read_by="auditors",
        )
    )

    assert set(found) == {
        "form",
        "version",
        "rhythm",
        "read_by",
        "fields.2.key",
        "fields.3.key",
        "fields.4.choices",
        "fields.5.kind",
        "fields.6.label",
        "fields.7.colour",
    }
    assert found["fields.2.key"] == "'ladder' is the key of two fields"
    assert found["fields.4.choices"] == "is missing; a field of the kind choice needs it"
    assert "text, long_text, number" in found["fields.5.kind"]


@pytest.mark.parametrize("missing", ["form", "version", "title", "why", "rhythm", "retention", "fields"])
def test_a_form_without_one_of_its_parts_is_told_which(missing):
    file, reading = given(), Reading()
    del file[missing]

    assert read_form(reading, file) is None
    assert Problem(missing, "is missing") in reading.problems


@pytest.mark.parametrize("file", [None, "a form", [], 7])
def test_what_is_no_mapping_is_no_form(file):
    assert problems(file)[""].startswith("needs keys with values")


@pytest.mark.parametrize("key", ["Ladder", "ladder_check", "1ladder", "", "l" * 61])
def test_a_forms_key_is_small_letters_digits_and_hyphens(key):
    assert "form" in problems(given(form=key))


@pytest.mark.parametrize("key", ["Ladder", "ladder-check", "1ladder", "", "l" * 41])
def test_a_fields_key_is_small_letters_digits_and_underscores(key):
    assert "fields.1.key" in problems(given(field(key, "text")))


def test_the_longest_keys_are_taken():
    form = read(given(field("l" * 40, "text"), form="l" * 60))

    assert (len(form.key), len(form.fields[0].key)) == (60, 40)


@pytest.mark.parametrize(
    ("kind", "part", "value"),
    [
        ("text", "choices", {"wood": "Wood"}),
        ("choice", "items", {"wood": "Wood"}),
        ("checklist", "choices", {"wood": "Wood"}),
        ("day", "fields", [field("what", "text")]),
        ("people", "signs", "I was there."),
    ],
)
def test_a_part_that_belongs_to_another_kind_is_told(kind, part, value):
    found = problems(given({**whole(FieldKind(kind)), part: value}))

    assert found[f"fields.1.{part}"] == f"does not belong to a field of the kind {kind}"


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("choice", "choices"),
        ("choices", "choices"),
        ("checklist", "items"),
        ("rows", "fields"),
        ("signatures", "signs"),
    ],
)
def test_a_kind_without_the_part_it_needs_is_told(kind, part):
    file = whole(FieldKind(kind))
    del file[part]

    assert problems(given(file))[f"fields.1.{part}"] == f"is missing; a field of the kind {kind} needs it"


@pytest.mark.parametrize(
    ("choices", "place"),
    [({}, "choices"), ({"Wood": "Wood"}, "choices.Wood"), ({"wood": ""}, "choices.wood"), (["wood"], "choices")],
)
def test_a_choice_has_a_key_and_a_label(choices, place):
    assert f"fields.1.{place}" in problems(given(field("of", "choice", choices=choices)))


def test_a_form_without_fields_and_rows_without_columns_are_told():
    assert problems(given(fields=[])) == {"fields": "needs at least one field"}
    assert problems(given(field("rows", "rows", fields=[]))) == {"fields.1.fields": "needs at least one field"}


def test_two_tables_may_have_columns_of_the_same_name_and_one_may_not():
    columns = [field("what", "text")]

    assert read(given(field("one", "rows", fields=columns), field("two", "rows", fields=columns)))
    assert problems(given(field("one", "rows", fields=columns * 2))) == {
        "fields.1.fields.2.key": "'what' is the key of two fields"
    }


def shown_when(name: str, *values: str) -> dict[str, Any]:
    return field("then", "text", shown_when={"field": name, "one_of": list(values)})


@pytest.mark.parametrize("kind", [FieldKind.CHOICE, FieldKind.CHOICES])
def test_a_field_may_wait_for_what_was_chosen_above_it(kind):
    assert read(given(whole(kind), shown_when("it", "wood", "steel")))


def test_a_field_may_wait_for_a_yes_or_a_no():
    assert read(given(field("it", "yes_no"), shown_when("it", "yes", "no")))


def test_a_field_waits_for_no_field_below_it_nor_for_itself_nor_for_one_that_is_not_there():
    below = given(shown_when("it", "yes"), field("it", "yes_no"))

    assert problems(below) == {"fields.1.shown_when.field": "'it' is no field above this one"}
    assert "fields.1.shown_when.field" in problems(given(shown_when("then", "yes")))
    assert "fields.2.shown_when.field" in problems(given(field("it", "yes_no"), shown_when("that", "yes")))


def test_a_field_waits_for_nothing_that_can_never_be():
    assert problems(given(whole(FieldKind.CHOICE), shown_when("it", "wood", "tin", "ice"))) == {
        "fields.2.shown_when.one_of": "it can never be ice, tin"
    }


@pytest.mark.parametrize("kind", sorted(set(FieldKind) - CHOOSES - {FieldKind.YES_NO}, key=lambda kind: kind.value))
def test_a_field_waits_only_for_what_is_chosen(kind):
    assert "fields.2.shown_when.one_of" in problems(given(whole(kind), shown_when("it", "feet")))


def test_a_condition_without_a_value_would_hide_the_field_for_ever():
    assert problems(given(field("it", "yes_no"), shown_when("it"))) == {
        "fields.2.shown_when.one_of": "names no value, so the field would never be asked"
    }


def test_a_column_waits_for_a_column_of_its_own_table():
    def table(*columns: dict[str, Any]) -> dict[str, Any]:
        return given(field("out", "yes_no"), field("rows", "rows", fields=list(columns)))

    assert read(table(field("it", "yes_no"), shown_when("it", "yes")))
    assert problems(table(field("it", "yes_no"), shown_when("out", "yes"))) == {
        "fields.2.fields.2.shown_when.field": "'out' is no field above this one"
    }


def test_every_field_goes_through_columns_right_after_their_table():
    form = read(
        given(field("one", "text"), field("rows", "rows", fields=[field("what", "text")]), field("two", "text"))
    )

    assert [each.key for each in form.every_field()] == ["one", "rows", "what", "two"]
