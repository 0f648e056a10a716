"""The certificate and the estimate of the refund."""

from datetime import UTC, date, datetime

import pytest

from certified import a_certificate, happened
from secor.store.models import (
    Account,
    Entry,
)
from secor.store.scope import house

ALL = house("this test")

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


def test_the_certificate_shows_its_years_its_due_day_and_where_to_check_it(rosa, stage, at):
    row = a_certificate(stage.roofing, stage.asc)
    happened(row, "audit_accepted", date(2024, 5, 17), kind="certification", passed=True)

    page = said(rosa.get(at("certificate")))

    assert row.number in page
    assert f"/v/{row.number}" in page
    assert "maintenance audit, by May 17, 2025" in page
    assert "<svg" in page
    assert page.count("Maintenance audit due") >= 2
    assert "Owed next" in page


def test_a_lapsed_certificate_says_why_and_which_day_was_missed(rosa, stage, at, monkeypatch):
    a_certificate(stage.roofing, stage.asc)
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2025, 5, 18, 18, tzinfo=UTC))

    page = said(rosa.get(at("certificate")))

    assert "Lapsed since May 18, 2025" in page
    assert "Missed" in page
    assert "Download the PDF" not in page


def test_the_refund_is_an_estimate_with_its_source_and_keeps_nothing(rosa, stage, at):
    a_certificate(stage.roofing, stage.asc)
    Account.objects.create(employer=stage.roofing, number="1234567", industry_code="42121")
    before = Entry.objects.within(ALL).count()

    page = said(rosa.get(at("refund"), {"asked": "yes", "earnings_1": "450000", "rate_1": "2.00"}))

    assert "$450.00" in page  # 5 % of 9,000, as this partner's rule says for every year
    assert "$9,000.00" in page
    assert "estimate" in page
    assert "edelweisssafetysolutions.ca" in page
    assert Entry.objects.within(ALL).count() == before


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"earnings_1": "", "rate_1": "2"}, "Write this number."),
        ({"earnings_1": "-5", "rate_1": "2"}, "Write 0 or more."),
        ({"earnings_1": "1e99", "rate_1": "2"}, "Ensure that there are no more than"),
        ({"earnings_1": "9", "rate_1": "2", "prior_cost": "100"}, "Give all four figures of your claims, or none."),
    ],
)
def test_an_estimate_with_a_slip_is_asked_again(rosa, at, form, words):
    answer = rosa.get(at("refund"), {"asked": "yes", **form})

    assert answer.status_code == 422
    assert words in said(answer)


def test_two_certificates_of_one_business_show_the_newest(rosa, stage, at):
    old = a_certificate(stage.roofing, stage.asc, on=date(2023, 3, 1), serial=1)
    happened(old, "cancelled", date(2023, 9, 1))
    new = a_certificate(stage.roofing, stage.asc, serial=2)

    page = said(rosa.get(at("certificate")))

    assert new.number in page
    assert "Valid since May 17, 2024" in page
