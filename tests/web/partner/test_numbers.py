"""A partner's year in numbers: counted apart by hand here, and nobody else's."""

import csv
import io
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.test import Client

from cast import signed_in
from certified import a_certificate, a_partner, an_audit, an_employer, at, office
from secor.queries.numbers import numbers_of
from secor.store.models import Audit, Certificate, Review, Version
from secor.store.scope import Scope

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 20)
HERE = "/partner/numbers/"


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: at(TODAY))
    return office()


def concluded(there, nth, *, days=10, rounds=1, quality=90, first=Fraction(1), on=date(2025, 3, 1), partner=None):
    """An accepted audit of a firm of its own; its review ended on ``on``, ``days`` after it was sent first."""
    partner = partner or there.partner
    employer = an_employer(f"Firm {partner.key} {nth} Ltd.", partner=partner)
    row = an_audit(there, stage="accepted")
    Audit._base_manager.filter(pk=row.pk).update(
        employer=employer, partner=partner, round=rounds, accepted_on=on, asked_on=on - timedelta(days=60),
        approved_on=on - timedelta(days=58), instrument="secor-open",
    )  # fmt: skip
    Version._base_manager.filter(audit=row).delete()
    Review._base_manager.filter(audit=row).delete()
    for each in range(1, rounds + 1):
        score = {"elements": [[1, str(first * 100), "100"], [2, "45", "50"]]}
        sent = on - timedelta(days=days) + timedelta(days=each - 1)
        Version.objects.create(audit_id=row.pk, round=each, frozen={"score": score}, digest="0" * 64, sent_at=at(sent))
        Review.objects.create(
            audit_id=row.pk, round=each, reviewer=there.pat, claimed_at=at(sent),
            concluded_at=at(on if each == rounds else sent), outcome="accepted" if each == rounds else "returned",
            quality_awarded=quality, quality_possible=100,
        )  # fmt: skip
    return row


def found(there, year=2025):
    return numbers_of(Scope(partners=frozenset({there.partner.pk})), year=year, on=TODAY)


def test_the_flow_is_what_the_days_say(there):
    for nth, days in enumerate((4, 6, 8, 10, 40)):
        concluded(there, nth, days=days)
    concluded(there, 9, days=12, rounds=2)
    concluded(there, 10, on=date(2024, 12, 31))  # of the year before

    flow = found(there).flow
    assert (flow.count, flow.at_once) == (6, Fraction(5, 6))
    assert [(leg.name, leg.half, leg.nine_in_ten) for leg in flow.legs] == [
        ("approval", 2, 2),
        ("audit", Fraction(49), 54),
        ("review", Fraction(9), 40),
    ]
    assert found(there, 2024).flow.count == 1


def test_weakest_elements_come_first_by_the_last_sending(there):
    for nth in range(5):
        concluded(there, nth, first=Fraction(1, 2), rounds=2)

    weak = found(there).weak
    assert [(each.number, each.share, each.audits) for each in weak] == [
        (1, Fraction(1, 2), 5),
        (2, Fraction(9, 10), 5),
    ]
    assert weak[0].name == "Leadership and commitment"


def test_quality_by_auditor_is_told_of_five_audits_at_least(there):
    for nth in range(4):
        concluded(there, nth)
    assert found(there).judged == ()
    concluded(there, 5, quality=80)

    [judged] = found(there).judged
    assert (judged.person, judged.quality, judged.audits) == ("Dev", Fraction(88, 100), 5)


def test_certificates_ahead_missed_issued_and_due_month_by_month(there):
    for nth, owed in enumerate(
        (date(2025, 6, 19), date(2025, 6, 20), date(2025, 7, 31), date(2026, 5, 31), date(2026, 6, 1))
    ):
        row = a_certificate(
            an_employer(f"F{nth} Ltd.", partner=there.partner), there.partner, serial=800_000 + nth, on=date(2025, 1, 9)
        )
        Certificate._base_manager.filter(pk=row.pk).update(owed_due_on=owed)
    ended = a_certificate(there.employer, there.partner, on=date(2025, 1, 9))
    Certificate._base_manager.filter(pk=ended.pk).update(owed_due_on=date(2025, 8, 1), ended=True)

    numbers = found(there)
    assert (numbers.ahead, numbers.missed, numbers.issued) == (4, 1, 6)
    assert [each.count for each in numbers.due] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert numbers.due[0].first_on == date(2025, 6, 1)


def test_nothing_of_another_partner_is_counted(there):
    other = a_partner("esc")
    for nth in range(6):
        concluded(there, nth, partner=other)
    numbers = found(there)

    assert (numbers.flow.count, numbers.weak, numbers.judged, numbers.stages) == (0, (), (), ())


def test_the_page_the_table_and_who_may_see_them(there):
    for nth in range(5):
        concluded(there, nth)
    pat = signed_in(Client(), there.pat)

    page = pat.get(HERE).content.decode()
    assert "Numbers of 2025" in page
    assert "1 Leadership and commitment" in page
    assert "100.0" in page
    rows = list(csv.DictReader(io.StringIO(pat.get(HERE + "table.csv?year=2025").content.decode("utf-8-sig"))))
    assert {"what": "audits concluded", "of": "2025", "number": "5", "made_of": ""} in rows
    assert "Numbers of 2024" in pat.get(HERE, {"year": "2024"}).content.decode()
    for odd in ("1999", "2026", "x", "½", "9" * 30, ""):
        assert "Numbers of 2025" in pat.get(HERE, {"year": odd}).content.decode()
    for who in (there.rosa, there.dev):
        assert signed_in(Client(), who).get(HERE).status_code == 403


def test_an_empty_office_has_a_page(there):
    page = signed_in(Client(), there.pat).get(HERE).content.decode()

    assert "No audit is on its way." in page
    assert "no days are told" in page


def test_as_many_queries_for_many_audits_as_for_few(there, django_assert_max_num_queries):
    for nth in range(6):
        concluded(there, nth)
    with django_assert_max_num_queries(10):
        found(there)
