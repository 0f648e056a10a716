"""The form by which an owner or an assessor asks for more time, and what is told beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms

from secor.queries import certificates, extensions
from secor.queries.certificates import Certificate
from secor.queries.employers import Employer
from secor.queries.extensions import ExtensionRequest
from secor.usecases import extensions as acts
from secor.usecases.act import Act, Refusal


class MoreTimeForm(forms.Form):
    """Until when, and why."""

    until = forms.DateField(
        label="Until when?",
        help_text="The last day by which you can surely do it.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose the day you ask for.", "invalid": "Write the day as 2026-05-31."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="What keeps you from it, and what you have done already. Name no one who is ill or hurt.",
        max_length=acts.REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write why. The certifying partner decides by it."},
    )


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed next and by when, what waits for an answer, and what was answered."""

    certificate: Certificate | None
    due_on: date | None
    waits: ExtensionRequest | None
    answered: tuple[ExtensionRequest, ...]


def owing_of(employer: Employer, *, on: date) -> Owing:
    """What an employer's certificate owes next, and what was asked about it."""
    row = certificates.live_of(employer)
    report = certificates.standing_of(row, on=on) if row is not None else None
    if row is None or report is None or report.owed is None:
        return Owing(row, None, None, ())
    all_of = extensions.about(row)
    return Owing(
        row,
        report.owed.due_on,
        next((each for each in all_of if each.answered_at is None), None),
        tuple(each for each in all_of if each.answered_at is not None),
    )


def asked(act: Act, *, employer: Employer, form: MoreTimeForm) -> bool:
    """Send the request, once the form is filled in rightly; a refusal becomes the form's error."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        acts.ask(act, employer=employer, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"])
    except acts.NotLater as refusal:
        form.add_error("until", str(refusal))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
