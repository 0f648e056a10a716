"""Letters about an enquiry: to the person who asked, who has no account, and to the house that answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from secor.queries import letters as asked
from secor.store.models import Enquiry, Entry
from secor.usecases.letters import Draft


def following(entry: Entry) -> Iterator[Draft]:
    """A word to the enquirer that somebody will answer; and, where the house has an address, what was asked.

    There the letter is the message itself, so it says who asked and how to reach them.
    """
    enquiry = asked.enquiry_of(entry.subject)
    if enquiry is None:
        return
    how = "call you" if enquiry.by_phone and enquiry.phone else "write to you"
    yield Draft(
        once=f"entry:{entry.pk}:enquirer",
        to=enquiry.email,
        kind=entry.act,
        subject="We have your question about SECOR",
        body=(
            f"Somebody asked us for a free first talk and gave this e-mail address. We will {how} soon.\n\n"
            "If this was not you, do nothing: nobody writes to this address again.\n"
        ),
    )
    if settings.HELP_EMAIL:
        yield Draft(
            once=f"entry:{entry.pk}:house",
            to=settings.HELP_EMAIL,
            kind=entry.act,
            subject="Somebody asks for a first talk",
            body=_told(enquiry),
        )


def _told(enquiry: Enquiry) -> str:
    lines = (
        ("Name", enquiry.name),
        ("Business", enquiry.business),
        ("Town", enquiry.city),
        ("People", str(enquiry.people or "")),
        ("E-mail", enquiry.email),
        ("Phone", enquiry.phone),
        ("Wants", "a call" if enquiry.by_phone else "an e-mail"),
        ("Language", enquiry.language),
        ("Message", enquiry.message),
    )
    return "\n".join(f"{label}: {text}" for label, text in lines if text) + "\n"
