"""The WCB premium refund, always called an estimate.

The base is the premium at the *industry* rate, not what the employer really pays; of the measures the best one
counts, up to a cap; the premium is kept unrounded to the end. Sources: the scheme files (`rules.incentive`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import Enum
from fractions import Fraction
from typing import Any

from secor.core.reading import Reading

CENT = Decimal("0.01")
HUNDRED = 100


class Measure(Enum):
    """What a refund can be earned by."""

    CERTIFICATE = "certificate"
    IMPROVEMENT = "improvement"
    LEADERSHIP = "leadership"


class RefundStatus(Enum):
    """Whether the estimate would be paid."""

    PAYABLE = "payable"
    WITHHELD = "withheld"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class IncentiveRule:
    """What each measure can earn, as shares. ``first_year`` is for a certificate's first year, ``later`` after it."""

    first_year: Fraction
    later: Fraction
    cap: Fraction
    improvement: bool = True
    leadership: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """One WCB account under one industry code. Earnings in dollars, the rate in dollars for each hundred of them."""

    industry_code: str
    insurable_earnings: Fraction
    industry_rate: Fraction
    covered: bool = True

    @property
    def premium(self) -> Fraction:
        """The premium at the industry rate, exact."""
        return self.insurable_earnings * self.industry_rate / HUNDRED


@dataclass(frozen=True, slots=True)
class Improvement:
    """Claim costs and insurable earnings of the window before and of this one, in dollars."""

    prior_cost: Fraction
    prior_earnings: Fraction
    current_earnings: Fraction
    current_cost: Fraction

    @property
    def share(self) -> Fraction:
        """How much better than its own history, as a share; never below 0. Without a history to beat, 0."""
        if not self.prior_earnings:
            return Fraction(0)
        expected = self.prior_cost / self.prior_earnings * self.current_earnings
        return max(Fraction(0), 1 - self.current_cost / expected) if expected else Fraction(0)


@dataclass(frozen=True, slots=True)
class RefundCase:
    """What an estimate is made from. ``year`` is the certificate's year, 1 for its first."""

    accounts: tuple[Account, ...]
    certificate_valid: bool
    year: int = 1
    improvement: Improvement | None = None
    leadership: Fraction | None = None
    withheld_because: str | None = None


@dataclass(frozen=True, slots=True)
class Earned:
    """A measure and the share it earns."""

    measure: Measure
    share: Fraction


@dataclass(frozen=True, slots=True)
class Refund:
    """An estimate: the covered premium (exact), what each measure earns, which one counts, and the money in cents."""

    premium: Fraction
    measures: tuple[Earned, ...]
    applied: Earned | None
    refund: Decimal
    payable: Decimal
    status: RefundStatus


def estimate(case: RefundCase, *, rule: IncentiveRule) -> Refund:
    """Estimate the refund of one year. Nothing is earned without a valid certificate or a covered account."""
    premium = sum((account.premium for account in case.accounts if account.covered), Fraction(0))
    measures = _measures(case, rule)
    nothing = Decimal("0.00")
    if not case.certificate_valid or not any(account.covered for account in case.accounts):
        return Refund(premium, measures, None, nothing, nothing, RefundStatus.NONE)
    best = max(measures, key=lambda earned: earned.share)
    refund = cents(premium * best.share)
    if case.withheld_because:
        return Refund(premium, measures, best, refund, nothing, RefundStatus.WITHHELD)
    return Refund(premium, measures, best, refund, refund, RefundStatus.PAYABLE)


def _measures(case: RefundCase, rule: IncentiveRule) -> tuple[Earned, ...]:
    certificate = rule.first_year if case.year <= 1 else rule.later
    earned = [Earned(Measure.CERTIFICATE, min(certificate, rule.cap))]
    if rule.improvement and case.improvement is not None:
        earned.append(Earned(Measure.IMPROVEMENT, min(case.improvement.share, rule.cap)))
    if rule.leadership and case.leadership is not None:
        earned.append(Earned(Measure.LEADERSHIP, min(case.leadership, rule.cap)))
    return tuple(earned)


def cents(dollars: Fraction) -> Decimal:
    """Round an exact amount to cents, halves up."""
    doubled = dollars * HUNDRED * 2
    whole = (doubled.numerator + doubled.denominator) // (doubled.denominator * 2)
    with localcontext() as context:
        context.prec = max(28, len(str(abs(whole))) + 4)
        return (Decimal(whole) * CENT).quantize(CENT, rounding=ROUND_HALF_UP)


def read_incentive(reading: Reading, value: Any) -> IncentiveRule | None:
    """Read ``{first_year: 10 %, later_years: 5 %, cap: 20 %, improvement: true, leadership: true}``."""
    before = len(reading.problems)
    given = reading.mapping(
        value, required=("first_year", "later_years", "cap"), optional=("improvement", "leadership")
    )
    if given is None or not {"first_year", "later_years", "cap"} <= given.keys():
        return None
    first = reading.at("first_year").share(given["first_year"])
    later = reading.at("later_years").share(given["later_years"])
    cap = reading.at("cap").share(given["cap"])
    improvement = reading.at("improvement").flag(given.get("improvement", True))
    leadership = reading.at("leadership").flag(given.get("leadership", True))
    if len(reading.problems) > before or first is None or later is None or cap is None:
        return None
    return IncentiveRule(first, later, cap, bool(improvement), bool(leadership))


def read_refund_case(reading: Reading, value: Any) -> RefundCase | None:
    """Read a refund case as ``secor refund --case`` takes it."""
    before = len(reading.problems)
    given = reading.mapping(
        value,
        required=("accounts", "certificate"),
        optional=("improvement", "leadership_percent", "withheld_because"),
    )
    if given is None or not {"accounts", "certificate"} <= given.keys():
        return None
    accounts = tuple(_read_account(place, item) for place, item in reading.at("accounts").items(given["accounts"]))
    valid, year = _read_certificate(reading.at("certificate"), given["certificate"])
    improvement = _read_improvement(reading.at("improvement"), given.get("improvement"))
    leadership = given.get("leadership_percent")
    if leadership is not None:
        leadership = reading.at("leadership_percent").share(leadership)
    withheld = given.get("withheld_because")
    if withheld is not None:
        withheld = reading.at("withheld_because").text(withheld)
    if len(reading.problems) > before:
        return None
    return RefundCase(_present(accounts), valid, year, improvement, leadership, withheld)


def _present(accounts: Sequence[Account | None]) -> tuple[Account, ...]:
    return tuple(account for account in accounts if account is not None)


def _read_account(reading: Reading, value: Any) -> Account | None:
    keys = ("industry_code", "insurable_earnings", "industry_rate")
    given = reading.mapping(value, required=keys, optional=("covered",))
    if given is None or not set(keys) <= given.keys():
        return None
    code = reading.at("industry_code").text(given["industry_code"])
    earnings = reading.at("insurable_earnings").number(given["insurable_earnings"])
    rate = reading.at("industry_rate").number(given["industry_rate"])
    covered = reading.at("covered").flag(given.get("covered", True))
    if code is None or earnings is None or rate is None or covered is None:
        return None
    return Account(code, earnings, rate, covered)


def _read_certificate(reading: Reading, value: Any) -> tuple[bool, int]:
    given = reading.mapping(value, required=("valid",), optional=("year",))
    if given is None or "valid" not in given:
        return False, 1
    valid = reading.at("valid").flag(given["valid"])
    year = reading.at("year").whole(given.get("year", 1), at_least=1)
    return bool(valid), year or 1


def _read_improvement(reading: Reading, value: Any) -> Improvement | None:
    if value is None:
        return None
    keys = ("prior_cost", "prior_earnings", "current_earnings", "current_cost")
    given = reading.mapping(value, required=keys)
    if given is None or not set(keys) <= given.keys():
        return None
    numbers = [reading.at(key).number(given[key]) for key in keys]
    present = [number for number in numbers if number is not None]
    return Improvement(*present) if len(present) == len(keys) else None
