"""A worker's tickets for whoever was given the address: true today, dead once withdrawn, and in no log."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest

from cast import cast
from secor.store.models import Ticket
from secor.usecases import workers
from secor.usecases.act import Act
from secor.usecases.workers import About
from secor.web.unlogged import SecretsLeftOut

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 18, tzinfo=UTC)
TODAY = NOON.date()


class Clock:
    now = NOON


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr("secor.web.clock.now", lambda: made.now)
    return made


@pytest.fixture
def there(clock):
    assert clock
    return cast()


@pytest.fixture
def tia(there):
    made = workers.add(Act(there.rosa, NOON), employer=there.roofing, about=About("Tia Doe"))
    Ticket.objects.create(
        employer=there.roofing,
        worker=made,
        title="H2S Alive",
        number="secret-7",
        issued_on=date(2025, 1, 6),
        expires_on=TODAY,
    )
    return workers.open_wallet(Act(there.rosa, NOON), worker=made)


def said(answer) -> str:
    return answer.content.decode()


def test_it_tells_the_name_the_business_and_each_ticket_and_no_number(client, tia):
    answer = client.get(f"/wallet/{tia.wallet}/")

    for word in ("Tia Doe", "Rosa&#x27;s Roofing Ltd.", "H2S Alive", "Valid, last day today", "As of June 3, 2026"):
        assert word in said(answer), word
    assert "secret-7" not in said(answer)
    assert tia.code not in said(answer)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("private, no-store", "no-referrer")


def test_the_day_after_its_last_day_a_ticket_is_expired(client, clock, tia):
    clock.now = NOON + timedelta(days=1)

    assert "Expired" in said(client.get(f"/wallet/{tia.wallet}/"))


@pytest.mark.parametrize("how", ["renewed", "withdrawn", "left"])
def test_a_link_that_was_taken_back_shows_nothing(client, clock, there, tia, how):
    act, code = Act(there.rosa, NOON), tia.wallet
    if how == "renewed":
        fresh = workers.open_wallet(act, worker=tia).wallet
        assert client.get(f"/wallet/{fresh}/").status_code == 200
    elif how == "withdrawn":
        workers.close_wallet(act, worker=tia)
    else:
        workers.end(act, worker=tia, on=TODAY)
        assert client.get(f"/wallet/{code}/").status_code == 200
        clock.now = NOON + timedelta(days=1)
    answer = client.get(f"/wallet/{code}/")

    assert answer.status_code == 410
    assert "Tia" not in said(answer)
    assert said(client.get("/wallet/0000/")) == said(answer), "as one that never was"


def test_no_code_stands_in_the_log(client, tia, caplog):
    with caplog.at_level(logging.INFO):
        client.get(f"/wallet/{tia.wallet}x/")
    for record in caplog.records:
        SecretsLeftOut().filter(record)

    lines = [record.getMessage() for record in caplog.records if "wallet" in record.getMessage()]
    assert lines
    assert not any(tia.wallet in line for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        "Gone: /crew/open/abc123/",
        "Not Found: /wallet/abc123/photo",
        'GET "/wallet/abc123"',
        *("Gone: /calendar/abc123.ics", "Gone: /courses/abc123/", "Gone: /watch/abc123/", "Gone: /first-talk/abc123/"),
    ],
)
def test_a_secret_address_loses_its_secret_in_the_log(line):
    record = logging.LogRecord("x", 30, "", 0, "%s", (line,), None)
    SecretsLeftOut().filter(record)

    assert "abc123" not in record.getMessage()
    assert "/" in record.getMessage()


def test_other_addresses_stay_as_they_are_in_the_log():
    record = logging.LogRecord("x", 30, "", 0, "Not Found: %s", ("/employer/abc/wallet",), None)
    SecretsLeftOut().filter(record)

    assert record.getMessage() == "Not Found: /employer/abc/wallet"


def test_the_log_of_the_site_leaves_secrets_out(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secrets"]
