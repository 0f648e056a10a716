"""What certificates are worth on a day, asked of everything that happened."""

from datetime import date, timedelta

import pytest

from certified import CERTIFIED, a_certificate, a_partner, an_employer, happened, maintained
from secor.core.certificate import Standing
from secor.queries import certificates
from secor.store.models import Certificate

DUE = date(2025, 5, 17)
pytestmark = pytest.mark.django_db


def standing(certificate: Certificate, on: date) -> Standing:
    return certificates.standing_of(certificate, on=on).standing


def test_a_certificate_is_good_on_its_due_day_and_lapsed_the_day_after_without_any_job():
    partner = a_partner()
    certificate = a_certificate(an_employer(partner=partner), partner)

    assert standing(certificate, DUE) is Standing.VALID
    report = certificates.standing_of(certificate, on=DUE + timedelta(days=1))
    assert report.standing is Standing.LAPSED
    assert report.since == DUE + timedelta(days=1)
    assert "first anniversary of 2024-05-17" in report.why[0]


def test_the_partners_own_rule_of_the_certificate_decides_the_due_day():
    partner = a_partner("esc")
    certificate = a_certificate(an_employer(partner=partner), partner)

    assert certificate.owed_due_on == date(2025, 5, 31)
    assert standing(certificate, date(2025, 5, 31)) is Standing.VALID
    assert standing(certificate, date(2025, 6, 1)) is Standing.LAPSED


def test_standings_of_many_employers_ask_the_database_once(django_assert_num_queries):
    partner = a_partner()
    rows = [a_certificate(an_employer(f"Business {nth}", partner=partner), partner, serial=nth) for nth in range(1, 4)]
    maintained(rows[1], DUE, DUE + timedelta(days=20))

    with django_assert_num_queries(1):
        reports = certificates.standings(rows, on=DUE + timedelta(days=1))

    assert [reports[row.pk].standing for row in rows] == [Standing.LAPSED, Standing.VALID, Standing.LAPSED]


def test_an_older_certificate_keeps_its_own_end_when_another_life_begins():
    partner = a_partner()
    employer = an_employer(partner=partner)
    first = a_certificate(employer, partner)
    happened(first, "cancelled", date(2024, 9, 1))
    second = a_certificate(employer, partner, on=date(2025, 2, 1), serial=2)

    assert standing(first, date(2025, 3, 1)) is Standing.CANCELLED
    assert standing(second, date(2025, 3, 1)) is Standing.VALID
    assert certificates.live_of(employer) == second
    first.refresh_from_db()
    assert (first.ended, first.owed_due_on) == (True, None)


def test_cancelling_the_old_one_after_the_day_the_new_one_counts_from_does_not_end_the_new_one():
    partner = a_partner()
    employer = an_employer(partner=partner)
    first = a_certificate(employer, partner)
    happened(first, "cancelled", date(2025, 5, 12))
    second = a_certificate(employer, partner, on=date(2025, 5, 10), serial=2)

    assert standing(second, date(2025, 6, 1)) is Standing.VALID
    assert standing(first, date(2025, 6, 1)) is Standing.CANCELLED


def test_an_employer_without_a_certificate_has_none():
    employer = an_employer()

    assert certificates.live_of(employer) is None
    assert certificates.history(employer.pk, "ab-secor") == ()


def test_a_certificate_is_reached_by_its_number_as_people_type_it_and_only_within_ones_scope():
    partner, other = a_partner(), a_partner("esc")
    employer = an_employer(partner=partner)
    certificate = a_certificate(employer, partner)
    typed = certificate.number.lower().replace("-", " ")

    ours = certificates.Scope(partners=frozenset({partner.pk}))
    theirs = certificates.Scope(partners=frozenset({other.pk}))
    assert certificates.reached(typed, scope=ours) == certificate
    assert certificates.reached(typed, scope=theirs) is None
    assert certificates.reached("nonsense", scope=ours) is None


def test_a_recertified_certificate_goes_on_from_its_old_expiry():
    partner = a_partner()
    certificate = a_certificate(an_employer(partner=partner), partner)
    maintained(certificate, date(2025, 5, 1), date(2025, 5, 20))
    maintained(certificate, date(2026, 5, 1), date(2026, 5, 20))
    happened(certificate, "audit_accepted", date(2027, 4, 1), kind="recertification", passed=True, records_months=12)
    certificate.refresh_from_db()

    report = certificates.standing_of(certificate, on=date(2027, 5, 18))
    assert report.standing is Standing.VALID
    assert report.since == CERTIFIED
    assert report.term_ends_on == date(2030, 5, 17)
    assert (certificate.owed_kind, certificate.owed_due_on) == ("maintenance", date(2028, 5, 17))
