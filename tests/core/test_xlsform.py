"""Forms as XLSForms and back; what others wrote, and what has no place here."""

import pytest

from secor.core.form import Choice, FieldKind, ShownWhen
from secor.core.xlsform import Workbook, form_of, workbook_of
from secor.queries import library

RETENTIONS = tuple(library.retentions())


def brought(*survey, choices=(), **settings):
    rows = [
        dict(zip(("type", "name", "label", "relevant"), row, strict=False)) if isinstance(row, tuple) else row
        for row in survey
    ]
    listed = [dict(zip(("list_name", "name", "label"), row, strict=True)) for row in choices]
    return form_of(Workbook(tuple(rows), tuple(listed), {"form_title": "Check", "form_id": "check"} | settings))


@pytest.mark.parametrize("form", library.forms().values(), ids=lambda form: form.key)
def test_every_form_comes_back_as_it_left(form):
    back = form_of(workbook_of(form), retentions=RETENTIONS)

    assert back.form == form
    assert back.left_out == ()


def test_the_kinds_of_others_find_their_own():
    form = brought(
        ("text", "a", "A"), ("integer", "b", "B"), ("date", "c", "C"), ("time", "d", "D"), ("image", "e", "E"),
        ("select_one yn", "f", "F"), ("select one pets", "g", "G"), ("select_multiple pets", "h", "H"),
        {"type": "image", "name": "i", "label": "I", "appearance": "signature"},
        {"type": "text", "name": "j", "label": "J", "appearance": "multiline", "required": "TRUE"},
        choices=[("yn", "yes", "Yes"), ("yn", "no", "No"), ("pets", "1", "Dog"), ("pets", "Big Cat", "Cat")],
    ).form  # fmt: skip

    assert [field.kind for field in form.fields] == [
        FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DAY, FieldKind.TIME, FieldKind.PHOTOS, FieldKind.YES_NO,
        FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.SIGNATURES, FieldKind.LONG_TEXT,
    ]  # fmt: skip
    assert form.field("g").choices == (Choice("q_1", "Dog"), Choice("big_cat", "Cat"))
    assert form.field("i").signs == "I"
    assert form.field("j").required


def test_groups_are_opened_and_repeats_are_tables():
    found = brought(
        ("begin group", "page", "Page"), ("text", "a", "A"), ("begin repeat", "crew", "Crew"), ("text", "name", "Name"),
        ("image", "face", "Face"), ("begin_repeat", "kids", "Kids"), ("text", "kid", "Kid"), ("end repeat", "", ""),
        ("end repeat", "", ""), ("end group", "", ""), ("text", "z", "Z"),
    )  # fmt: skip

    assert [(field.key, field.kind) for field in found.form.fields] == [
        ("a", FieldKind.TEXT), ("crew", FieldKind.ROWS), ("z", FieldKind.TEXT)]  # fmt: skip
    assert [field.key for field in found.form.field("crew").fields] == ["name"]
    assert found.left_out == ("“Face”: cannot stand in a table", "“Kids”: cannot stand in a table")


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("${pet} = 'dog'", ShownWhen("pet", ("dog",))),
        ('${pet}="dog" or ${pet} = "cat"', ShownWhen("pet", ("dog", "cat"))),
        ("selected(${pet}, 'cat')", ShownWhen("pet", ("cat",))),
        ("${pet} = 'bird'", None),
        ("${pet} != 'dog'", None),
        ("${pet} = 'dog' and ${a} = '1'", None),
        ("${a} = 'yes'", None),
        ("${gone} = 'dog'", None),
    ],
)
def test_a_condition_that_can_be_said_here_is_kept_and_another_told(said, condition):
    found = brought(
        ("text", "a", "A"), ("select_one pets", "pet", "Pet"), ("text", "b", "Its name", said),
        choices=[("pets", "dog", "Dog"), ("pets", "cat", "Cat")],
    )  # fmt: skip

    assert found.form.field("b").shown_when == condition
    assert found.left_out == (() if condition else ("When “Its name” is asked: it is always asked",))


def test_the_same_name_in_two_groups_is_two_questions_and_a_moment_closes_no_group():
    found = brought(
        ("begin_group", "one", "One"), ("yes", "", ""), ("select_one pets or_other", "pet", "Pet"), ("end", "end", ""),
        ("text", "a", "A", "${pet} = 'dog'"), ("end_group", "", ""), ("begin_group", "two", "Two"),
        ("text", "a", "Again"), ("end_group", "", ""), choices=[("pets", "dog", "Dog")],
    )  # fmt: skip

    assert [(field.key, field.label) for field in found.form.fields] == [("pet", "Pet"), ("a", "A"), ("a_2", "Again")]
    assert found.form.field("a").shown_when == ShownWhen("pet", ("dog",))
    assert found.left_out == ("“Pet”: an answer that is not in its list", "“”: the type 'yes' is unknown here")[::-1]


def test_what_has_no_place_is_told_and_what_odk_fills_in_itself_is_not():
    found = brought(
        ("start", "start", ""), ("deviceid", "dev", ""), ("geopoint", "where", "Where?"), ("note", "n", "Read this"),
        ("calculate", "sum", ""), ("select_one_from_file list.csv", "f", "From a file"), ("text", "a", "A"),
        {"type": "integer", "name": "b", "label": "B", "constraint": ". > 3"}, ("select_one none", "c", "C"),
    )  # fmt: skip

    assert [field.key for field in found.form.fields] == ["a", "b"]
    assert found.left_out == (
        "“Where?”: the type 'geopoint' is unknown here",
        "“Read this”: the type 'note' is unknown here",
        "“sum”: the type 'calculate' is unknown here",
        "“From a file”: the type 'select_one_from_file list.csv' is unknown here",
        "“B”: a check of the answer",
        "“C”: nothing of it can be asked here",
    )


def test_words_in_several_languages_names_of_any_kind_and_no_settings():
    made = form_of(
        Workbook(
            (
                {
                    "type": "text",
                    "name": "Was ist-los",
                    "label::English (en)": "What?",
                    "label::Français (fr)": "Quoi?",
                },
                {"type": "text", "name": "was_ist_los"},
            ),
            (),
            {},
        )
    ).form

    assert [(field.key, field.label) for field in made.fields] == [
        ("was_ist_los", "What?"),
        ("was_ist_los_2", "was_ist_los"),
    ]
    assert (made.title, made.version, made.retention) == ("Form without a name", 1, "field_records")
    assert made.key == "form-without-a-name"
