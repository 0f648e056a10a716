"""What the public may see, and nothing else. Every page, paper and program that tells strangers reads it here.

An employer is in the register once it has held a certificate. Told are its names, its city, the number, the partner,
and what the certificate is worth on the day: never a person, a telephone number, an account, a head-count, an answer,
a mark or a reason.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import StrIndex

from secor.core.certificate import Standing, StandingReport, standing
from secor.core.number import NotANumber, parse
from secor.queries import certificates, doubts, schemes
from secor.queries.histories import Life, kept_of, life_of, lives
from secor.queries.paging import Page
from secor.store.models import Certificate, Credential, Employer, Leaf, Log
from secor.store.scope import house

PUBLIC = house("the register is for everyone")
A_PAGE = 20
SHORTEST = 2
LONGEST = 100
LAST_PAGE = 50
MOST_INSIDE = 200
A_BATCH = 500


# One word of six, for whoever only wants to know whether to go on. What was replaced or outgrown is over.
WORDS = {
    "none": "unknown",
    "valid": "valid",
    "suspended": "suspended",
    "lapsed": "lapsed",
    "cancelled": "cancelled",
    "revoked": "cancelled",
    "withdrawn": "cancelled",
    "expired": "expired",
    "converted": "expired",
    "unconfirmed": "unknown",
}
# Told in place of a standing where the public log does not bear out the tables.
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Listing:
    """What the public may know of one certificate on one day."""

    number: str
    legal_name: str
    trade_name: str
    city: str
    partner: str
    scheme: str
    issued_on: date
    standing: str
    since: date | None
    term_ends_on: date | None
    as_of: date
    newer: str = ""

    @property
    def good(self) -> bool:
        """Tell whether a client may rely on it today."""
        return self.standing == "valid" and not self.newer

    @property
    def confirmed(self) -> bool:
        """Tell whether the public log bears it out. Where it does not, no standing is told at all."""
        return self.standing != UNCONFIRMED

    @property
    def word(self) -> str:
        """One word of six. ``valid`` is said only of a certificate that a client may rely on today."""
        return "expired" if self.standing == "valid" and self.newer else WORDS[self.standing]


@dataclass(frozen=True, slots=True)
class Change:
    """A standing, and the day it began."""

    standing: str
    since: date


@dataclass(frozen=True, slots=True)
class Told:
    """A certificate's listing with the history of its standing, newest first, and what the word means for a client.

    ``signed``: there is a credential to take away. ``logged``: its newest entry in the public log can be proven.
    """

    listing: Listing
    changes: tuple[Change, ...]
    title: str
    meaning: str
    signed: bool = False
    logged: bool = False


MEANINGS = {
    "none": "It has been made ready, but is not in force.",
    "valid": "It is in force. A client may rely on it today.",
    "suspended": "The certifying partner has put it on hold. Do not rely on it until it is valid again.",
    "lapsed": "A yearly audit was not sent in time. It is no longer in force.",
    "expired": "Its term ended and it was not renewed. It is no longer in force.",
    "cancelled": "The certifying partner ended it. It is no longer in force.",
    "revoked": "The government took it back. It is no longer in force.",
    "withdrawn": "The employer gave it up. It is no longer in force.",
    "converted": "The employer has grown and had to move to COR, the certificate for larger employers.",
    "unconfirmed": "What is on record here does not agree with the public log, so nothing is said of it. Do not rely "
    "on it before the certifying partner has told you themselves.",
}
NOTHING: Page[Listing] = Page((), 1, has_next=False)


def search(text: str, *, on: date, page: int = 1) -> Page[Listing]:
    """Find certificates by number, by the beginning of a name, or, where no name begins so, by any part of one.

    One certificate for each employer and scheme, its newest. Fewer than two signs find nothing.
    """
    wanted = folded(text)
    if len(wanted) < SHORTEST or page > LAST_PAGE:
        return NOTHING
    if known := find(text, on=on):
        return Page((known,), 1, has_next=False)
    page = max(page, 1)
    found = _page(_beginning(wanted), page)
    if not found and (page == 1 or not _beginning(wanted).exists()):
        found = _page(_inside(wanted), page)
    return Page(_listings(found[:A_PAGE], on, closely=True), page, has_next=len(found) > A_PAGE and page < LAST_PAGE)


def find(number: str, *, on: date) -> Listing | None:
    """The certificate with this number, typed as people type it."""
    row = row_of(number)
    return _listings([row], on, closely=True)[0] if row else None


def newest_of(rows: Sequence[Certificate], *, on: date) -> tuple[Listing, ...]:
    """For each of these certificates its listing, or that of the newest one in its place. Four queries."""
    newer = _newer(rows)
    later = Certificate.objects.within(PUBLIC).filter(number__in=newer.values()).select_related("employer", "partner")
    wanted = {row.number: row for row in (*rows, *later)}
    listings = {each.number: each for each in _listings(list(wanted.values()), on)}
    return tuple(listings[newer.get(row.pk, row.number)] for row in rows)


def many(numbers: Iterable[str], *, on: date) -> dict[str, Listing]:
    """The certificates with these numbers, as they are printed, by number; one never issued is left out."""
    found: dict[str, Listing] = {}
    wanted = iter(dict.fromkeys(numbers))
    while some := list(islice(wanted, A_BATCH)):
        rows = Certificate.objects.within(PUBLIC).filter(number__in=some).select_related("employer", "partner")
        found |= {each.number: each for each in _listings(list(rows), on)}
    return found


def told(number: str, *, on: date) -> Told | None:
    """The certificate with this number, and the history of its standing up to the day ``on``."""
    row = row_of(number)
    if row is None:
        return None
    listing = _listings([row], on, closely=True)[0]
    if not listing.confirmed:
        return Told(listing, (), schemes.edition(row.edition).title, MEANINGS[UNCONFIRMED])
    life = life_of(row.pk, among=lives(kept_of([row.employer_id]).get((row.employer_id, row.scheme), ())))
    title = schemes.edition(row.edition).title
    changes, signed = _changes(life, on) if life else (), bool(getattr(row, "signed", False))
    return Told(listing, changes, title, MEANINGS[listing.standing], signed, bool(getattr(row, "logged", False)))


def _changes(life: Life, on: date) -> tuple[Change, ...]:
    """Each standing the certificate has had, newest first. Worked out at every event's day, and at the day asked."""
    rules = certificates.rules_of(life.pin)
    days = sorted({event.on for event in life.events if event.on <= on} | {on})
    reports = (standing(life.events, rules=rules, on=day) for day in days)
    found = dict.fromkeys(Change(each.standing.value, each.since) for each in reports if each.since is not None)
    return tuple(sorted(found, key=lambda change: change.since, reverse=True))


def row_of(number: str) -> Certificate | None:
    """The row behind a number; for the check page, which also tells its history."""
    try:
        canonical = str(parse(number[:LONGEST]))
    except NotANumber:
        return None
    rows = (
        Certificate.objects.within(PUBLIC)
        .filter(number=canonical)
        .annotate(signed=Exists(_CREDENTIAL), logged=Exists(_LEAF))
    )
    return rows.select_related("employer", "partner", "replaced_by").first()


# Told with its row, so that the check page asks nothing more to know whether there is something signed to take away.
_SIGNED = Log.objects.filter(note__gt="")
_LEAF = Leaf.objects.filter(Exists(_SIGNED), event__certificate=OuterRef("pk"))
_CREDENTIAL = Credential.objects.filter(certificate=OuterRef("pk"), superseded_at__isnull=True, signed_at__isnull=False)


def folded(text: str) -> str:
    """A name as it is looked for: lower case, no accents, one space between words, nothing a screen cannot show."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST])
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign) and (sign.isprintable() or sign == " "))
    return " ".join(letters.casefold().split())


def _newest() -> QuerySet[Certificate]:
    """The newest certificate of each employer and scheme."""
    later = Certificate.objects.within(PUBLIC).filter(
        employer=OuterRef("employer"), scheme=OuterRef("scheme"), pk__gt=OuterRef("pk")
    )
    rows = Certificate.objects.within(PUBLIC).filter(~Exists(later), replaced_by__isnull=True)
    return rows.select_related("employer", "partner").order_by("employer__search_name", "pk")


def _beginning(wanted: str) -> QuerySet[Certificate]:
    """Certificates whose employer's name begins so, found through the index on both engines."""
    if connection.vendor == "postgresql":
        return _newest().filter(employer__search_name__startswith=wanted)
    # SQLite does not use an index for LIKE with an ESCAPE clause, which Django always writes.
    return _newest().filter(employer__search_name__gte=wanted, employer__search_name__lt=wanted + "\U0010ffff")


def _inside(wanted: str) -> QuerySet[Certificate]:
    """Certificates whose employer's name holds the text anywhere.

    Every name is looked at, but nothing else of its row: the index of names alone is read, and at most so many of
    the names found are followed to their certificates.
    """
    names = Employer.objects.within(PUBLIC).annotate(at=StrIndex("search_name", Value(wanted))).filter(at__gt=0)
    keys = list(names.order_by("search_name").values_list("pk", flat=True)[:MOST_INSIDE])
    return _newest().filter(employer__in=keys) if keys else _newest().none()


def _page(rows: QuerySet[Certificate], page: int) -> Sequence[Certificate]:
    """One page and one row more, which tells whether there is another; counting them all would read them all."""
    first = (page - 1) * A_PAGE
    return list(rows[first : first + A_PAGE + 1])


def _listings(rows: Sequence[Certificate], on: date, *, closely: bool = False) -> tuple[Listing, ...]:
    """The listings of some certificates; ``closely``, each event held against its entry in the log, too."""
    doubtful = doubts.among(rows, closely=closely)
    reports = certificates.standings(rows, on=on)
    newer = _newer(rows)
    return tuple(
        _doubtful(row, on) if row.pk in doubtful else _listing(row, reports[row.pk], newer.get(row.pk, ""), on)
        for row in rows
    )


def _doubtful(row: Certificate, on: date) -> Listing:
    nothing = StandingReport(Standing.NONE)
    return replace(_listing(row, nothing, "", on), standing=UNCONFIRMED, since=None, term_ends_on=None)


def _newer(rows: Sequence[Certificate]) -> dict[int, str]:
    """The newer number of those certificates that are no longer their employer's newest."""
    employers = {row.employer_id for row in rows}
    if not employers:
        return {}
    later = Certificate.objects.within(PUBLIC).filter(employer__in=employers, replaced_by__isnull=True)
    found = later.order_by("pk").values_list("employer", "scheme", "pk", "number")
    newest = {(employer, scheme): (pk, number) for employer, scheme, pk, number in found}
    told = {row.pk: newest.get((row.employer_id, row.scheme), (0, "")) for row in rows}
    return {pk: number for pk, (newer, number) in told.items() if newer > pk}


def _listing(row: Certificate, report: StandingReport, newer: str, on: date) -> Listing:
    return Listing(
        number=row.number,
        legal_name=row.legal_name,
        trade_name=row.trade_name,
        city=row.employer.city,
        partner=row.partner.name,
        scheme=row.scheme,
        issued_on=row.issued_on,
        standing=report.standing.value,
        since=report.since,
        term_ends_on=report.term_ends_on,
        as_of=on,
        newer=newer,
    )
