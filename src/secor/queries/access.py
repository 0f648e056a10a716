"""Who holds which access token, and whose one is that a program shows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from secor.core.role import RoleKind
from secor.queries.people import Scope, scope_of
from secor.store.models import AccessToken, Person

__all__ = ["AccessToken", "digest_of", "held_by", "holder", "scope_through"]


def digest_of(secret: str) -> str:
    """The fingerprint by which a token is kept. The secret is 256 random bits, so one plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def held_by(person: Person, *, on: date) -> tuple[AccessToken, ...]:
    """The tokens of ``person`` that still open something on the day ``on``, the newest first."""
    rows = AccessToken.objects.filter(person=person, withdrawn_at__isnull=True, until_on__gte=on)
    return tuple(rows.select_related("role__employer", "role__partner"))


def holder(secret: str, *, on: date) -> AccessToken | None:
    """The token with this secret, while it opens something: not withdrawn, not run out, and its role held that day."""
    rows = AccessToken.objects.filter(digest=digest_of(secret), withdrawn_at__isnull=True, until_on__gte=on)
    row = rows.select_related("person", "role__employer", "role__partner").first()
    if row is None or not row.person.is_active:
        return None
    held = row.role.from_on <= on and (row.role.until_on is None or row.role.until_on >= on)
    return row if held and row.role.person_id == row.person_id else None


def scope_through(token: AccessToken) -> Scope:
    """What a token reaches: its one role, and the audits given to its person only where that role is an auditor's."""
    scope = scope_of(token.person, (token.role,))
    return scope if token.role.kind == RoleKind.AUDITOR else replace(scope, assessor=None)
