"""What an entry of the journal covers with its fingerprint, and whether any chain of entries was changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction

from secor.store.models import Chain, Entry
from secor.store.prepared import Prepared
from secor.store.scope import house

ALL_CHAINS = house("every chain of the journal is checked")
AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a chain is not as it was written. ``place`` is the entry's, or the first one missing."""

    chain: str
    place: int
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How much of the journal was looked at, and every break in it."""

    chains: int
    entries: int
    breaks: tuple[Break, ...]


def written(entry: Entry) -> Mapping[str, Any]:
    """Give the part of an entry that its fingerprint covers."""
    return {
        "chain": entry.chain_id,
        "place": entry.place,
        "at": entry.at.isoformat(),
        "hand": entry.hand,
        "act": entry.act,
        "employer": entry.employer_id,
        "partner": entry.partner_id,
        "subject": entry.subject,
        "detail": entry.detail,
        "before": entry.before,
    }


def chain_of(*, employer: int | None = None, partner: int | None = None) -> str:
    """Name the chain that an act is written into: the employer's, without one the partner's, else the house's."""
    if employer is not None:
        return f"employer:{employer}"
    return f"partner:{partner}" if partner is not None else "house"


def heads_of(*, employer: int, partner: int) -> tuple[tuple[str, str], ...]:
    """Tell where the chains of an employer and of its partner end now, for the price of one read by key.

    Whatever is done to either lengthens its chain, so while the ends stay the same, so does everything told of them.
    """
    return tuple(_HEADS(employer=chain_of(employer=employer), partner=chain_of(partner=partner)))


_HEADS = Prepared(
    lambda employer, partner: Chain.objects.filter(pk__in=[employer, partner]).order_by("pk").values_list("pk", "head"),
    employer="employer:900000001",
    partner="partner:900000002",
)


def fingerprint(value: Mapping[str, Any]) -> str:
    """Give the SHA-256 of ``value`` in the one spelling that JSON with sorted keys and no spaces gives it."""
    spelled = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(spelled.encode()).hexdigest()


@transaction.atomic
def check() -> Checked:
    """Work every fingerprint of the journal out anew, chain by chain, and give every break with its place.

    Finds what was edited, deleted, put in, moved or dated otherwise without its fingerprints. Who can write to the
    database and also works out a whole chain anew is found only by comparing with a copy from before.
    """
    ends = {chain.pk: chain for chain in Chain.objects.order_by("pk")}
    entries = Entry.objects.within(ALL_CHAINS).order_by("chain_id", "place")
    seen: set[str] = set()
    count, breaks = 0, []
    for name, rows in groupby(entries.iterator(chunk_size=AT_A_TIME), key=lambda entry: entry.chain_id):
        walk = _Walk(name)
        breaks += [each for entry in rows for each in walk.past(entry)]
        breaks += walk.at_end(ends[name])
        count += walk.count
        seen.add(name)
    for name in sorted(ends.keys() - seen):
        breaks += _Walk(name).at_end(ends[name])
    return Checked(len(ends), count, tuple(breaks))


@dataclass(slots=True)
class _Walk:
    """A walk along one chain: where it has come to, and the fingerprint that the next entry must carry."""

    chain: str
    place: int = 0
    head: str = ""
    count: int = 0

    def past(self, entry: Entry) -> Iterator[Break]:
        """Go past one entry and tell what is the matter with it."""
        if entry.place != self.place + 1:
            missing = entry.place - self.place - 1
            what = "an entry is missing" if missing == 1 else f"{missing} entries are missing"
            yield Break(self.chain, self.place + 1, what)
        elif entry.before != self.head:
            yield Break(self.chain, entry.place, "it does not follow from the entry before it")
        if fingerprint(written(entry)) != entry.fingerprint:
            yield Break(self.chain, entry.place, "it was changed after it was written")
        self.place, self.head = entry.place, entry.fingerprint
        self.count += 1

    def at_end(self, end: Chain) -> Iterator[Break]:
        """Hold the last entry against what the chain says of its end."""
        if self.place < end.length:
            missing = end.length - self.place
            what = "the last entry is missing" if missing == 1 else f"the last {missing} entries are missing"
            yield Break(self.chain, self.place + 1, what)
        elif self.place > end.length or self.head != end.head:
            yield Break(self.chain, self.place, "the chain does not end with this entry")
