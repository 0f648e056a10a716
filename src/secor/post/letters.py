"""From an act to words: who is told what. A letter tells what happened and what to do next, and nothing private.

A letter travels through other people's computers, so it names the matter and leads to the page; marks, notes and
other people's names stay on the page, behind its door.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from secor.post import bookings, enquiries, quotes, visits, watches, webhooks
from secor.post.mailings import MAILINGS, Mailing
from secor.store.models import Entry, Person
from secor.usecases.letters import Draft

SUBJECT_MAX = 200


def site(path: str) -> str:
    """The full address of a page."""
    return f"{settings.SITE_URL}{path}"


def day_in_words(day: date) -> str:
    """A day as a person writes it."""
    return f"{day:%B} {day.day}, {day.year}"


def following(entry: Entry) -> Iterator[Draft]:
    """The letters that follow from one act: none for most, one for each reader for some."""
    if entry.act == "enquiry.asked":
        yield from enquiries.following(entry)
    if entry.act.startswith("booking."):
        yield from bookings.following(entry)
    if entry.act.startswith("quote."):
        yield from quotes.following(entry)
    if entry.act.startswith("visit."):
        yield from visits.following(entry)
    if entry.act.startswith("watch."):
        yield from watches.following(entry)
    if entry.act.startswith("webhook."):
        yield from webhooks.following(entry)
    told: set[int | None] = {entry.person_id}  # nobody is told what they did themselves, or anything twice
    for mailing in MAILINGS.get(entry.act, ()):
        for person in mailing.readers(entry):
            if person.pk not in told:
                told.add(person.pk)
                yield _draft(entry, mailing, person)


def _draft(entry: Entry, mailing: Mailing, person: Person) -> Draft:
    words = {
        "business": _one_line(of.legal_name if (of := entry.employer) else getattr(entry.partner, "name", "This site")),
        "code": entry.employer.code if entry.employer else "",
        "partner": _one_line(entry.partner.name) if entry.partner else "Your certifying partner",
        "subject": entry.subject,
    }
    return Draft(
        once=f"entry:{entry.pk}:{person.pk}",
        to=person.email,
        kind=entry.act,
        subject=mailing.subject.format(**words)[:SUBJECT_MAX],
        body=f"{mailing.text.format(**words)}\n\n{site(mailing.page.format(**words))}\n",
        person=person,
        employer_id=entry.employer_id,
        partner_id=entry.partner_id,
    )


def _one_line(name: str) -> str:
    """A line break in a name would end the letter's head, or begin a line that somebody else wrote."""
    return " ".join(name.split())
