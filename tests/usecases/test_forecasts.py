"""An owner's word that the partner sees the forecast, and the forecast that is kept for as long as it holds."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cards import act_of, card
from cast import cast
from secor.core.readiness import weakest
from secor.core.verdict import decide
from secor.queries import forecasts as asked
from secor.queries.readiness import readiness_of
from secor.store.models import Entry, ForecastConsent, KeptForecast, Membership
from secor.store.scope import house
from secor.usecases import employers, forecasts, owner, records

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ON = date(2026, 6, 3)  # the day of act_of


@pytest.fixture
def there():
    return cast()


def share(there, **more):
    return forecasts.consent(act_of(there.rosa, **more), employer=there.roofing)


def kept():
    return KeptForecast.objects.within(ALL).first()


def stale(on=ON):
    return [employer.legal_name for employer in asked.stale(on=on, most=9)]


def test_the_word_is_given_and_taken_back_with_its_day_each_once(there):
    for _ in range(2):
        share(there)
    found = asked.consent_of(there.roofing)
    assert (found.partner, found.given_on, found.given_by) == (there.asc, ON, there.rosa)
    later = act_of(there.rosa, after=timedelta(days=1))
    for _ in range(2):
        forecasts.withdraw(later, employer=there.roofing)
    assert asked.consent_of(there.roofing) is None
    share(there, after=timedelta(days=2))

    rows = ForecastConsent.objects.within(ALL).values_list("given_on", "withdrawn_on", "withdrawn_by")
    assert list(rows) == [(ON, ON + timedelta(days=1), there.rosa.pk), (ON + timedelta(days=2), None, None)]
    entries = Entry.objects.within(ALL).filter(act__startswith="forecast.").order_by("pk")
    assert [each.act.split(".")[1] for each in entries] == ["consented", "withdrawn", "consented"]
    assert {(each.employer_id, each.partner_id) for each in entries} == {(there.roofing.pk, there.asc.pk)}


@pytest.mark.parametrize("who", ["wes", "sol", "sam", "pat", "rey", "dev"])
def test_only_an_owner_gives_the_word_or_takes_it_back(there, who):
    share(there)
    act = act_of(getattr(there, who))
    for refused in (forecasts.consent, forecasts.withdraw):
        with pytest.raises(owner.NotOwner):
            refused(act, employer=there.roofing)
    assert asked.consent_of(there.roofing) is not None


@pytest.mark.parametrize("asked_only", [True, False])
def test_a_forecast_is_shown_to_a_partner_that_has_taken_the_business_in(there, asked_only):
    rows = Membership.objects.within(ALL).filter(employer=there.roofing)
    if asked_only:
        rows.update(approved_on=None)
    else:
        rows.delete()
    with pytest.raises(forecasts.NoPartner):
        share(there)
    assert not ForecastConsent.objects.within(ALL).exists()


def test_nothing_is_kept_of_a_business_that_did_not_agree(there):
    found = forecasts.readiness_told(there.roofing, on=ON)
    forecasts.refresh(there.roofing, on=ON)

    assert found.forecast == readiness_of(there.roofing, on=ON).forecast
    assert kept() is None
    assert stale() == []


def test_what_is_kept_is_what_the_owner_reads(there):
    share(there)
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=ON))
    found = forecasts.readiness_told(there.roofing, on=ON)
    now, row = found.forecast.nothing_more, kept()

    assert now.share > 0
    assert Fraction(row.awarded) / Fraction(row.possible) == now.share
    assert row.millionths == int(now.share * 1_000_000)
    assert (row.passes, row.can_pass) == (False, decide(found.forecast.kept_up, found.mark).passed)
    assert (row.as_of_on, row.audit_on) == (ON, found.forecast.window.last)
    assert (row.guessed, row.questions) == (len(found.forecast.guessed), 63)
    told = [(each["element"], Fraction(each["awarded"])) for each in row.weakest]
    assert told == [(each.number, each.awarded) for each in weakest(now, found.mark)]
    assert all(set(each) == {"element", "awarded", "possible"} for each in row.weakest)


def test_every_act_of_the_business_makes_it_stale_and_so_does_another_day(there):
    share(there)
    assert stale() == ["Rosa's Roofing Ltd."]
    forecasts.refresh(there.roofing, on=ON)
    before = kept()
    assert stale() == []
    assert stale(ON + timedelta(days=1)) == stale(ON - timedelta(days=1)) == ["Rosa's Roofing Ltd."]

    records.keep(act_of(there.wes), employer=there.roofing, sent=card(on=ON))
    assert stale() == ["Rosa's Roofing Ltd."]
    forecasts.refresh(there.roofing, on=ON)
    assert stale() == []
    assert (kept().pk, kept().millionths > before.millionths) == (before.pk, True)


def test_reading_again_what_is_fresh_writes_nothing(there):
    share(there)
    forecasts.readiness_told(there.roofing, on=ON)
    KeptForecast.objects.within(ALL).update(guessed=1)
    forecasts.readiness_told(there.roofing, on=ON)
    assert kept().guessed == 1
    forecasts.readiness_told(there.roofing, on=ON + timedelta(days=1))
    assert (kept().guessed > 1, kept().as_of_on) == (True, ON + timedelta(days=1))


def test_a_slow_reader_never_writes_over_what_is_newer(there):
    share(there)
    slow, place = readiness_of(there.roofing, on=ON), 1
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=ON))
    forecasts.refresh(there.roofing, on=ON)
    newer = kept().millionths
    forecasts._keep(there.roofing, slow, place=place)

    assert kept().millionths == newer > 0


def test_what_was_worked_out_while_the_owner_took_the_word_back_is_not_kept(there):
    share(there)
    found = readiness_of(there.roofing, on=ON)
    forecasts.withdraw(act_of(there.rosa), employer=there.roofing)
    forecasts._keep(there.roofing, found, place=99)

    assert kept() is None


def test_taking_the_word_back_takes_away_what_was_kept(there):
    share(there)
    forecasts.refresh(there.roofing, on=ON)
    assert kept() is not None
    forecasts.withdraw(act_of(there.rosa), employer=there.roofing)

    assert (kept(), stale()) == (None, [])


def test_whoever_leaves_the_partner_shows_it_nothing_and_is_asked_again_by_the_next(there):
    share(there)
    forecasts.refresh(there.roofing, on=ON)
    employers.leave_partner(act_of(there.rosa), employer=there.roofing)
    assert (asked.consent_of(there.roofing), kept()) == (None, None)

    Membership.objects.create(employer=there.roofing, partner=there.esc, asked_on=ON, approved_on=ON)
    assert asked.consent_of(there.roofing) is None
    assert share(there).partner == there.esc


def test_a_word_that_names_an_earlier_partner_ends_when_it_is_given_anew(there):
    share(there)
    Membership.objects.within(ALL).filter(employer=there.roofing).update(partner=there.esc)

    assert share(there).partner == there.esc
    rows = ForecastConsent.objects.within(ALL).values_list("partner", "withdrawn_on")
    assert list(rows) == [(there.asc.pk, ON), (there.esc.pk, None)]
