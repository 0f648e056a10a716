"""Leaves: what the public log says of one event. Never a person, a mark, a head-count, a reason, or an employer's name.

A leaf is canonical JSON: keys in order, no blanks, so that the same fact is always the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from secor.core.event import EventKind

# What happens to a certificate in public: what the register's page tells of it, and nothing else.
TOLD = frozenset(
    {
        EventKind.CERTIFIED.value,
        EventKind.AUDIT_ACCEPTED.value,
        EventKind.EXTENDED.value,
        EventKind.SUSPENDED.value,
        EventKind.REINSTATED.value,
        EventKind.WITHDRAWN.value,
        EventKind.CANCELLED.value,
        EventKind.REVOKED.value,
        "replaced",
        "transferred",
        "corrected",
    }
)
# What else is told: a credential that was signed, a key of the register that begins or ends, the day's journal.
SIGNED, KEY_MADE, KEY_RETIRED, JOURNAL = "signed", "key_made", "key_retired", "journal"
KINDS = TOLD | {SIGNED, KEY_MADE, KEY_RETIRED, JOURNAL}
_FIELDS = frozenset({"at", "event", "on", "certificate", "partner", "audit", "until", "corrects", "sha256", "key"})


class NotALeaf(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """Bytes that are no leaf of this log."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry. ``at`` is the moment it was recorded (UTC, whole seconds), ``on`` the day it is about.

    ``sha256`` is the fingerprint of a signed credential, or of the ends of all chains of the journal; ``corrects`` the
    index of the leaf that did not hold.
    """

    event: str
    at: datetime
    on: date
    certificate: str = ""
    partner: str = ""
    audit: str = ""
    until: date | None = None
    corrects: int | None = None
    sha256: str = ""
    key: str = ""

    @property
    def data(self) -> bytes:
        """The leaf's bytes. What is not known is left out."""
        told: dict[str, Any] = {
            "at": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
            "event": self.event,
            "on": self.on.isoformat(),
            "certificate": self.certificate,
            "partner": self.partner,
            "audit": self.audit,
            "until": self.until.isoformat() if self.until else "",
            "corrects": self.corrects,
            "sha256": self.sha256,
            "key": self.key,
        }
        kept = {name: value for name, value in told.items() if value not in {"", None}}
        return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def of_event(  # noqa: PLR0913 - an entry tells that many things
    event: str,
    *,
    at: datetime,
    on: date,
    certificate: str,
    partner: str,
    kind: str,
    passed: bool | None,
    until: date | None,
    corrects: int | None,
) -> Leaf:
    """The entry that tells of a certificate's event; the kind of an audit only where it was passed.

    Moments are cut to whole seconds. ``corrects`` is the place of the entry that did not hold.
    """
    return Leaf(
        event=event,
        at=at.replace(microsecond=0),
        on=on,
        certificate=certificate,
        partner=partner,
        audit=kind if passed else "",
        until=until,
        corrects=corrects,
    )


def public(event: str, *, passed: bool | None) -> bool:
    """Tell whether an event belongs in the log: an audit does only where it was passed."""
    return event in TOLD and (event != EventKind.AUDIT_ACCEPTED.value or passed is True)


def read_leaf(raw: bytes) -> Leaf:
    """Read a leaf. Refuses (``NotALeaf``) what it would not have written so itself, to the byte."""
    try:
        told = json.loads(raw)
        if not isinstance(told, Mapping) or not told.keys() <= _FIELDS or told["event"] not in KINDS:
            raise NotALeaf("This is not an entry of the register's log.")
        words = (value for name, value in told.items() if name != "corrects")
        if not all(isinstance(value, str) for value in words) or type(told.get("corrects", 0)) is not int:
            raise NotALeaf("This is not an entry of the register's log.")
        leaf = Leaf(
            event=told["event"],
            at=datetime.fromisoformat(told["at"]),
            on=date.fromisoformat(told["on"]),
            certificate=told.get("certificate", ""),
            partner=told.get("partner", ""),
            audit=told.get("audit", ""),
            until=date.fromisoformat(told["until"]) if "until" in told else None,
            corrects=told.get("corrects"),
            sha256=told.get("sha256", ""),
            key=told.get("key", ""),
        )
        same = leaf.data == raw
    except (ValueError, KeyError, TypeError, AttributeError) as no:
        raise NotALeaf("This is not an entry of the register's log.") from no
    if not same:
        raise NotALeaf("This entry is not written as the log writes them.")
    return leaf
