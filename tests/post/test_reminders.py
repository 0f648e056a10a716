"""Reminders of what falls due: each once, only what is true now, and on the last day in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certified import a_certificate, a_partner, a_person, acts, an_employer, happened, office
from secor.core.role import RoleKind
from secor.post import sender
from secor.store.models import Certificate, Letter, Membership
from secor.usecases import replacements

pytestmark = pytest.mark.django_db
ISSUED, DUE = date(2025, 11, 23), date(2026, 11, 23)


def at(days_before: int) -> datetime:
    """Noon in Alberta, so many days before the due day."""
    day = DUE - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 19, tzinfo=UTC)


@pytest.fixture
def certificate() -> Certificate:
    there = office()
    return a_certificate(there.employer, there.partner, on=ISSUED)


def reminded() -> list[str]:
    return [letter.subject for letter in Letter.objects.order_by("pk")]


@pytest.mark.usefixtures("certificate")
@pytest.mark.parametrize(("days", "new"), [(91, 0), (90, 1), (31, 1), (30, 1), (8, 1), (7, 1), (1, 1), (0, 1), (-1, 0)])
def test_a_reminder_is_written_from_ninety_days_before_until_the_day_itself(days, new):
    assert sender.remind(at=at(days)) == new


@pytest.mark.usefixtures("certificate")
def test_each_of_the_four_reminders_is_written_once_whatever_the_days_between():
    for days in range(100, -3, -1):
        sender.remind(at=at(days))
        sender.remind(at=at(days))

    assert reminded() == [
        "Your maintenance audit is due in 90 days",
        "Your maintenance audit is due in 30 days",
        "Your maintenance audit is due in 7 days",
        "Your maintenance audit is due today",
    ]


@pytest.mark.usefixtures("certificate")
def test_after_an_outage_only_the_reminder_that_is_true_now_is_written():
    sender.remind(at=at(90))
    sender.remind(at=at(5))

    assert reminded() == ["Your maintenance audit is due in 90 days", "Your maintenance audit is due in 5 days"]
    sender.remind(at=at(1))
    assert len(reminded()) == 2


@pytest.mark.usefixtures("certificate")
def test_one_day_is_one_day():
    sender.remind(at=at(1))

    assert reminded() == ["Your maintenance audit is due in 1 day"]


def test_the_day_is_albertas_day():
    there = office()
    a_certificate(there.employer, there.partner, on=date(2025, 6, 15))
    # In June the day begins in Alberta at 06:00 UTC.
    early = datetime(2026, 6, 15, 5, 59, tzinfo=UTC)
    sender.remind(at=early)
    sender.remind(at=early + timedelta(minutes=1))

    assert reminded() == ["Your maintenance audit is due in 1 day", "Your maintenance audit is due today"]


@pytest.mark.usefixtures("certificate")
def test_a_reminder_names_the_day_and_what_missing_it_costs():
    sender.remind(at=at(30))
    body = Letter.objects.get().body

    assert "November 23, 2026" in body
    assert "That day still counts." in body
    assert "lapses the next day" in body


def test_a_certificate_that_ended_or_was_replaced_reminds_nobody(certificate):
    other = an_employer("Other Ltd.", partner=certificate.partner)
    newer = a_certificate(other, certificate.partner, on=ISSUED, serial=900_002)
    Certificate._base_manager.filter(pk=certificate.pk).update(replaced_by=newer)
    assert sender.remind(at=at(30)) == 0
    Certificate._base_manager.filter(pk=certificate.pk).update(replaced_by=None, ended=True)
    assert sender.remind(at=at(30)) == 0
    Certificate._base_manager.filter(pk=certificate.pk).update(ended=False)
    assert sender.remind(at=at(30)) == 1


def test_a_day_that_was_moved_reminds_anew(certificate):
    sender.remind(at=at(7))
    happened(certificate, "extended", DUE - timedelta(days=8), until=DUE + timedelta(days=60))
    sender.remind(at=at(7))

    assert reminded()[-1] == "Your maintenance audit is due in 67 days"


def test_each_owner_is_reminded_and_nobody_else(certificate):
    a_person("Ola", RoleKind.OWNER, employer=certificate.employer)
    a_person("Wes", RoleKind.WORKER, employer=certificate.employer)
    gone = a_person("Gus", RoleKind.OWNER, employer=certificate.employer)
    gone.roles.update(until_on=date(2024, 1, 1))
    sender.remind(at=at(30))

    assert {letter.to for letter in Letter.objects.all()} == {"rosa@example.ca", "ola@example.ca"}


def test_many_certificates_are_reminded_in_as_many_queries_as_one(certificate):
    def queries() -> int:
        Letter.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as told:
            sender.remind(at=at(30))
        return len(told)

    one = queries()
    for nth in range(5):
        business = an_employer(f"Business {nth}", partner=certificate.partner)
        a_person(f"Owner{nth}", RoleKind.OWNER, employer=business)
        a_certificate(business, certificate.partner, on=ISSUED, serial=900_010 + nth)

    assert queries() == one
    assert Letter.objects.count() == 6


def test_a_suspended_certificate_goes_on_being_reminded(certificate):
    happened(certificate, "suspended", DUE - timedelta(days=40))
    assert sender.remind(at=at(30)) == 1


@pytest.mark.parametrize("event", ["cancelled", "revoked", "withdrawn"])
def test_who_has_no_certificate_any_more_is_not_reminded(certificate, event):
    happened(certificate, event, DUE - timedelta(days=40))
    assert sender.remind(at=at(30)) == 0


def test_who_has_sent_the_audit_is_not_reminded_to_send_it(certificate):
    happened(certificate, "audit_submitted", DUE - timedelta(days=40), kind="maintenance")
    assert sender.remind(at=at(30)) == 0


def test_whose_audit_did_not_count_is_reminded_again(certificate):
    happened(certificate, "audit_submitted", DUE - timedelta(days=40), kind="maintenance")
    happened(certificate, "audit_accepted", DUE - timedelta(days=35), kind="maintenance", passed=False)
    assert sender.remind(at=at(30)) == 1


def test_who_has_grown_is_told_to_move_on_and_not_to_send_an_audit(certificate):
    happened(certificate, "headcount", DUE - timedelta(days=40), count=11)
    sender.remind(at=at(30))

    letter = Letter.objects.get()
    assert letter.subject == "Your certificate ends in 30 days: you have grown"
    assert "There is no audit to send for this one." in letter.body


def test_who_moved_to_another_partner_is_reminded_of_the_new_number_and_its_registrars_are_told():
    there, other = office(), a_partner("esc")
    row = a_certificate(there.employer, there.partner, on=ISSUED)
    a_person("Ezra", RoleKind.REGISTRAR, partner=other)
    Membership._base_manager.update(left_on=ISSUED)
    Membership.objects.create(employer=there.employer, partner=other, asked_on=ISSUED, approved_on=ISSUED)
    move_on = DUE - timedelta(days=40)
    new = replacements.transfer(acts(there.ines, move_on), certificate=row, to=other, reason="They moved.")
    sender.write(at=at(39))
    sender.remind(at=at(30))

    told = {letter.to: letter.subject for letter in Letter.objects.filter(kind="certificate.transferred")}
    assert told == {
        "rosa@example.ca": "Your certificate has moved",
        "ezra@example.ca": "The certificate of Rosa's Roofing Ltd. is in your care now",
    }
    assert new.number in Letter.objects.get(kind="due_soon").body


def test_a_certificate_that_time_has_ended_reminds_nobody_though_its_projection_drifted():
    there = office()
    row = a_certificate(there.employer, there.partner, on=date(2024, 11, 23))
    Certificate._base_manager.filter(pk=row.pk).update(owed_due_on=DUE)
    assert sender.remind(at=at(30)) == 0
