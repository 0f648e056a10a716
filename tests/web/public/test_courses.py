"""A course certificate behind its address."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from certified import office
from estates import took

pytestmark = pytest.mark.django_db


def test_anybody_with_the_address_reads_course_day_and_a_shortened_name(client):
    scene = office()
    row = took(scene.rosa, scene.employer, name="Rosa Kowalchuk", at=datetime(2026, 12, 1, 18, tzinfo=UTC))

    answer = client.get(reverse("public:course_check", args=[row.secret]))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Rosa K." in page
    assert "December 1, 2026" in page or "1 December 2026" in page
    assert row.title in page
    for hidden in ("Kowalchuk", scene.employer.legal_name, row.code, "24 of 24"):
        assert hidden not in page
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["0" * 26, "x"])
def test_an_address_of_nobody_says_so(client, address):
    answer = client.get(reverse("public:course_check", args=[address]))

    assert answer.status_code == 404
    assert "no such course certificate" in answer.content.decode()
