"""What to have ready before the auditor comes: on file already or not, and how the day goes."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from assessments import scene
from cards import act_of, card
from cast import signed_in
from secor.queries import preparation
from secor.store.models import Audit
from secor.usecases import records, viewings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 20, 18, tzinfo=UTC)


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: NOW)
    return scene()


def page(there, **asked):
    here = f"/employer/{there.employer.code}/audit/prepare/"
    return signed_in(Client(), there.rosa).get(here, asked)


def of(there, kind):
    found = preparation.preparation_of(there.audit, on=NOW.date()).papers
    return next(each for each in found if each.wanted.kind == kind)


def test_what_is_on_file_is_told_apart_from_what_is_to_find(there):
    assert not of(there, "hazard_assessment_site").there
    records.keep(act_of(there.rosa), employer=there.employer, sent=card(on=date(2026, 3, 4)))

    assert of(there, "hazard_assessment_site").records == 1
    text = page(there).content.decode()
    assert "1 kind on file here already" in text
    assert "Site hazard cards" in text
    assert "1 record this year." in text
    assert "Signed safety policy" in text


def test_a_record_of_the_year_before_is_not_on_file_for_this_audit(there):
    records.keep(act_of(there.rosa), employer=there.employer, sent=card(on=date(2025, 3, 4)))

    assert not of(there, "hazard_assessment_site").there


@pytest.mark.parametrize(
    ("asked", "first"), [("07:30", "07:30 to 07:50"), ("", "09:00 to 09:20"), ("25:99", "09:00"), ("x", "09:00")]
)
def test_the_day_is_planned_from_the_hour_that_is_asked_for(there, asked, first):
    text = page(there, **{"from": asked}).content.decode()

    assert first in text
    assert "one at a time and alone: 5 people" in text


def test_without_an_audit_that_is_being_done_there_is_nothing_to_get_ready(there):
    Audit._base_manager.update(stage="submitted")

    assert page(there).headers["Location"] == f"/employer/{there.employer.code}/audit/"


def test_the_audits_page_leads_there(there):
    text = signed_in(Client(), there.rosa).get(f"/employer/{there.employer.code}/audit/").content.decode()

    assert f"/employer/{there.employer.code}/audit/prepare/" in text


def test_the_auditor_sees_the_list_and_what_is_on_file_only_with_leave(there):
    records.keep(act_of(there.rosa), employer=there.employer, sent=card(on=date(2026, 3, 4)))
    dev, here = signed_in(Client(), there.dev), f"/auditor/{there.audit.code}/prepare/"

    before = dev.get(here).content.decode()
    assert "Signed safety policy" in before
    assert "on file here already" not in before
    assert "this year" not in before
    viewings.give(there.rosa_acts(NOW), audit=there.audit)
    assert "1 kind on file here already" in dev.get(here).content.decode()
