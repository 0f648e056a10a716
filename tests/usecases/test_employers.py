"""A business from its registration to the partner it chooses."""

from datetime import date, timedelta

import pytest

from certified import a_certificate, a_partner, a_person, acts, an_audit, an_employer, office
from secor.queries.certificates import standing_of
from secor.queries.register import folded
from secor.store.models import Account, Employer, Entry, Headcount, Membership, Role
from secor.store.scope import house
from secor.usecases import employers
from secor.usecases.owner import NotOwner

TODAY = date(2026, 6, 1)
ALL = house("this test")
SIX = {"owners": 1, "full_time": 3, "part_time": 1, "casual": 1}

pytestmark = pytest.mark.django_db


def registered(person=None, **more):
    person = person or a_person("Rosa")
    given = {"legal_name": "Prairie Rosé  Roofing Ltd.", "trade_name": "Rosa's Roofs", "headcount": SIX, **more}
    return person, employers.register(acts(person, TODAY), **given)


def entries(employer):
    return [entry.act for entry in Entry.objects.within(ALL).filter(employer=employer).order_by("pk")]


def test_who_registers_a_business_owns_it_from_that_day():
    rosa, business = registered(account_number="123 4567", industry_code="42121")

    role = Role.objects.get(person=rosa)
    assert (role.kind, role.employer, role.from_on, role.until_on) == ("owner", business, TODAY, None)
    assert business.joined_on == TODAY
    assert business.legal_name == "Prairie Rosé Roofing Ltd."
    assert business.search_name == "prairie rose roofing ltd. rosa's roofs" == folded(business.search_name)
    account = Account.objects.within(ALL).get()
    assert (account.employer, account.number, account.industry_code) == (business, "1234567", "42121")
    row = Headcount.objects.within(ALL).get()
    assert (row.on, row.owners, row.full_time, row.subcontractors) == (TODAY, 1, 3, 0)
    assert entries(business) == ["employer.registered", "account.added", "headcount.reported"]


def test_eleven_people_may_register_and_are_told_on_their_page():
    _, business = registered(headcount={"full_time": 11})

    assert Headcount.objects.within(ALL).get(employer=business).full_time == 11


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"legal_name": "  "}, employers.Nameless),
        ({"headcount": {}}, employers.headcounts.NoPeople),
        ({"headcount": {"owners": 0}}, employers.headcounts.NoPeople),
        ({"headcount": {"owners": -1, "full_time": 4}}, employers.headcounts.Uncountable),
        ({"headcount": {"full_time": 10_000}}, employers.headcounts.Uncountable),
        ({"headcount": {"robots": 3}}, employers.headcounts.Uncountable),
        ({"account_number": "no digits!"}, employers.NotAnAccount),
        ({"account_number": "1234567", "industry_code": "<b>"}, employers.NotAnAccount),
    ],
)
def test_a_refused_registration_leaves_nothing_behind(given, refusal):
    with pytest.raises(refusal):
        registered(**given)

    assert not Employer.objects.within(ALL).exists()
    assert not Role.objects.exists()
    assert not Entry.objects.within(ALL).exists()


def test_nobody_registers_a_business_without_an_owner():
    with pytest.raises(employers.Nobody):
        employers.register(acts(None, TODAY), legal_name="Ghost Ltd.", headcount=SIX)


def test_a_wcb_account_belongs_to_one_business():
    _, first = registered(account_number="1234567", industry_code="42121")
    sam = a_person("Sam")

    with pytest.raises(employers.AccountTaken, match="invite you"):
        registered(sam, account_number="123-4567", industry_code="42121")
    _, other = registered(sam, account_number="1234567", industry_code="40400")

    assert Account.objects.within(ALL).filter(employer=other).get().industry_code == "40400"
    assert Account.objects.within(ALL).filter(employer=first).count() == 1


def test_the_same_account_twice_is_one_and_a_closed_one_stays_closed():
    rosa, business = registered(account_number="1234567")
    again = employers.add_account(acts(rosa, TODAY), employer=business, number="1234567")
    employers.close_account(acts(rosa, TODAY), account=again)
    employers.close_account(acts(rosa, TODAY + timedelta(days=9)), account=again)

    assert Account.objects.within(ALL).get().closed_on == TODAY
    assert entries(business)[-1:] == ["account.closed"]
    with pytest.raises(employers.AccountTaken):
        employers.add_account(acts(rosa, TODAY), employer=business, number="1234567")


def test_names_change_with_the_name_people_look_for():
    rosa, business = registered()

    employers.change_names(acts(rosa, TODAY), employer=business, legal_name="Rosa Roofing Inc.", trade_name="")
    employers.change_names(acts(rosa, TODAY), employer=business, legal_name="Rosa Roofing Inc.", trade_name="")

    kept = Employer.objects.within(ALL).get()
    assert (kept.legal_name, kept.trade_name, kept.search_name) == ("Rosa Roofing Inc.", "", "rosa roofing inc.")
    assert entries(business).count("employer.renamed") == 1
    with pytest.raises(employers.Nameless):
        employers.change_names(acts(rosa, TODAY), employer=business, legal_name=" ", trade_name="x")


def test_places_are_added_and_closed():
    rosa, business = registered()

    site = employers.add_site(acts(rosa, TODAY), employer=business, name=" Yard ", people=1)
    employers.close_site(acts(rosa, TODAY), site=site)

    assert (site.name, site.closed_on) == ("Yard", TODAY)
    for wrong in (0, -1, 10_000):
        with pytest.raises(employers.Uncountable):
            employers.add_site(acts(rosa, TODAY), employer=business, name="Shop", people=wrong)
    with pytest.raises(employers.Nameless):
        employers.add_site(acts(rosa, TODAY), employer=business, name=" ")


@pytest.mark.parametrize("who", ["worker", "self_assessor", "nobody", "another owner", "former owner"])
def test_only_a_present_owner_changes_a_business(who):
    _, business = registered()
    person = a_person("Wes") if who == "nobody" else None
    if who in {"worker", "self_assessor"}:
        person = a_person("Wes", who, employer=business)
    if who == "another owner":
        person = a_person("Sam", "owner", employer=an_employer("Sam's Siding Ltd."))
    if who == "former owner":
        person = a_person("Fay", "owner", employer=business)
        Role.objects.filter(person=person).update(until_on=TODAY - timedelta(days=1))
    act, partner = acts(person, TODAY), a_partner()

    for attempt in (
        lambda: employers.report_headcount(act, employer=business, on=TODAY, counts=SIX),
        lambda: employers.change_names(act, employer=business, legal_name="Mine now", trade_name=""),
        lambda: employers.change_details(act, employer=business, trade="", address="", city="", phone=""),
        lambda: employers.add_account(act, employer=business, number="7654321"),
        lambda: employers.add_site(act, employer=business, name="Shop"),
        lambda: employers.ask_partner(act, employer=business, partner=partner),
        lambda: employers.leave_partner(act, employer=business),
    ):
        with pytest.raises(NotOwner):
            attempt()


def test_a_role_still_opens_on_its_last_day():
    rosa, business = registered()
    Role.objects.filter(person=rosa).update(until_on=TODAY)

    employers.change_details(acts(rosa, TODAY), employer=business, trade="Roofing", address="", city="Olds", phone="")

    assert Employer.objects.within(ALL).get().city == "Olds"


def test_a_partner_is_asked_once_and_the_second_asks_to_leave_first():
    rosa, business = registered()
    asc, esc = a_partner("asc"), a_partner("esc")

    employers.ask_partner(acts(rosa, TODAY), employer=business, partner=asc)
    for partner in (asc, esc):
        with pytest.raises(employers.HasPartner, match="Leave it first"):
            employers.ask_partner(acts(rosa, TODAY), employer=business, partner=partner)
    employers.leave_partner(acts(rosa, TODAY), employer=business)
    employers.ask_partner(acts(rosa, TODAY), employer=business, partner=esc)

    rows = Membership.objects.within(ALL).order_by("pk").values_list("partner__key", "asked_on", "left_on")
    assert list(rows) == [("asc", TODAY, TODAY), ("esc", TODAY, None)]
    assert employers.leave_partner(acts(a_person("Kit", "owner", employer=business), TODAY), employer=business)
    assert employers.leave_partner(acts(rosa, TODAY), employer=business) is None


def test_a_partner_that_takes_nobody_is_not_asked():
    rosa, business = registered()

    with pytest.raises(employers.TakesNobody, match="Choose another"):
        employers.ask_partner(acts(rosa, TODAY), employer=business, partner=a_partner(accepting_new=False))


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [
        (None, TODAY, True),  # the last day still counts
        (None, TODAY - timedelta(days=1), False),
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
    ],
)
def test_a_partner_is_asked_only_while_it_is_part_of_the_program(first, last, taken):
    rosa, business = registered()
    partner = a_partner(valid_from=first, valid_until=last)

    if taken:
        assert employers.ask_partner(acts(rosa, TODAY), employer=business, partner=partner).asked_on == TODAY
    else:
        with pytest.raises(employers.NoPartnerNow):
            employers.ask_partner(acts(rosa, TODAY), employer=business, partner=partner)


def test_nobody_leaves_a_partner_while_an_audit_is_under_way():
    scene = office()
    an_audit(scene, stage="returned")

    with pytest.raises(employers.Bound, match="under way"):
        employers.leave_partner(acts(scene.rosa, TODAY), employer=scene.employer)


def test_whoever_leaves_keeps_the_certificate_and_can_ask_the_next_partner():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    day, next_one = date(2024, 9, 2), a_partner("esc")

    employers.leave_partner(acts(scene.rosa, day), employer=scene.employer)
    employers.ask_partner(acts(scene.rosa, day), employer=scene.employer, partner=next_one)

    assert standing_of(certificate, on=day).good


def test_a_partner_that_left_the_program_lets_everybody_go():
    scene = office()
    an_audit(scene)
    scene.partner.valid_until = date(2024, 12, 31)
    scene.partner.save(update_fields=["valid_until"])

    with pytest.raises(employers.Bound):
        employers.leave_partner(acts(scene.rosa, date(2024, 12, 31)), employer=scene.employer)
    assert employers.leave_partner(acts(scene.rosa, date(2025, 1, 1)), employer=scene.employer) is not None
