"""Access tokens: made, withdrawn, used. The journal tells of each, and never a secret."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date

from django.db import transaction

from secor.core.access import AccessScope, last_day
from secor.queries import people
from secor.queries.access import digest_of
from secor.store.models import AccessToken, Role
from secor.usecases.act import Act, Refusal

# What every secret begins with, so that a program that looks for lost secrets knows it.
MARK = "secor_"
MOST = 20


class NotYourRole(Refusal):
    """A token is made for a role that its maker does not hold."""


class OpensNothing(Refusal):
    """A token without a scope, without a name, or whose last day is over."""


class TooMany(Refusal):
    """Somebody holds more tokens than anybody can keep an eye on."""


class NotThisToken(Refusal):
    """There is no such token of this person."""


@transaction.atomic
def make(act: Act, *, role: Role, name: str, scopes: Collection[AccessScope], until_on: date) -> str:
    """Make a token and give its secret, this one time: only its fingerprint is kept.

    It lasts a year at most (``core/access.LONGEST``). Refuses ``NotYourRole``, ``OpensNothing`` and ``TooMany``.
    """
    if act.by is None or role.pk not in {held.pk for held in people.roles_of(act.by, on=act.on)}:
        raise NotYourRole("You do not hold this role today. Choose one that you hold.")
    if not name.strip() or not scopes or until_on < act.on:
        raise OpensNothing("Give it a name, at least one thing to read, and a last day that is not over.")
    if AccessToken.objects.filter(person=act.by, withdrawn_at__isnull=True, until_on__gte=act.on).count() >= MOST:
        raise TooMany(f"You have {MOST} tokens in use. Withdraw one that no program needs any more.")
    secret = MARK + secrets.token_urlsafe(32)
    row = AccessToken.objects.create(
        person=act.by,
        role=role,
        name=name.strip()[:80],
        digest=digest_of(secret),
        begins=secret[: len(MARK) + 4],
        scopes=sorted(AccessScope(scope).value for scope in scopes),
        made_at=act.at,
        until_on=last_day(until_on, made_on=act.on),
    )
    act.enter("access.made", employer=role.employer_id, partner=role.partner_id, subject=str(row.pk), scopes=row.scopes)
    return secret


@transaction.atomic
def withdraw(act: Act, *, key: int) -> None:
    """Let a token open nothing from now on. Refuses ``NotThisToken`` for anybody else's, or one withdrawn before."""
    rows = AccessToken.objects.select_for_update(of=("self",)).select_related("role")
    row = rows.filter(pk=key, person=act.by, withdrawn_at__isnull=True).first() if act.by else None
    if row is None:
        raise NotThisToken("That token is withdrawn already, or is not yours.")
    row.withdrawn_at = act.at
    row.save(update_fields=["withdrawn_at"])
    act.enter("access.withdrawn", employer=row.role.employer_id, partner=row.role.partner_id, subject=str(row.pk))


def used(token: AccessToken, *, on: date) -> None:
    """Keep the day a token was last used; written once a day, so that a busy program costs nothing more."""
    if token.used_on != on:
        AccessToken.objects.filter(pk=token.pk).update(used_on=on)
