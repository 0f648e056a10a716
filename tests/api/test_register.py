"""The register for programs."""

from datetime import date, timedelta

import pytest

import listed
from secor.core.certificate import Standing
from secor.queries.register import UNCONFIRMED, WORDS
from secor.store.scope import house
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
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert told in answer.json()["detail"]


def test_nothing_can_be_written_here(client):
    assert client.post("/api/v1/certificates/SECOR-2024-000123-43").status_code == 405
    assert client.post("/api/").status_code == 405
    assert client.post("/api/v1/openapi.json").status_code == 405
    assert client.get("/api/").json()["certificate"] == "/api/v1/certificates/{number}"


@pytest.mark.parametrize(
    ("event", "word"),
    [(None, "valid"), ("suspended", "suspended"), ("cancelled", "cancelled"), ("revoked", "cancelled")],
)
def test_one_word_says_what_a_certificate_is_worth(client, event, word):
    today = clock.day_of(clock.now())
    row = listed.certificate(on=today - timedelta(days=100))
    if event:
        listed.happened(row, event, on=today)

    told = client.get(f"/api/v1/verify/{row.number.lower()}").json()

    assert told == {"number": row.number, "word": word, "as_of": today.isoformat(), "confirmed": True}


def test_one_word_of_a_certificate_whose_yearly_audit_was_missed_is_lapsed(client):
    row = listed.certificate()

    assert client.get(f"/api/v1/verify/{row.number}").json()["word"] == "lapsed"


@pytest.mark.parametrize("number", ["SECOR-2024-000123-43", "12345", "½" * 300])
def test_one_word_of_a_number_that_nobody_issued_is_unknown(client, number):
    answer = client.get(f"/api/v1/verify/{number}")

    assert (answer.status_code, answer.json()["word"]) == (200, "unknown")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_certificate_that_a_newer_one_follows_is_not_called_valid(client):
    today = clock.day_of(clock.now())
    old = listed.certificate(on=today - timedelta(days=100))
    type(old).objects.within(house("a test")).filter(pk=old.pk).update(ended=True)
    listed.certificate(old.employer, serial=124, on=today - timedelta(days=1))

    assert client.get(f"/api/v1/verify/{old.number}").json()["word"] == "expired"


def test_every_standing_has_its_one_word():
    assert set(WORDS) == {each.value for each in Standing} | {UNCONFIRMED}
    assert [standing for standing, word in WORDS.items() if word == "valid"] == ["valid"]


def test_an_answer_that_did_not_change_is_not_sent_again(client):
    row = listed.certificate()
    address = f"/api/v1/certificates/{row.number}"
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})
    listed.happened(row, "cancelled", on=date(2024, 6, 1))

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_an_address_that_is_not_there_is_told_in_the_form_of_programs(client):
    answer = client.get("/api/v2/everything")

    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_a_number_with_the_end_of_a_line_in_it_is_told_in_the_form_of_programs(client):
    answer = client.get("/api/v1/verify/%0A1")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_what_everyone_may_read_says_that_it_can_only_be_read(client):
    answer = client.options("/api/v1/verify/1")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
