"""Letters to whoever follows a certificate: one to confirm the address, and one for every change of its standing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from secor.queries import watches as asked
from secor.queries.register import MEANINGS, Listing
from secor.store.models import Entry, Watch
from secor.usecases import watches
from secor.usecases.act import Act
from secor.usecases.letters import Draft

log = logging.getLogger(__name__)
WORDS = {
    "none": "not in force yet",
    "valid": "valid",
    "suspended": "on hold",
    "lapsed": "lapsed",
    "expired": "expired",
    "cancelled": "cancelled",
    "revoked": "taken back by the government",
    "withdrawn": "given up by the employer",
    "converted": "replaced by COR",
}


def following(entry: Entry) -> Iterator[Draft]:
    """The letter that asks whether the address is the reader's own. None once the watch has ended."""
    watch = asked.of_code(entry.subject) if entry.act == "watch.asked" else None
    if watch is None:
        return
    row = watch.certificate
    yield Draft(
        once=f"entry:{entry.pk}:watch",
        to=watch.email,
        kind="watch.asked",
        subject=f"Follow certificate {row.number}?",
        body=(
            f"Somebody, we hope you, wants a letter to this address whenever certificate {row.number} of "
            f"{_one_line(row.legal_name)} changes.\n\n"
            f"Yes, tell me: {_own_page(watch)}\n\n"
            "If it was not you, do nothing. In a week we forget your address.\n"
        ),
    )


def tell(*, at: datetime) -> int:
    """Write a letter for every change that a reader has not been told of. Give how many. One bad one stops no other."""
    act, written = Act(None, at), 0
    for news in asked.news(on=act.on):
        try:
            written += watches.tell(act, news=news, draft=_draft(news))
        except Exception:
            log.exception("A change of a certificate could not be told; the next round tries again.")
    return written


def _draft(news: asked.News) -> Draft:
    watch, listing = news.watch, news.listing
    return Draft(
        once=f"watch:{watch.pk}:{listing.number}:{listing.standing}:{listing.since}",
        to=watch.email,
        kind="watch.changed",
        subject=f"{listing.number} is now {WORDS[listing.standing]}",
        body=f"{_told(watch, listing)}\n\nThe certificate: {_page(listing)}\nStop these letters: {_own_page(watch)}\n",
    )


def _told(watch: Watch, listing: Listing) -> str:
    name = _one_line(listing.legal_name)
    if watch.certificate.number != listing.number:
        name = f"{name} has a newer certificate, {listing.number}, in place of {watch.certificate.number}. It"
    since = f" since {listing.since:%B} {listing.since.day}, {listing.since.year}" if listing.since else ""
    who = name if name.endswith("It") else f"Certificate {listing.number} of {name}"
    return f"{who} is {WORDS[listing.standing]}{since}. {MEANINGS[listing.standing]}"


def _page(listing: Listing) -> str:
    return settings.SITE_URL + reverse("public:check", args=[listing.number])


def _own_page(watch: Watch) -> str:
    return settings.SITE_URL + reverse("public:watch", args=[asked.link_of(watch)])


def _one_line(text: str) -> str:
    return " ".join(text.split())
