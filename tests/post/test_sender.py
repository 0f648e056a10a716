"""Letters go out through a real post: each once, none lost, whatever falls over on the way."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from cards import act_of, card
from cast import cast
from secor.post import sender
from secor.queries import forecasts as shared
from secor.store.models import KeptForecast, Letter
from secor.store.scope import house
from secor.usecases import forecasts, records
from secor.usecases import letters as outbox
from secor.usecases.letters import Draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 18, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)


class Box:
    """What arrived, and what is refused on the way."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.refuse: dict[str, str] = {}
        self.hang_up_on: str = ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's own name
        if address in self.refuse:
            return self.refuse[address]
        if address == self.hang_up_on:
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's own name
        self.got.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"

    @property
    def to(self) -> list[str]:
        return [address for address, _ in self.got]


class Post(Controller):
    """A post office at a port that the system chooses, so that two runs never meet."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def box(settings) -> Box:
    box = Box()
    post = Post(box, hostname="127.0.0.1", port=0)
    post.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    yield box
    post.stop()


def wrote(*names: str) -> None:
    outbox.keep(
        [Draft(once=name, to=f"{name}@example.ca", kind="k", subject=f"To {name}", body="Grüße\n") for name in names],
        at=AT,
    )


def letter(name: str) -> Letter:
    return Letter.objects.get(once=name)


def test_each_letter_is_sent_once(box):
    wrote("ann", "bob", "cem")

    assert sender.send(at=AT) == (3, 0)
    assert sender.send(at=AT + timedelta(days=1)) == (0, 0)
    assert box.to == ["ann@example.ca", "bob@example.ca", "cem@example.ca"]
    assert letter("ann").sent_at == AT
    assert b"Subject: To ann" in box.got[0][1]


def test_more_letters_than_one_batch_are_all_sent(box, monkeypatch):
    monkeypatch.setattr(sender, "BATCH", 2)
    wrote(*"abcde")

    assert sender.send(at=AT) == (5, 0)
    assert len(set(box.to)) == 5


def test_while_the_post_is_down_nothing_is_lost_and_afterwards_nothing_comes_twice(box, settings):
    wrote("ann", "bob")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1  # nobody listens there

    assert sender.send(at=AT) == (0, 2)
    assert letter("ann").trouble == "ConnectionRefusedError"
    settings.EMAIL_PORT = port
    assert sender.send(at=AT + LEASE - timedelta(seconds=1)) == (0, 0)
    assert sender.send(at=AT + LEASE) == (2, 0)
    assert sender.send(at=AT + timedelta(days=9)) == (0, 0)
    assert sorted(box.to) == ["ann@example.ca", "bob@example.ca"]
    assert letter("ann").trouble == ""


def test_each_try_waits_longer_than_the_one_before(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    wrote("ann")
    at, waits = AT, []
    while letter("ann").parked_at is None:
        assert sender.send(at=at) == (0, 1)
        waits.append((letter("ann").send_after - at).total_seconds() / 60)
        at = letter("ann").send_after

    assert waits == [5, 5, 8, 16, 32, 64, 128, 256]


def test_an_address_that_is_refused_is_parked_after_eight_tries_and_holds_up_nobody(box):
    box.refuse["ann@example.ca"] = "550 no such mailbox"
    wrote("ann", "bob")
    assert sender.send(at=AT) == (1, 1)
    for nth in range(1, 12):
        sender.send(at=AT + timedelta(hours=9 * nth))

    assert box.to == ["bob@example.ca"]
    assert letter("ann").tries == 8
    assert letter("ann").parked_at is not None
    assert letter("ann").sent_at is None
    assert letter("ann").trouble == "SMTPRecipientsRefused"


def test_a_line_that_breaks_costs_one_letter_and_the_next_goes_through_a_new_one(box):
    box.hang_up_on = "bob@example.ca"
    wrote("ann", "bob", "cem")

    assert sender.send(at=AT) == (2, 1)
    assert box.to == ["ann@example.ca", "cem@example.ca"]
    box.hang_up_on = ""
    assert sender.send(at=AT + LEASE) == (1, 0)


def test_a_letter_that_cannot_be_written_holds_up_nobody(box):
    wrote("ann", "bob")
    Letter.objects.filter(once="ann").update(subject="Two\nlines")

    assert sender.send(at=AT) == (1, 1)
    assert box.to == ["bob@example.ca"]
    assert letter("ann").trouble == "BadHeaderError"


def test_a_sender_killed_between_taking_and_sending_loses_nothing(box):
    wrote("ann")
    outbox.take(at=AT, lease=LEASE, most=100)  # and then the power goes

    assert sender.send(at=AT + LEASE - timedelta(seconds=1)) == (0, 0)
    assert sender.send(at=AT + LEASE) == (1, 0)
    assert box.to == ["ann@example.ca"]


def test_what_one_sender_took_the_other_does_not_get(box):
    wrote("ann", "bob")
    taken = outbox.take(at=AT, lease=LEASE, most=1)

    assert sender.send(at=AT) == (1, 0)
    assert box.to == ["bob@example.ca"]
    assert [each.once for each in taken] == ["ann"]


def test_the_same_news_is_kept_once():
    wrote("ann")
    wrote("ann")

    assert Letter.objects.count() == 1


def test_a_round_that_fails_does_not_end_the_rounds(monkeypatch):
    stop, rounds = threading.Event(), []

    def now() -> datetime:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        if len(rounds) == 1:
            raise RuntimeError("a bad moment")
        return AT

    monkeypatch.setattr(sender, "close_old_connections", lambda: None)
    sender.run_forever(now=now, stop=stop, pause=0)

    assert len(rounds) == 3


def test_what_falls_due_is_looked_for_once_an_hour_and_when_the_day_is_moved(monkeypatch):
    stop, looked = threading.Event(), []
    moments = iter([AT, AT + timedelta(minutes=59), AT + timedelta(minutes=60), AT + timedelta(days=30)])

    def now() -> datetime:
        at = next(moments)
        if at > AT + timedelta(days=1):
            stop.set()
        return at

    monkeypatch.setattr(sender, "close_old_connections", lambda: None)
    monkeypatch.setattr(sender, "remind", lambda *, at: looked.append(at))
    sender.run_forever(now=now, stop=stop, pause=0)

    assert looked == [AT, AT + timedelta(minutes=60), AT + timedelta(days=30)]


def test_a_round_keeps_the_forecasts_that_partners_see_fresh():
    there, ours = cast(), house("this test")
    at = act_of(None).at
    for person, employer in ((there.rosa, there.roofing), (there.sam, there.siding)):
        forecasts.consent(act_of(person), employer=employer)
    assert sender.foresee(at=at) == 2
    assert sender.foresee(at=at) == 0

    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=act_of(None).on))
    assert sender.foresee(at=at) == 1
    assert sender.foresee(at=at + timedelta(days=1)) == 2
    assert {row.as_of_on for row in KeptForecast.objects.within(ours)} == {act_of(None).on + timedelta(days=1)}


def test_a_round_takes_a_batch_the_oldest_first_and_one_that_fails_holds_up_nobody(monkeypatch):
    there = cast()
    at = act_of(None).at
    for person, employer in ((there.rosa, there.roofing), (there.sam, there.siding)):
        forecasts.consent(act_of(person), employer=employer)
    monkeypatch.setattr(sender, "FORECASTS", 1)
    assert [sender.foresee(at=at), sender.foresee(at=at), sender.foresee(at=at)] == [1, 1, 0]

    monkeypatch.setattr(sender, "FORECASTS", 9)
    refresh = forecasts.refresh

    def fails_for_one(employer, *, on):
        if employer == there.roofing:
            raise ValueError(employer)
        return refresh(employer, on=on)

    monkeypatch.setattr(forecasts, "refresh", fails_for_one)
    assert sender.foresee(at=at + timedelta(days=1)) == 1
    assert shared.stale(on=act_of(None).on + timedelta(days=1), most=9) == (there.roofing,)
