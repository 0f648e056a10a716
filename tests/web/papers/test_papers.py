"""Papers go out to who may have them, under a safe name; to everyone else they are not there."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from assessments import AT, BEGAN, Scene, fill, scene
from certified import GOOD, a_certificate, a_partner, a_person
from secor.core.role import RoleKind
from secor.store.models import Audit, Employer, Role
from secor.usecases import reviews, submission
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)


def ask(client, person, paper: str, code: str):
    client.force_login(person)
    return client.get(reverse(f"papers:{paper}", args=[code]))


def plan(client, person, there: Scene) -> int:
    return ask(client, person, "action_plan", there.audit.code).status_code


def sent(there: Scene) -> Scene:
    fill(there)
    submission.submit(Act(there.audit.assessor, AT), audit=there.audit)
    there.audit.refresh_from_db()
    return there


def taken(there: Scene):
    return reviews.claim(Act(there.pat, LATER), audit=there.audit)


def test_a_report_is_a_pdf_to_keep_under_a_name_that_sorts_by_its_day(client):
    there = sent(scene())
    Employer._base_manager.filter(pk=there.employer.pk).update(legal_name='Ro"sa\n漢字 & Söhne/..Ltd')
    response = ask(client, there.dev, "report", there.audit.code)

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    named = 'attachment; filename="2026-06-01-rosa-sohneltd-certification-audit-report.pdf"'
    assert response["Content-Disposition"] == named
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_report_is_a_word_file_too_for_the_same_people(client):
    there = sent(scene())
    response = ask(client, there.dev, "report_docx", there.audit.code)

    assert response["Content-Disposition"].endswith('certification-audit-report.docx"')
    assert "Executive summary" in [line.text for line in Document(io.BytesIO(response.content)).paragraphs]
    assert ask(client, there.sam, "report_docx", there.audit.code).status_code == 404
    assert ask(client, there.wes, "report_docx", there.audit.code).status_code == 403


def test_a_plan_is_a_book_of_cells_to_keep(client):
    there = sent(scene())
    response = ask(client, there.dev, "action_plan", there.audit.code)

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "Action plan: Rosa's Roofing Ltd."
    assert response["Content-Disposition"].endswith('-action-plan.xlsx"')


@pytest.mark.parametrize("paper", ["report", "action_plan"])
def test_a_stranger_finds_no_paper_and_a_visitor_is_asked_to_sign_in(client, paper):
    there = sent(scene())

    assert client.get(reverse(f"papers:{paper}", args=[there.audit.code])).status_code == 302
    assert ask(client, there.sam, paper, there.audit.code).status_code == 404
    assert ask(client, there.wes, paper, there.audit.code).status_code == 403
    assert ask(client, there.dev, paper, "nothinghere0").status_code == 404


def test_an_auditor_has_the_papers_of_their_own_audit_and_of_no_other(client):
    there = scene()
    other = a_person("Nell", RoleKind.AUDITOR, partner=there.partner)

    assert plan(client, there.dev, there) == 200
    assert plan(client, other, there) == 404


def test_an_owner_has_an_auditors_papers_once_the_partner_has_accepted(client):
    there = sent(scene())
    assert plan(client, there.rosa, there) == 404
    review = taken(there)
    assert plan(client, there.rosa, there) == 404
    reviews.accept(Act(there.pat, LATER), review=review, quality=GOOD)

    assert plan(client, there.rosa, there) == 200
    assert plan(client, there.sam, there) == 404


def test_an_owner_has_the_papers_of_their_own_assessment_at_any_time(client):
    assert plan(client, (there := scene(performer="self_assessor")).rosa, there) == 200


@pytest.mark.parametrize("stage", [stage for stage in Audit.Stage if stage != "accepted"])
def test_an_owner_has_no_paper_of_an_auditors_audit_that_is_not_accepted(client, stage):
    there = scene(stage=stage)

    assert plan(client, there.rosa, there) == 404


def test_the_partner_has_what_was_sent_and_not_before(client):
    there = scene()
    assert plan(client, there.pat, there) == 404
    sent(there)
    assert plan(client, there.pat, there) == 200
    reviews.send_back(Act(there.pat, LATER), review=taken(there), reason="Say more.")
    assert plan(client, there.pat, there) == 200


def test_the_partner_has_no_paper_of_what_was_taken_back(client):
    there = sent(scene())
    submission.take_back(there.dev_acts(), audit=there.audit)

    assert plan(client, there.pat, there) == 404


def test_another_partners_people_find_no_paper(client):
    there = sent(scene())
    other = a_person("Olga", RoleKind.REVIEWER, partner=a_partner("esc"))

    assert plan(client, other, there) == 404


def test_an_audit_that_has_not_begun_has_no_papers(client):
    there = scene(stage="asked")
    Audit._base_manager.filter(pk=there.audit.pk).update(instrument="")

    assert plan(client, there.dev, there) == 404


def test_a_certificate_goes_to_its_own_people_and_its_partner(client):
    there = scene()
    number = a_certificate(there.employer, there.partner).number
    Role.objects.create(person=there.sam, kind=RoleKind.AUDITOR, partner=there.partner, from_on=BEGAN)

    for person in (there.rosa, there.wes, there.pat):
        response = ask(client, person, "certificate", number)
        assert response.status_code == 200
        assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == (
        f'attachment; filename="2024-05-17-rosas-roofing-ltd-{number.lower()}.pdf"'
    )
    assert ask(client, there.sam, "certificate", number).status_code == 404
    assert ask(client, there.rosa, "certificate", "SECOR-2024-900002-00").status_code == 404
    assert ask(client, there.dev, "certificate", number).status_code == 403
    client.logout()
    assert client.get(reverse("papers:certificate", args=[number])).status_code == 302


def test_a_certificate_is_the_same_whenever_it_is_asked_for(client, monkeypatch):
    there = scene()
    number = a_certificate(there.employer, there.partner).number
    first = ask(client, there.rosa, "certificate", number).content
    monkeypatch.setattr("secor.web.clock.now", lambda: LATER)

    assert ask(client, there.rosa, "certificate", number).content == first


def test_the_address_on_the_paper_is_read_in_capitals(client):
    there = scene()
    number = a_certificate(there.employer, there.partner).number

    assert client.get(f"/V/{number}", follow=True).status_code == 200


@pytest.mark.parametrize("paper", ["report", "action_plan", "certificate"])
def test_a_paper_is_only_read(client, paper):
    there = scene()
    client.force_login(there.rosa)

    assert client.post(reverse(f"papers:{paper}", args=[there.audit.code])).status_code == 405


def test_who_does_an_audit_finds_its_papers_on_its_page(client):
    there = scene()
    client.force_login(there.dev)
    page = client.get(reverse("auditor:audit", args=[there.audit.code])).content.decode()

    for paper in ("report", "action_plan"):
        assert reverse(f"papers:{paper}", args=[there.audit.code]) in page
