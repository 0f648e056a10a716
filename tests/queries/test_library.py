"""What the library ships: all of it reads, all that it names exists, all that an auditor asks for can be made."""

import pytest

from secor.core.question import DocumentKind
from secor.core.trade import unknown_procedures
from secor.core.wording import sentences
from secor.queries import library, schemes

SECOR = schemes.instrument("secor-open")
# What an auditor makes on site, or what says nothing by itself.
NOT_OURS = {"interview_notes", "observation_notes", "photo"}
FORMS = list(library.forms().values())


def test_every_evidence_type_is_made_by_a_form_or_a_part():
    asked = {kind for question in SECOR.in_cascade_order for kind in question.evidence_types} - NOT_OURS
    made = {kind for form in FORMS for kind in form.evidence} | {
        kind for part in library.parts() for kind in part.evidence
    }

    assert asked - made == set()
    assert made <= set(SECOR.evidence_types)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_form_names_a_period_that_exists_and_its_own_file(form):
    assert form.retention in library.retentions()
    assert library.form_text(form.key)[0].startswith(("#", f"form: {form.key}"))


def test_first_aid_records_are_restricted_kept_three_years_and_ask_for_nothing_medical():
    form = library.forms()["first-aid-record"]

    assert form.read_by.value == "first_aid"
    assert library.retentions()[form.retention].years == 3
    assert not any(word in " ".join(sentences(form)).lower() for word in ("symptom", "medication", "allerg"))


def test_a_translation_says_only_sentences_that_its_form_has():
    for language in library.languages()[1:]:
        for form in FORMS:
            wording = library.wording(language, form.key)
            assert wording is None or set(wording.words) <= set(sentences(form)), (language, form.key)


def test_every_procedure_that_a_hazard_names_is_there():
    assert {
        key: unknown_procedures(trade) for key, trade in library.trades().items() if unknown_procedures(trade)
    } == {}


def test_every_directive_question_has_a_part_of_the_program():
    made = {kind for part in library.parts() for kind in part.evidence}
    directive = [each for each in SECOR.in_cascade_order if each.document_kind is DocumentKind.DIRECTIVE]

    assert [each.id for each in directive if not made & set(each.evidence_types)] == []


@pytest.mark.parametrize("course", library.courses().values(), ids=lambda course: course.key)
def test_a_course_goes_through_every_element_of_the_instrument_once(course):
    taught = [element for lesson in course.lessons for element in lesson.elements]

    assert taught == [element.number for element in SECOR.elements]


@pytest.mark.parametrize("course", library.courses().values(), ids=lambda course: course.key)
def test_a_course_proves_what_some_partner_wants(course):
    wanted = {
        each
        for partner in schemes.partners("ab-secor")
        for each in getattr(schemes.rules("ab-secor", partner=partner.key, on=course.written_on).training, "any_of", ())
    }

    assert course.proves in wanted
