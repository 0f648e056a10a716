"""A certifying partner takes an employer in, or says why not."""

from datetime import date, timedelta

import pytest

from certified import a_partner, a_person, acts, an_employer, office
from secor.core.role import RoleKind
from secor.store.models import Entry, Membership, Partner
from secor.store.scope import house
from secor.usecases import members
from secor.usecases.staff import NotYourDesk, PartnerEnded

DAY = date(2024, 3, 4)
ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return office()


@pytest.fixture
def request_(scene):
    employer = an_employer("Foothills Drywall")
    return Membership.objects.create(employer=employer, partner=scene.partner, asked_on=DAY)


def test_an_employer_that_is_taken_in_is_so_once(scene, request_):
    members.approve(acts(scene.regan, DAY), membership=request_)
    kept = members.approve(acts(scene.regan, DAY + timedelta(days=1)), membership=request_)

    assert (kept.approved_on, kept.approved_by) == (DAY, scene.regan)
    assert Entry.objects.within(ALL).filter(act="member.approved").count() == 1


def test_a_refusal_has_its_reason_and_the_employer_may_ask_elsewhere(scene, request_):
    with pytest.raises(members.Unexplained):
        members.refuse(acts(scene.regan, DAY), membership=request_, reason=" ")
    kept = members.refuse(acts(scene.regan, DAY), membership=request_, reason="Your trade is not ours.")

    assert (kept.refused_on, kept.reason) == (DAY, "Your trade is not ours.")
    assert Membership.objects.create(employer=kept.employer, partner=a_partner("esc"), asked_on=DAY)


def test_an_answer_stays_as_it_was_given(scene, request_):
    members.refuse(acts(scene.regan, DAY), membership=request_, reason="No.")
    with pytest.raises(members.Answered):
        members.approve(acts(scene.regan, DAY), membership=request_)

    taken = Membership.objects.within(ALL).get(employer=scene.employer)
    with pytest.raises(members.Answered):
        members.refuse(acts(scene.regan, DAY), membership=taken, reason="Changed my mind.")


@pytest.mark.parametrize("who", ["pat", "ines", "dev", "rosa"])
def test_only_a_registrar_answers(scene, request_, who):
    with pytest.raises(NotYourDesk, match="registrar"):
        members.approve(acts(getattr(scene, who), DAY), membership=request_)


def test_a_registrar_of_another_partner_does_not_answer(scene, request_):
    other = a_person("Olga", RoleKind.REGISTRAR, partner=a_partner("esc"))

    with pytest.raises(NotYourDesk):
        members.approve(acts(other, DAY), membership=request_)


@pytest.mark.parametrize(
    ("valid_from", "valid_until"), [(DAY + timedelta(days=1), None), (None, DAY - timedelta(days=1))]
)
def test_a_partner_takes_nobody_in_outside_the_days_it_is_recognized(scene, request_, valid_from, valid_until):
    Partner.objects.update(valid_from=valid_from, valid_until=valid_until)

    with pytest.raises(PartnerEnded):
        members.approve(acts(scene.regan, DAY), membership=request_)


def test_a_partners_first_and_last_day_count(scene, request_):
    Partner.objects.update(valid_from=DAY, valid_until=DAY)

    assert members.approve(acts(scene.regan, DAY), membership=request_).approved_on == DAY
