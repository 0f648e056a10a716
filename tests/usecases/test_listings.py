"""What the public reads of an auditor is put up and taken down by the auditor alone."""

from datetime import date, timedelta

import pytest

from certified import acts, office
from secor.queries import auditors as asked
from secor.store.models import Entry, Listing, Role
from secor.store.scope import house
from secor.usecases import listings
from secor.usecases.listings import Told

DAY = date(2024, 5, 13)
pytestmark = pytest.mark.django_db


def told(**more):
    usual = {"town": "Olds", "english": True, "french": False, "about": "", "phone": "403 555 0100", "email": ""}
    return Told(**usual | more)


def names(**asking):
    return [str(each.listing.person) for each in asked.directory(on=DAY, **asking)]


def test_nobody_is_found_before_they_put_themselves_up_and_after_they_took_themselves_down():
    scene = office()
    assert names() == []
    listings.put_up(acts(scene.dev, DAY), told=told())
    assert names() == ["Dev"]
    listings.put_up(acts(scene.dev, DAY), told=told(town="Calgary"))
    assert Listing.objects.get().town == "Calgary"
    listings.take_down(acts(scene.dev, DAY))
    listings.take_down(acts(scene.dev, DAY))
    assert names() == []
    rows = Entry.objects.within(house("this test")).filter(act__startswith="listing.").order_by("pk")
    assert [row.act for row in rows] == ["listing.put_up", "listing.put_up", "listing.taken_down"]
    assert "Calgary" not in str([row.detail for row in rows])


@pytest.mark.parametrize(
    "wrong",
    [{"town": " "}, {"english": False}, {"phone": ""}, {"phone": "", "email": "nowhere"}],
)
def test_a_listing_wants_a_town_a_language_and_a_way_to_ask(wrong):
    scene = office()
    with pytest.raises(listings.NotAListing):
        listings.put_up(acts(scene.dev, DAY), told=told(**wrong))


def test_only_who_is_certified_today_is_listed_and_found():
    scene = office()
    for who in (scene.rosa, scene.pat, None):
        with pytest.raises(listings.NotAnAuditor):
            listings.put_up(acts(who, DAY), told=told())
    listings.put_up(acts(scene.dev, DAY), told=told())
    Role.objects.filter(person=scene.dev).update(until_on=DAY)
    assert names() == ["Dev"]
    Role.objects.filter(person=scene.dev).update(until_on=DAY - timedelta(days=1))
    assert names() == []
    with pytest.raises(listings.NotAnAuditor):
        listings.put_up(acts(scene.dev, DAY), told=told())
    listings.take_down(acts(scene.dev, DAY))


def test_the_nearest_is_first_and_partner_and_language_choose(django_assert_max_num_queries):
    from certified import a_person
    from secor.core.role import RoleKind

    scene = office()
    near = a_person("Ned", RoleKind.AUDITOR, partner=scene.partner)
    far = a_person("Ana", RoleKind.AUDITOR, partner=scene.partner)
    listings.put_up(acts(scene.dev, DAY), told=told(town="Calgary", french=True))
    listings.put_up(acts(near, DAY), told=told(town="Airdrie"))
    listings.put_up(acts(far, DAY), told=told(town="Nowhere at All"))
    with django_assert_max_num_queries(2):
        assert names() == ["Ana", "Dev", "Ned"]
    assert names(town="  airdrie ") == ["Ned", "Dev", "Ana"]
    assert names(town="Atlantis") == ["Ana", "Dev", "Ned"]
    assert names(language="french") == ["Dev"]
    assert names(partner="esc") == []
    assert names(partner="asc", town="Airdrie")[0] == "Ned"
