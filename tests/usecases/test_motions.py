"""Four eyes: one person proposes to cancel or reinstate a certificate, and another confirms it."""

from datetime import date

import pytest

from certified import a_certificate, a_partner, a_person, acts, happened, office
from secor.core.certificate import Standing
from secor.core.role import RoleKind
from secor.queries.certificates import standing_of
from secor.queries.motions import about, open_about
from secor.store.models import CertificateEvent, Entry, Motion
from secor.store.scope import house
from secor.usecases import decisions, motions
from secor.usecases.staff import NotYourDesk
from together import at_once

ALL = house("this test")
DAY = date(2024, 9, 3)
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return office()


@pytest.fixture
def certificate(scene):
    return a_certificate(scene.employer, scene.partner)


@pytest.fixture
def ola(scene):
    return a_person("Ola", RoleKind.DECISION_MAKER, partner=scene.partner)


def worth(certificate):
    return standing_of(certificate, on=DAY).standing


def propose(person, certificate, kind="cancel", reason="Records were made up."):
    return motions.propose(acts(person, DAY), certificate=certificate, kind=kind, reason=reason)


def test_a_proposal_changes_nothing_and_is_told_to_nobody_at_the_business(scene, certificate):
    motion = propose(scene.ines, certificate)

    assert worth(certificate) is Standing.VALID
    assert open_about(certificate) == motion
    entry = Entry.objects.within(ALL).get()
    assert (entry.act, entry.employer, entry.partner) == ("motion.proposed", None, scene.partner)
    assert "Records were made up." not in str(entry.detail)


def test_a_colleague_confirms_it_and_the_certificate_is_cancelled_with_the_reason_proposed(scene, certificate, ola):
    propose(scene.ines, certificate)
    motion = motions.confirm(acts(ola, DAY), certificate=certificate)

    assert worth(certificate) is Standing.CANCELLED
    event = CertificateEvent.objects.within(ALL).get(event="cancelled")
    assert (event.reason, event.recorded_by) == ("Records were made up.", ola)
    assert (motion.outcome, motion.ended_by, motion.proposed_by) == ("confirmed", ola, scene.ines)
    assert open_about(certificate) is None


def test_who_proposed_it_does_not_confirm_it(scene, certificate):
    propose(scene.ines, certificate)

    with pytest.raises(motions.SamePerson, match="a colleague"):
        motions.confirm(acts(scene.ines, DAY), certificate=certificate)
    assert worth(certificate) is Standing.VALID
    assert open_about(certificate) is not None


def test_anybody_of_the_staff_proposes_and_only_a_decision_maker_confirms(scene, certificate):
    propose(scene.regan, certificate)
    with pytest.raises(NotYourDesk):
        motions.confirm(acts(scene.pat, DAY), certificate=certificate)

    motions.confirm(acts(scene.ines, DAY), certificate=certificate)
    assert worth(certificate) is Standing.CANCELLED


def test_a_suspended_certificate_is_reinstated_by_two(scene, certificate, ola):
    happened(certificate, "suspended", date(2024, 8, 1))
    propose(ola, certificate, "reinstate", "Put right.")
    motions.confirm(acts(scene.ines, DAY), certificate=certificate)

    assert worth(certificate) is Standing.VALID


def test_what_the_standing_does_not_allow_is_not_proposed(scene, certificate):
    with pytest.raises(decisions.NotNow, match="is valid since 2024-05-17, so it cannot be reinstated"):
        propose(scene.ines, certificate, "reinstate")
    assert not Motion.objects.within(ALL).exists()


def test_a_reason_is_wanted(scene, certificate):
    with pytest.raises(decisions.Unexplained):
        propose(scene.ines, certificate, reason=" \0 ")


def test_a_second_proposal_waits_for_the_first_and_the_same_twice_is_one(scene, certificate, ola):
    first = propose(scene.ines, certificate)
    assert propose(scene.ines, certificate) == first
    with pytest.raises(motions.AlreadyProposed, match="Ines has proposed to cancel"):
        propose(ola, certificate)
    assert Motion.objects.within(ALL).count() == 1


@pytest.mark.parametrize("who", ["regan", "ines"])
def test_a_proposal_is_withdrawn_by_who_made_it_or_by_a_decision_maker_and_stays_on_file(scene, certificate, who):
    propose(scene.regan, certificate)
    motions.withdraw(acts(getattr(scene, who), DAY), certificate=certificate)

    assert worth(certificate) is Standing.VALID
    assert [motion.outcome for motion in about(certificate)] == ["withdrawn"]
    with pytest.raises(motions.NotOpen):
        motions.confirm(acts(scene.ines, DAY), certificate=certificate)
    assert propose(scene.regan, certificate)


def test_a_colleagues_proposal_is_not_withdrawn_by_anybody(scene, certificate):
    propose(scene.regan, certificate)
    with pytest.raises(NotYourDesk):
        motions.withdraw(acts(scene.pat, DAY), certificate=certificate)


def test_another_partner_proposes_confirms_and_sees_nothing(scene, certificate):
    ed = a_person("Ed", RoleKind.DECISION_MAKER, partner=a_partner("esc"))
    propose(scene.ines, certificate)
    for act in (motions.confirm, motions.withdraw):
        with pytest.raises(NotYourDesk):
            act(acts(ed, DAY), certificate=certificate)
    with pytest.raises(NotYourDesk):
        propose(ed, certificate)


def test_a_certificate_that_ended_meanwhile_is_not_cancelled_and_the_proposal_can_be_withdrawn(scene, certificate, ola):
    propose(scene.ines, certificate)
    happened(certificate, "withdrawn", DAY)
    with pytest.raises(decisions.NotNow):
        motions.confirm(acts(ola, DAY), certificate=certificate)
    assert open_about(certificate) is not None
    motions.withdraw(acts(ola, DAY), certificate=certificate)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_make_one_decision():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    two = [a_person(name, RoleKind.DECISION_MAKER, partner=scene.partner) for name in ("Ola", "Una")]
    propose(scene.regan, certificate)
    outcomes = at_once(*(lambda one=one: motions.confirm(acts(one, DAY), certificate=certificate) for one in two))

    assert sorted(type(each).__name__ for each in outcomes) == ["Motion", "NotOpen"]
    assert CertificateEvent.objects.within(ALL).filter(event="cancelled").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_propose_at_once_make_one_proposal():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    outcomes = at_once(
        lambda: propose(scene.ines, certificate),
        lambda: propose(scene.regan, certificate),
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["AlreadyProposed", "Motion"]
