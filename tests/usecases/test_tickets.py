"""Tickets are kept with their last day, and stay on file when they are taken out."""

from datetime import date, timedelta

import pytest

from cast import cast
from programs import NOON, act_of, built, little_library, worker
from secor.core.ticket import Need
from secor.core.trade import Training
from secor.queries import library
from secor.queries.tickets import ticket_of, wallet_of
from secor.queries.workers import card_of, cards_of, trainings_of
from secor.store.models import Entry, Ticket
from secor.store.scope import house
from secor.usecases import owner, tickets, workers
from secor.usecases.tickets import Told
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
TODAY = NOON.date()
FALL = Training("fall", "Fall protection", "Everybody on a roof", 36)
LIFT = Training("lift", "Aerial lift", "Who drives one", None)


@pytest.fixture
def there(monkeypatch):
    from dataclasses import replace

    little_library(monkeypatch)
    wiring = replace(library.trades()["wiring"], training=(FALL, LIFT))
    monkeypatch.setattr(library, "trades", lambda: {"wiring": wiring})
    made = cast()
    built(made.rosa, made.roofing)
    return made


@pytest.fixture
def tia(there):
    return worker(there.roofing, "Tia")


def added(there, tia, upload=None, **told):
    told.setdefault("issued_on", TODAY)
    return tickets.add(act_of(there.rosa), worker=tia, told=Told(**told), upload=upload)


def test_the_trades_own_time_is_taken_where_no_last_day_is_told(there, tia):
    assert added(there, tia, training="fall").expires_on == date(2029, 6, 3)
    assert added(there, tia, training="fall", number="2", forever=True).expires_on is None
    assert added(there, tia, training="fall", number="3", expires_on=TODAY).expires_on == TODAY
    assert added(there, tia, training="lift").expires_on is None
    assert added(there, tia, title="H2S Alive").expires_on is None


def test_a_ticket_is_called_as_it_says_or_as_the_trade_calls_it(there, tia):
    assert added(there, tia, training="fall").title == "Fall protection"
    assert added(there, tia, title="  H2S   Alive ").title == "H2S Alive"


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({}, tickets.Untitled),
        ({"title": " \0"}, tickets.Untitled),
        ({"training": "diving"}, tickets.NoSuchTraining),
        ({"title": "x", "issued_on": TODAY + timedelta(days=1)}, tickets.WrongDay),
        ({"title": "x", "issued_on": date(1966, 6, 2)}, tickets.WrongDay),
        ({"title": "x", "expires_on": TODAY - timedelta(days=1)}, tickets.WrongDay),
        ({"title": "x", "expires_on": date(2076, 6, 4)}, tickets.WrongDay),
    ],
)
def test_what_cannot_be_is_refused(there, tia, told, refusal):
    with pytest.raises(refusal):
        added(there, tia, **told)
    assert not Ticket.objects.within(ALL).exists()


def test_the_same_ticket_twice_is_one_and_a_photo_joins_it(there, tia):
    first = added(there, tia, training="fall", number="17")
    again = added(there, tia, training="fall", number="17", upload=sent(photo()))

    assert (again.pk, again.file.kind) == (first.pk, "image/jpeg")
    assert added(there, tia, training="fall", number="18").pk != first.pk


def test_a_ticket_taken_out_leaves_the_wallet_and_stays_on_file(there, tia):
    row = added(there, tia, training="fall")
    tickets.remove(act_of(there.rosa), ticket=row)
    tickets.remove(act_of(there.rosa, days=1), ticket=row)

    assert wallet_of(tia, on=TODAY) == ()
    assert ticket_of(tia, row.code) is None
    assert Ticket.objects.within(ALL).get().removed_at == NOON
    assert [each.act for each in Entry.objects.within(ALL).filter(subject=row.code)] == [
        "ticket.added",
        "ticket.removed",
    ]


def test_the_journal_names_no_name_and_no_number(there, tia):
    row = added(there, tia, title="Tia's licence", number="ABC-1")

    told = str(Entry.objects.within(ALL).get(act="ticket.added").detail)
    assert "Tia" not in told
    assert "ABC-1" not in told
    assert tia.code in told
    assert row.code


def test_only_an_owner_of_that_business_keeps_tickets(there, tia):
    row = added(there, tia, training="fall")
    for person in (there.wes, there.sol, there.sam, None):
        with pytest.raises(owner.NotOwner):
            tickets.add(act_of(person), worker=tia, told=Told(TODAY, title="x"))
        with pytest.raises(owner.NotOwner):
            tickets.remove(act_of(person), ticket=row)


def test_a_worker_stands_with_each_training_as_the_trade_and_the_owner_say(there, tia):
    def needs():
        return {each.training.key: each.need for each in card_of(tia, on=TODAY).needs}

    assert trainings_of(there.roofing) == (FALL, LIFT)
    assert trainings_of(there.siding) == ()
    assert needs() == {"fall": Need.MISSING, "lift": Need.UNTOLD}
    workers.need(act_of(there.rosa), worker=tia, training="fall", needed=False)
    workers.need(act_of(there.rosa), worker=tia, training="lift", needed=True)
    tia.refresh_from_db()
    assert needs() == {"fall": Need.NOT_NEEDED, "lift": Need.MISSING}
    workers.need(act_of(there.rosa), worker=tia, training="fall", needed=True)
    tia.refresh_from_db()
    assert (tia.needs, tia.needs_not) == (["lift", "fall"], [])
    added(there, tia, training="fall", issued_on=date(2026, 1, 1), expires_on=TODAY)
    assert needs()["fall"] is Need.RUNS_OUT
    (card,) = cards_of(there.roofing, on=TODAY + timedelta(days=1))
    assert [each.need for each in card.needs] == [Need.EXPIRED, Need.MISSING]
    assert (len(card.expired), len(card.missing), len(card.soon)) == (1, 1, 0)


def test_a_renewed_ticket_counts_and_the_one_before_is_called_renewed(there, tia):
    old = added(there, tia, training="fall", issued_on=date(2026, 1, 1), expires_on=TODAY)
    new = added(there, tia, training="fall")

    first, second = wallet_of(tia, on=TODAY + timedelta(days=1))
    assert (first.row, first.renewed, second.row, second.renewed) == (new, False, old, True)
    card = card_of(tia, on=TODAY + timedelta(days=1))
    assert (card.expired, card.soon) == ((), ())


def test_the_wallet_shows_what_ends_first_on_top_and_what_ended_last(there, tia):
    for title, days in (
        ("Later", 50),
        ("Sooner", 5),
        ("Today", 0),
        ("Ended", -1),
        ("Ended long ago", -9),
        ("Never", None),
    ):
        last = None if days is None else TODAY + timedelta(days=days)
        added(there, tia, title=title, issued_on=date(2026, 1, 1), expires_on=last, forever=days is None)

    held = wallet_of(tia, on=TODAY)
    assert [each.row.title for each in held] == ["Today", "Sooner", "Later", "Never", "Ended", "Ended long ago"]
    assert [each.good for each in held] == [True, True, True, True, False, False]
