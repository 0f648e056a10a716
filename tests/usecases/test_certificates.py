"""A passed, accepted audit earns a certificate, once; what is owed next follows from what happened."""

from datetime import date

import pytest

from certified import (
    CERTIFIED,
    GOOD,
    SCHEME,
    a_certificate,
    a_partner,
    a_person,
    accepted,
    acts,
    an_audit,
    an_employer,
    answered,
    happened,
    maintained,
    office,
)
from secor.core.certificate import Standing
from secor.core.number import parse
from secor.core.role import RoleKind
from secor.queries import certificates as asked
from secor.store.models import Certificate, CertificateEvent, Entry, Membership, Partner, Role, Tie
from secor.store.scope import house
from secor.usecases import certificates, projections, reviews
from secor.usecases.staff import NotYourDesk, PartnerEnded, Tied

DAY = date(2024, 5, 20)
ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return office()


def ines(scene, on=DAY):
    return acts(scene.ines, on)


def ready(scene, **more):
    """An audit that was accepted on 17 May 2024."""
    return accepted(scene, answered(an_audit(scene, **more)))


def test_a_first_certificate_counts_from_the_day_the_audit_was_accepted(scene):
    certificate = certificates.issue(ines(scene), audit=ready(scene))

    assert (certificate.issued_on, certificate.term_ends_on) == (CERTIFIED, date(2027, 5, 17))
    assert (certificate.owed_kind, certificate.owed_due_on) == ("maintenance", date(2025, 5, 17))
    assert (certificate.edition, certificate.legal_name) == ("ab-secor-2023", "Rosa's Roofing Ltd.")
    assert asked.standing_of(certificate, on=CERTIFIED).standing is Standing.VALID
    assert Entry.objects.within(ALL).get(act="certificate.issued").subject == certificate.number


def test_numbers_follow_each_other_and_catch_a_slip(scene):
    first = certificates.issue(ines(scene), audit=ready(scene))
    other = an_employer("Foothills Drywall", partner=scene.partner)
    audit = answered(an_audit(scene))
    audit.employer = other
    audit.save(update_fields=["employer"])
    second = certificates.issue(ines(scene), audit=accepted(scene, audit))

    numbers = [parse(first.number), parse(second.number)]
    assert [(each.prefix, each.year, each.serial) for each in numbers] == [("SECOR", 2024, 1), ("SECOR", 2024, 2)]


def test_issued_twice_it_is_one_certificate(scene):
    audit = ready(scene)

    assert certificates.issue(ines(scene), audit=audit) == certificates.issue(ines(scene), audit=audit)
    assert Certificate.objects.within(ALL).count() == 1
    assert CertificateEvent.objects.within(ALL).filter(event="certified").count() == 1
    assert Entry.objects.within(ALL).filter(act="certificate.issued").count() == 1


@pytest.mark.parametrize(
    ("months", "ends_on"), [(12, date(2027, 5, 17)), (11, date(2025, 5, 17)), (3, date(2025, 5, 17))]
)
def test_short_records_earn_a_certificate_of_one_year(scene, months, ends_on):
    certificate = certificates.issue(ines(scene), audit=ready(scene, records_months=months))

    assert certificate.term_ends_on == ends_on
    report = asked.standing_of(certificate, on=DAY)
    assert report.term_ends_on == ends_on
    assert report.owed.kind.value == ("maintenance" if months == 12 else "recertification")


def test_an_accepted_audit_that_failed_earns_nothing_and_says_so(scene):
    audit = accepted(scene, answered(an_audit(scene, passed=False, awarded=500), percent="50"))

    with pytest.raises(certificates.NotPassed, match=r"done well\. Its score does not reach the pass mark"):
        certificates.issue(ines(scene), audit=audit)


@pytest.mark.parametrize("stage", ["submitted", "in_review", "returned", "rejected"])
def test_nothing_is_issued_before_the_audit_is_accepted(scene, stage):
    with pytest.raises(certificates.NotDecided):
        certificates.issue(ines(scene), audit=an_audit(scene, stage=stage))


def test_a_maintenance_audit_keeps_the_certificate_and_earns_no_new_one(scene):
    a_certificate(scene.employer, scene.partner)
    audit = answered(an_audit(scene, kind="maintenance"))

    with pytest.raises(certificates.NothingToIssue):
        certificates.issue(ines(scene, date(2025, 5, 2)), audit=accepted(scene, audit, date(2025, 5, 1)))


@pytest.mark.parametrize("who", ["regan", "pat", "rosa", "dev"])
def test_only_a_decision_maker_issues(scene, who):
    audit = ready(scene)

    with pytest.raises(NotYourDesk, match="decision maker"):
        certificates.issue(acts(getattr(scene, who), DAY), audit=audit)


def test_who_reviewed_the_audit_does_not_issue(scene):
    Role.objects.create(person=scene.pat, kind=RoleKind.DECISION_MAKER, partner=scene.partner, from_on=CERTIFIED)

    with pytest.raises(certificates.SamePerson):
        certificates.issue(acts(scene.pat, DAY), audit=ready(scene))


def test_who_reviewed_an_earlier_round_does_not_issue_either(scene):
    audit = answered(an_audit(scene))
    first = reviews.claim(acts(scene.pat, CERTIFIED), audit=audit)
    reviews.send_back(acts(scene.pat, CERTIFIED), review=first, reason="Look again.")
    audit.refresh_from_db()
    audit.stage, audit.round = "submitted", 2
    audit.save(update_fields=["stage", "round"])
    quinn = acts(a_person("Quinn", RoleKind.REVIEWER, partner=scene.partner), CERTIFIED)
    reviews.accept(quinn, review=reviews.claim(quinn, audit=audit), quality=GOOD)
    Role.objects.create(person=scene.pat, kind=RoleKind.DECISION_MAKER, partner=scene.partner, from_on=CERTIFIED)

    with pytest.raises(certificates.SamePerson):
        certificates.issue(acts(scene.pat, DAY), audit=audit)


def test_who_did_the_audit_does_not_issue(scene):
    Role.objects.create(person=scene.dev, kind=RoleKind.DECISION_MAKER, partner=scene.partner, from_on=CERTIFIED)

    with pytest.raises(Tied):
        certificates.issue(acts(scene.dev, DAY), audit=ready(scene))


def test_who_is_tied_to_the_business_does_not_issue(scene):
    Tie.objects.create(employer=scene.employer, person=scene.ines, kind="family", from_on=date(2000, 1, 1))

    with pytest.raises(Tied, match="family"):
        certificates.issue(ines(scene), audit=ready(scene))


def test_a_partner_past_its_last_day_issues_nothing(scene):
    audit = ready(scene)
    Partner.objects.update(valid_until=date(2024, 5, 19))

    with pytest.raises(PartnerEnded, match="2024-05-19"):
        certificates.issue(ines(scene), audit=audit)
    assert certificates.issue(ines(scene, date(2024, 5, 19)), audit=audit)


def test_an_employer_that_left_gets_no_certificate_from_the_partner_it_left(scene):
    audit = ready(scene)
    Membership.objects.within(ALL).update(left_on=DAY)

    with pytest.raises(certificates.NotAMember):
        certificates.issue(ines(scene), audit=audit)


def test_an_employer_never_holds_two_certificates(scene):
    first = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))

    with pytest.raises(certificates.StillCertified, match=first.number):
        certificates.issue(ines(scene), audit=ready(scene))


def test_a_lapsed_employer_begins_anew_with_a_certification(scene):
    first = a_certificate(scene.employer, scene.partner, on=date(2023, 5, 1))
    second = certificates.issue(ines(scene), audit=ready(scene))

    first.refresh_from_db()
    assert (first.ended, first.replaced_by) == (True, None)
    assert asked.standing_of(first, on=DAY).standing is Standing.LAPSED
    assert asked.standing_of(second, on=DAY).standing is Standing.VALID
    assert asked.live_of(scene.employer) == second


def test_an_audit_sent_before_the_certificate_was_cancelled_does_not_bring_it_back(scene):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    audit = ready(scene, kind="recertification")
    happened(certificate, "cancelled", date(2024, 5, 19))

    with pytest.raises(certificates.EndedSince, match="2024-05-19"):
        certificates.issue(ines(scene), audit=audit)


def recertified(scene, first, *, on=date(2027, 4, 1), **more):
    maintained(first, date(2025, 5, 10), date(2025, 5, 20))
    maintained(first, date(2026, 5, 10), date(2026, 5, 20))
    audit = answered(an_audit(scene, kind="recertification", submitted_on=on, **more))
    return accepted(scene, audit, on)


def test_a_renewed_certificate_has_a_new_number_and_begins_where_the_old_one_ends(scene):
    first = a_certificate(scene.employer, scene.partner)
    second = certificates.issue(ines(scene, date(2027, 4, 2)), audit=recertified(scene, first))

    first.refresh_from_db()
    assert first.replaced_by == second
    assert (first.ended, first.owed_due_on) == (True, None)
    assert (second.issued_on, second.term_ends_on) == (date(2027, 5, 17), date(2030, 5, 17))
    assert (second.owed_kind, second.owed_due_on) == ("maintenance", date(2028, 5, 17))
    assert asked.standing_of(second, on=date(2027, 4, 2)).standing is Standing.VALID


def test_a_renewal_after_an_extension_begins_where_the_extension_ends(scene):
    first = a_certificate(scene.employer, scene.partner)
    maintained(first, date(2025, 5, 10), date(2025, 5, 20))
    maintained(first, date(2026, 5, 10), date(2026, 5, 20))
    happened(first, "extended", date(2027, 5, 1), until=date(2027, 8, 17))
    audit = accepted(
        scene,
        answered(an_audit(scene, kind="recertification", submitted_on=date(2027, 8, 1))),
        date(2027, 8, 10),
    )
    second = certificates.issue(ines(scene, date(2027, 8, 11)), audit=audit)

    assert (second.issued_on, second.term_ends_on) == (date(2027, 8, 17), date(2030, 8, 17))


def test_a_renewal_under_other_rules_begins_a_life_of_its_own_and_not_before_its_first_day(scene):
    first = a_certificate(scene.employer, scene.partner)
    other = a_partner("esc")
    audit = recertified(scene, first)
    decider = a_person("Olga", RoleKind.DECISION_MAKER, partner=other)
    Membership.objects.within(ALL).update(left_on=date(2027, 4, 5))
    Membership.objects.create(
        employer=scene.employer, partner=other, asked_on=date(2027, 4, 5), approved_on=date(2027, 4, 5)
    )
    audit.partner = other
    audit.save(update_fields=["partner"])

    with pytest.raises(certificates.NotYet, match="2027-05-17"):
        certificates.issue(acts(decider, date(2027, 5, 16)), audit=audit)
    second = certificates.issue(acts(decider, date(2027, 5, 17)), audit=audit)

    assert second.owed_due_on == date(2028, 5, 31)  # the last day of the month of expiry, as that partner has it
    assert asked.standing_of(second, on=date(2028, 5, 31)).standing is Standing.VALID
    assert asked.standing_of(second, on=date(2028, 6, 1)).standing is Standing.LAPSED


def test_the_projection_is_the_same_when_it_is_worked_out_anew():
    partner = a_partner()
    rows = [a_certificate(an_employer(f"B{nth}", partner=partner), partner, serial=nth) for nth in range(1, 6)]
    maintained(rows[0], date(2025, 5, 10), date(2025, 5, 20))
    maintained(rows[1], date(2025, 5, 10), date(2025, 6, 20), passed=False)
    happened(rows[2], "cancelled", date(2024, 9, 1))
    a_certificate(rows[2].employer, partner, on=date(2025, 1, 1), serial=9)
    happened(rows[3], "extended", date(2025, 5, 1), until=date(2025, 8, 1))
    happened(rows[4], "headcount", date(2024, 9, 1), count=11)
    new = Certificate.objects.within(ALL).get(issued_on=date(2025, 1, 1))
    wanted = _owed()

    assert projections.rebuild(batch=2) == 0
    Certificate.objects.within(ALL).update(ended=True, owed_kind="", owed_due_on=None)
    assert projections.rebuild(batch=2) == 4  # the two that ended are as they should be

    assert _owed() == wanted
    assert wanted == {
        rows[0].number: ("maintenance", date(2026, 5, 17), False),
        rows[1].number: ("", None, True),
        rows[2].number: ("", None, True),
        rows[3].number: ("maintenance", date(2025, 8, 1), False),
        rows[4].number: ("maintenance", date(2025, 5, 17), False),
        new.number: (
            "maintenance",
            date(2026, 1, 1),
            False,
        ),
    }


def _owed():
    rows = Certificate.objects.within(ALL).values_list("number", "owed_kind", "owed_due_on", "ended")
    return {number: (kind, due, ended) for number, kind, due, ended in rows}


def test_an_event_of_no_known_kind_is_not_written(scene):
    with pytest.raises(ValueError, match="mislaid"):
        certificates.record(
            ines(scene), employer=scene.employer, partner=scene.partner, scheme=SCHEME, event="mislaid", on=DAY
        )
    assert not CertificateEvent.objects.within(ALL).exists()
