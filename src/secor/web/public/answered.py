"""Answers worked out from the rules: do I qualify, what may it save, and how do the partners differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from secor.core import incentive
from secor.core.employer import Eligibility, Headcount, eligible
from secor.core.scheme import Rules
from secor.queries import schemes
from secor.web.door import public
from secor.web.http import Visit
from secor.web.public import comparison
from secor.web.public.forms import QualifyForm, SavingsForm

SCHEME = "ab-secor"
MEASURES = {
    incentive.Measure.CERTIFICATE: "Holding a certificate",
    incentive.Measure.IMPROVEMENT: "Claims that cost less than before",
    incentive.Measure.LEADERSHIP: "Much better than the industry",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to "do I qualify?", as the page shows it."""

    yes: bool
    large: bool
    told: str
    why: tuple[str, ...]
    source: str
    open_question: str = ""

    @property
    def tone(self) -> str:
        """The colour that helps the word."""
        return "good" if self.yes else "wait" if self.large else "soon"


@public
def qualify(request: Visit) -> HttpResponse:
    """Answer "do I qualify?" from a few numbers, with the reasons."""
    form = QualifyForm(request.GET if "asked" in request.GET else None, partners=_choices(request))
    page: dict[str, Any] = {"form": form}
    if form.is_valid():
        rules = _rules(request, form.cleaned_data["partner"])
        count = Headcount(request.on, form.counts())
        report = eligible([count], rule=rules.headcount, on=request.on)
        page["answer"] = _answer(report, rules, account=form.cleaned_data["account"] == "yes")
    return render(request, "public/qualify.html", page, status=422 if form.errors else 200)


def _answer(report: Eligibility, rules: Rules, *, account: bool) -> Answer:
    rule = rules.sources["headcount"]
    source, ours = rule.source, rule.open_question or ""
    if report.eligible and account:
        return Answer(
            yes=True,
            large=False,
            told="By these numbers, SECOR is made for you.",
            why=report.why,
            source=source,
            open_question=ours,
        )
    if report.eligible:
        told = "You are small enough, but you need an active WCB account in Alberta first. Open one, then come back."
        return Answer(yes=False, large=False, told=told, why=report.why, source=source, open_question=ours)
    large = report.maximum is not None and report.counted > report.maximum
    if large:
        told = (
            "You are too many for SECOR. The certificate for larger employers is COR, and it works much the same. "
            "Ask a certifying partner about it."
        )
    else:
        told = "Nobody works there yet, by these numbers. A certificate needs one person at least; owners count."
    return Answer(yes=False, large=large, told=told, why=report.why, source=source, open_question=ours)


@dataclass(frozen=True, slots=True)
class Earned:
    """What one measure would earn."""

    word: str
    share: Fraction
    applied: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate as the page shows it."""

    refund: Decimal
    premium: str
    share: Fraction
    measures: tuple[Earned, ...]
    source: str
    open_question: str


@public
def savings(request: Visit) -> HttpResponse:
    """Estimate what a certificate may earn back of the premium. Always called an estimate."""
    form = SavingsForm(request.GET if "asked" in request.GET else None, partners=_choices(request))
    page: dict[str, Any] = {"form": form}
    if form.is_valid():
        rules = _rules(request, form.cleaned_data["partner"])
        page["estimate"] = _estimate(_case(form.cleaned_data), rules) if rules.incentive else None
    return render(request, "public/savings.html", page, status=422 if form.errors else 200)


def _case(given: dict[str, Any]) -> incentive.RefundCase:
    account = incentive.Account("", Fraction(given["earnings"]), Fraction(given["rate"]))
    history = [given[name] for name in ("prior_cost", "prior_earnings", "current_earnings", "current_cost")]
    improvement = None
    if all(value is not None for value in history):
        improvement = incentive.Improvement(*(Fraction(value) for value in history))
    return incentive.RefundCase((account,), certificate_valid=True, year=int(given["year"]), improvement=improvement)


def _estimate(case: incentive.RefundCase, rules: Rules) -> Estimate | None:
    rule = rules.incentive
    assert rule is not None, "the page asks only where the scheme has a refund"
    told = rules.sources["incentive"]
    refund = incentive.estimate(case, rule=rule)
    if refund.applied is None:
        return None
    return Estimate(
        refund.refund,
        f"${incentive.cents(refund.premium):,}",
        refund.applied.share,
        tuple(Earned(MEASURES[m.measure], m.share, m == refund.applied) for m in refund.measures),
        told.source,
        told.open_question or "",
    )


@public
def partners(request: Visit) -> HttpResponse:
    """Show the certifying partners side by side."""
    told = comparison.lines(schemes.partners(SCHEME), lambda key: _rules(request, key), on=request.on)
    columns = [heading for heading, _, _ in comparison.COLUMNS]
    return render(request, "public/partners.html", {"partners": told, "columns": columns})


def _rules(request: Visit, partner: str) -> Rules:
    return schemes.rules(SCHEME, partner=partner or None, on=request.on)


def _choices(request: Visit) -> list[tuple[str, str]]:
    return [
        (partner.key, partner.name)
        for partner in schemes.partners(SCHEME)
        if partner.valid_until is None or request.on <= partner.valid_until
    ]
