"""From an act to words: who is told what. A letter tells what happened and what to do next, and nothing private.

A letter travels through other people's computers, so it names the matter and leads to the page; marks, notes and
other people's names stay on the page, behind its door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from secor.core.role import RoleKind
from secor.queries import letters as asked
from secor.store.models import Entry, Person
from secor.usecases.act import ALBERTA
from secor.usecases.letters import Draft

Readers = Callable[[Entry], list[Person]]


def site(path: str) -> str:
    """The full address of a page."""
    return f"{settings.SITE_URL}{path}"


def day_in_words(day: date) -> str:
    """A day as a person writes it."""
    return f"{day:%B} {day.day}, {day.year}"


def owners(entry: Entry) -> list[Person]:
    """The owners of the business the act was about."""
    return asked.holders(RoleKind.OWNER, on=_day(entry), employer=entry.employer_id) if entry.employer_id else []


def registrars(entry: Entry) -> list[Person]:
    """The registrars of the partner the act was about."""
    return asked.holders(RoleKind.REGISTRAR, on=_day(entry), partner=entry.partner_id) if entry.partner_id else []


def reviewers(entry: Entry) -> list[Person]:
    """The reviewers of the partner the act was about."""
    return asked.holders(RoleKind.REVIEWER, on=_day(entry), partner=entry.partner_id) if entry.partner_id else []


def assessor(entry: Entry) -> list[Person]:
    """The person who does the audit the act was about."""
    audit = asked.audit_of(entry.subject)
    return [audit.assessor] if audit and audit.assessor else []


def assessor_and_owners(entry: Entry) -> list[Person]:
    """Everyone on the audited side, each once."""
    return list({person.pk: person for person in [*assessor(entry), *owners(entry)]}.values())


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who is told of an act, and in which words. ``page`` is where the letter leads."""

    readers: Readers
    subject: str
    text: str
    page: str


MAILINGS: dict[str, tuple[Mailing, ...]] = {}


def following(entry: Entry) -> Iterator[Draft]:
    """The letters that follow from one act: none for most, one for each reader for some."""
    for mailing in MAILINGS.get(entry.act, ()):
        for person in mailing.readers(entry):
            if entry.person_id == person.pk:
                continue  # nobody is told what they did themselves
            words = {
                "business": entry.employer.legal_name if entry.employer else "",
                "partner": entry.partner.name if entry.partner else "Your certifying partner",
                "subject": entry.subject,
            }
            yield Draft(
                once=f"entry:{entry.pk}:{person.pk}",
                to=person.email,
                kind=entry.act,
                subject=mailing.subject.format(**words),
                body=f"{mailing.text.format(**words)}\n\n{site(mailing.page.format(**words))}\n",
                person=person,
                employer_id=entry.employer_id,
                partner_id=entry.partner_id,
            )


def _day(entry: Entry) -> date:
    return entry.at.astimezone(ALBERTA).date()
