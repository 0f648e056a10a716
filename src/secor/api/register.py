"""The register for programs: what a certificate is worth today, by its number. Nobody needs a token.

Nothing here is told that the register's pages do not tell. An unknown number is 404 with what to do; asked for one
word, it is the word ``unknown``.
"""

from __future__ import annotations

from secor.api.offer import FromProgram, NotHere, offer
from secor.api.told import ListingTold, WordTold
from secor.core.number import NotANumber, parse
from secor.queries import register


@offer(ListingTold, "A certificate, by its number")
def certificate(request: FromProgram, number: str) -> ListingTold:
    """Tell what the certificate with this number is worth today."""
    listing = register.find(number, on=request.on)
    if listing is None:
        raise NotHere(_not_here(number))
    return ListingTold(
        number=listing.number,
        standing=listing.standing,
        since=listing.since,
        as_of=listing.as_of,
        relied_on=listing.good,
        legal_name=listing.legal_name,
        trade_name=listing.trade_name or None,
        city=listing.city or None,
        scheme=listing.scheme,
        certifying_partner=listing.partner,
        issued_on=listing.issued_on,
        term_ends_on=listing.term_ends_on,
        newer_number=listing.newer or None,
    )


@offer(WordTold, "One word for a number: is this certificate good today?")
def word(request: FromProgram, number: str) -> WordTold:
    """Tell one word. ``valid`` is said only of a certificate that a client may rely on today."""
    listing = register.find(number, on=request.on)
    if listing is None:
        return WordTold(number[: register.LONGEST], "unknown", request.on, confirmed=True)
    return WordTold(listing.number, listing.word, listing.as_of, listing.confirmed)


def _not_here(number: str) -> str:
    try:
        parse(number[: register.LONGEST])
    except NotANumber as refusal:
        return str(refusal)
    return "Nobody issued a certificate with this number here."
