"""Declaring, sending, taking back, answering notes and removing files, through their pages."""

import pytest

from assessments import AT, scene
from secor.store.models import Audit, Declaration, Evidence, Note, Review, Tie
from secor.store.scope import house
from secor.usecases import evidence, submission
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def stage(there):
    return Audit._base_manager.get(pk=there.audit.pk).stage


def test_who_is_independent_signs_and_goes_on(desk, db):
    there = scene(declared=False)
    assert "Declare your independence" in desk(there, "audit").content.decode()
    response = desk(there, "declare", data={"clear": "yes", "signed": "on"})

    assert response.url.endswith(f"/auditor/{there.audit.code}/")
    assert Declaration.objects.within(ALL).get().clear


def test_who_built_the_program_is_told_why_and_what_to_do(desk, db):
    there = scene(declared=False)
    data = {"clear": "no", "kinds": ["built_program"], "from_on": "2015-01-01", "signed": "on"}
    assert desk(there, "declare", data=data).status_code == 302
    page = desk(there, "declare").content.decode()

    assert "You cannot do this audit" in page
    assert "helped to build the health and safety program" in page
    assert "choose another auditor" in page
    assert Tie.objects.within(ALL).get().kind == "built_program"
    assert "You cannot do this audit" in desk(there, "audit").content.decode()
    refused = desk(there, "element", 1, data={"q-1-1-seen": "0", "q-1-1-note": "x"})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Choose one of the two"),
        ({"clear": "yes"}, "Tick this to sign"),
        ({"clear": "no", "signed": "on"}, "Say what ties you"),
        ({"clear": "no", "signed": "on", "kinds": ["family"]}, "Say since when"),
        ({"clear": "no", "signed": "on", "kinds": ["family"], "from_on": "2030-01-01"}, "begun by today"),
    ],
)
def test_an_unfinished_declaration_says_what_is_missing(desk, db, data, told):
    there = scene(declared=False)
    response = desk(there, "declare", data=data)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Declaration.objects.within(ALL).exists()


def test_a_finished_audit_is_checked_sent_and_taken_back(filled, desk):
    page = desk(filled, "submit").content.decode()
    assert "Send to ASC" in page
    assert "Passed" in page
    assert desk(filled, "submit", data={}).status_code == 302
    assert stage(filled) == "submitted"
    assert "Take it back" in desk(filled, "submit").content.decode()

    assert desk(filled, "take_back", data={}).status_code == 302
    assert stage(filled) == "open"


def test_an_unfinished_audit_has_no_button_and_a_forced_sending_is_refused(there, desk):
    assert "Send to ASC" not in desk(there, "submit").content.decode()
    response = desk(there, "submit", data={})
    assert response.status_code == 422
    assert "still open" in response.content.decode()
    assert stage(there) == "open"


def test_the_same_form_sent_twice_is_one_sending(filled, desk):
    first = desk(filled, "submit", data={"once": "k"})
    again = desk(filled, "submit", data={"once": "k"})
    assert (first.status_code, again.status_code) == (302, 302)
    assert Audit._base_manager.get(pk=filled.audit.pk).round == 1


@pytest.fixture
def returned(filled):
    submission.submit(filled.dev_acts(), audit=filled.audit)
    Audit._base_manager.filter(pk=filled.audit.pk).update(stage="returned")
    review = Review.objects.create(
        audit=filled.audit, round=1, reviewer=filled.pat, claimed_at=AT, concluded_at=AT, outcome="returned"
    )
    Note.objects.create(review=review, question="2.1", kind="must_fix", text="How many jobs?", written_at=AT, code="n1")
    Note.objects.create(review=review, question="", kind="information", text="Well done.", written_at=AT, code="n2")
    return filled


def test_notes_are_answered_in_their_place_and_never_say_who_wrote_them(returned, desk):
    page = desk(returned, "notes").content.decode()
    assert "How many jobs?" in page
    assert "1 must be answered" in page
    assert f"/auditor/{returned.audit.code}/element/2/#q-2-1" in page
    assert "Pat" not in page

    response = desk(returned, "notes", data={"note": "n1", "text": " "})
    assert response.status_code == 422
    assert "Say what you changed" in response.content.decode()
    assert desk(returned, "notes", data={"note": "n1", "text": "All four."}).url.endswith("#note-n1")
    assert Note.objects.within(ALL).get(code="n1").reply == "All four."


def test_an_audit_sent_back_goes_out_again_once_its_notes_are_answered_and_shows_what_changed(returned, desk):
    assert desk(returned, "submit", data={}).status_code == 422
    desk(returned, "notes", data={"note": "n1", "text": "All four."})
    desk(
        returned,
        "element",
        2,
        data={"q-2-1-seen": "1", "q-2-1-note": "Four jobs, all listed.", "q-2-1-recommendation": "x"},
    )
    assert desk(returned, "submit", data={}).status_code == 302

    page = desk(returned, "versions").content.decode()
    assert "From time 1 to time 2" in page
    assert "Seen in the binder." in page
    assert "Four jobs, all listed." in page


def test_a_note_of_another_audit_is_not_answered_here(returned, desk):
    response = desk(returned, "notes", data={"note": "other", "text": "x"})
    assert response.status_code == 422


def test_a_file_is_removed_after_a_question(there, desk):
    piece = evidence.add(
        there.dev_acts(), employer=there.employer, audit=there.audit, question="1.1", upload=sent(photo(), "wall.jpg")
    )
    assert "Remove “wall.jpg”?" in desk(there, "remove", piece.code).content.decode()
    assert Evidence.objects.within(ALL).get().removed_at is None
    assert desk(there, "remove", piece.code, data={}).status_code == 302
    assert Evidence.objects.within(ALL).get().removed_at == AT
    assert desk(there, "remove", "nothing").status_code == 404
