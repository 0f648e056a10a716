"""Asking for a free first talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from secor.core.role import RoleKind
from secor.store.models import Enquiry, Role
from secor.usecases.act import Act, Refusal

# Enough for a person who corrects themselves, too few for a program that wants to fill the list.
AN_HOUR = timedelta(hours=1)
FROM_ONE_ADDRESS = 3
FROM_EVERYONE = 200
NOTES_MAX = 1000


class TooMany(Refusal):
    """The same person, or everyone together, has asked too often within an hour."""


class NotYours(Refusal):
    """Enquiries are answered by registrars."""


class Answered(Refusal):
    """A colleague has answered already, or nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody tells us when they ask for a first talk."""

    name: str
    email: str
    business: str = ""
    phone: str = ""
    city: str = ""
    people: int | None = None
    language: str = "en-ca"
    by_phone: bool = True
    message: str = ""


@transaction.atomic
def ask(act: Act, *, question: Question) -> Enquiry:
    """Keep somebody's wish for a first talk; a letter to the house follows from the journal's entry.

    Refuses ``TooMany`` after three from one address, or two hundred from everyone, within an hour.
    """
    lately = Enquiry.objects.filter(asked_at__gt=act.at - AN_HOUR)
    if lately.filter(email__iexact=question.email).count() >= FROM_ONE_ADDRESS:
        raise TooMany("We have your earlier messages and will answer them. Wait an hour before you write again.")
    if lately.count() >= FROM_EVERYONE:
        raise TooMany("Very many people are writing right now. Try again in an hour, or call us.")
    enquiry = Enquiry(
        name=question.name,
        email=question.email,
        business=question.business,
        phone=question.phone,
        city=question.city,
        people=question.people,
        language=question.language,
        by_phone=question.by_phone,
        message=question.message,
        asked_at=act.at,
    )
    enquiry.save(force_insert=True)
    act.enter("enquiry.asked", subject=enquiry.code, by_phone=question.by_phone, people=question.people)
    return enquiry


@transaction.atomic
def answer(act: Act, *, enquiry: Enquiry, notes: str = "") -> Enquiry:
    """Keep that somebody was answered, and what came of it. Two who answer at once: the first one did.

    Done by a registrar of any certifying partner (else ``NotYours``): who asks for a first talk belongs to none yet.
    Refuses what a colleague answered or closed (``Answered``); answering one's own again is one act.
    """
    held = _held(act, enquiry)
    if held.answered_by_id is not None and act.by is not None and held.answered_by_id == act.by.pk:
        return held
    if held.answered_at is not None or held.closed_at is not None:
        raise Answered("A colleague has answered or closed this already. Open the list again.")
    held.answered_at, held.answered_by, held.notes = act.at, act.by, notes.replace("\0", "").strip()[:NOTES_MAX]
    held.save(update_fields=["answered_at", "answered_by", "notes"])
    act.enter("enquiry.answered", subject=held.code)
    return held


@transaction.atomic
def close(act: Act, *, enquiry: Enquiry) -> Enquiry:
    """Say that nothing is left to do about an enquiry, answered or not. Refuses as ``answer``; twice is one act."""
    held = _held(act, enquiry)
    if held.closed_at is not None:
        return held
    held.closed_at, held.closed_by = act.at, act.by
    held.save(update_fields=["closed_at", "closed_by"])
    act.enter("enquiry.closed", subject=held.code)
    return held


def _held(act: Act, enquiry: Enquiry) -> Enquiry:
    registrar = act.by is not None and Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person_id=act.by.pk,
        kind=RoleKind.REGISTRAR,
        from_on__lte=act.on,
    )
    if not registrar:
        raise NotYours("A registrar of a certifying partner answers this. Ask one of them.")
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
