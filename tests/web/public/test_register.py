"""Looking an employer up, and checking a certificate by its number, as a stranger does."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

import listed
from secor.web import clock

pytestmark = pytest.mark.django_db
NEVER_TOLD = ("1 Secret Street", "403-555-0100", "a reason nobody outside may read", "headcount", "87.4")


def _today():
    return clock.day_of(clock.now())


@pytest.fixture
def issued():
    """A certificate issued a hundred days ago, so that it is good whatever day the tests run on."""
    return listed.certificate(on=_today() - timedelta(days=100))


def test_the_check_page_says_one_word_and_the_day(client, issued):
    words = client.get(f"/v/{issued.number}").content.decode()

    assert "Valid" in words
    assert "Prairie Rose Roofing Ltd." in words
    assert f"{_today():%B} {_today().day}, {_today().year}" in words


@pytest.mark.parametrize("event", ["suspended", "cancelled", "revoked", "withdrawn"])
def test_the_check_page_says_so_when_a_certificate_does_not_count(client, issued, event):
    listed.happened(issued, event, on=_today())

    words = client.get(f"/v/{issued.number}").content.decode()

    assert f"<title>{issued.number}: {event.capitalize()}" in words
    assert "rely on it today" not in words


@pytest.mark.parametrize(("years", "word"), [(2, "Lapsed")])
def test_the_check_page_sees_time_pass(client, years, word):
    row = listed.certificate(on=_today() - timedelta(days=366 * years))

    assert f"<title>{row.number}: {word}" in client.get(f"/v/{row.number}").content.decode()


def test_a_number_typed_otherwise_leads_to_the_one_address(client, issued):
    typed = issued.number.lower().replace("-", " ")

    assert client.get(f"/v/{typed}").headers["Location"] == f"/v/{issued.number}"
    assert client.get(f"/v/{issued.number}/").headers["Location"] == f"/v/{issued.number}"


def test_a_number_with_a_slip_is_told_from_one_that_nobody_issued(client, issued):
    slip = issued.number[:-1] + ("1" if issued.number[-1] != "1" else "2")

    answer = client.get(f"/v/{slip}")
    assert answer.status_code == 404
    assert "One character of this number is wrong" in answer.content.decode()

    answer = client.get("/v/SECOR-2024-000999-00")
    unknown = client.get("/v/" + str(listed.CertificateNumber("SECOR", 2024, 999)))
    assert answer.status_code == unknown.status_code == 404
    assert "nobody issued it here" in unknown.content.decode()


def test_the_question_for_a_number_leads_to_the_answer_or_says_what_is_wrong(client, issued):
    address = reverse("public:check_form")

    assert client.get(address, {"number": issued.number.lower()}).headers["Location"] == f"/v/{issued.number}"
    assert client.get(address, {"number": "12345"}).status_code == 422
    assert "looks like SECOR-" in client.get(address, {"number": "12345"}).content.decode()


def test_strangers_see_nothing_that_is_not_theirs(client, issued):
    listed.happened(issued, "headcount", on=_today(), count=7)
    listed.employer("Prairie Draft Ltd.")

    words = client.get(f"/v/{issued.number}").content.decode()
    words += client.get(reverse("public:register"), {"q": "prairie"}).content.decode()
    words += client.get(f"/api/v1/certificates/{issued.number}").content.decode()

    assert "Prairie Draft" not in words
    assert not [word for word in NEVER_TOLD if word in words.replace("head-counts", "")]


@pytest.mark.parametrize(
    "text", ["🦺", "%", "' OR 1=1 --", "\0", "<script>alert(1)</script>", "x" * 10_000, "\ud7ff\u202e", "--", "#"]
)
def test_odd_words_are_answered_calmly(client, issued, text):
    for name, key in (("register", "q"), ("check_form", "number")):
        answer = client.get(reverse(f"public:{name}"), {key: text})
        assert answer.status_code in {200, 422}
        assert "<script>alert" not in answer.content.decode()
        assert issued.number not in answer.content.decode()


@pytest.mark.parametrize("number", ["%00", "🦺", "x" * 5000, "..%2f..%2fetc", "SECOR-2024-000123-43%0d%0aX:1"])
def test_odd_numbers_are_unknown_numbers(client, number):
    assert client.get(f"/v/{number}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "1e3", "²", ""])
def test_odd_pages_are_the_first_page_or_an_empty_one(client, issued, page):
    assert client.get(reverse("public:register"), {"q": "prairie", "page": page}).status_code == 200


def test_the_check_page_asks_few_questions(client, issued, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        client.get(f"/v/{issued.number}")


def test_the_search_asks_few_questions(client, django_assert_max_num_queries):
    for serial in range(1, 25):
        listed.certificate(listed.employer(f"Roofer {serial:02}"), serial=serial, on=date(2026, 1, 2))

    with django_assert_max_num_queries(7):
        client.get(reverse("public:register"), {"q": "roofer"})
