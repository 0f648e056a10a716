"""A whole list of suppliers, a badge for a website, and what the check page tells searching programs."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certified import a_certificate, an_employer, office
from secor.core.number import CertificateNumber
from secor.queries import register
from secor.usecases import decisions, replacements
from secor.usecases.act import Act
from secor.web import clock

pytestmark = pytest.mark.django_db
LIST = "/check/list/"


@pytest.fixture
def there():
    return office()


@pytest.fixture
def certificate(there):
    return a_certificate(there.employer, there.partner, on=clock.day_of(clock.now()) - timedelta(days=40))


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_each_line_is_answered_in_one_word_and_the_file_tells_all(client, there, certificate):
    on = clock.day_of(clock.now())
    held = a_certificate(an_employer("Sam's Siding Ltd."), there.partner, on=on - timedelta(days=9), serial=900_002)
    decisions.suspend(Act(there.ines, clock.now()), certificate=held, reason="An open order")
    nobody = str(CertificateNumber("SECOR", 2024, 999_999))
    text = f"{certificate.number}\n{held.number}\n{nobody}\n=1+1\n"
    page = client.post(LIST, {"numbers": text, "do": "page"}).content.decode()
    told = lines(client.post(LIST, {"numbers": text, "do": "file"}))

    assert "4 lines on" in page
    assert page.index(nobody) < page.index("Sam&#x27;s Siding") < page.index("Rosa&#x27;s Roofing")
    assert [each["answer"] for each in told] == ["valid", "suspended", "unknown", "unknown"]
    assert told[0]["employer"] == "Rosa's Roofing Ltd."
    assert told[1]["since"] == told[1]["as_of"] == on.isoformat()
    assert told[3]["given"] == "'=1+1", "a spreadsheet computes nothing"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_spreadsheets_write_it(client, certificate, encoding):
    raw = f"Fournisseur;Numéro\nRosa é;{certificate.number}\n".encode(encoding)
    answer = client.post(LIST, {"file": SimpleUploadedFile("list.csv", raw), "do": "file"})

    assert [(each["line"], each["answer"]) for each in lines(answer)] == [("2", "valid")]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"numbers": " "}, "There is no number in it"),
        ({"numbers": "name\n"}, "There is no certificate number in it"),
        ({"numbers": "SECOR-2024-000123-43\n" * 10_001}, "more than 10,000 lines"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (2 * 1024 * 1024 + 1))}, "bigger than 2 MB"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "There is no number in it"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(client, sent, says):
    answer = client.post(LIST, sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_long_list_takes_a_few_queries_for_each_five_hundred(certificate):
    numbers = [certificate.number, *(str(CertificateNumber("SECOR", 2020, nth)) for nth in range(1, 1200))]
    with CaptureQueriesContext(connection) as asked:
        found = register.many(numbers, on=clock.day_of(clock.now()))
    assert list(found) == [certificate.number]
    assert len(asked) <= 6, [each["sql"][:80] for each in asked]


def test_the_badge_tells_todays_word_and_may_stand_on_other_pages(client, there, certificate):
    address = reverse("public:badge", args=[certificate.number])
    good = client.get(address)
    decisions.suspend(Act(there.ines, clock.now()), certificate=certificate, reason="An open order")

    assert "SECOR: Valid on" in good.content.decode()
    assert good.headers["Content-Type"] == "image/svg+xml"
    assert good.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "SECOR: Suspended on" in client.get(address).content.decode()
    assert client.get("/badges/SECOR-2020-000001-00.svg").status_code == 404
    assert certificate.number in client.get(reverse("public:badge_page", args=[certificate.number])).content.decode()


def test_searching_programs_are_told_in_the_page_and_no_name_can_end_it(client, there, certificate):
    type(certificate).objects.within(register.PUBLIC).update(legal_name="</script><b>Rosa & Co")
    page = client.get(f"/v/{certificate.number}").content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = json.loads(text)

    assert "<b>" not in page
    assert told["about"]["name"] == "</script><b>Rosa & Co"
    assert told["certificationIdentification"] == certificate.number
    assert told["certificationStatus"] == "https://schema.org/CertificationActive"
    decisions.suspend(Act(there.ines, clock.now()), certificate=certificate, reason="An open order")
    assert "CertificationInactive" in client.get(f"/v/{certificate.number}").content.decode()


def test_an_older_certificate_in_the_list_is_told_as_replaced_though_the_newer_one_stands_there_too(there, certificate):
    on = clock.day_of(clock.now())
    newer = replacements.replace(Act(there.ines, clock.now()), certificate=certificate, reason="A new name")
    told = register.many([certificate.number, newer.number], on=on)

    assert (told[certificate.number].newer, told[certificate.number].word) == (newer.number, "expired")
    assert (told[newer.number].newer, told[newer.number].word) == ("", "valid")
