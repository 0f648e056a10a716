"""The register for programs."""

from datetime import date, timedelta

import pytest

import listed
from secor.web import clock

pytestmark = pytest.mark.django_db


def test_a_program_is_told_what_a_certificate_is_worth_today(client):
    today = clock.day_of(clock.now())
    row = listed.certificate(on=today - timedelta(days=100))

    answer = client.get(f"/api/v1/certificates/{row.number.lower()}")

    told = answer.json()
    assert answer.status_code == 200
    assert (told["number"], told["standing"], told["relied_on"]) == (row.number, "valid", True)
    assert date.fromisoformat(told["as_of"]) == today
    assert set(told) == {
        "number", "standing", "since", "as_of", "relied_on", "legal_name", "trade_name", "city", "scheme",
        "certifying_partner", "issued_on", "term_ends_on", "newer_number",
    }  # fmt: skip


def test_a_cancelled_certificate_is_not_to_be_relied_on(client):
    row = listed.certificate()
    listed.happened(row, "cancelled", on=date(2024, 6, 1))

    told = client.get(f"/api/v1/certificates/{row.number}").json()

    assert (told["standing"], told["since"], told["relied_on"]) == ("cancelled", "2024-06-01", False)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("12345", "looks like SECOR-"),
        ("SECOR-2024-000123-44", "One character"),
        ("SECOR-2024-000123-43", "Nobody issued"),
    ],
)
def test_an_unknown_number_is_answered_with_what_to_do(client, number, told):
    answer = client.get(f"/api/v1/certificates/{number}")

    assert answer.status_code == 404
    assert told in answer.json()["problem"]


def test_nothing_can_be_written_here(client):
    assert client.post("/api/v1/certificates/SECOR-2024-000123-43").status_code == 405
    assert client.post("/api/").status_code == 405
    assert client.get("/api/").json()["certificate"] == "/api/v1/certificates/{number}"
