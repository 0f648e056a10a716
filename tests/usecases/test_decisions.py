"""A partner's decisions about an issued certificate."""

from datetime import date, timedelta

import pytest

from certified import a_certificate, a_partner, a_person, acts, happened, maintained, office
from secor.core.certificate import Standing
from secor.core.role import RoleKind
from secor.queries.certificates import standing_of
from secor.store.models import CertificateEvent, Entry, Membership, Partner
from secor.store.scope import house
from secor.usecases import decisions, replacements
from secor.usecases.staff import NotYourDesk, PartnerEnded
from together import at_once

DAY = date(2024, 9, 2)
LATER = DAY + timedelta(days=30)
ALL = house("this test")


@pytest.fixture
def scene(db):
    return office()


@pytest.fixture
def certificate(scene):
    return a_certificate(scene.employer, scene.partner)


def ines(scene, on=DAY):
    return acts(scene.ines, on)


def standing(certificate, on=DAY):
    return standing_of(certificate, on=on).standing


def test_a_suspended_certificate_rests_until_it_is_reinstated(scene, certificate):
    decisions.suspend(ines(scene), certificate=certificate, reason="An incident is being looked into.")
    assert standing(certificate, DAY - timedelta(days=1)) is Standing.VALID
    assert standing(certificate) is Standing.SUSPENDED
    decisions.reinstate(ines(scene, LATER), certificate=certificate, reason="Nothing was found.")

    assert standing(certificate, LATER - timedelta(days=1)) is Standing.SUSPENDED
    assert standing(certificate, LATER) is Standing.VALID
    kept = CertificateEvent.objects.within(ALL).get(event="suspended")
    assert (kept.reason, kept.recorded_by) == ("An incident is being looked into.", scene.ines)


def test_a_suspension_does_not_stop_the_due_days(scene, certificate):
    decisions.suspend(ines(scene), certificate=certificate, reason="x")

    assert standing(certificate, date(2025, 5, 18)) is Standing.LAPSED


@pytest.mark.parametrize(("act", "what"), [("cancel", "cancelled"), ("revoke", "revoked"), ("withdraw", "withdrawn")])
def test_an_ended_certificate_never_comes_back(scene, certificate, act, what):
    getattr(decisions, act)(ines(scene), certificate=certificate, reason="It is over.")
    certificate.refresh_from_db()
    assert (standing(certificate), certificate.ended) == (Standing(what), True)

    for other in (decisions.reinstate, decisions.suspend, decisions.cancel, decisions.withdraw):
        with pytest.raises(decisions.NotNow, match="Only a new certification begins again"):
            other(ines(scene, LATER), certificate=certificate, reason="Please.")


def test_a_lapsed_certificate_is_not_reinstated(scene, certificate):
    with pytest.raises(decisions.NotNow, match="lapsed since 2025-05-18"):
        decisions.reinstate(ines(scene, date(2025, 6, 1)), certificate=certificate, reason="Please.")


def test_a_decision_made_twice_is_made_once_and_the_second_is_told(scene, certificate):
    decisions.cancel(ines(scene), certificate=certificate, reason="A false record.")

    with pytest.raises(decisions.NotNow, match="cancelled since 2024-09-02"):
        decisions.cancel(ines(scene), certificate=certificate, reason="A false record.")
    assert Entry.objects.within(ALL).filter(act="certificate.cancelled").count() == 1


def test_every_decision_needs_its_reason(scene, certificate):
    for act in (decisions.suspend, decisions.cancel, decisions.revoke, decisions.withdraw):
        with pytest.raises(decisions.Unexplained):
            act(ines(scene), certificate=certificate, reason=" \n")
    with pytest.raises(decisions.Unexplained):
        decisions.extend(ines(scene), certificate=certificate, until=date(2025, 6, 1), reason="")
    assert CertificateEvent.objects.within(ALL).count() == 1


@pytest.mark.parametrize("who", ["regan", "pat", "rosa", "dev"])
def test_only_a_decision_maker_decides(scene, certificate, who):
    for act in (decisions.suspend, decisions.cancel):
        with pytest.raises(NotYourDesk):
            act(acts(getattr(scene, who), DAY), certificate=certificate, reason="x")


def test_a_decision_maker_of_another_partner_does_not_decide(scene, certificate):
    other = a_person("Olga", RoleKind.DECISION_MAKER, partner=a_partner("esc"))

    with pytest.raises(NotYourDesk):
        decisions.cancel(acts(other, DAY), certificate=certificate, reason="x")


def test_a_partner_past_its_last_day_may_still_cancel_but_neither_extend_nor_reinstate(scene, certificate):
    decisions.suspend(ines(scene), certificate=certificate, reason="x")
    Partner.objects.update(valid_until=DAY - timedelta(days=1))
    certificate.refresh_from_db()

    with pytest.raises(PartnerEnded):
        decisions.extend(ines(scene), certificate=certificate, until=date(2025, 6, 1), reason="x")
    with pytest.raises(PartnerEnded):
        decisions.reinstate(ines(scene), certificate=certificate, reason="x")
    assert decisions.cancel(ines(scene), certificate=certificate, reason="x")


def test_an_extension_moves_the_day_of_what_is_owed_and_that_day_still_counts(scene, certificate):
    until = date(2025, 8, 1)
    decisions.extend(ines(scene), certificate=certificate, until=until, reason="The site was flooded.")
    certificate.refresh_from_db()

    assert certificate.owed_due_on == until
    assert standing(certificate, until) is Standing.VALID
    assert standing(certificate, until + timedelta(days=1)) is Standing.LAPSED


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2025, 5, 16), "due on 2025-05-17 already"),
        (date(2025, 5, 17), "due on 2025-05-17 already"),
        (date(2026, 5, 19), "more than a year"),
    ],
)
def test_an_extension_that_is_none_or_too_long_is_refused(scene, certificate, until, words):
    with pytest.raises(decisions.NotLater, match=words):
        decisions.extend(ines(scene), certificate=certificate, until=until, reason="x")


@pytest.mark.parametrize("until", [date(2025, 5, 18), date(2026, 5, 18)])
def test_an_extension_of_a_day_or_of_a_year_is_kept(scene, certificate, until):
    assert decisions.extend(ines(scene), certificate=certificate, until=until, reason="x").until == until


def test_a_certificate_reinstated_today_is_not_suspended_again_today(scene, certificate):
    happened(certificate, "suspended", DAY - timedelta(days=9))
    decisions.reinstate(ines(scene), certificate=certificate, reason="x")

    with pytest.raises(decisions.NotNow, match="tomorrow"):
        decisions.suspend(ines(scene), certificate=certificate, reason="x")
    assert standing(certificate, LATER) is Standing.VALID
    assert CertificateEvent.objects.within(ALL).filter(event="suspended").count() == 1


def test_a_replaced_certificate_goes_on_under_its_new_number_and_names(scene, certificate):
    scene.employer.legal_name = "Rosa & Daughters Roofing Ltd."
    scene.employer.save(update_fields=["legal_name"])
    certificate.refresh_from_db()
    new = replacements.replace(ines(scene), certificate=certificate, reason="New legal name.")
    certificate.refresh_from_db()

    assert certificate.replaced_by == new
    assert (certificate.legal_name, new.legal_name) == ("Rosa's Roofing Ltd.", "Rosa & Daughters Roofing Ltd.")
    assert (new.issued_on, new.term_ends_on, new.owed_due_on) == (
        certificate.issued_on,
        certificate.term_ends_on,
        date(2025, 5, 17),
    )
    maintained(new, date(2025, 5, 17), date(2025, 6, 1))
    assert standing(new, date(2025, 6, 2)) is Standing.VALID
    with pytest.raises(decisions.Replaced, match=new.number):
        decisions.cancel(ines(scene), certificate=certificate, reason="x")


def test_a_transferred_certificate_keeps_the_due_days_it_began_with(scene, certificate):
    other = a_partner("esc")
    Membership.objects.within(ALL).update(left_on=DAY)
    with pytest.raises(replacements.NotTheirs):
        replacements.transfer(ines(scene), certificate=certificate, to=other, reason="They moved.")
    Membership.objects.create(employer=scene.employer, partner=other, asked_on=DAY, approved_on=DAY)

    new = replacements.transfer(ines(scene), certificate=certificate, to=other, reason="They moved.")

    assert (new.partner, new.owed_due_on) == (other, date(2025, 5, 17))
    assert standing(new, date(2025, 5, 18)) is Standing.LAPSED
    with pytest.raises(NotYourDesk):
        decisions.cancel(ines(scene), certificate=new, reason="x")


def test_a_cancelled_certificate_is_not_replaced(scene, certificate):
    decisions.cancel(ines(scene), certificate=certificate, reason="x")

    with pytest.raises(decisions.NotNow, match="cancelled"):
        replacements.replace(ines(scene), certificate=certificate, reason="x")


@pytest.mark.django_db(transaction=True)
def test_two_people_who_decide_at_once_make_one_decision():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    ola = a_person("Ola", RoleKind.DECISION_MAKER, partner=scene.partner)
    outcomes = at_once(
        lambda: decisions.cancel(acts(scene.ines, DAY), certificate=certificate, reason="Mine."),
        lambda: decisions.cancel(acts(ola, DAY), certificate=certificate, reason="Mine."),
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["CertificateEvent", "NotNow"]
    assert CertificateEvent.objects.within(ALL).filter(event="cancelled").count() == 1
