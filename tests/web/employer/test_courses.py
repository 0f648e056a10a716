"""Course proofs on their page."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import uploads
from cast import signed_in
from secor.store.models import CourseProof, Membership
from secor.store.scope import house

ALL = house("this test")
TODAY = date(2024, 9, 3)
COURSE = "health-and-safety-program-building"

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


def proof_form(**more):
    return {"do": "add", "course": COURSE, "holder_name": "Rosa", "taken_on": "2024-03-01", **more}


def test_a_proof_is_sent_with_its_paper_and_can_be_opened_and_taken_back(rosa, stage, at, client):
    rosa.post(at("courses"), proof_form(upload=uploads.sent(uploads.document(), "proof.pdf")))

    row = CourseProof.objects.within(ALL).get()
    page = said(rosa.get(at("courses")))
    assert "Being checked" in page
    paper = rosa.get(reverse("files:proof", args=[row.code]))
    assert (paper.status_code, paper.headers["Content-Type"]) == (200, "application/pdf")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    rosa.post(at("courses"), {"do": "take_back", "proof": row.code})
    assert not CourseProof.objects.within(ALL).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("rosa", 200), ("sol", 200), ("pat", 200), ("wes", 403), ("sam", 404), ("ezra", 404), ("dev", 403)],
)
def test_a_proofs_paper_is_for_its_own_people_and_the_partner_that_checks_it(client, stage, at, who, status):
    signed_in(client, stage.rosa).post(at("courses"), proof_form(upload=uploads.sent(uploads.photo())))
    row = CourseProof.objects.within(ALL).get()

    answer = signed_in(client, getattr(stage, who)).get(reverse("files:proof", args=[row.code]))

    assert answer.status_code == status


def test_a_former_partner_no_longer_opens_a_proof(client, stage, at):
    signed_in(client, stage.rosa).post(at("courses"), proof_form(upload=uploads.sent(uploads.photo())))
    row = CourseProof.objects.within(ALL).get()
    Membership.objects.within(ALL).filter(employer=stage.roofing).update(left_on=TODAY)

    assert signed_in(client, stage.pat).get(reverse("files:proof", args=[row.code])).status_code == 404


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"taken_on": "2024-09-04"}, "This day has not come yet."),
        ({"holder_name": " "}, "Write who took it."),
        ({"course": "safety-basics"}, "course"),
        ({"upload": SimpleUploadedFile("p.pdf", b"")}, "This file is empty"),
        ({"upload": SimpleUploadedFile("p.jpg", b"<svg onload=x>")}, "SVG"),
    ],
)
def test_a_proof_with_a_slip_is_asked_again(rosa, at, form, words):
    answer = rosa.post(at("courses"), proof_form(**form))

    assert answer.status_code == 422
    assert words in said(answer)
    assert not CourseProof.objects.within(ALL).exists()


def test_somebody_elses_proof_cannot_be_taken_back(rosa, stage, at):
    row = CourseProof.objects.create(
        employer=stage.siding, course=COURSE, holder_name="Sam", taken_on=TODAY, code="samsproof"
    )

    assert rosa.post(at("courses"), {"do": "take_back", "proof": row.code}).status_code == 404
