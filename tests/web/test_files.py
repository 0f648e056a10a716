"""Evidence goes out to who may read it, and never as a page that could act."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from assessments import AT, scene
from secor.store.models import Audit, Role
from secor.usecases import evidence
from uploads import document, photo_with_place, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)


def add(there, content=None, name="roof.jpg", *, act=None):
    act = act or there.dev_acts()
    upload = sent(content or photo_with_place(), name)
    return evidence.add(act, employer=there.employer, audit=there.audit, question="1.1", upload=upload)


def read(client, person, piece):
    client.force_login(person)
    return client.get(reverse("files:evidence", args=[piece.code]))


def test_a_picture_is_shown_drawn_anew_and_inert(client):
    there = scene()
    response = read(client, there.dev, add(there, name="Roof. Place.jpg"))

    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith('inline; filename="roof-place-')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert b"Secretphone" not in response.content
    assert dict(Image.open(BytesIO(response.content)).getexif()) == {}


def test_a_document_is_kept_by_the_reader_and_never_opened_in_the_page(client):
    there = scene()
    content = document()
    response = read(client, there.dev, add(there, content, "policy.html"))

    assert response.content == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="policy-html-')
    assert response["Content-Disposition"].endswith('.pdf"')
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(("who", "status"), [("dev", 200), ("rosa", 404), ("wes", 403), ("pat", 404), ("sam", 404)])
def test_an_auditors_evidence_is_the_auditors_alone_until_it_is_sent(client, who, status):
    there = scene()
    assert read(client, getattr(there, who), add(there)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("rosa", 200), ("dev", 404), ("wes", 403), ("pat", 404), ("sam", 404)])
def test_a_self_assessments_evidence_is_the_employers_until_it_is_sent(client, who, status):
    there = scene(performer="self_assessor")
    assert read(client, getattr(there, who), add(there, act=there.rosa_acts())).status_code == status


@pytest.mark.parametrize(("later", "status"), [(0, 200), (1, 404)])
def test_the_partner_sees_what_was_there_when_the_audit_was_sent(client, later, status):
    there = scene()
    piece = add(there, act=there.dev_acts(AT + timedelta(seconds=later)))
    Audit._base_manager.filter(pk=there.audit.pk).update(submitted_at=AT, stage="returned")

    assert read(client, there.pat, piece).status_code == status


def test_somebody_who_works_here_and_owns_elsewhere_sees_no_evidence(client):
    there = scene(performer="self_assessor")
    other = Role.objects.get(person=there.sam).employer
    Role.objects.create(person=there.wes, kind="owner", employer=other, from_on=AT.date())

    assert read(client, there.wes, add(there, act=there.rosa_acts())).status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_an_unknown_code_is_not_found(client):
    there = scene()
    piece = add(there)
    assert client.get(reverse("files:evidence", args=[piece.code])).status_code == 302

    client.force_login(there.dev)
    assert client.get(reverse("files:evidence", args=["nothing"])).status_code == 404
    assert client.post(reverse("files:evidence", args=[piece.code])).status_code == 405
