"""Who may open which page of the employer's desk, and what a worker sees."""

from datetime import date

import pytest
from django.urls import reverse

from cast import signed_in
from programs import NOON, built, little_library, signed
from secor.store.models import Account, Employer, Entry, Headcount, Membership, Role
from secor.store.scope import house
from secor.web.employer.urls import PAGES

ALL = house("this test")
SINCE = date(2024, 1, 8)
# What workers open too: they read the parts in force, and the records that are theirs to read.
WORKERS_TOO = {"home", "program", "records", "actions"}
ONLY_READ = {"certificate", "refund", "history", "records", "ready"}

pytestmark = pytest.mark.django_db


def address(employer, page="home"):
    return reverse(f"employer:{page}", args=[employer.code])


@pytest.mark.parametrize("page", ["home", *PAGES])
def test_owner_and_self_assessor_see_every_page_of_their_own_business(client, stage, page):
    for person in (stage.rosa, stage.sol):
        answer = signed_in(client, person).get(address(stage.roofing, page))
        assert answer.status_code == 200, page
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["home", *PAGES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_business_is_not_there_at_all(client, stage, page, method):
    for person in (stage.rosa, stage.sol):
        answer = getattr(signed_in(client, person), method)(address(stage.siding, page))
        assert answer.status_code in {404, 405}, page
        assert "Siding" not in answer.content.decode()
    answer = signed_in(client, stage.wes).get(address(stage.siding, page))
    assert answer.status_code == (404 if page in WORKERS_TOO else 403)


@pytest.mark.parametrize("page", PAGES)
def test_a_code_that_never_was_looks_the_same(client, stage, page):
    answer = signed_in(client, stage.rosa).get(f"/employer/000000000000/{page}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["wes", "dev", "pat", "rey", "dana", "mona", "vic"])
def test_nobody_else_opens_a_page(client, stage, page, who):
    for method in ("get", "post"):
        if who == "wes" and method == "get" and page in WORKERS_TOO:
            continue
        answer = getattr(signed_in(client, getattr(stage, who)), method)(address(stage.roofing, page))
        assert answer.status_code in {403, 405}
        assert "Roofing" not in answer.content.decode()


# What a self-assessor changes too: they keep the list of what has to be put right.
ASSESSORS_TOO = {"actions"}


@pytest.mark.parametrize("page", [name for name in PAGES if name not in ONLY_READ | ASSESSORS_TOO])
def test_only_an_owner_changes_anything(client, stage, page):
    answer = signed_in(client, stage.sol).post(address(stage.roofing, page), {"do": "leave", "sure": "on"})

    assert answer.status_code == 403
    assert not Entry.objects.within(ALL).exists()


def test_a_visitor_is_asked_to_sign_in(client, stage):
    answer = client.get(address(stage.roofing))

    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_a_worker_sees_the_certificates_standing_and_nothing_else(client, stage):
    said = signed_in(client, stage.wes).get(address(stage.roofing)).content.decode()

    assert "holds no certificate yet" in said
    for hidden in ("Head-count", "Rosa@", "rosa@example.ca", "You are here", "Alberta Safety Council"):
        assert hidden not in said
    assert signed_in(client, stage.wes).post(address(stage.roofing)).status_code == 403


def test_one_business_is_led_to_and_two_are_chosen_from(client, stage):
    rosa = signed_in(client, stage.rosa)
    assert rosa.get("/employer/").headers["Location"] == address(stage.roofing)
    assert rosa.get("/employer/headcount/").headers["Location"] == address(stage.roofing, "headcount")

    Role.objects.create(person=stage.rosa, kind="worker", employer=stage.siding, from_on=SINCE)
    said = rosa.get("/employer/").content.decode()

    assert "Which business?" in said
    for business in (stage.roofing, stage.siding):
        assert address(business) in said


def test_a_worker_in_one_business_gains_nothing_from_owning_another(client, stage):
    Role.objects.create(person=stage.rosa, kind="worker", employer=stage.siding, from_on=SINCE)
    rosa = signed_in(client, stage.rosa)

    assert "holds no certificate yet" in rosa.get(address(stage.siding)).content.decode()
    assert rosa.get(address(stage.siding, "headcount")).status_code == 403
    answer = rosa.post(address(stage.siding, "headcount"), {"on": "2024-05-01", "full_time": "3"})
    assert answer.status_code == 403
    assert Headcount.objects.within(ALL).filter(employer=stage.siding).count() == 1


def test_a_role_that_ended_opens_nothing(client, stage):
    Role.objects.filter(person=stage.rosa).update(until_on=date(2024, 2, 1))

    assert signed_in(client, stage.rosa).get(address(stage.roofing)).status_code == 403


def test_anyone_who_signed_in_may_register_a_business_and_owns_it(client, stage):
    vic = signed_in(client, stage.vic)
    form = {"legal_name": "Vic's Vents Ltd.", "owners": "1", "full_time": "2", "account_number": "7654321"}

    answer = vic.post("/employer/join/", form, follow=True)

    made = Employer.objects.within(ALL).get(legal_name="Vic's Vents Ltd.")
    assert answer.redirect_chain[-1][0] == address(made)
    assert "Choose your certifying partner" in answer.content.decode()
    assert Role.objects.get(person=stage.vic).employer == made


def test_a_form_sent_twice_registers_one_business(client, stage):
    vic = signed_in(client, stage.vic)
    form = {"legal_name": "Vic's Vents Ltd.", "owners": "1", "once": "one-key"}

    first, second = vic.post("/employer/join/", form), vic.post("/employer/join/", form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Employer.objects.within(ALL).filter(legal_name="Vic's Vents Ltd.").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"legal_name": ""}, "Write its name."),
        ({"full_time": "-1"}, "Write 0 or more."),
        ({"full_time": "10000"}, "Write at most 9999."),
        ({"full_time": "1e3"}, "Write a whole number"),
        ({"owners": "", "full_time": ""}, "Count at least one person."),
        ({"account_number": "no number"}, "A WCB account number is on your WCB letters"),
    ],
)
def test_a_registration_with_a_slip_is_asked_again_and_nothing_is_kept(client, stage, wrong, said):
    vic = signed_in(client, stage.vic)
    form = {"legal_name": "Vic's Vents Ltd.", "owners": "1", "full_time": "2", "city": "Olds", **wrong}

    answer = vic.post("/employer/join/", form)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="Olds"' in answer.content.decode()
    assert not Role.objects.filter(person=stage.vic).exists()


def test_the_first_page_names_one_next_step(client, stage):
    Membership.objects.within(ALL).filter(employer=stage.roofing).update(left_on=SINCE)

    said = signed_in(client, stage.rosa).get(address(stage.roofing)).content.decode()

    assert "Tell us how many you are" not in said
    assert said.count('class="button" href') == 1
    assert "Choose your certifying partner" in said


def test_the_first_page_says_what_of_the_program_can_be_done_today(client, stage, monkeypatch):
    home = address(stage.roofing)
    signed_in(client, stage.rosa)
    assert "Build your program. A few questions" in client.get(home).content.decode()

    little_library(monkeypatch)
    monkeypatch.setattr("secor.web.clock.now", lambda: NOON)
    rows = built(stage.rosa, stage.roofing)
    assert "2 parts of your program still to read and sign" in client.get(home).content.decode()
    signed(stage.rosa, rows["policy"])
    assert "1 part of your program still to read and sign" in client.get(home).content.decode()
    signed(stage.rosa, rows["hazards"])
    assert "What you can do today" not in client.get(home).content.decode()


@pytest.mark.parametrize(("account", "page"), [(True, "headcount"), (False, "details")])
def test_the_steps_lead_to_where_they_are_taken(client, stage, account, page):
    closed_on = None if account else SINCE
    Account.objects.create(employer=stage.roofing, number="111", industry_code="42122", closed_on=closed_on)
    shown = signed_in(client, stage.rosa).get(address(stage.roofing)).context["steps"]
    steps = {step.title: href for step, href in shown}

    assert steps["Build your system, and keep records"] == address(stage.roofing, "program")
    assert steps["Qualify"] == address(stage.roofing, page)
