"""Links to a pack: which an employer has given out, and which one a secret opens."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secor.store.models import Employer, File, Share
from secor.store.scope import Scope, house

__all__ = ["Share"]

_OURS = house("the links of an employer that was itself reached, or whose secret was told")
# What a pack may hold, in the order in which it is shown.
HOLDS: Mapping[str, str] = {
    "certificate": "The certificate",
    "policy": "The health and safety policy",
    "program": "The whole program",
    "training": "Training, in numbers",
    "figures": "Incidents and hours of the last twelve months",
    "clearance": "The WCB clearance letter",
}
# Clients want a clearance letter that is no older; the 90th day is still good.
CLEARANCE_GOOD_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clearance letter in a pack, and the last day on which clients take it."""

    file: File
    on: date

    @property
    def good_until(self) -> date:
        """The last good day."""
        return self.on + CLEARANCE_GOOD_FOR


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def given_out(employer: Employer) -> tuple[Share, ...]:
    """Every link the employer has made, the newest first."""
    return tuple(Share.objects.within(_OURS).filter(employer=employer))


def reached(scope: Scope, employer: Employer, code: str) -> Share | None:
    """The link of that code, when ``scope`` may read it."""
    return Share.objects.within(scope).filter(employer=employer, code=code).first()


def opened_by(secret: str, *, on: date) -> Share | None:
    """The link that a secret opens on a day: up to its last day, that day counted, and while it was not withdrawn."""
    rows = Share.objects.within(_OURS).filter(secret_digest=digest(secret), withdrawn_at__isnull=True)
    return rows.filter(expires_on__gte=on).select_related("employer").first()


def keys_of(share: Share) -> tuple[str, ...]:
    """What a pack holds, in the order of ``HOLDS``."""
    there = {_key(each) for each in share.holds}
    return tuple(key for key in HOLDS if key in there)


def clearance_of(share: Share) -> Clearance | None:
    """The clearance letter of a pack, where it holds one."""
    for each in share.holds:
        if isinstance(each, dict) and each.get("key") == "clearance":
            file = File.objects.filter(pk=each["sha256"]).first()
            return Clearance(file, date.fromisoformat(each["on"])) if file is not None else None
    return None


def _key(held: Any) -> str:
    return str(held["key"]) if isinstance(held, dict) else str(held)
