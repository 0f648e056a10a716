"""A hazard card signed in March is the self-assessment's proof in June: the same record, given once."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from assessments import scene
from cards import act_of, card
from cast import signed_in
from secor.store import shelf
from secor.store.models import Evidence, Record
from secor.store.scope import house
from secor.usecases import evidence, records

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
QUESTION = "2.6"


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2026, 6, 20, 18, tzinfo=UTC))
    return scene(performer="self_assessor")


def keep(there, on=date(2026, 3, 4), **more):
    return records.keep(act_of(there.rosa), employer=there.employer, sent=card(on=on, **more))


def address(there, question=QUESTION):
    return f"/auditor/{there.audit.code}/records/{question}/"


def given():
    return Evidence.objects.within(ALL).filter(removed_at__isnull=True)


def rosa(there):
    return signed_in(Client(), there.rosa)


def test_a_record_is_given_once_as_the_paper_it_is(there):
    receipt = keep(there)
    client = rosa(there)
    assert "Replace shingles on the north side" in client.get(address(there)).content.decode()
    for _ in range(2):
        client.post(address(there), {"records": [str(receipt.uid)]})

    piece = given().get()
    assert (piece.question, piece.record.uid, piece.title) == (QUESTION, receipt.uid, "Site hazard card, March 4, 2026")
    assert shelf.place(piece.file.sha256).read_bytes().startswith(b"%PDF")
    assert "stands beside this question already" in client.get(address(there)).content.decode()


@pytest.mark.parametrize(
    ("on", "there_too"), [(date(2025, 6, 20), False), (date(2025, 6, 21), True), (date(2026, 6, 20), True)]
)
def test_only_the_year_that_the_audit_looks_at(there, on, there_too):
    keep(there, on=on)

    assert ("Replace shingles" in rosa(there).get(address(there)).content.decode()) is there_too


def test_a_sample_is_spread_over_the_year_and_the_same_each_time(there):
    for month in range(1, 6):
        for day in (3, 4, 5):
            keep(there, on=date(2026, month, day), task=f"Roof {month}-{day}")
    pages = [rosa(there).get(address(there) + "?sample=yes").content.decode() for _ in range(2)]
    ticked = [re.findall(r'value="([0-9a-f-]{36})"[^>]* checked', page) for page in pages]

    assert len(ticked[0]) == 6
    assert ticked[0] == ticked[1]


def test_a_record_that_does_not_answer_the_question_is_not_there(there):
    keep(there)

    assert "No record for this yet" in rosa(there).get(address(there, "1.1")).content.decode()


def test_what_is_kept_from_the_crew_goes_to_nobody(there):
    act = act_of(there.rosa)
    receipt = keep(there, form="discipline")
    row = Record.objects.within(ALL).get(uid=receipt.uid)
    with pytest.raises(evidence.Restricted):
        evidence.add_record(act, audit=there.audit, question="1.1", record=row, paper=b"%PDF-", title="x")
    assert not given().exists()


@pytest.mark.parametrize(("who", "status"), [("rosa", 200), ("wes", 403), ("sam", 404), ("pat", 403), ("dev", 404)])
def test_the_page_is_the_assessors_own(there, who, status):
    assert signed_in(Client(), getattr(there, who)).get(address(there)).status_code == status


def test_an_audit_from_outside_is_not_the_owners_page():
    there = scene()

    assert rosa(there).get(address(there)).status_code == 404


def test_nothing_ticked_is_told(there):
    keep(there)
    answer = rosa(there).post(address(there), {})

    assert answer.status_code == 422
    assert "Tick one at least" in answer.content.decode()
