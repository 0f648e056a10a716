"""The people of a business, and what ties people to it."""

from datetime import date, timedelta

import pytest

from certified import a_partner, a_person, acts, an_employer, office
from secor.store.models import Entry, Person, Role, Tie
from secor.store.scope import house
from secor.usecases import people, ties
from secor.usecases.owner import NotOwner

TODAY = date(2026, 6, 1)
ALL = house("this test")

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return office()


def invite(scene, email="wes@example.ca", *, kind="worker", day=TODAY, by=None, **more):
    return people.invite(acts(by or scene.rosa, day), employer=scene.employer, email=email, kind=kind, **more)


def acts_kept():
    return list(Entry.objects.within(ALL).order_by("pk").values_list("act", flat=True))


def test_an_invitation_gives_a_role_and_an_account_that_nobody_can_enter_yet(scene):
    role = invite(scene, " Wes@Example.ca ", name=" Wes  Tailfeathers ", kind="self_assessor")

    wes = role.person
    assert (wes.email, wes.name, wes.has_usable_password()) == ("wes@example.ca", "Wes Tailfeathers", False)
    assert (role.kind, role.employer, role.from_on, role.given_by) == (
        "self_assessor",
        scene.employer,
        TODAY,
        scene.rosa,
    )
    assert acts_kept() == ["person.invited"]
    assert "Wes" not in str(Entry.objects.within(ALL).get().detail)


def test_inviting_twice_is_one_act(scene):
    assert invite(scene) == invite(scene)

    assert Role.objects.filter(employer=scene.employer, kind="worker").count() == 1
    assert acts_kept() == ["person.invited"]


def test_somebody_with_an_account_keeps_it(scene):
    sam = a_person("Sam", "owner", employer=an_employer("Sam's Siding Ltd."))

    role = invite(scene, "SAM@example.ca", name="Somebody else")

    sam.refresh_from_db()
    assert role.person == sam
    assert sam.name == "Sam"


@pytest.mark.parametrize("address", ["", "wes", "wes@", "a b@example.ca", "wes@example.ca\nBcc: all@example.ca"])
def test_what_is_no_address_is_refused(scene, address):
    before = Person.objects.count()
    with pytest.raises(people.NotAnAddress):
        invite(scene, address)
    assert Person.objects.count() == before


@pytest.mark.parametrize("kind", ["auditor", "registrar", "decision_maker", "ministry", "king"])
def test_an_owner_gives_no_role_of_another_side(scene, kind):
    with pytest.raises(people.NotARole):
        invite(scene, kind=kind)
    assert not Person.objects.filter(email="wes@example.ca").exists()


def test_the_twentieth_invitation_of_a_day_is_the_last(scene):
    for nth in range(20):
        invite(scene, f"w{nth}@example.ca")
    with pytest.raises(people.TooMany, match="tomorrow"):
        invite(scene, "w20@example.ca")
    assert not Person.objects.filter(email="w20@example.ca").exists()

    assert invite(scene, "w20@example.ca", day=TODAY + timedelta(days=1))


def test_a_hundred_people_are_enough(scene):
    for nth in range(99):
        Role.objects.create(person=a_person(f"w{nth}"), kind="worker", employer=scene.employer, from_on=TODAY)

    with pytest.raises(people.TooMany, match="left"):
        invite(scene)


def test_staff_of_the_own_partner_cannot_be_drawn_to_the_business(scene):
    with pytest.raises(people.OtherSide):
        invite(scene, "pat@example.ca")
    with pytest.raises(people.OtherSide):
        people.give_role(acts(scene.rosa, TODAY), employer=scene.employer, person=scene.ines, kind="owner")

    elsewhere = a_person("Kim", "reviewer", partner=a_partner("esc"))
    assert people.give_role(acts(scene.rosa, TODAY), employer=scene.employer, person=elsewhere, kind="worker")


def test_a_role_is_taken_away_at_once_and_taking_it_twice_is_one_act(scene):
    role = invite(scene)
    later = TODAY + timedelta(days=10)

    people.take_role(acts(scene.rosa, later), role=role)
    people.take_role(acts(scene.rosa, later), role=role)

    role.refresh_from_db()
    assert role.until_on == later - timedelta(days=1)
    assert not role.held_on(later)
    assert acts_kept() == ["person.invited", "role.taken"]
    assert invite(scene, day=later).pk != role.pk


def test_a_role_given_and_taken_on_one_day_was_never_held(scene):
    role = invite(scene)

    people.take_role(acts(scene.rosa, TODAY), role=role)

    assert not Role.objects.filter(pk=role.pk).exists()
    assert acts_kept() == ["person.invited", "role.taken"]


def test_a_business_keeps_an_owner(scene):
    mine = Role.objects.get(person=scene.rosa)
    with pytest.raises(people.LastOwner):
        people.take_role(acts(scene.rosa, TODAY), role=mine)

    second = invite(scene, kind="owner")
    people.take_role(acts(scene.rosa, TODAY), role=mine)

    with pytest.raises(people.LastOwner):
        people.take_role(acts(second.person, TODAY), role=second)
    with pytest.raises(NotOwner):
        invite(scene, "kit@example.ca")


def test_only_the_owner_of_that_business_takes_a_role_away(scene):
    role = invite(scene)
    stranger = a_person("Sam", "owner", employer=an_employer("Sam's Siding Ltd."))

    for person in (stranger, role.person, scene.regan, None):
        with pytest.raises(NotOwner):
            people.take_role(acts(person, TODAY), role=role)
    with pytest.raises(people.NotARole):
        people.take_role(acts(scene.rosa, TODAY), role=Role.objects.get(person=scene.dev))


def test_a_tie_is_declared_once_and_may_be_ended(scene):
    act = acts(scene.rosa, TODAY)
    began = date(2024, 2, 29)

    ties.declare(act, employer=scene.employer, person=scene.dev, kind="built_program", from_on=began)
    ties.declare(act, employer=scene.employer, person=scene.dev, kind="built_program", from_on=began)
    ties.declare(act, employer=scene.employer, person=scene.dev, kind="built_program", from_on=began, until_on=TODAY)

    row = Tie.objects.within(ALL).get()
    assert (row.person, row.kind, row.from_on, row.until_on) == (scene.dev, "built_program", began, TODAY)
    assert acts_kept() == ["tie.declared", "tie.declared"]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"kind": "enemy", "from_on": TODAY}, ties.NotATie),
        ({"kind": "family", "from_on": TODAY + timedelta(days=1)}, ties.Backwards),
        ({"kind": "family", "from_on": TODAY, "until_on": TODAY - timedelta(days=1)}, ties.Backwards),
        ({"kind": "family", "from_on": TODAY, "until_on": TODAY}, None),
    ],
)
def test_a_tie_has_a_kind_and_days_in_order(scene, given, refusal):
    act = acts(scene.rosa, TODAY)
    if refusal is None:
        assert ties.declare(act, employer=scene.employer, person=scene.dev, **given)
        return
    with pytest.raises(refusal):
        ties.declare(act, employer=scene.employer, person=scene.dev, **given)
    assert not Tie.objects.within(ALL).exists()
