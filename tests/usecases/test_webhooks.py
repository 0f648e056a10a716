"""A program's address is kept, told of every change of what it follows, and silenced where it is dead."""

import json
from datetime import timedelta

import pytest

from certified import a_certificate, a_person, an_employer, office
from receivers import HERE, receiver
from secor.core.webhook import PAUSES, NotAnAddress
from secor.post import letters
from secor.post import webhooks as post
from secor.queries import webhooks as asked
from secor.store.models import Delivery, Entry, Followed, Person, Webhook
from secor.store.scope import house
from secor.usecases import decisions, webhooks
from secor.usecases.act import Act
from secor.web import clock

pytestmark = pytest.mark.django_db
URL = "https://program.example/take"


@pytest.fixture
def there():
    return office()


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def certificate(there, now):
    return a_certificate(there.employer, there.partner, on=clock.day_of(now) - timedelta(days=40))


@pytest.fixture
def rosa(there):
    return Person.objects.get(pk=there.rosa.pk)


def made(person, at, url=URL, numbers=()):
    hook, _ = webhooks.make(Act(person, at), name="Bids", url=url)
    webhooks.follow(Act(person, at), webhook=hook, numbers=numbers)
    return hook


def answered(hook, at):
    test = Delivery.objects.get(webhook=hook, kind=webhooks.TEST)
    webhooks.taken(test, answer=204, at=at)


def suspend(there, certificate, at):
    decisions.suspend(Act(there.ines, at), certificate=certificate, reason="stop-work order")


def test_nothing_but_a_test_goes_out_before_the_program_has_answered(there, certificate, rosa, now):
    hook = made(rosa, now, numbers=[certificate.number])
    suspend(there, certificate, now)

    assert post.tell(at=now) == 0
    assert [each.kind for each in asked.deliveries(hook)] == [webhooks.TEST]

    answered(hook, now)
    assert post.tell(at=now) == 1
    assert post.tell(at=now) == 0


def test_a_change_is_told_with_what_the_register_tells_everybody_and_no_names(there, certificate, rosa, now):
    hook = made(rosa, now, numbers=[certificate.number])
    answered(hook, now)
    suspend(there, certificate, now)
    post.tell(at=now)

    kept = asked.deliveries(hook)[0]
    said = json.loads(kept.body)
    assert said["type"] == "certificate.changed"
    assert said["data"] == {
        "followed_number": certificate.number,
        "number": certificate.number,
        "word": "suspended",
        "standing": "suspended",
        "since": clock.day_of(now).isoformat(),
        "as_of": clock.day_of(now).isoformat(),
        "relied_on": False,
        "page": f"http://localhost:8000/v/{certificate.number}",
    }
    assert there.employer.legal_name not in kept.body


def test_the_program_knows_what_stands_on_the_day_it_begins_to_follow(there, certificate, rosa, now):
    suspend(there, certificate, now)
    hook = made(rosa, now, numbers=[certificate.number])
    answered(hook, now)

    assert post.tell(at=now) == 0


def test_what_is_named_is_what_is_followed_and_what_nobody_issued_is_told(there, certificate, rosa, now):
    other = a_certificate(an_employer("Other Ltd."), there.partner, serial=900_077)
    hook = made(rosa, now, numbers=[certificate.number])

    unknown = webhooks.follow(
        Act(rosa, now), webhook=hook, numbers=[other.number, other.number, "SECOR-2020-000000-00"]
    )

    assert unknown == ("SECOR-2020-000000-00",)
    assert asked.numbers(hook) == (other.number,)
    webhooks.follow(Act(rosa, now), webhook=hook, numbers=[])
    assert asked.numbers(hook) == ()


def test_what_is_still_named_keeps_what_was_told(there, certificate, rosa, now):
    hook = made(rosa, now, numbers=[certificate.number])
    answered(hook, now)
    suspend(there, certificate, now)

    webhooks.follow(Act(rosa, now), webhook=hook, numbers=[certificate.number])

    assert post.tell(at=now) == 1


def test_too_many_numbers_and_too_many_webhooks_are_refused(rosa, now, monkeypatch):
    hook = made(rosa, now)
    monkeypatch.setattr(webhooks, "FOLLOWED_MOST", 2)
    with pytest.raises(webhooks.TooMany, match="2"):
        webhooks.follow(Act(rosa, now), webhook=hook, numbers=["a", "b", "c"])
    for _ in range(webhooks.MOST - 1):
        made(rosa, now)
    with pytest.raises(webhooks.TooMany, match="Take one out"):
        webhooks.make(Act(rosa, now), name="One more", url=URL)
    with pytest.raises(NotAnAddress):
        webhooks.make(Act(rosa, now), name="Inside", url="http://localhost/")


def test_nobody_changes_another_persons_webhook(rosa, now):
    hook = made(rosa, now)
    other = Act(a_person("Otto"), now)

    for act in (webhooks.test, webhooks.renew, webhooks.remove):
        with pytest.raises(webhooks.NotThisWebhook):
            act(other, webhook=hook)
    with pytest.raises(webhooks.NotThisWebhook):
        webhooks.follow(other, webhook=hook, numbers=[])
    with pytest.raises(webhooks.NotThisWebhook):
        webhooks.make(Act(None, now), name="x", url=URL)
    assert asked.of(other.by, hook.code) is None


def test_a_new_secret_signs_at_once_and_the_old_one_for_a_day(rosa, now):
    hook = made(rosa, now)
    before = asked.secrets_of(hook, at=now)

    told = webhooks.renew(Act(rosa, now), webhook=hook)

    hook.refresh_from_db()
    both = asked.secrets_of(hook, at=now + timedelta(hours=23))
    assert both[1:] == before
    assert told == webhooks.secret_written(both[0])
    assert asked.secrets_of(hook, at=now + timedelta(days=1)) == both[:1]


def test_a_dead_address_is_left_alone_longer_and_longer_then_silenced_and_its_person_is_told(rosa, now):
    hook = made(rosa, now)
    at = now
    for pause in PAUSES:
        assert webhooks.take(hook.pk, at=at) is not None
        webhooks.failed(webhooks.next_of(hook), trouble="It hung up.", at=at)
        hook.refresh_from_db()
        assert hook.send_after == at + pause
        assert webhooks.take(hook.pk, at=at + pause - timedelta(seconds=1)) is None
        at += pause
    assert hook.silenced_at is None
    webhooks.failed(webhooks.next_of(hook), trouble="It hung up.", at=at)
    hook.refresh_from_db()

    assert hook.silenced_at == at
    assert asked.due(at=at + timedelta(days=9)) == ()
    entry = Entry.objects.within(house("the test looks")).get(act="webhook.silenced")
    [letter] = letters.following(entry)
    assert letter.to == rosa.email
    assert f"/accounts/webhooks/{hook.code}/" in letter.body
    assert URL not in letter.body


def test_a_program_that_says_it_is_gone_is_believed_and_a_test_starts_it_again(rosa, now):
    hook = made(rosa, now)
    webhooks.failed(webhooks.next_of(hook), trouble="It answered 410.", answer=410, at=now)
    hook.refresh_from_db()
    assert hook.silenced_at == now

    with pytest.raises(webhooks.TooSoon):
        webhooks.test(Act(rosa, now), webhook=hook)
    later = now + timedelta(minutes=2)
    webhooks.test(Act(rosa, later), webhook=hook)
    hook.refresh_from_db()
    assert (hook.silenced_at, hook.failures) == (None, 0)
    assert asked.due(at=later) == (hook.pk,)


def test_what_changes_while_a_webhook_is_silenced_is_told_when_it_starts_again(there, certificate, rosa, now):
    hook = made(rosa, now, numbers=[certificate.number])
    answered(hook, now)
    Webhook.objects.update(silenced_at=now)
    suspend(there, certificate, now)
    assert post.tell(at=now) == 0

    webhooks.test(Act(rosa, now + timedelta(minutes=2)), webhook=hook)

    assert post.tell(at=now + timedelta(minutes=2)) == 1


def test_one_message_that_is_never_taken_holds_up_no_other_and_is_given_up(rosa, now):
    hook = made(rosa, now)
    bad = webhooks.next_of(hook)
    webhooks.failed(bad, trouble="It answered 500.", answer=500, at=now)
    webhooks.test(Act(rosa, now + timedelta(minutes=2)), webhook=hook)

    assert webhooks.next_of(hook) != bad
    webhooks.taken(webhooks.next_of(hook), answer=200, at=now)
    for _ in range(webhooks.TRIES - 1):
        Webhook.objects.update(failures=0)
        webhooks.failed(webhooks.next_of(hook), trouble="It answered 500.", answer=500, at=now)
    bad.refresh_from_db()
    assert bad.parked_at == now
    assert webhooks.next_of(hook) is None


def test_two_senders_do_not_take_the_same_webhook(rosa, now):
    hook = made(rosa, now)

    assert webhooks.take(hook.pk, at=now) is not None
    assert webhooks.take(hook.pk, at=now) is None
    assert webhooks.take(hook.pk, at=now + webhooks.LEASE) is not None


def test_taken_out_nothing_of_it_is_left(certificate, rosa, now):
    hook = made(rosa, now, numbers=[certificate.number])

    webhooks.remove(Act(rosa, now), webhook=hook)

    assert (Webhook.objects.count(), Followed.objects.count(), Delivery.objects.count()) == (0, 0, 0)


def test_messages_are_forgotten_after_a_month_but_not_while_they_wait(rosa, now):
    hook = made(rosa, now)
    answered(hook, now)
    webhooks.test(Act(rosa, now + timedelta(minutes=2)), webhook=hook)

    assert webhooks.forget(at=now + timedelta(days=29)) == 0
    assert webhooks.forget(at=now + timedelta(days=31)) == 1
    assert [each.done_at for each in asked.deliveries(hook)] == [None]


def test_the_journal_tells_what_was_done_and_never_the_address(certificate, rosa, now):
    made(rosa, now, numbers=[certificate.number])

    entries = Entry.objects.within(house("the test looks")).filter(act__startswith="webhook.")
    assert [each.act for each in entries.order_by("pk")] == ["webhook.made", "webhook.follows"]
    assert not any("program.example" in json.dumps(each.detail) for each in entries)


def test_a_real_program_takes_a_test_and_then_every_change(there, certificate, rosa, now, tmp_path, settings):
    settings.WEBHOOKS_WITHIN = HERE
    with receiver(tmp_path) as program:
        hook = made(rosa, now, url=program.url, numbers=[certificate.number])
        program.answers = [503, 200]
        assert post.send(now=lambda: now, context=program.context) == (0, 1)
        assert post.send(now=lambda: now, context=program.context) == (0, 0)
        later = now + timedelta(minutes=1)
        assert post.send(now=lambda: later, context=program.context) == (1, 0)
        suspend(there, certificate, now)
        post.tell(at=later)
        assert post.send(now=lambda: later, context=program.context) == (1, 0)

    ids = [headers["webhook-id"] for _, headers, _ in program.got]
    assert ids[0] == ids[1] != ids[2]
    assert json.loads(program.got[2][2])["data"]["word"] == "suspended"
    hook.refresh_from_db()
    assert hook.answered_at == later


def test_one_webhook_that_breaks_holds_up_no_other(rosa, now, tmp_path, settings, monkeypatch):
    settings.WEBHOOKS_WITHIN = HERE
    with receiver(tmp_path) as program:
        bad = made(rosa, now, url=program.url)
        made(rosa, now, url=program.url)
        real = post._carried
        monkeypatch.setattr(
            post, "_carried", lambda hook, *rest, **more: 1 / 0 if hook == bad else real(hook, *rest, **more)
        )

        assert post.send(now=lambda: now, context=program.context) == (1, 0)
    assert asked.due(at=now + webhooks.LEASE) == (bad.pk,)


def test_a_change_is_kept_and_known_as_told_or_neither(there, certificate, rosa, now, monkeypatch):
    hook = made(rosa, now, numbers=[certificate.number])
    answered(hook, now)
    suspend(there, certificate, now)

    def breaks(*_, **__):
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(webhooks, "_keep", breaks)
        assert post.tell(at=now) == 0
    assert post.tell(at=now) == 1
