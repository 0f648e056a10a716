"""What a partner sees of its members' forecasts: of those who agreed, worst first, and of nobody else."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cards import act_of
from cast import cast
from certified import a_certificate, a_partner, an_employer
from secor.queries.forecasts import Wish, overview
from secor.queries.people import Scope
from secor.store.models import Certificate, Chain, ForecastConsent, KeptForecast, Membership
from secor.store.scope import house
from secor.usecases import employers, forecasts

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ON = date(2026, 6, 3)


def seen(partner, *, on=ON, **wish):
    return overview(Scope(partners=frozenset({partner.pk})), on=on, wish=Wish(**wish))


def names(found):
    return [each.employer.legal_name for each in found.page.rows]


def member(partner, name, points=500, *, passes=False, shares=True, **more):
    """A member with a forecast of so many points of a thousand."""
    employer = an_employer(name, partner=partner)
    if shares:
        consent = ForecastConsent.objects.create(employer=employer, partner=partner, given_on=ON)
        chain = Chain.objects.create(name=f"employer:{employer.pk}", length=1)
        told = {"as_of_on": ON, "audit_on": ON, "instrument": "secor-open", "guessed": 31, "questions": 63}
        told |= {"awarded": points, "possible": 1000, "millionths": points * 1000, "passes": passes, "can_pass": True}
        KeptForecast.objects.create(
            consent=consent, employer=employer, chain=chain, place=1, **(told | {"weakest": []} | more)
        )
    return employer


@pytest.fixture
def partner():
    return a_partner()


def test_the_worst_stand_first_and_those_that_would_pass_last(partner):
    member(partner, "High but one element short", 900)
    member(partner, "Just good enough", 800, passes=True)
    member(partner, "Very low", 120)
    found = seen(partner)

    assert names(found) == ["Very low", "High but one element short", "Just good enough"]
    assert [each.share for each in found.page.rows] == [Fraction(3, 25), Fraction(9, 10), Fraction(4, 5)]
    assert names(seen(partner, would_fail=True)) == ["Very low", "High but one element short"]


def test_of_two_alike_the_one_whose_audit_is_due_first_stands_first(partner):
    later, sooner = member(partner, "Later"), member(partner, "Sooner")
    member(partner, "Owes nothing")
    for serial, (employer, days) in enumerate(((later, 60), (sooner, 5)), start=1):
        row = a_certificate(employer, partner, serial=serial)
        Certificate.objects.within(ALL).filter(pk=row.pk).update(owed_due_on=ON + timedelta(days=days))

    assert names(seen(partner)) == ["Sooner", "Later", "Owes nothing"]


def test_nobody_is_listed_who_did_not_agree_and_they_are_counted(partner):
    member(partner, "Agreed")
    member(partner, "Silent", shares=False)
    waiting = member(partner, "Agreed today", shares=False)
    ForecastConsent.objects.create(employer=waiting, partner=partner, given_on=ON)
    asking = an_employer("Only asking", partner=partner)
    Membership.objects.within(ALL).filter(employer=asking).update(approved_on=None)
    found = seen(partner)

    assert names(found) == ["Agreed"]
    assert (found.shared, found.waiting, found.unshared) == (2, 1, 1)


def test_another_partner_sees_nothing_and_counts_nobody(partner):
    other = a_partner("esc")
    member(partner, "Agreed")
    member(other, "Theirs")

    assert (names(seen(partner)), names(seen(other))) == (["Agreed"], ["Theirs"])
    assert (seen(other).shared, seen(other).unshared) == (1, 0)


def test_a_word_to_one_partner_is_no_word_to_the_next(partner):
    other = a_partner("esc")
    moved = member(partner, "Moved on")
    Membership.objects.within(ALL).filter(employer=moved).update(partner=other)

    assert (names(seen(partner)), names(seen(other))) == ([], [])
    assert (seen(other).shared, seen(other).unshared) == (0, 1)


@pytest.mark.parametrize("end", [{"left_on": ON}, {"refused_on": ON}, {"approved_on": None}])
def test_a_member_that_left_is_not_there_even_if_its_forecast_still_were(partner, end):
    gone = member(partner, "Gone")
    Membership.objects.within(ALL).filter(employer=gone).update(**end)

    assert names(seen(partner)) == []
    assert seen(partner).shared == 0


def test_a_word_taken_back_hides_the_forecast_even_if_it_still_were(partner):
    member(partner, "Changed their mind")
    ForecastConsent.objects.within(ALL).update(withdrawn_on=ON)
    found = seen(partner)

    assert (names(found), found.shared, found.unshared) == ([], 0, 1)


def test_the_acts_themselves_take_the_row_away_at_once():
    there = cast()
    for leave in (forecasts.withdraw, employers.leave_partner):
        forecasts.consent(act_of(there.rosa), employer=there.roofing)
        forecasts.refresh(there.roofing, on=ON)
        assert names(seen(there.asc)) == ["Rosa's Roofing Ltd."]
        leave(act_of(there.rosa), employer=there.roofing)
        assert names(seen(there.asc)) == []


def test_a_role_at_a_business_opens_no_other_forecast(partner):
    ours = member(partner, "Ours")
    scope = Scope(employers=frozenset({ours.pk}), owned=frozenset({ours.pk}), assessor=1)

    assert names(overview(scope, on=ON, wish=Wish())) == []


@pytest.mark.parametrize(("left", "soon"), [(-1, False), (0, True), (90, True), (91, False)])
def test_due_within_ninety_days_counts_today_and_the_ninetieth(partner, left, soon):
    employer = member(partner, "Due")
    certificate = a_certificate(employer, partner)
    Certificate.objects.within(ALL).filter(pk=certificate.pk).update(owed_due_on=ON + timedelta(days=left))
    (each,) = seen(partner).page.rows

    assert (each.due_on, each.owed_kind) == (ON + timedelta(days=left), certificate.owed_kind)
    assert names(seen(partner, due_soon=True)) == (["Due"] if soon else [])


def test_a_certificate_that_ended_wants_nothing_more(partner):
    employer = member(partner, "Ended")
    certificate = a_certificate(employer, partner)
    Certificate.objects.within(ALL).filter(pk=certificate.pk).update(owed_due_on=ON, ended=True)

    assert [each.due_on for each in seen(partner).page.rows] == [None]
    assert names(seen(partner, due_soon=True)) == []


def test_the_row_says_when_something_happened_since(partner):
    member(partner, "Moved", 100)
    member(partner, "Still", 200)
    Chain.objects.filter(pk=f"employer:{KeptForecast.objects.within(ALL).get(awarded='100').employer_id}").update(
        length=2
    )

    assert [(each.employer.legal_name, each.moved) for each in seen(partner).page.rows] == [
        ("Moved", True),
        ("Still", False),
    ]


def test_weak_elements_have_their_names_and_exact_shares(partner):
    weak = [{"element": 2, "awarded": "41/2", "possible": "60"}, {"element": 1, "awarded": "0", "possible": "50"}]
    member(partner, "Weak", weakest=weak)
    (each,) = seen(partner).page.rows

    assert [(one.number, one.share) for one in each.weakest] == [(2, Fraction(41, 120)), (1, Fraction(0))]
    assert all(one.name for one in each.weakest)


def test_a_page_asks_four_times_however_many_there_are(partner, django_assert_num_queries):
    for nth in range(60):
        member(partner, f"Member {nth}", nth)
    with django_assert_num_queries(4):
        first = seen(partner)
    second, third = seen(partner, number=2), seen(partner, number=3)

    assert [len(each.page.rows) for each in (first, second, third)] == [25, 25, 10]
    assert names(first)[0] == "Member 0"
    assert names(third)[-1] == "Member 59"
    assert (first.page.has_next, third.page.has_next) == (True, False)
