"""Asking for a free first talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from secor.store.models import Enquiry
from secor.usecases.act import Act, Refusal

# Enough for a person who corrects themselves, too few for a program that wants to fill the list.
AN_HOUR = timedelta(hours=1)
FROM_ONE_ADDRESS = 3
FROM_EVERYONE = 200


class TooMany(Refusal):
    """The same person, or everyone together, has asked too often within an hour."""


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
