"""The business in numbers: each figure with its sentence and what it is made of, and beside firms that share theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.core.figures import HOURS_A_MONTH, LEAST_FIRMS, LEAST_HOURS, Hours, Rate, whole_months
from secor.core.rhythm import Rhythm
from secor.core.rounding import one_decimal, round_half_up
from secor.queries import figures as asked
from secor.queries.figures import Comparison, Figures, OfForm
from secor.usecases import figures as usecase
from secor.web.charts import Bar, happened, score_bars
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.http import SignedIn

EACH = {
    Rhythm.WEEKLY: "weeks",
    Rhythm.MONTHLY: "months",
    Rhythm.QUARTERLY: "quarters",
    Rhythm.DAILY: "months",
    Rhythm.EACH_JOB: "months",
}


class MonthForm(forms.Form):
    """What an owner tells of one month."""

    month = forms.TypedChoiceField(
        label="Which month?",
        coerce=date.fromisoformat,
        error_messages={"required": "Choose a month.", "invalid_choice": "Choose one of the list."},
    )
    hours = forms.IntegerField(
        label="Hours of all people together",
        required=False,
        help_text="For example 800 for five people. Leave it empty if you do not know.",
        min_value=0,
        max_value=usecase.HOURS_MOST,
        error_messages={"invalid": "Write a whole number, such as 800."},
    )
    days_lost = forms.IntegerField(
        label="Days lost to injuries",
        required=False,
        help_text="Working days that people could not work. 0 if there were none.",
        min_value=0,
        max_value=usecase.DAYS_LOST_MOST,
        error_messages={"invalid": "Write a whole number, such as 0."},
    )

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month = self.fields["month"]
        assert isinstance(month, forms.TypedChoiceField)
        month.choices = [(each.isoformat(), f"{each:%B %Y}") for each in months]


class ConsentForm(forms.Form):
    """Nothing is asked to give the consent, or to take it back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as the page tells it: what it is called, the number, and what it is made of."""

    name: str
    number: str
    told: str


@door(*OPENS_OWN)
def figures(request: SignedIn, code: str) -> HttpResponse:
    """Show the figures, and take from the owner a month's hours and the word about sharing."""
    place = reached(request, code)
    months = list(reversed(whole_months(request.on)))
    forms_sent = {
        "month": sent(request, "month", MonthForm, months=months, initial={"month": months[0].isoformat()}),
        "consent": sent(request, "consent", ConsentForm),
        "withdraw": sent(request, "withdraw", ConsentForm),
    }
    for name, form in forms_sent.items():
        if done(form, partial(_do, request, place, name, form)):
            messages.success(request, TOLD[name])
            return redirect("employer:numbers", code)
    found = asked.figures_of(place.employer, on=request.on)
    page = {
        "found": found,
        "lines": list(_lines(found)),
        "rates": list(rates(found)),
        "chart": happened(found.months),
        "bars": _bars(found),
        "fixes": _fixes(found),
        "hours": [_hours(each) for each in reversed(found.hours)],
        "month": forms_sent["month"],
        "compared": [line for each in asked.comparisons(place.employer, on=request.on) if (line := _compared(each))],
        "consent": asked.consent_of(place.employer),
        "least_firms": LEAST_FIRMS,
        "full_time": HOURS_A_MONTH["full_time"],
        "part_time": HOURS_A_MONTH["part_time"],
    }
    return show(request, place, "figures", page, forms_sent["month"])


TOLD = {
    "month": "Kept.",
    "consent": "Thank you. Your figures are counted from today on, never with your name.",
    "withdraw": "Taken back. Your figures are counted into nobody's now.",
}


def _do(request: SignedIn, place: Place, name: str, form: forms.Form) -> None:
    if name == "month":
        usecase.tell_month(request.act, employer=place.employer, **form.cleaned_data)
    elif name == "consent":
        usecase.consent(request.act, employer=place.employer)
    else:
        usecase.withdraw(request.act, employer=place.employer)


def _lines(found: Figures) -> Iterator[Line]:
    """What happened, and what nearly did."""
    year = f"In the twelve months to {found.months[-1].month:%B %Y}"
    told = f"{year}: {_many(found.near_misses, 'near miss', 'near misses')} and {_many(found.incidents, 'incident')}."
    if found.ratio is None:
        yield Line("Near misses for each incident", "", f"{told} Too few to say.")
    else:
        yield Line(
            "Near misses for each incident",
            _round(found.ratio),
            f"{told} The more near misses people tell, the more is put right before it hurts.",
        )


def rates(found: Figures, *, outside: bool = False) -> Iterator[Line]:
    """What happened for each 200,000 hours. Someone ``outside`` is not asked to tell what is missing."""
    yield _rate("Incidents (frequency)", "incident", found.frequency)
    if found.hurt is not None:
        yield _rate("Injuries and illnesses", "injury or illness", found.hurt, "injuries or illnesses")
    if found.severity is None:
        asked_for = "Tell the days lost of each month below. A month without any is a 0."
        yield Line("Days lost (severity)", "", "The business has not told them." if outside else asked_for)
    else:
        yield _rate("Days lost (severity)", "day lost", found.severity, "days lost")


def _rate(name: str, one: str, rate: Rate, many: str = "") -> Line:
    hours = f"{round_half_up(rate.hours.numerator, rate.hours.denominator):,} hours"
    over = f"{_many(rate.events, one, many)} in {'an estimated ' if rate.estimated else ''}{hours}"
    months = f"{_many(rate.months, 'month')}"
    if rate.value is None or rate.one_more is None:
        return Line(name, "", f"{over} of {months}: too few to say. It takes {LEAST_HOURS:,} hours.")
    return Line(name, _round(rate.value), f"{over} of {months}. One more would add {_round(rate.one_more)}.")


def _hours(each: Hours) -> Line:
    number = "" if each.number is None else f"{round_half_up(each.number.numerator, each.number.denominator):,}"
    if each.number is None:
        return Line(f"{each.month:%B %Y}", "unknown", "no head-count yet")
    return Line(f"{each.month:%B %Y}", number, "our estimate" if each.estimated else "as you told")


def _bars(found: Figures) -> Any:
    bars = [Bar(_kept(each), each.kept.share, low=False) for each in found.forms]
    return (
        score_bars(bars, overall=None, element=None, title="How your own schedule was kept", of="Form")
        if bars
        else None
    )


def _kept(each: OfForm) -> str:
    return f"{each.title}: {each.kept.done} of {each.kept.wanted} {EACH[each.rhythm]}"


def _fixes(found: Figures) -> Line:
    told = f"{_many(found.closed, 'thing')} put right in the last twelve months"
    if found.to_close is None:
        return Line("Days from found to fixed", "", f"{told}: too few to say.")
    return Line("Days from found to fixed", _round(found.to_close), f"The average of {told}.")


_FIRMS = "Firms like yours that share their figures"
_COMPARED = {
    asked.TALK: ("hold a toolbox talk", "you hold one"),
    asked.INSPECTION: ("look round their sites with a list", "you do"),
    asked.NEAR_MISS: ("tell of a near miss", "you do"),
}


def _compared(each: Comparison) -> str:
    """A comparison as a sentence; nothing where the group is too small to be told of."""
    theirs = each.theirs.every if each.theirs is not None else None
    if theirs is None:
        return ""
    if each.measure == asked.FIX:
        mine = f"you {_days(each.mine)}" if each.mine is not None else "you have put none right yet"
        return f"{_FIRMS} take {_days(theirs)} to put a thing right; {mine}."
    they, you = _COMPARED[each.measure]
    mine = f"{you} every {_days(each.mine)}" if each.mine is not None else "you have none on file"
    return f"{_FIRMS} {they} about every {_days(theirs)}; {mine}."


def _days(number: Fraction) -> str:
    """Days, rounded to whole ones: a finer number would tell of single firms."""
    return _many(max(1, int(round_half_up(number.numerator, number.denominator))), "day")


def _many(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _round(number: Fraction) -> str:
    return one_decimal(number).removesuffix(".0")
