"""The forms that the library ships: they read, they are linked to an audit, and every sentence is there in French."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from secor.core import told
from secor.core.form import Field, FieldKind, Form, ReadBy
from secor.core.question import DocumentKind
from secor.core.reading import Reading
from secor.core.record import read_record
from secor.core.rhythm import Rhythm
from secor.core.wording import in_words, sentences
from secor.queries import library, schemes

SECOR = schemes.instrument("secor-open")
FORMS = list(library.forms().values())
BY_KEY = library.forms()
QUESTIONS = list(SECOR.in_cascade_order)
# What an auditor makes on site, or what says nothing by itself.
AN_AUDITORS_OWN = {"interview_notes", "observation_notes", "photo"}
# Operational papers that the program holds: a list or a plan is written once, and no record is made of it.
IN_THE_PROGRAM = {"emergency_contact_sheet", "ppe_matrix", "working_alone_procedure"}
MOMENT = datetime(2026, 6, 3, 13, 0, tzinfo=UTC).isoformat()
# The same in both languages.
SAID_ALIKE = {"Incident", "Inspections", "Photos", "Radio", "Satellite", "For example, inspections"}
EACH_FORM = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
EACH_LANGUAGE = pytest.mark.parametrize("language", library.languages()[1:])


def sample(field: Field) -> Any:
    """Something to write in a field."""
    key = field.choices[0].key if field.choices else ""
    values: dict[FieldKind, Any] = {
        FieldKind.TEXT: "Ladder no. 4",
        FieldKind.LONG_TEXT: "It slid on wet grass.",
        FieldKind.NUMBER: "12",
        FieldKind.DAY: "2026-06-03",
        FieldKind.TIME: "06:30",
        FieldKind.CHOICE: key,
        FieldKind.CHOICES: [key],
        FieldKind.YES_NO: "yes",
        FieldKind.RISK: {"likelihood": 2, "severity": 3},
        FieldKind.CHECKLIST: {choice.key: {"found": "ok", "note": ""} for choice in field.choices},
        FieldKind.PERSON: {"code": "w1", "name": "Kim"},
        FieldKind.PEOPLE: [{"code": "w1", "name": "Kim"}],
        FieldKind.SITE: {"code": "", "name": "12 Elm Street"},
        FieldKind.PHOTOS: [{"sha256": "a" * 64, "caption": ""}],
        FieldKind.SIGNATURES: [{"name": "Kim", "at": MOMENT, "strokes": [[1, 2, 3, 4]]}],
        FieldKind.ROWS: [{column.key: sample(column) for column in field.fields}],
    }
    return values[field.kind]


def sent(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "uid": str(uuid4()),
        "form": form.key,
        "form_digest": library.form_text(form.key)[1],
        "on": "2026-06-03",
        "began_at": MOMENT,
        "finished_at": MOMENT,
        "values": values,
    }


def test_a_form_stands_in_the_file_of_its_name():
    assert set(BY_KEY) == {path.stem for path in (library.folder() / "forms").iterdir()}
    assert len(FORMS) == 29


@EACH_FORM
def test_a_form_names_a_period_that_exists(form):
    assert form.retention in library.retentions()


def test_every_period_is_named_by_a_form_and_tells_by_what_right():
    assert set(library.retentions()) == {form.retention for form in FORMS}
    by_law = {key for key, row in library.retentions().items() if not row.ours}

    assert by_law == {"first_aid"}
    assert all("our own default" in row.source for row in library.retentions().values() if row.ours)


def test_nothing_goes_before_a_whole_certificate_is_over():
    assert all(row.years >= 3 for row in library.retentions().values())


@EACH_FORM
def test_a_form_is_linked_to_an_audit_by_types_that_its_instrument_knows(form):
    assert form.evidence
    assert set(form.evidence) <= set(SECOR.evidence_types)


def test_every_operational_type_is_made_by_a_form():
    asked = {
        kind
        for question in QUESTIONS
        if question.document_kind is DocumentKind.OPERATIONAL
        for kind in question.evidence_types
    }
    made = {kind for form in FORMS for kind in form.evidence}

    assert asked - AN_AUDITORS_OWN - IN_THE_PROGRAM - made == set()
    assert {kind for part in library.parts() for kind in part.evidence} >= IN_THE_PROGRAM


@EACH_FORM
def test_a_form_filled_in_whole_is_kept_without_a_problem(form):
    reading = Reading()
    filled = {field.key: sample(field) for field in form.fields}
    record = read_record(reading, sent(form, filled), form)

    assert reading.problems == []
    assert record is not None
    assert set(record.values) == set(filled)


@EACH_FORM
def test_an_empty_form_tells_what_is_not_filled_in(form):
    reading = Reading()
    read_record(reading, sent(form, {}), form)
    always = {f"values.{field.key}" for field in form.fields if field.required and field.shown_when is None}

    assert always
    assert {each.place for each in reading.problems} == always


@EACH_FORM
def test_somebody_signs_unless_signing_would_keep_them_from_writing(form):
    signs = [field for field in form.fields if field.kind is FieldKind.SIGNATURES]

    if form.key in {"concern", "check-in"}:
        assert signs == []
    else:
        assert [field.required for field in signs] == [True]
        assert form.fields[-1] is signs[0]


@EACH_FORM
def test_a_form_fits_two_minutes(form):
    assert len(form.fields) <= 12
    assert all(len(field.choices) <= 12 for field in form.fields)
    assert all(len(field.fields) <= 4 for field in form.fields)


@EACH_FORM
def test_a_checklist_has_the_lines_that_matter_and_no_more(form):
    lists = [field for field in form.fields if field.kind is FieldKind.CHECKLIST]

    assert all(5 <= len(field.choices) <= 12 and field.required for field in lists)


@EACH_FORM
def test_an_example_or_a_choice_stands_beside_what_is_written(form):
    assert any(field.hint for field in form.every_field())


def test_a_handful_stands_on_the_phones_first_screen():
    assert {form.key for form in FORMS if form.quick} == {
        "site-hazard-card",
        "toolbox-talk",
        "vehicle-check",
        "site-inspection",
        "near-miss",
        "incident-report",
        "concern",
    }


def test_what_everybody_needs_is_made_when_somebody_is_hired():
    each = [form for form in FORMS if form.each_person]

    assert {form.key for form in each} == {"orientation", "ppe-issue", "competency-check", "training-record"}
    assert {form.rhythm for form in each} == {Rhythm.ON_HIRE}
    people = {FieldKind.PERSON, FieldKind.PEOPLE}
    assert all(any(field.kind in people for field in form.fields) for form in each)


def test_two_forms_are_kept_from_the_crew():
    assert {form.key: form.read_by for form in FORMS if form.read_by is not ReadBy.EVERYBODY} == {
        "first-aid-record": ReadBy.FIRST_AID,
        "discipline": ReadBy.OWNER,
    }


def test_a_first_aid_record_asks_for_nothing_medical_and_says_so():
    form = BY_KEY["first-aid-record"]
    hints = " ".join(field.hint for field in form.fields)

    assert "No diagnosis and no medical history." in hints
    assert not any("diagnos" in field.key or "diagnos" in field.label.lower() for field in form.fields)
    assert not any(field.kind in {FieldKind.LONG_TEXT, FieldKind.PHOTOS} for field in form.fields)


def test_a_first_aid_record_is_known_in_a_list_by_its_place_and_not_by_what_happened():
    form = BY_KEY["first-aid-record"]
    filled = {"where": "At the cutting table", "happened": "A cut on the thumb", "given": "A bandage"}

    assert told.title(form, filled) == "At the cutting table"


def test_whoever_speaks_up_is_not_asked_for_a_name():
    assert not any(
        field.kind in {FieldKind.PERSON, FieldKind.PEOPLE, FieldKind.SIGNATURES} for field in BY_KEY["concern"].fields
    )


def test_a_quarter_without_an_incident_counts_as_reported():
    assert BY_KEY["nil-return"].rhythm is Rhythm.QUARTERLY
    assert {"incident_report", "near_miss_report"} <= set(BY_KEY["nil-return"].evidence)


@EACH_LANGUAGE
@EACH_FORM
def test_a_translation_says_every_sentence_of_its_form_and_no_other(language, form):
    wording = library.wording(language, form.key)

    assert wording is not None
    assert (wording.language, wording.form) == (language, form.key)
    assert set(wording.words) == set(sentences(form))


@EACH_LANGUAGE
def test_no_translation_is_left_of_a_form_that_is_gone(language):
    assert {path.stem for path in (library.folder() / "words" / language).iterdir()} == {*BY_KEY, "sheet", "crew"}


@EACH_FORM
def test_no_french_sentence_is_the_english_one(form):
    wording = library.wording("fr", form.key)

    assert {english for english, said in wording.words.items() if english == said} <= SAID_ALIKE


@EACH_FORM
def test_an_example_stays_an_example_and_a_question_a_question(form):
    words = library.wording("fr", form.key).words

    assert [english for english, said in words.items() if english.endswith("?") != said.endswith("?")] == []
    assert [each for each, said in words.items() if ("or example" in each) != ("ar exemple" in said)] == []


@EACH_FORM
def test_french_is_set_as_canadians_set_it(form):
    for said in library.wording("fr", form.key).words.values():
        assert not re.search(r"\s[?!;,.]", said), said
        # The space beside a colon and inside a quotation never ends a line.
        assert not re.search(r"[:»«]", re.sub(r"\N{NO-BREAK SPACE}[:»]|«\N{NO-BREAK SPACE}", "", said)), said
        assert "\N{LEFT DOUBLE QUOTATION MARK}" not in said
        assert '"' not in said


@EACH_FORM
def test_a_record_made_in_french_is_the_same_record(form):
    french = in_words(form, library.wording("fr", form.key))
    filled = {field.key: sample(field) for field in french.fields}
    reading = Reading()

    assert read_record(reading, sent(french, filled), form) is not None
    assert reading.problems == []
    assert sentences(french) != sentences(form)


def test_a_form_stands_in_place_of_forms_that_are_there():
    assert {key for form in FORMS for key in form.in_place_of} <= set(BY_KEY)
