"""Webhooks: a program's address is kept, told of every change of what it follows, and silenced where it is dead."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from secor.core.webhook import again_at, read_target, secret_written
from secor.queries import register, webhooks
from secor.queries.watches import in_short
from secor.store.models import Certificate, Delivery, Followed, Person, Webhook
from secor.store.scope import house
from secor.usecases.act import Act, Refusal

MOST = 5
FOLLOWED_MOST = 10_000
TEST_AGAIN = timedelta(minutes=1)
TRIES = 12
KEPT = timedelta(days=30)
A_BATCH = 500
GONE = 410
CHANGED, TEST = "certificate.changed", "webhook.test"
# For so long no other sender takes the same webhook.
LEASE = timedelta(minutes=2)


class NotThisWebhook(Refusal):
    """There is no such webhook of this person."""


class TooMany(Refusal):
    """More webhooks than one person may have, or more numbers than one may follow."""


class TooSoon(Refusal):
    """A test was sent a moment ago."""


@transaction.atomic
def make(act: Act, *, name: str, url: str) -> tuple[Webhook, str]:
    """Keep a webhook of one's own, and a test for it; give it with its secret, as programs keep one.

    Nothing but tests goes there before it has answered one. Refuses ``TooMany``, and an address that messages may not
    go to (``core.webhook.NotAnAddress``).
    """
    by = _somebody(act)
    read_target(url)
    # The person's row holds the count: two forms at once do not both find room.
    Person.objects.select_for_update().get(pk=by.pk)
    if Webhook.objects.filter(person=by).count() >= MOST:
        raise TooMany(f"You have {MOST} webhooks. Take one out that no program needs any more.")
    hook = Webhook(person=by, name=name.strip()[:80], url=url, made_at=act.at, turned_at=act.at, send_after=act.at)
    hook.save(force_insert=True)
    _test(hook, at=act.at)
    act.enter("webhook.made", subject=hook.code)
    return hook, secret_written(webhooks.secrets_of(hook, at=act.at)[0])


@transaction.atomic
def follow(act: Act, *, webhook: Webhook, numbers: Collection[str]) -> tuple[str, ...]:
    """Make these certificates the ones that a webhook follows, and give the numbers that nobody issued here.

    What it followed before and is not named is followed no more. Its program knows what stands today of those that
    are new. Refuses ``TooMany`` over 10,000.
    """
    held = _held(act, webhook)
    wanted = dict.fromkeys(numbers)
    if len(wanted) > FOLLOWED_MOST:
        raise TooMany(f"A webhook follows {FOLLOWED_MOST:,} certificates at most. Make another for the rest.")
    found = _rows(list(wanted))
    before = dict(held.followed.values_list("certificate_id", "pk"))
    gone = [key for certificate, key in before.items() if certificate not in {row.pk for row in found}]
    for first in range(0, len(gone), A_BATCH):
        Followed.objects.filter(pk__in=gone[first : first + A_BATCH]).delete()
    fresh = [row for row in found if row.pk not in before]
    for first in range(0, len(fresh), A_BATCH):
        some = fresh[first : first + A_BATCH]
        listings = register.newest_of(some, on=act.on)
        Followed.objects.bulk_create(
            Followed(webhook=held, certificate=row, told=in_short(each))
            for row, each in zip(some, listings, strict=True)
        )
    if gone or fresh:
        act.enter("webhook.follows", subject=held.code, count=len(found))
    known = {row.number for row in found}
    return tuple(number for number in wanted if number not in known)


@transaction.atomic
def test(act: Act, *, webhook: Webhook) -> None:
    """Send a test, and start a webhook again that was silenced. Refuses ``TooSoon`` within a minute of the last one."""
    held = _held(act, webhook)
    if held.deliveries.filter(kind=TEST, made_at__gt=act.at - TEST_AGAIN).exists():
        raise TooSoon("A test went out a moment ago. Wait a minute, and look below for how it went.")
    held.silenced_at, held.failures, held.send_after = None, 0, act.at
    held.save(update_fields=["silenced_at", "failures", "send_after"])
    _test(held, at=act.at)
    act.enter("webhook.tested", subject=held.code)


@transaction.atomic
def renew(act: Act, *, webhook: Webhook) -> str:
    """Give a webhook a new secret. For a day both sign, so that the program can be changed without losing a message."""
    held = _held(act, webhook)
    held.turn, held.turned_at = held.turn + 1, act.at
    held.save(update_fields=["turn", "turned_at"])
    act.enter("webhook.renewed", subject=held.code)
    return secret_written(webhooks.secrets_of(held, at=act.at)[0])


@transaction.atomic
def remove(act: Act, *, webhook: Webhook) -> None:
    """Take a webhook out, with all that waits for it."""
    held = _held(act, webhook)
    act.enter("webhook.removed", subject=held.code)
    held.delete()


@transaction.atomic
def tell(*, news: webhooks.News, page: str, at: datetime) -> bool:
    """Keep the message that tells of a change, and that it was told: both or neither. False where it was told."""
    followed = news.followed
    if not Followed.objects.filter(pk=followed.pk, told=followed.told).update(told=news.told):
        return False
    data = _said(news, page)
    _keep(followed.webhook, CHANGED, data, about=news.listing.number, at=at)
    return True


@transaction.atomic
def take(key: int, *, at: datetime) -> Webhook | None:
    """Take a webhook for one round of sending: for two minutes no other sender gets it. None where another has it."""
    free = Webhook.objects.filter(pk=key, silenced_at__isnull=True, send_after__lte=at)
    if not free.update(send_after=at + LEASE):
        return None
    return Webhook.objects.get(pk=key)


def next_of(webhook: Webhook) -> Delivery | None:
    """The message to send next: one never tried before those that failed, so that one bad message holds up no other."""
    return webhooks.waiting().filter(webhook=webhook).order_by("tries", "pk").first()


@transaction.atomic
def taken(delivery: Delivery, *, answer: int, at: datetime) -> None:
    """Keep that the program has taken a message."""
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=delivery.tries + 1, tried_at=at, done_at=at, answer=answer, trouble=""
    )
    hooks = Webhook.objects.filter(pk=delivery.webhook_id)
    hooks.filter(answered_at__isnull=True).update(answered_at=at)
    hooks.update(failures=0)


@transaction.atomic
def failed(delivery: Delivery, *, trouble: str, at: datetime, answer: int | None = None) -> None:
    """Keep that a message was not taken, and when its webhook is tried again.

    A message is given up after twelve tries. A webhook that failed through every pause, or says itself that it is gone
    (410), is silenced, and its person is written to.
    """
    hook = Webhook.objects.select_for_update().filter(pk=delivery.webhook_id).first()
    if hook is None:
        return
    tries = delivery.tries + 1
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=tries, tried_at=at, answer=answer, trouble=trouble[:200], parked_at=at if tries >= TRIES else None
    )
    hook.failures += 1
    again = None if answer == GONE else again_at(at, failures=hook.failures)
    if again is None:
        hook.silenced_at = at
        Act(None, at).enter("webhook.silenced", subject=hook.code)
    hook.send_after = again or at
    hook.save(update_fields=["failures", "send_after", "silenced_at"])


def rest(webhook: Webhook, *, at: datetime) -> None:
    """Let go of a webhook that took all that was sent in this round."""
    Webhook.objects.filter(pk=webhook.pk, failures=0).update(send_after=at)


def forget(*, at: datetime) -> int:
    """Take out messages that were made a month ago and wait no more. Give how many."""
    old = Delivery.objects.filter(made_at__lte=at - KEPT).exclude(pk__in=webhooks.waiting().values("pk"))
    return old.delete()[0]


def _somebody(act: Act) -> Person:
    if act.by is None:
        raise NotThisWebhook("Sign in first.")
    return act.by


def _held(act: Act, webhook: Webhook) -> Webhook:
    row = Webhook.objects.select_for_update().filter(pk=webhook.pk, person=_somebody(act)).first()
    if row is None:
        raise NotThisWebhook("That webhook was taken out, or is not yours.")
    return row


def _rows(numbers: list[str]) -> list[Certificate]:
    found: list[Certificate] = []
    rows = Certificate.objects.within(house("whoever follows a certificate sees what everybody sees"))
    for first in range(0, len(numbers), A_BATCH):
        some = rows.filter(number__in=numbers[first : first + A_BATCH])
        found += some.select_related("employer", "partner")
    return found


def _test(webhook: Webhook, *, at: datetime) -> None:
    _keep(webhook, TEST, {"webhook": webhook.code}, about="", at=at)


def _keep(webhook: Webhook, kind: str, data: dict[str, Any], *, about: str, at: datetime) -> None:
    said = {"type": kind, "timestamp": at.isoformat(timespec="seconds"), "data": data}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    Delivery(webhook=webhook, kind=kind, about=about, body=body, made_at=at).save(force_insert=True)


def _said(news: webhooks.News, page: str) -> dict[str, Any]:
    """What a program is told of a change: no more than the register tells everybody, and no names."""
    listing = news.listing
    return {
        "followed_number": news.followed.certificate.number,
        "number": listing.number,
        "word": listing.word,
        "standing": listing.standing,
        "since": _day(listing.since),
        "as_of": _day(listing.as_of),
        "relied_on": listing.good,
        "page": page,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
