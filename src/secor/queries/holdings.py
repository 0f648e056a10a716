"""Who held which certificate on a day, account by account: what the ministry and the WCB read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from secor.queries.certificates import standings
from secor.store.models import Account, Certificate
from secor.store.scope import house

ASKED = house("the ministry and the WCB read what every account held; the look is in the journal")
A_BATCH = 500
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Holding:
    """One account on one day: the certificate that counted for it, and what that was worth."""

    account: str
    industry_code: str
    employer: str
    city: str
    partner: str
    scheme: str
    number: str
    standing: str
    since: date | None
    term_ends_on: date | None


def holdings(*, on: date, account: str = "", industry_code: str = "") -> Iterator[Holding]:
    """Every account that was open on the day ``on`` and whose employer had been certified by then, by its number.

    Told by what is known today: a correction made since is in it. An account closed on the day itself still counts.
    Read in batches, so that a province is never held as a whole. Accounts tell no first day, so none is looked at.
    """
    rows = _accounts(on, account, industry_code)
    last = ("", "", 0)
    while some := list(_after(rows, last)[:A_BATCH]):
        last = (some[-1].number, some[-1].industry_code, some[-1].pk)
        yield from _of(some, on)


@dataclass(frozen=True, slots=True)
class Total:
    """How many accounts (each industry code counts) and certificates a partner had of one standing."""

    partner: str
    scheme: str
    standing: str
    accounts: int
    certificates: int


def totals(rows: Iterable[Holding]) -> tuple[Total, ...]:
    """Count holdings by partner, scheme and standing, in that order. Only numbers are kept while they go by."""
    accounts: Counter[tuple[str, str, str]] = Counter()
    numbers: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        key = (row.partner, row.scheme, row.standing)
        accounts[key] += 1
        numbers.setdefault(key, set()).add(row.number)
    return tuple(Total(*key, accounts[key], len(numbers[key])) for key in sorted(accounts))


def _accounts(on: date, account: str, industry_code: str) -> QuerySet[Account]:
    rows = Account.objects.within(ASKED).filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on))
    if account:
        rows = rows.filter(number=account)
    if industry_code:
        rows = rows.filter(industry_code=industry_code)
    certified = Certificate.objects.within(ASKED).filter(issued_on__lte=on)
    rows = rows.filter(employer__in=certified.values("employer"))
    return rows.select_related("employer").order_by("number", "industry_code", "pk")


def _after(rows: QuerySet[Account], last: tuple[str, str, int]) -> QuerySet[Account]:
    number, code, pk = last
    return rows.filter(
        Q(number__gt=number)
        | Q(number=number, industry_code__gt=code)
        | Q(number=number, industry_code=code, pk__gt=pk)
    )


def _of(accounts: list[Account], on: date) -> Iterator[Holding]:
    rows = Certificate.objects.within(ASKED).filter(
        employer__in={each.employer_id for each in accounts}, issued_on__lte=on
    )
    newest: dict[tuple[int, str], Certificate] = {}
    for row in rows.select_related("partner").order_by("pk"):
        newest[row.employer_id, row.scheme] = row
    reports = standings(newest.values(), on=on)
    by_employer: dict[int, list[Certificate]] = {}
    for row in newest.values():
        by_employer.setdefault(row.employer_id, []).append(row)
    for account in accounts:
        for row in by_employer.get(account.employer_id, ()):
            report = reports[row.pk]
            yield Holding(
                account=account.number,
                industry_code=account.industry_code,
                employer=row.legal_name,
                city=account.employer.city,
                partner=row.partner.name,
                scheme=row.scheme,
                number=row.number,
                standing=report.standing.value,
                since=report.since,
                term_ends_on=report.term_ends_on,
            )
