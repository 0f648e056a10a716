"""A pack for a client: a link that shows what its owner chose, until a day, and no longer than the owner wants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from secor.queries.shares import HOLDS, digest
from secor.store.code import new_secret
from secor.store.models import Employer, Share
from secor.store.scope import house
from secor.usecases import files, owner
from secor.usecases.act import Act, Refusal

TITLE_MOST = 120
LONGEST = timedelta(days=366)
MOST = 200
_HELD = house("the links of an employer whose owner acts")


class Empty(Refusal):
    """A pack without anything in it, or without a name."""


class WrongDay(Refusal):
    """A last day that has passed or lies too far ahead, or a letter from a day to come."""


class Full(Refusal):
    """More links than anybody can watch over."""


def make(
    act: Act,
    *,
    employer: Employer,
    title: str,
    holds: Iterable[str],
    until_on: date,
    clearance: tuple[files.Upload, date] | None = None,
) -> str:
    """Make a link and give its secret, this one time; only its SHA-256 is kept.

    ``holds`` are keys of ``queries.shares.HOLDS``; ``clearance`` is the letter as a file, with its day. Done by an
    owner. Refuses a pack of nothing or without a name (``Empty``), a last day before today or more than a year ahead,
    a letter from a day to come (``WrongDay``), the 201st link (``Full``), and a file that ``files.shelve`` refuses.
    """
    owner.permit(act, employer=employer)
    kept: list[object] = [key for key in HOLDS if key in set(holds) and key != "clearance"]
    said = " ".join(title.replace("\0", "").split())[:TITLE_MOST]
    if not said:
        raise Empty("Give the pack a name, such as the client's.")
    if not act.on <= until_on <= act.on + LONGEST:
        raise WrongDay("Choose a last day from today on, within a year.")
    if clearance is not None:
        upload, on = clearance
        if on > act.on:
            raise WrongDay("The day on the letter has not come yet.")
        file = files.shelve(upload)
        kept.append({"key": "clearance", "sha256": file.sha256, "on": on.isoformat()})
    if not kept:
        raise Empty("Tick what the pack holds.")
    return _make(act, employer, said, kept, until_on, file if clearance is not None else None)


@transaction.atomic
def _make(
    act: Act, employer: Employer, title: str, holds: list[object], until_on: date, file: files.Shelved | None
) -> str:
    held = owner.hold(act, employer=employer)
    if Share.objects.within(_HELD).filter(employer=held).count() >= MOST:
        raise Full(f"You have {MOST} links. Use one of them, or write to us.")
    if file is not None:
        files.record(act, shelved=file)
    secret = new_secret()
    row = Share(
        employer=held,
        secret_digest=digest(secret),
        title=title,
        holds=holds,
        made_at=act.at,
        made_by=act.by,
        expires_on=until_on,
    )
    row.save(force_insert=True)
    act.enter("share.made", employer=held, subject=row.code, until_on=until_on.isoformat(), holds=len(holds))
    return secret


@transaction.atomic
def withdraw(act: Act, *, share: Share) -> None:
    """Take a link away: from now on it opens nothing. Twice is once. Done by an owner."""
    held = owner.hold(act, employer=share.employer)
    rows = Share.objects.within(_HELD).filter(pk=share.pk, withdrawn_at__isnull=True)
    if rows.update(withdrawn_at=act.at):
        act.enter("share.withdrawn", employer=held, subject=share.code)


def opened(act: Act, *, share: Share) -> None:
    """Count that somebody opened a link. Who it was is not known, and is not asked."""
    rows = Share.objects.within(_HELD).filter(pk=share.pk)
    rows.update(opened=F("opened") + 1, opened_last_at=act.at)
