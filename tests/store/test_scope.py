"""A read that does not say for whom is an error, not a leak."""

from datetime import date

import pytest

from secor.store.models import Account, Employer, Headcount, Membership, Partner
from secor.store.scope import Scope, Unscoped, house

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


@pytest.fixture
def two() -> tuple[Employer, Employer]:
    mine = Employer.objects.create(legal_name="Mine Ltd.", joined_on=DAY)
    theirs = Employer.objects.create(legal_name="Theirs Ltd.", joined_on=DAY)
    for employer in (mine, theirs):
        Account.objects.create(employer=employer, number=f"{employer.pk}")
        Headcount.objects.create(employer=employer, on=DAY, owners=1)
    return mine, theirs


@pytest.mark.parametrize(
    "read",
    [
        list,
        len,
        bool,
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: rows.get(pk=1),
        lambda rows: list(rows.values_list("pk")),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.aggregate(),
        lambda rows: rows.update(number="1"),
        lambda rows: rows.delete(),
        lambda rows: rows.in_bulk(),
        lambda rows: list(Partner.objects.filter(pk__in=rows)),
    ],
)
@pytest.mark.usefixtures("two")
def test_every_way_to_read_asks_for_whom(read):
    with pytest.raises(Unscoped, match="within"):
        read(Account.objects.all())


def test_a_scope_reaches_its_own_employers_rows_and_no_others(two):
    mine, theirs = two
    scope = Scope(employers=frozenset({mine.pk}))

    assert [row.employer_id for row in Account.objects.within(scope)] == [mine.pk]
    assert [row.pk for row in Employer.objects.within(scope)] == [mine.pk]
    assert not Employer.objects.within(scope).filter(pk=theirs.pk).exists()


def test_an_empty_scope_reaches_nothing(two):
    assert two
    assert list(Employer.objects.within(Scope())) == []
    assert list(Account.objects.within(Scope(assessor=1))) == []


def test_a_partner_reaches_those_who_asked_it_and_belong_to_it_and_no_longer_those_who_left(two):
    mine, theirs = two
    partner = Partner.objects.create(key="asc", name="A", acronym="A")
    Membership.objects.create(employer=mine, partner=partner, asked_on=DAY)
    Membership.objects.create(employer=theirs, partner=partner, asked_on=DAY, left_on=DAY)
    scope = Scope(partners=frozenset({partner.pk}))

    assert [row.pk for row in Employer.objects.within(scope)] == [mine.pk]
    assert [row.employer_id for row in Headcount.objects.within(scope)] == [mine.pk]


def test_rows_of_a_reached_row_need_no_second_word(two):
    mine, _ = two
    employer = Employer.objects.within(house("this test")).get(pk=mine.pk)

    assert employer.accounts.count() == 1
    assert list(Employer.objects.within(house("this test")).prefetch_related("accounts"))
