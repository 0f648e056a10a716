"""Following a certificate: somebody outside asks, confirms that the address is theirs, and is told of every change."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from secor.queries import watches as asked
from secor.store.models import Certificate, Watch
from secor.usecases import letters
from secor.usecases.act import Act, Refusal
from secor.usecases.letters import Draft

# Enough for a client with a yard full of trades, too few for a program that wants to fill letter boxes.
AN_HOUR = timedelta(hours=1)
AGAIN_AFTER = timedelta(minutes=15)
FROM_ONE_ADDRESS = 20
FROM_EVERYONE = 500


class TooMany(Refusal):
    """The same person, or everyone together, has asked too often within an hour."""


class Ended(Refusal):
    """The watch has ended meanwhile."""


@transaction.atomic
def ask(act: Act, *, certificate: Certificate, email: str) -> Watch:
    """Keep that somebody wants to follow a certificate; a letter with a link to confirm follows from the journal.

    Asked again a quarter of an hour later or more, the letter is written again and nothing else changes: what the
    page says never tells whether an address was known. Refuses ``TooMany`` after twenty from one address, or
    five hundred from everyone, within an hour.
    """
    email = email.strip().casefold()
    lately = Watch.objects.filter(asked_at__gt=act.at - AN_HOUR)
    if lately.filter(email=email).count() >= FROM_ONE_ADDRESS:
        raise TooMany("That is very many in an hour. Confirm those you have, and go on in an hour.")
    if lately.count() >= FROM_EVERYONE:
        raise TooMany("Very many people are asking right now. Try again in an hour.")
    held = Watch.objects.select_for_update().filter(certificate=certificate, email=email, ended_at__isnull=True).first()
    if held is not None:
        if held.asked_at <= act.at - AGAIN_AFTER:
            held.asked_at = act.at
            held.save(update_fields=["asked_at"])
            act.enter("watch.asked", subject=held.code)
        return held
    watch = Watch(certificate=certificate, email=email, asked_at=act.at)
    watch.save(force_insert=True)
    act.enter("watch.asked", subject=watch.code)
    return watch


@transaction.atomic
def confirm(act: Act, *, watch: Watch) -> Watch:
    """Keep that whoever reads this address wants to be told. They know what stands today. Twice is one act."""
    held = _held(watch)
    if held.confirmed_at is not None:
        return held
    held.confirmed_at = act.at
    held.told = asked.in_short(asked.newest(held, on=act.on))
    held.save(update_fields=["confirmed_at", "told"])
    act.enter("watch.confirmed", subject=held.code)
    return held


@transaction.atomic
def stop(act: Act, *, watch: Watch) -> None:
    """End a watch and take its address out."""
    held = _held(watch)
    held.email, held.ended_at = "", act.at
    held.save(update_fields=["email", "ended_at"])
    act.enter("watch.ended", subject=held.code)


@transaction.atomic
def tell(act: Act, *, news: asked.News, draft: Draft) -> bool:
    """Keep the letter that tells of a change, and that it was told: both or neither. False where it was told."""
    told = Watch.objects.filter(pk=news.watch.pk, told=news.watch.told, ended_at__isnull=True).update(told=news.told)
    return bool(told) and letters.keep([draft], at=act.at) == 1


def forget(act: Act) -> int:
    """Take out the addresses that were never confirmed, and the watches that ended. Give how many."""
    old = Watch.objects.filter(confirmed_at__isnull=True, asked_at__lte=act.at - asked.UNCONFIRMED_LIVES)
    return old.delete()[0] + Watch.objects.filter(ended_at__isnull=False).delete()[0]


def _held(watch: Watch) -> Watch:
    rows = Watch.objects.select_for_update(of=("self",)).select_related("certificate__employer", "certificate__partner")
    held = rows.filter(pk=watch.pk, ended_at__isnull=True).first()
    if held is None:
        raise Ended("You do not follow this certificate any more.")
    return held
