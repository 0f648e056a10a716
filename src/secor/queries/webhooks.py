"""Whose webhook is told of which certificates, what waits for it, and what went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from secor.queries import register
from secor.queries.register import Listing
from secor.queries.watches import in_short
from secor.store.models import Delivery, Followed, Person, Webhook

__all__ = ["Delivery", "Webhook"]

SHOWN = 50
A_BATCH = 500
# A changed secret and the one before it both sign for a day, so that no message is lost while the program is changed.
BOTH_SIGN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class News:
    """A followed certificate's newest listing, where its webhook was told something else."""

    followed: Followed
    listing: Listing

    @property
    def told(self) -> str:
        """What the program knows once the message is kept."""
        return in_short(self.listing)


def held_by(person: Person) -> tuple[Webhook, ...]:
    """The webhooks of ``person``, the newest first, each with ``count``: how many certificates it follows."""
    return tuple(Webhook.objects.filter(person=person).annotate(count=Count("followed")))


def of(person: Person, code: str) -> Webhook | None:
    """The webhook of that code, where it is this person's."""
    return Webhook.objects.filter(person=person, code=code[:16]).annotate(count=Count("followed")).first()


def of_code(code: str) -> Webhook | None:
    """The webhook an act was about, while it is there."""
    return Webhook.objects.select_related("person").filter(code=code[:16]).first()


def deliveries(webhook: Webhook) -> Sequence[Delivery]:
    """The newest messages to a webhook, at most fifty."""
    return tuple(webhook.deliveries.order_by("-pk")[:SHOWN])


def numbers(webhook: Webhook) -> tuple[str, ...]:
    """The numbers a webhook follows."""
    return tuple(webhook.followed.order_by("pk").values_list("certificate__number", flat=True))


def secrets_of(webhook: Webhook, *, at: datetime) -> tuple[bytes, ...]:
    """The secrets that sign at this moment: the newest first, and for a day the one before it, too."""
    turns = [webhook.turn]
    if webhook.turn > 1 and at < webhook.turned_at + BOTH_SIGN:
        turns.append(webhook.turn - 1)
    return tuple(salted_hmac("secor.webhook", f"{webhook.code}:{turn}", algorithm="sha256").digest() for turn in turns)


def news(*, on: date) -> Iterator[News]:
    """Every certificate followed by a webhook that has answered, and was told something else than stands today.

    While the register can confirm nothing no program is told: it may be settled within the hour.
    """
    live = Followed.objects.filter(webhook__answered_at__isnull=False, webhook__silenced_at__isnull=True)
    rows = live.select_related("webhook", "certificate__employer", "certificate__partner").order_by("pk")
    after = 0
    while some := list(rows.filter(pk__gt=after)[:A_BATCH]):
        after = some[-1].pk
        for followed, listing in zip(some, register.newest_of([row.certificate for row in some], on=on), strict=True):
            if listing.confirmed and followed.told != in_short(listing):
                yield News(followed, listing)


def due(*, at: datetime) -> tuple[int, ...]:
    """The webhooks for which something waits and that may be tried now, those that wait longest first."""
    rows = Webhook.objects.filter(Exists(waiting().filter(webhook=OuterRef("pk"))))
    return tuple(
        islice(
            rows.filter(silenced_at__isnull=True, send_after__lte=at)
            .order_by("send_after", "pk")
            .values_list("pk", flat=True),
            A_BATCH,
        )
    )


def waiting() -> QuerySet[Delivery]:
    """The messages that were neither taken by their program nor given up."""
    return Delivery.objects.filter(done_at__isnull=True, parked_at__isnull=True)
