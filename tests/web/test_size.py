"""A form too large is answered with what to do, and nothing of it is kept."""

import io

import pytest
from django.test import RequestFactory
from django.urls import reverse

from assessments import AT, scene
from secor.web.files.size import THE_REST, SizeMiddleware

pytestmark = pytest.mark.django_db


class Flood(io.RawIOBase):
    """A body that goes on and on, and counts how much of it was read at once and altogether."""

    def __init__(self):
        self.most = self.read_so_far = 0

    def read(self, size=-1):
        self.most, self.read_so_far = max(self.most, size), self.read_so_far + size
        return b"x" * size


@pytest.fixture
def send(client, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)
    there = scene()
    client.force_login(there.dev)

    def call(length, **headers):
        flood = Flood()
        address = reverse("auditor:element", args=[there.audit.code, 1])
        response = client.generic(
            "POST",
            address,
            b"",
            "multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": str(length), "wsgi.input": flood, **headers},
        )
        return response, flood

    call.folder = tmp_path / "files"
    return call


def test_200_megabytes_are_heard_out_in_small_pieces_and_refused_in_words(send):
    response, flood = send(200 * 1024 * 1024)

    assert response.status_code == 413
    assert "This file is too large" in response.content.decode()
    assert "25 MB" in response.content.decode()
    assert flood.most <= 256 * 1024
    assert flood.read_so_far == 200 * 1024 * 1024
    assert not send.folder.exists()


def test_nobody_keeps_a_server_reading_for_ever(send):
    response, flood = send(10**15)
    assert response.status_code == 413
    assert flood.read_so_far <= 512 * 1024 * 1024


def test_the_script_gets_a_word_for_its_page(send):
    response, _ = send(200 * 1024 * 1024, HTTP_HX_REQUEST="true")
    assert response.status_code == 413
    assert 'id="too-big"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_the_largest_form_is_let_through_and_one_byte_more_is_not(settings):
    seen = []
    middleware = SizeMiddleware(lambda request: seen.append(request) or "page")
    limit = settings.EVIDENCE_MAX_BYTES + THE_REST

    def form(length):
        request = RequestFactory().post("/x/")
        request.META["CONTENT_LENGTH"] = str(length)
        return middleware(request)

    assert form(limit) == "page"
    assert form(limit + 1).status_code == 413
    assert len(seen) == 1
