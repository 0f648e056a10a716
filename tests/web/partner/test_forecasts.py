"""Forecasts on the partner's desk: whom to call, and nothing that nobody agreed to."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from cards import act_of, card
from cast import cast, signed_in
from certified import a_certificate
from secor.store.models import Certificate, ForecastConsent, KeptForecast
from secor.store.scope import house
from secor.usecases import forecasts, records
from secor.web import clock

ALL = house("this test")
ON = date(2026, 6, 3)
PAGE = "/partner/forecasts/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: act_of(None).at)
    found = cast()
    forecasts.consent(act_of(found.rosa), employer=found.roofing)
    forecasts.refresh(found.roofing, on=ON)
    return found


def words(person, address=PAGE):
    answer = signed_in(Client(), person).get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("who", ["pat", "rey", "dana"])
def test_the_partners_people_see_whom_to_call(there, who):
    told = words(getattr(there, who))

    assert "Rosa's Roofing Ltd." in told.replace("&#x27;", "'")
    assert "0.0 % as of June 3, 2026" in told.replace("\xa0", " ")
    assert "Weakest: 1 " in told
    assert "questions are a guess" in told
    assert "1 member lets you see the forecast; 0 do not." in told


@pytest.mark.parametrize("who", ["ezra", "eve", "ed"])
def test_another_partners_people_see_an_empty_page(there, who):
    told = words(getattr(there, who))

    assert "Rosa" not in told
    assert "Nobody shows you a forecast yet" in told
    assert "0 members let you see the forecast; 1 does not." in told


@pytest.mark.parametrize("who", ["rosa", "wes", "dev", "sam", "mona", "vic"])
def test_the_page_is_the_partners_alone(there, who):
    assert signed_in(Client(), getattr(there, who)).get(PAGE).status_code == 403


def test_nothing_of_any_record_is_on_the_page(there):
    records.keep(act_of(there.wes), employer=there.roofing, sent=card(on=ON, task="Kestrelmark ridge"))
    forecasts.refresh(there.roofing, on=ON)
    told = words(there.pat)

    assert "0.0 %" not in told.split("as of")[0]
    for secret in ("Kestrelmark", "12 Elm", "Wes", "hazard card"):
        assert secret not in told


def test_the_due_day_stands_beside_it_and_both_filters_keep_what_they_promise(there):
    certificate = a_certificate(there.roofing, there.asc)
    rows = Certificate.objects.within(ALL).filter(pk=certificate.pk)
    rows.update(owed_kind="maintenance", owed_due_on=ON + timedelta(days=91))
    assert "Maintenance audit due September 2, 2026, in 91 days" in words(there.pat)
    assert "Nobody here" in words(there.pat, f"{PAGE}?due=soon")
    rows.update(owed_due_on=ON)
    assert "due June 3, 2026, today" in words(there.pat, f"{PAGE}?due=soon&show=fail")
    KeptForecast.objects.within(ALL).update(passes=True)
    assert "Would pass" in words(there.pat)
    assert "Nobody here" in words(there.pat, f"{PAGE}?show=fail")


def test_a_page_never_passes_an_old_forecast_off_as_new(there, monkeypatch):
    assert "something changed since" not in words(there.pat)
    records.keep(act_of(there.wes), employer=there.roofing, sent=card(on=ON))
    assert "as of June 3, 2026; something changed since" in words(there.pat)
    monkeypatch.setattr(clock, "now", lambda: act_of(None).at + timedelta(days=5))
    assert "as of June 3, 2026; something changed since" in words(there.pat), "five days later it is still of its day"


def test_a_word_taken_back_empties_the_row_at_once(there):
    client = signed_in(Client(), there.rosa)
    answer = client.post(f"/employer/{there.roofing.code}/ready/", {"do": "stop"}, follow=True)

    assert "no longer sees your forecast" in answer.content.decode()
    assert "Rosa" not in words(there.pat)
    assert not KeptForecast.objects.within(ALL).exists()


def test_those_who_agreed_and_wait_for_their_first_forecast_are_counted(there):
    KeptForecast.objects.within(ALL).delete()

    assert "Being worked out" in words(there.pat)
    assert "1 of them for the first time soon" in words(there.pat)
    assert ForecastConsent.objects.within(ALL).count() == 1


@pytest.mark.parametrize("odd", ["?page=0", "?page=-1", "?page=99999", "?page=x", "?show=all&due=never"])
def test_an_odd_address_is_still_a_page(there, odd):
    words(there.pat, f"{PAGE}{odd}")


def test_the_page_asks_little(there, django_assert_max_num_queries):
    client = signed_in(Client(), there.pat)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        client.get(PAGE)
