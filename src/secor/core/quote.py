"""What a consultant asks for an audit: hours by people and sites, the drive, and tax. Exact until each line is rounded.

The rates are the consultant's own; nothing here is a fee of a certifying partner.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# Goods and services tax in Alberta (Excise Tax Act, RSC 1985, c. E-15, s. 165); there is no provincial sales tax.
GST = Decimal(5)


@dataclass(frozen=True, slots=True)
class Rates:
    """Dollars an hour and a kilometre; hours for every audit, for each person and for each site; tax in percent."""

    hourly: Decimal
    base_hours: Decimal
    person_hours: Decimal
    site_hours: Decimal
    a_km: Decimal
    tax_percent: Decimal = GST


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be audited: people, sites, and all kilometres there and back."""

    people: int
    sites: int
    km: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: for what, how it was worked out, and dollars with two places."""

    what: str
    how: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """The lines with something in them, and what they come to. ``hours`` are all hours of the job."""

    lines: tuple[Line, ...]
    hours: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal


def quoted(job: Job, rates: Rates) -> Quote:
    """Work a quote out. Each line is rounded once, half a cent up, and so is the tax on their sum."""
    people, sites = _counted(job.people, "person", "people"), _counted(job.sites, "site", "sites")
    worked = (
        ("Preparation, opening and closing, report", rates.base_hours, ""),
        (
            f"Interviews and records of {people}",
            job.people * rates.person_hours,
            f"{people} at {_plain(rates.person_hours)} h",
        ),
        (f"Looking at {sites}", job.sites * rates.site_hours, f"{sites} at {_plain(rates.site_hours)} h"),
    )
    lines = [
        Line(
            what,
            f"{f'{how} = ' if how else ''}{_plain(hours)} h at ${rates.hourly:,.2f}",
            _rounded(hours * rates.hourly),
        )
        for what, hours, how in worked
    ]
    lines.append(Line("Travel", f"{job.km} km at ${rates.a_km:,.2f}", _rounded(job.km * rates.a_km)))
    net = sum((line.amount for line in lines), Decimal("0.00"))
    tax = _rounded(net * rates.tax_percent / 100)
    hours = sum((hours for _, hours, _ in worked), Decimal(0))
    return Quote(tuple(line for line in lines if line.amount), hours, net, tax, net + tax)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _plain(number: Decimal) -> str:
    """A number without noughts at its end: 1.5, 12."""
    return f"{number.normalize():f}"
