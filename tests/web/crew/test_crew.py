"""The crew's door on a phone: the link, the PIN and its tries, and what lies behind it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from cast import cast, signed_in
from programs import built, little_library, signed
from secor.store.models import Entry, PartReading, Worker
from secor.store.scope import house
from secor.usecases import crew, pins, workers
from secor.usecases.act import Act
from secor.usecases.workers import About

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
PIN, OTHER = "402917", "402918"
NOON = datetime(2026, 6, 3, 18, tzinfo=UTC)
CLOSED = "Come in by the crew"


class Clock:
    """The moment it is on the site."""

    now = NOON


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr("secor.web.clock.now", lambda: made.now)
    return made


@pytest.fixture
def there(clock, monkeypatch):
    assert clock
    little_library(monkeypatch)
    return cast()


def act(there, person="rosa", at=NOON) -> Act:
    return Act(getattr(there, person), at)


@pytest.fixture
def tia(there):
    made = workers.add(act(there), employer=there.roofing, about=About("Tia Doe"), began_on=date(2026, 1, 5))
    return pins.put(act(there), worker=made, pin=PIN)


@pytest.fixture
def secret(there):
    return crew.open_link(act(there), employer=there.roofing)


def said(answer) -> str:
    return answer.content.decode()


def come_in(client, secret, worker, pin=PIN):
    client.get(f"/crew/open/{secret}/")
    return client.post(f"/crew/in/{worker.code}/", {"pin": pin})


@pytest.fixture
def phone(client, secret, tia):
    assert come_in(client, secret, tia).headers["Location"] == "/crew/mine/"
    return client


def test_the_link_leads_on_so_that_its_secret_leaves_the_address(client, secret):
    answer = client.get(f"/crew/open/{secret}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/crew/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_link_that_was_replaced_opens_nothing(client, there, secret, tia):
    crew.open_link(act(there), employer=there.roofing)

    answer = client.get(f"/crew/open/{secret}/")
    assert answer.status_code == 410
    assert "no longer works" in said(answer)
    assert client.get("/crew/").status_code == 403
    assert tia.name not in said(client.get("/crew/"))


def test_without_the_link_no_name_is_told(client, tia):
    for address in ("/crew/", f"/crew/in/{tia.code}/", "/crew/mine/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert CLOSED in said(answer)
        assert "Tia" not in said(answer)


def test_the_link_tells_the_names_of_its_own_business_alone(client, there, secret, tia):
    stan = workers.add(act(there, "sam"), employer=there.siding, about=About("Stan"))
    pins.put(act(there, "sam"), worker=stan, pin=PIN)
    client.get(f"/crew/open/{secret}/")

    names = said(client.get("/crew/"))
    assert tia.name in names
    assert "Stan" not in names
    assert client.get(f"/crew/in/{stan.code}/").status_code == 404
    assert client.post(f"/crew/in/{stan.code}/", {"pin": PIN}).status_code == 404


def test_the_fifth_wrong_pin_waits_and_the_count_is_kept_also_for_a_form_with_a_key(client, clock, secret, tia):
    client.get(f"/crew/open/{secret}/")
    for nth in range(4):
        answer = client.post(f"/crew/in/{tia.code}/", {"pin": OTHER, "once": f"key-{nth}"}, follow=True)
        assert f"{4 - nth} tr" in said(answer)
    answer = client.post(f"/crew/in/{tia.code}/", {"pin": OTHER, "once": "key-5"}, follow=True)
    assert "wrong five times" in said(answer)
    assert "Your PIN" not in said(answer)

    answer = client.post(f"/crew/in/{tia.code}/", {"pin": PIN, "once": "key-6"})
    assert answer.headers["Location"] == f"/crew/in/{tia.code}/", "not even the right one now"
    clock.now = NOON + timedelta(minutes=15)
    assert come_in(client, secret, tia).headers["Location"] == "/crew/mine/"


def test_a_form_sent_twice_is_one_try(client, secret, tia):
    client.get(f"/crew/open/{secret}/")
    for _ in range(9):
        client.post(f"/crew/in/{tia.code}/", {"pin": OTHER, "once": "the-same"})

    assert Worker.objects.within(ALL).get(pk=tia.pk).pin_misses == 1


def test_every_phone_counts_together(secret, tia):
    for _ in range(5):
        come_in(Client(), secret, tia, OTHER)

    assert come_in(Client(), secret, tia).headers["Location"] != "/crew/mine/"


def test_a_first_pin_leads_to_ones_own_before_anything_else(client, there, secret, tia):
    given = pins.hand_out(act(there), worker=tia)

    assert come_in(client, secret, tia, given).headers["Location"] == "/crew/pin/"
    for address in ("/crew/mine/", "/crew/wallet/"):
        assert client.get(address).headers["Location"] == "/crew/pin/"
    answer = client.post("/crew/pin/", {"pin": "111111", "again": "111111"})
    assert (answer.status_code, "Everybody tries this one first" in said(answer)) == (422, True)
    answer = client.post("/crew/pin/", {"pin": "730184", "again": "730185"})
    assert "These are other digits" in said(answer)
    assert client.post("/crew/pin/", {"pin": "730184", "again": "730184"}).headers["Location"] == "/crew/mine/"
    assert client.get("/crew/mine/").status_code == 200, "the new PIN keeps the door open"
    assert come_in(Client(), secret, tia, "730184").headers["Location"] == "/crew/mine/"


def test_a_worker_signs_what_waits_and_the_journal_names_the_code_alone(phone, there, tia):
    parts = built(there.rosa, there.roofing)
    version = signed(there.rosa, parts["policy"])
    address = f"/crew/parts/{parts['policy'].code}/"
    assert "1 part for you to read and sign" in said(phone.get("/crew/mine/"))
    assert "Rosa sees to it" in said(phone.get(address))

    answer = phone.post(address, {"worker": tia.code, "name": "Tia Doe", "agreed": "on"}, follow=True)

    assert "You have read everything" in said(answer)
    reading = PartReading.objects.within(ALL).get()
    assert (reading.worker, reading.version, reading.witness) == (tia, version, None)
    entry = Entry.objects.within(ALL).get(act="part.read")
    assert (entry.person, entry.hand, entry.detail["worker"]) == (None, f"worker:{tia.code}", tia.code)
    history = said(signed_in(Client(), there.rosa).get(f"/employer/{there.roofing.code}/history/"))
    assert "Tia Doe" in history
    assert phone.get(address).headers["Location"] == "/crew/mine/", "what is signed waits no more"


def test_nobody_signs_for_another(phone, there, tia):
    bo = workers.add(act(there), employer=there.roofing, about=About("Bo"))
    parts = built(there.rosa, there.roofing)
    signed(there.rosa, parts["policy"])

    answer = phone.post(f"/crew/parts/{parts['policy'].code}/", {"worker": bo.code, "name": "Bo", "agreed": "on"})

    assert answer.status_code == 422
    assert not PartReading.objects.within(ALL).exists()


def test_a_part_that_is_not_in_force_and_one_of_another_business_are_not_there(phone, there):
    parts = built(there.rosa, there.roofing)
    theirs = built(there.sam, there.siding)
    signed(there.sam, theirs["policy"])

    assert phone.get(f"/crew/parts/{parts['policy'].code}/").status_code == 404
    assert phone.get(f"/crew/parts/{theirs['policy'].code}/").status_code == 404


def test_a_worker_opens_no_desk(phone, there):
    for address in (f"/employer/{there.roofing.code}/", f"/employer/{there.roofing.code}/workers/", "/accounts/desk/"):
        answer = phone.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")


def test_coming_in_signs_out_whoever_was_signed_in_on_this_phone(client, there, secret, tia):
    rosa = signed_in(client, there.rosa)
    assert rosa.get(f"/employer/{there.roofing.code}/workers/").status_code == 200
    assert "Coming in here signs them out" in said(
        rosa.get(f"/crew/open/{secret}/", follow=True).client.get(f"/crew/in/{tia.code}/")
    )

    assert come_in(rosa, secret, tia).headers["Location"] == "/crew/mine/"
    assert rosa.get("/crew/mine/").status_code == 200
    assert rosa.get(f"/employer/{there.roofing.code}/workers/").status_code == 302


def test_signing_in_shuts_the_crews_pages(phone, there):
    signed_in(phone, there.rosa)

    assert phone.get("/crew/mine/").headers["Location"] == "/crew/"


@pytest.mark.parametrize("what", ["link", "pin", "end"])
def test_a_worker_is_out_as_soon_as_the_link_the_pin_or_the_work_is_gone(phone, clock, there, tia, what):
    assert phone.get("/crew/mine/").status_code == 200
    if what == "link":
        crew.close_link(act(there), employer=there.roofing)
    elif what == "pin":
        pins.put(act(there), worker=tia, pin=OTHER)
    else:
        workers.end(act(there), worker=tia, on=NOON.date())
        assert phone.get("/crew/mine/").status_code == 200, "the last day still counts"
        clock.now = NOON + timedelta(days=1)

    assert phone.get("/crew/mine/").status_code in {302, 403}
    assert "Tia" not in said(phone.get("/crew/mine/"))


def test_leaving_asks_for_the_next_name(phone):
    assert phone.post("/crew/out/").headers["Location"] == "/crew/"
    assert "Who are you?" in said(phone.get("/crew/"))
    assert phone.get("/crew/mine/").headers["Location"] == "/crew/"


def test_pages_of_the_crew_are_kept_by_nobody(phone):
    assert phone.get("/crew/mine/").headers["Cache-Control"] == "private, no-store"


def test_no_secret_is_kept_in_a_session(phone, secret):
    assert phone.get("/crew/mine/").status_code == 200
    kept = str([row.get_decoded() for row in Session.objects.all()])

    assert secret not in kept
    assert PIN not in kept
