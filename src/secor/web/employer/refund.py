"""The refund of the WCB premium, always an estimate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django import forms
from django.http import HttpResponse

from secor.core import incentive
from secor.queries import employers
from secor.queries.situations import situation_of
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, reached, show
from secor.web.http import SignedIn

MEASURES = {
    incentive.Measure.CERTIFICATE: "Holding a certificate",
    incentive.Measure.IMPROVEMENT: "Claims that cost less than before",
    incentive.Measure.LEADERSHIP: "Much better than the industry",
}


class RefundForm(forms.Form):
    """Wages and rate of each WCB account, and what the claims cost."""

    HISTORY = (
        ("prior_cost", "Claim costs, earlier years"),
        ("prior_earnings", "Insurable earnings, earlier years"),
        ("current_cost", "Claim costs, last years"),
        ("current_earnings", "Insurable earnings, last years"),
    )

    def __init__(self, *args: object, accounts: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.accounts = accounts
        for nth, name in enumerate(accounts, start=1):
            of = f" ({name})" if name else ""
            self.fields[f"earnings_{nth}"] = _money(f"Insurable earnings of a year, in dollars{of}", required=nth == 1)
            self.fields[f"rate_{nth}"] = _money(f"Industry rate, in dollars for each $100{of}", required=nth == 1)
        for name, label in self.HISTORY:
            self.fields[name] = _money(label, required=False)

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two boxes of each account."""
        return [(self[f"earnings_{nth}"], self[f"rate_{nth}"]) for nth in range(1, len(self.accounts) + 1)]

    @property
    def claims(self) -> list[forms.BoundField]:
        """The boxes about claims."""
        return [self[name] for name, _ in self.HISTORY]

    def clean(self) -> dict[str, object]:
        """Ask for both figures of an account, and for all four figures of the claims or none."""
        given = super().clean() or {}
        for nth in range(2, len(self.accounts) + 1):
            pair = [f"earnings_{nth}", f"rate_{nth}"]
            if sum(given.get(name) is not None for name in pair) == 1:
                self.add_error(pair[given.get(pair[0]) is not None], "Give both figures of this account, or none.")
        names = [name for name, _ in self.HISTORY]
        if any(given.get(name) is not None for name in names):
            for name in names:
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, "Give all four figures of your claims, or none.")
        return given


def _money(label: str, *, required: bool) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=4,
        error_messages={
            "required": "Write this number.",
            "invalid": "Write a number, such as 450000.",
            "min_value": "Write 0 or more.",
        },
    )


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimate as the page shows it."""

    refund: Decimal
    premium: Decimal
    share: Fraction
    measures: tuple[tuple[str, Fraction, bool], ...]


@door(*OPENS_OWN, methods=READING)
def refund(request: SignedIn, code: str) -> HttpResponse:
    """Estimate what the certificate earns back of the WCB premium. Nothing that is typed here is kept."""
    place = reached(request, code)
    at = situation_of(place.employer, on=request.on)
    names = [
        f"account {row.number}" + (f", industry {row.industry_code}" if row.industry_code else "")
        for row in employers.accounts_of(place.employer)
        if row.closed_on is None
    ][:5]
    form = RefundForm(request.GET if "asked" in request.GET else None, accounts=names or [""])
    year = at.report.cycle_year if at.live and at.report and at.report.cycle_year else 1
    rule, told = at.rules.incentive, at.rules.told("incentive")
    estimate = None
    if form.is_bound and form.is_valid() and rule is not None:
        estimate = _estimate(form, rule, year)
    page = {
        "form": form,
        "estimate": estimate,
        "valid": at.report is not None and at.report.good,
        "year": year,
        "told": told,
        "rule": rule,
    }
    return show(request, place, "refund", page, form)


def _estimate(form: RefundForm, rule: incentive.IncentiveRule, year: int) -> Estimate | None:
    given = form.cleaned_data
    pairs = [(given[f"earnings_{nth}"], given[f"rate_{nth}"]) for nth in range(1, len(form.accounts) + 1)]
    accounts = tuple(
        incentive.Account("", Fraction(earnings), Fraction(rate))
        for earnings, rate in pairs
        if earnings is not None and rate is not None
    )
    improvement = None
    if given["prior_cost"] is not None:
        figures = ("prior_cost", "prior_earnings", "current_earnings", "current_cost")
        improvement = incentive.Improvement(*(Fraction(given[name]) for name in figures))
    case = incentive.RefundCase(accounts, certificate_valid=True, year=year, improvement=improvement)
    made = incentive.estimate(case, rule=rule)
    if made.applied is None:
        return None
    measures = tuple((MEASURES[each.measure], each.share, each == made.applied) for each in made.measures)
    return Estimate(made.refund, incentive.cents(made.premium), made.applied.share, measures)
