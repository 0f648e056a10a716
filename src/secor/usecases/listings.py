"""An auditor's own listing for the public: only by their own act, and gone by it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from secor.core.role import RoleKind
from secor.store.models import Listing, Person, Role
from secor.usecases.act import Act, Refusal

TOWN_MAX, ABOUT_MAX, PHONE_MAX = 80, 300, 40


class NotAnAuditor(Refusal):
    """Only auditors are listed."""


class NotAListing(Refusal):
    """A listing without a town, a language or a way to write or call."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the public may read, in the auditor's own words."""

    town: str
    english: bool
    french: bool
    about: str
    phone: str
    email: str


@transaction.atomic
def put_up(act: Act, *, told: Told) -> Listing:
    """Let the public read this of oneself, in the place of what it read before.

    Refuses whoever is no auditor on the day (``NotAnAuditor``), no town, no language, and neither a telephone number
    nor an e-mail address (``NotAListing``).
    """
    person = _auditor(act)
    town, about = _line(told.town, TOWN_MAX), _line(told.about, ABOUT_MAX)
    phone, email = _line(told.phone, PHONE_MAX), told.email.strip()
    if not town:
        raise NotAListing("Name your town, so that people near you find you.")
    if not (told.english or told.french):
        raise NotAListing("Choose the language you audit in.")
    if not (phone or email):
        raise NotAListing("Give a telephone number or an e-mail address.")
    if email:
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise NotAListing("An e-mail address looks like dev@example.ca.") from wrong
    facts = {"town": town, "english": told.english, "french": told.french, "about": about}
    row, _ = Listing.objects.update_or_create(
        person=person, defaults={**facts, "phone": phone, "email": email, "listed_at": act.at}
    )
    act.enter("listing.put_up", subject=str(person.pk))
    return row


@transaction.atomic
def take_down(act: Act) -> None:
    """Let the public read nothing of oneself any more. Twice is once; whoever was an auditor once may."""
    if act.by is None:
        raise NotAnAuditor("Only auditors are listed.")
    if Listing.objects.filter(person=act.by).delete()[0]:
        act.enter("listing.taken_down", subject=str(act.by.pk))


def _auditor(act: Act) -> Person:
    if act.by is None or not any(
        role.held_on(act.on) for role in Role.objects.filter(person=act.by, kind=RoleKind.AUDITOR)
    ):
        raise NotAnAuditor("Only auditors whom a certifying partner certifies today are listed.")
    return act.by


def _line(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]
