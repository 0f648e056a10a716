"""One act: who does it, and when. Every use case takes one, and leaves one line in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from secor.queries.journal import chain_of, fingerprint, written
from secor.store.models import Chain, Employer, Entry, Partner, Person

__all__ = ["ALBERTA", "Act", "Refusal", "fingerprint", "written"]
from secor.store.prepared import Change, Insertion, Prepared

# The program's days are Alberta's days, wherever the server stands.
ALBERTA = ZoneInfo("America/Edmonton")
# What stands before a worker's code where the journal names whose hand it was.
WORKER = "worker:"


class Refusal(Exception):  # noqa: N818 - a refusal is named for what is the matter, not for an error
    """An act that may not be done. Its text is for the person: what is the matter, and what to do next."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something, and the moment (aware, UTC) it is done. ``by`` is None when the house itself acts.

    ``worker`` is the code of a worker without an account who acts with a PIN; ``by`` is None then, too.
    """

    by: Person | None
    at: datetime
    worker: str = ""

    @property
    def on(self) -> date:
        """The day of the act in Alberta."""
        return self.at.astimezone(ALBERTA).date()

    @property
    def hand(self) -> str:
        """Whose hand the journal names: a person's number, a worker's code, or nobody's."""
        if self.by is not None:
            return str(self.by.pk)
        return f"{WORKER}{self.worker}" if self.worker else ""

    def enter(
        self,
        act: str,
        *,
        employer: Employer | int | None = None,
        partner: Partner | int | None = None,
        subject: str = "",
        **detail: Any,
    ) -> Entry:
        """Write the act into the journal, chained to the entry before it. Call inside the act's transaction.

        The chain is the employer's; without one, the partner's; without either, the house's. ``detail`` holds plain
        JSON values and no free text that somebody could be named in.
        """
        employer_id = employer.pk if isinstance(employer, Employer) else employer
        partner_id = partner.pk if isinstance(partner, Partner) else partner
        chain = _hold(chain_of(employer=employer_id, partner=partner_id))
        entry = Entry(
            chain=chain,
            place=chain.length + 1,
            at=self.at,
            person=self.by,
            hand=self.hand,
            act=act,
            employer_id=employer_id,
            partner_id=partner_id,
            subject=subject,
            detail=detail,
            before=chain.head,
        )
        entry.fingerprint = fingerprint(written(entry))
        _add(entry)
        chain.length, chain.head = entry.place, entry.fingerprint
        _lengthen(chain)
        return entry


def _hold(name: str) -> Chain:
    """Take the chain for this transaction, so that two acts never claim the same place."""
    chain = _CHAIN.one(name=name)
    if chain is None:
        Chain.objects.get_or_create(pk=name)
        chain = Chain.objects.select_for_update().get(pk=name)
    return chain


# Every act asks and writes these, so their SQL is worked out once.
_CHAIN = Prepared(lambda name: Chain.objects.select_for_update().filter(pk=name), name="example")
_add, _lengthen = Insertion(Entry), Change(Chain, "length", "head")
