"""Who follows a certificate, by which link they come back, and what they have not been told yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from secor.queries import register
from secor.queries.register import Listing
from secor.store.models import Watch

__all__ = ["Watch"]

# An address that was typed and never confirmed may be somebody else's: it is forgotten after a week.
UNCONFIRMED_LIVES = timedelta(days=7)
DIGITS = 32
CODE = 12
A_BATCH = 500


@dataclass(frozen=True, slots=True)
class News:
    """A certificate's newest listing, and the watch whose reader was told something else."""

    watch: Watch
    listing: Listing

    @property
    def told(self) -> str:
        """What the reader knows once the letter is written."""
        return in_short(self.listing)


def in_short(listing: Listing) -> str:
    """A number and its standing: what one watch tells of."""
    return f"{listing.number} {listing.standing}"


def link_of(watch: Watch) -> str:
    """What stands in the address of the reader's own page: the code, and a seal that only this site can make."""
    return f"{watch.code}{_seal(watch.code)}"


def by_link(link: str, *, at: datetime) -> Watch | None:
    """The watch of that link, until it is ended, or was not confirmed for a week."""
    code, seal = link[:CODE], link[CODE:]
    if not constant_time_compare(seal, _seal(code)):
        return None
    watch = _live().filter(code=code).first()
    if watch is None or (watch.confirmed_at is None and at >= watch.asked_at + UNCONFIRMED_LIVES):
        return None
    return watch


def of_code(code: str) -> Watch | None:
    """The watch an act was about, until it is ended."""
    return _live().filter(code=code[:16]).first()


def newest(watch: Watch, *, on: date) -> Listing:
    """What the watched certificate, or the one in its place, is worth on that day."""
    return _newest([watch], on)[watch.certificate_id]


def news(*, on: date) -> Iterator[News]:
    """Every confirmed watch whose reader knows something else than what stands today. Read in batches.

    While the register can confirm nothing nobody is written to: it may be settled within the hour.
    """
    rows = iter(_live().filter(confirmed_at__isnull=False).order_by("pk").iterator(A_BATCH))
    while some := list(islice(rows, A_BATCH)):
        listings = _newest(some, on)
        for watch in some:
            listing = listings[watch.certificate_id]
            if listing.confirmed and watch.told != in_short(listing):
                yield News(watch, listing)


def _newest(watches: list[Watch], on: date) -> Mapping[int, Listing]:
    rows = {watch.certificate_id: watch.certificate for watch in watches}
    return dict(zip(rows, register.newest_of(list(rows.values()), on=on), strict=True))


def _live() -> QuerySet[Watch]:
    return Watch.objects.filter(ended_at__isnull=True).select_related("certificate__employer", "certificate__partner")


def _seal(code: str) -> str:
    return salted_hmac("secor.watch", code, algorithm="sha256").hexdigest()[:DIGITS]
