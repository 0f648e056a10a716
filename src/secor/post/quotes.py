"""Letters about a quote: to whoever it is for, with its link, and to the consultant once it is accepted."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from secor.queries import quotes as asked
from secor.store.models import Entry, Quote
from secor.usecases.letters import Draft


def following(entry: Entry) -> Iterator[Draft]:
    """What was sent goes to the business; what was accepted goes to both."""
    quote = asked.of_code(entry.subject)
    if quote is None:
        return
    theirs = settings.SITE_URL + reverse("public:quote", args=[asked.link_of(quote)])
    until = f"{quote.good_until:%B} {quote.good_until.day}, {quote.good_until.year}"
    if entry.act == "quote.sent":
        text = (
            f"{quote.trades_as} has made a quote for the SECOR audit of {quote.business}. It says what the audit will "
            f"cost, line by line, and is good until {until}.\n\n"
            "Read it, and accept it on the page if you agree. Nothing is owed before that. If this is not for you, you "
            "need not do anything: nobody writes to you about it again."
        )
        yield _draft(entry, quote, quote.email, "business", "A quote for your SECOR audit", f"{text}\n\n{theirs}\n")
    if entry.act == "quote.accepted":
        text = (
            "The quote for your SECOR audit was accepted. Its paper is on the page.\n\n"
            "Next: sign in, choose your certifying partner, ask for the audit there and name your auditor."
        )
        yield _draft(
            entry, quote, quote.email, "business", "You accepted the quote for your audit", f"{text}\n\n{theirs}\n"
        )
        mine = settings.SITE_URL + reverse("auditor:quote", args=[quote.code])
        text = "A quote that you sent was accepted. See by whom, and book the first visit once the audit is asked for."
        yield _draft(entry, quote, quote.person.email, "consultant", "Your quote was accepted", f"{text}\n\n{mine}\n")


def _draft(entry: Entry, quote: Quote, to: str, side: str, subject: str, text: str) -> Draft:
    return Draft(
        once=f"entry:{entry.pk}:{side}",
        to=to,
        kind=entry.act,
        subject=subject,
        body=text,
        person=quote.person if side == "consultant" else None,
    )
