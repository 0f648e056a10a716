"""Quotes: whose they are, how far each has come, and the link by which whoever got one opens it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from secor.queries.people import Person
from secor.store.models import Quote, QuoteRates

__all__ = ["Quote", "QuoteRates", "by_link", "in_short", "link_of", "made_by", "of_code", "rates_of", "reached"]

# After its last day a quote can still be read, so that whoever accepted it has its paper.
READABLE = timedelta(days=366)
MOST = 200
DIGITS = 32
CODE = 12


def rates_of(person: Person) -> QuoteRates | None:
    """The person's rates; None before they kept any."""
    return QuoteRates.objects.filter(person=person).first()


def made_by(person: Person) -> tuple[Quote, ...]:
    """The person's quotes, the newest first."""
    return tuple(Quote.objects.filter(person=person).select_related("partner")[:MOST])


def reached(person: Person, code: str) -> Quote | None:
    """The quote of that code, when the person made it."""
    return Quote.objects.filter(person=person, code=code[:16]).select_related("partner", "person").first()


def of_code(code: str) -> Quote | None:
    """The quote an act was about."""
    return Quote.objects.filter(code=code[:16]).select_related("partner", "person").first()


def link_of(quote: Quote) -> str:
    """What stands in the address of its reader's page: the code, and a seal that only this site can make."""
    return f"{quote.code}{_seal(quote.code)}"


def by_link(link: str, *, on: date) -> Quote | None:
    """The quote of that link, once it was sent, while it was not taken back, and for a year after its last day."""
    code, seal = link[:CODE], link[CODE:]
    if not constant_time_compare(seal, _seal(code)):
        return None
    quote = of_code(code)
    if quote is None or quote.sent_at is None or quote.taken_back_at is not None or on > quote.good_until + READABLE:
        return None
    return quote


def in_short(quote: Quote, *, on: date) -> str:
    """How far a quote has come: draft, sent, accepted, expired or withdrawn."""
    if quote.taken_back_at is not None:
        return "withdrawn"
    if quote.accepted_at is not None:
        return "accepted"
    if quote.sent_at is None:
        return "draft"
    return "expired" if on > quote.good_until else "sent"


def _seal(code: str) -> str:
    return salted_hmac("secor.quote", code, algorithm="sha256").hexdigest()[:DIGITS]
