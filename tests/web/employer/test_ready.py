"""Would we pass: an owner's picture of it, drawn from the records themselves."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.test import Client

from cards import act_of, card, worker_of
from cast import cast, signed_in
from secor.queries.readiness import readiness_of
from secor.queries.workers import trainings_of
from secor.store.models import Entry, KeptForecast, Membership, Program, Tally, Ticket, Worker
from secor.store.scope import house
from secor.usecases import forecasts, records
from secor.web import clock

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 10)
ALL = house("this test")


def lack(found, kind):
    return next((each for each in found.forecast.lacks if each.evidence == kind), None)


def test_a_card_kept_lifts_the_forecast_at_once():
    there = cast()
    before = readiness_of(there.roofing, on=ON, audit_on=date(2026, 12, 31))
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=date(2026, 6, 3)))
    after = readiness_of(there.roofing, on=ON, audit_on=date(2026, 12, 31))

    assert after.forecast.nothing_more.share > before.forecast.nothing_more.share
    assert date(2026, 6, 1) not in [each.first for each in lack(after, "hazard_assessment_site").still_open]
    assert lack(after, "hazard_assessment_site").missed[0].first == date(2026, 1, 1)


def test_what_everybody_needs_counts_by_the_crew_of_today():
    there = cast()
    worker_of(there.roofing, "Wes")
    found = readiness_of(there.roofing, on=ON)
    each_person = [form for form in found.forms.values() if form.each_person]

    assert all(lack(found, kind).now == 0 for form in each_person for kind in form.evidence if lack(found, kind))


AUDIT = date(2026, 12, 31)


def ticketed(*last_days, training="fall"):
    """A crew of roofers, each with a ticket that ends on one of these days (None: without one)."""
    there = cast()
    at = act_of(there.rosa).at
    Program.objects.create(employer=there.roofing, trade="roofing", begun_on=ON, changed_at=at, jobs=["shingles"])
    wanted_of_all = [each.key for each in trainings_of(there.roofing) if each.key != training]
    for nth, last in enumerate(last_days):
        worker = worker_of(there.roofing, f"Worker {nth}")
        worker.needs, worker.needs_not = [training], wanted_of_all
        worker.save(update_fields=["needs", "needs_not"])
        if last is not None:
            told = {"worker": worker, "training": training, "title": training, "expires_on": last}
            Ticket.objects.create(employer=there.roofing, issued_on=date(2024, 1, 8), **told)
    return there


@pytest.mark.parametrize(("last", "good"), [(AUDIT, 2), (date(2026, 12, 30), 1)])
def test_tickets_count_that_are_good_on_the_day_of_the_audit(last, good):
    there = ticketed(last, date(2028, 1, 1), None)
    found = readiness_of(there.roofing, on=ON, audit_on=AUDIT)

    assert lack(found, "ticket_copy").now == Fraction(good, 3)
    assert (found.tickets["ticket_copy"].good, found.tickets["ticket_copy"].of) == (good, 3)
    assert "first_aid_certificate" not in found.tickets


def test_a_first_aiders_ticket_shows_the_first_aid_and_an_expired_one_is_what_gains_points(monkeypatch):
    monkeypatch.setattr("secor.web.employer.ready.SHOWN", 99)  # a new business lacks more than one page shows
    there = ticketed(date(2027, 6, 1), training="first_aid")
    whole = readiness_of(there.roofing, on=ON, audit_on=AUDIT)
    Ticket.objects.within(ALL).update(expires_on=date(2026, 6, 1))
    lost = readiness_of(there.roofing, on=ON, audit_on=AUDIT)
    page = signed_in(Client(), there.rosa).get(f"/employer/{there.roofing.code}/ready/?by={AUDIT}").content.decode()

    assert lack(whole, "first_aid_certificate") is None
    assert lack(lost, "first_aid_certificate").gain > 0
    assert whole.forecast.nothing_more.share > lost.forecast.nothing_more.share
    assert "0 of 1 are good on the day of the audit" in page
    assert f"/employer/{there.roofing.code}/workers/training/" in page


def test_where_no_ticket_is_on_file_the_records_tell():
    there = ticketed(None)
    found = readiness_of(there.roofing, on=ON, audit_on=AUDIT)

    assert found.tickets == {}
    assert lack(found, "ticket_copy").now == 0
    who = Worker.objects.within(ALL).get()
    sent = card(form="training-record", on=date(2026, 6, 3))
    sent["values"] = {"course": "Fall protection", "people": [{"code": who.code, "name": who.name}]}
    records.keep(act_of(there.rosa), employer=there.roofing, sent=sent)

    assert lack(readiness_of(there.roofing, on=ON, audit_on=AUDIT), "ticket_copy") is None


def test_the_firms_own_schedule_sets_the_pace():
    there = cast()
    at = act_of(there.rosa).at
    Program.objects.create(
        employer=there.roofing, trade="roofing", begun_on=ON, changed_at=at, rhythms={"site-hazard-card": "yearly"}
    )
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=date(2026, 6, 3)))
    found = readiness_of(there.roofing, on=ON, audit_on=date(2026, 12, 31))

    assert lack(found, "hazard_assessment_site") is None


@pytest.mark.parametrize(("conditions", "wanted"), [([], False), (["workers"], False), (["workers", "alone"], True)])
def test_a_paper_for_work_that_nobody_does_is_not_missing(conditions, wanted):
    there = cast()
    told = {"trade": "roofing", "begun_on": ON, "changed_at": act_of(there.rosa).at}
    Program.objects.create(employer=there.roofing, conditions=conditions, **told)
    found = readiness_of(there.roofing, on=ON)

    assert (lack(found, "working_alone_procedure") is not None) is (wanted or not conditions)
    assert ("checkin_log" in found.forecast.only_if) is (wanted or not conditions)


@pytest.mark.parametrize(("who", "status"), [("rosa", 200), ("sol", 200), ("wes", 403), ("sam", 404), ("dev", 403)])
def test_the_page_is_the_owners_and_the_self_assessors(who, status):
    there = cast()
    answer = signed_in(Client(), getattr(there, who)).get(f"/employer/{there.roofing.code}/ready/")

    assert answer.status_code == status


def test_the_page_says_what_gains_most_and_what_is_missing_for_ever():
    there = cast()
    words = signed_in(Client(), there.rosa).get(f"/employer/{there.roofing.code}/ready/").content.decode()

    assert "The one thing that gains most" in words
    assert "no promise" in words


@pytest.mark.parametrize("by", ["2026-13-01", "x", "1999-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_asked_about_is_passed_over(by):
    there = cast()

    assert signed_in(Client(), there.rosa).get(f"/employer/{there.roofing.code}/ready/?by={by}").status_code == 200


def test_the_forecast_asks_little_however_much_there_is(django_assert_max_num_queries):
    there = cast()
    Tally.objects.bulk_create(
        Tally(employer=there.roofing, evidence=f"type_{nth}", month=date(2026, 1 + nth % 6, 1), records=100)
        for nth in range(300)
    )
    with django_assert_max_num_queries(25):
        readiness_of(there.roofing, on=ON)


def test_a_form_is_named_once_however_many_types_of_evidence_it_gives():
    there = cast()
    page = signed_in(Client(), there.rosa).get(f"/employer/{there.roofing.code}/ready/").context["page"]
    named = [line.what for line in [page["first"], *page["lines"]] if line]

    assert len(named) == len(set(named)) > 3


def test_what_gains_most_stands_first_and_the_others_by_what_they_gain():
    there = cast()
    page = signed_in(Client(), there.rosa).get(f"/employer/{there.roofing.code}/ready/").context["page"]
    gains = [int(line.gain.split()[0]) for line in [page["first"], *page["lines"]] if line.gain]

    assert len(gains) > 3
    assert gains == sorted(gains, reverse=True)


def ready(there, who="rosa", *, by="", **form):
    client, address = signed_in(Client(), getattr(there, who)), f"/employer/{there.roofing.code}/ready/"
    return client.post(address, form, follow=True) if form else client.get(address + by)


def test_the_owner_shows_the_forecast_to_the_partner_and_stops_again():
    there = cast()
    assert f"Show it to {there.asc.name}" in ready(there).content.decode()
    assert not KeptForecast.objects.within(ALL).exists(), "nothing is kept before anybody agreed"

    assert "You can stop that at any time." in ready(there, do="share").content.decode()
    kept = KeptForecast.objects.within(ALL).get()
    shown = ready(there).context["page"]
    assert (kept.employer, kept.audit_on, kept.passes) == (there.roofing, shown["window"].last, shown["passes"])

    assert "Only you. If you agree" in ready(there, do="stop").content.decode()
    assert not KeptForecast.objects.within(ALL).exists()


def test_a_day_that_the_owner_only_asks_about_is_not_kept_for_the_partner():
    there = cast()
    forecasts.consent(act_of(there.rosa), employer=there.roofing)
    far = f"?by={clock.day_of(clock.now()).year + 2}-01-01"

    assert ready(there, by=far).status_code == 200
    assert not KeptForecast.objects.within(ALL).exists()
    ready(there)
    before = KeptForecast.objects.within(ALL).get().audit_on
    ready(there, by=far)
    assert KeptForecast.objects.within(ALL).get().audit_on == before


def test_only_the_owner_is_asked_and_only_the_owner_may():
    there = cast()
    text = ready(there, "sol").content.decode()
    assert "Show it to" not in text
    assert "The owner can let" in text
    assert ready(there, "sol", do="share").status_code == 403
    assert not Entry.objects.within(ALL).filter(act__startswith="forecast.").exists()


def test_nobody_is_asked_who_has_no_partner_and_whoever_sends_it_anyway_is_told_why():
    there = cast()
    Membership.objects.within(ALL).filter(employer=there.roofing).delete()
    assert "Who sees this forecast" not in ready(there).content.decode()

    answer = ready(there, do="share")
    assert answer.status_code == 422
    assert "No certifying partner has taken you in yet." in answer.content.decode()


@pytest.mark.parametrize(
    ("began_on", "first", "last"),
    [
        (date(2026, 5, 7), date(2026, 5, 1), date(2027, 4, 30)),
        (date(2026, 5, 8), date(2026, 6, 1), date(2027, 5, 31)),
        (date(2026, 2, 26), date(2026, 3, 1), date(2027, 2, 28)),
    ],
)
def test_the_year_of_whoever_chooses_their_own_day_is_twelve_whole_months(began_on, first, last):
    there = cast()
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=began_on))
    found = readiness_of(there.roofing, on=ON)

    assert (found.forecast.window.first, found.forecast.window.last) == (first, last)
    asked = lack(found, "inspection_report")
    months = [each.first for each in (*asked.missed, *asked.still_open)]
    assert len(months) == 12
    assert months[0] == first


def test_what_is_missing_is_named_as_the_business_knows_it_and_opens_where_it_is_made(
    monkeypatch,
):
    there = cast()
    monkeypatch.setattr("secor.web.employer.ready.SHOWN", 99)
    by = clock.day_of(clock.now()) + timedelta(days=300)
    answer = signed_in(Client(), there.rosa).get(f"/employer/{there.roofing.code}/ready/?by={by}")
    page = answer.context["page"]
    lines = [page["first"], *page["lines"]]

    assert "Hazards and controls" in [each.what for each in lines]
    assert "Hazard assessment formal" not in answer.content.decode()
    assert f"/field/#/new/{there.roofing.code}/site-hazard-card" in [each.href for each in lines]
    assert all(int(each.gain.split()[0]) <= 100 for each in lines if each.gain)
    assert f'name="by" value="{by}"' in answer.content.decode()


def test_a_card_dated_on_a_day_to_come_fills_no_month_before_that_month_has_come():
    there = cast()
    at_end = {"audit_on": date(2026, 12, 31)}
    before = readiness_of(there.roofing, on=ON, **at_end).forecast.nothing_more.share
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=date(2026, 9, 1)))

    assert readiness_of(there.roofing, on=ON, **at_end).forecast.nothing_more.share == before
    assert readiness_of(there.roofing, on=date(2026, 9, 1), **at_end).forecast.nothing_more.share > before
