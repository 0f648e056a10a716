"""Tells programs of changes: writes the messages, and takes them to their addresses. May be stopped at any moment.

It has a thread of its own beside the letters, so that a slow address somewhere holds up nobody's letter.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import close_old_connections
from django.urls import reverse

from secor.core.webhook import headers, read_target
from secor.post import courier
from secor.queries import webhooks as asked
from secor.store.models import Delivery, Entry, Webhook
from secor.usecases import webhooks
from secor.usecases.act import Act
from secor.usecases.letters import Draft

log = logging.getLogger(__name__)
AN_HOUR = timedelta(hours=1)
# How long one address is served before the next one has its turn.
SECONDS_EACH = 10


def following(entry: Entry) -> Iterator[Draft]:
    """The letter that tells a person that their webhook was silenced."""
    hook = asked.of_code(entry.subject) if entry.act == "webhook.silenced" else None
    if hook is None:
        return
    page = settings.SITE_URL + reverse("account:webhook", args=[hook.code])
    yield Draft(
        once=f"entry:{entry.pk}:webhook",
        to=hook.person.email,
        kind="webhook.silenced",
        subject="Your program does not take our messages",
        body=(
            f"Your webhook {' '.join(hook.name.split())} took no message for three days, or said that it is gone. "
            "We have stopped sending to it.\n\n"
            "What changes meanwhile is not lost. See what was the matter, and start it again with a test:\n\n"
            f"{page}\n"
        ),
    )


def tell(*, at: datetime) -> int:
    """Write a message for every change that a program was not told of. Give how many. One bad one stops no other."""
    written = 0
    for news in asked.news(on=Act(None, at).on):
        page = settings.SITE_URL + reverse("public:check", args=[news.listing.number])
        try:
            written += webhooks.tell(news=news, page=page, at=at)
        except Exception:
            log.exception("A change of a certificate could not be told to a program; the next round tries again.")
    return written


def send(*, now: Callable[[], datetime], context: ssl.SSLContext | None = None) -> tuple[int, int]:
    """Send what waits, each address for a few seconds at most. Give how many were taken and how many were not."""
    gone = lost = 0
    for key in asked.due(at=now()):
        hook = webhooks.take(key, at=now())
        if hook is None:
            continue
        try:
            taken, failed = _served(hook, now=now, context=context)
        except Exception:
            log.exception("One webhook could not be served; it is tried again in two minutes.")
            continue
        gone, lost = gone + taken, lost + failed
    return gone, lost


def _served(hook: Webhook, *, now: Callable[[], datetime], context: ssl.SSLContext | None) -> tuple[int, int]:
    """Send to one address until it has all, fails, or has had its time."""
    gone, until = 0, monotonic() + SECONDS_EACH
    while monotonic() < until and (delivery := webhooks.next_of(hook)) is not None:
        if not _carried(hook, delivery, now=now, context=context):
            return gone, 1
        gone += 1
    webhooks.rest(hook, at=now())
    return gone, 0


def _carried(hook: Webhook, delivery: Delivery, *, now: Callable[[], datetime], context: ssl.SSLContext | None) -> bool:
    at = now()
    above = headers(delivery.body, number=delivery.number, at=at, secrets=asked.secrets_of(hook, at=at))
    answer = courier.carry(
        read_target(hook.url), delivery.body, headers=above, within=settings.WEBHOOKS_WITHIN, context=context
    )
    if answer.trouble:
        webhooks.failed(delivery, trouble=answer.trouble, answer=answer.number, at=now())
        return False
    webhooks.taken(delivery, answer=answer.number or 0, at=now())
    return True


def run_forever(*, now: Callable[[], datetime], stop: threading.Event, pause: float = 5.0) -> None:
    """Keep telling and sending until told to stop. Changes are looked for once an hour, and when the day is moved."""
    looked: datetime | None = None
    while not stop.wait(pause):
        try:
            at = now()
            if looked is None or abs(at - looked) >= AN_HOUR:
                tell(at=at)
                webhooks.forget(at=at)
                looked = at
            send(now=now)
        except Exception:
            log.exception("A round of webhooks failed; the next one tries again.")
        finally:
            close_old_connections()
