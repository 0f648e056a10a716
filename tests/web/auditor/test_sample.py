"""The page that says how many, why, how many so far, and what chance chose."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from assessments import fill, scene
from cast import signed_in
from secor.store.models import Draw, Worker
from secor.store.scope import house

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2026, 6, 20, 18, tzinfo=UTC))
    found = scene(performer="self_assessor")
    for n in range(6):
        Worker.objects.create(employer=found.employer, name=f"Worker Nr {n}", leads=n < 2, began_on=date(2026, 1, 5))
    return found


def address(there):
    return f"/auditor/{there.audit.code}/sample/"


def test_the_drawn_people_are_named_with_the_seed_and_stay_so(there):
    client = signed_in(Client(), there.rosa)
    assert "Nothing is drawn yet" in client.get(address(there)).content.decode()
    assert client.post(address(there), {"of": "people"}).status_code == 302
    row = Draw.objects.within(ALL).get()
    for _ in range(2):
        page = client.get(address(there)).content.decode()
        assert row.seed in page
        assert page.count("Worker Nr") == row.wanted


def test_how_many_were_heard_of_how_many(there):
    client = signed_in(Client(), there.rosa)
    assert "0 of 5 interviews" in client.get(address(there)).content.decode()
    fill(there)
    assert "4 of 5 interviews" in client.get(address(there)).content.decode()


@pytest.mark.parametrize("of", ["records", "cats"])
def test_what_cannot_be_drawn_is_refused_in_words(there, of):
    answer = signed_in(Client(), there.rosa).post(address(there), {"of": of})
    assert answer.status_code == 422
    assert "Nothing was drawn" in answer.content.decode()


def test_an_auditor_from_outside_sees_no_name_of_the_crew(there):
    there.audit.performer, there.audit.assessor = "external_auditor", there.dev
    there.audit.save()
    page = signed_in(Client(), there.dev).get(address(there)).content.decode()
    assert "Ask for the list" in page
    assert "Worker Nr" not in page
