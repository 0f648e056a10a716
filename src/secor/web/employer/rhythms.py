"""How often the business writes each kind of record down: its own schedule, by which it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.core.form import Form
from secor.core.rhythm import Rhythm
from secor.core.trade import Condition
from secor.queries import programs, records
from secor.usecases import programs as acts
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, done, reached, show
from secor.web.http import SignedIn

WORDS = {
    Rhythm.EACH_JOB: "Before each job",
    Rhythm.DAILY: "Each day",
    Rhythm.WEEKLY: "Each week",
    Rhythm.MONTHLY: "Each month",
    Rhythm.QUARTERLY: "Every three months",
    Rhythm.YEARLY: "Once a year",
}


class RhythmsForm(forms.Form):
    """One question for each form that is filled in again and again."""

    def __init__(self, *args: Any, asked: Mapping[str, Form], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, form in asked.items():
            words = [(rhythm.value, word) for rhythm, word in WORDS.items()]
            self.fields[key] = forms.ChoiceField(
                label=form.title,
                choices=words,
                help_text=f"Most do it: {WORDS[form.rhythm].lower()}.",
                error_messages={"invalid_choice": "Choose one of the list.", "required": "Choose how often."},
            )


@door(*OPENS_OWN)
def rhythms(request: SignedIn, code: str) -> HttpResponse:
    """Ask how often, for each form of the work that the business does."""
    place = reached(request, code)
    program = programs.program_of(place.employer)
    if program is None:
        return redirect("employer:program", code)
    conditions = {Condition(each) for each in program.conditions}
    asked = {
        key: use.form
        for key, use in sorted(records.forms_in_use(place.employer).items(), key=lambda pair: pair[1].form.title)
        if use.form.rhythm in WORDS and use.form.when <= conditions
    }
    now = {key: program.rhythms.get(key, form.rhythm.value) for key, form in asked.items()}
    form = RhythmsForm(request.POST if request.method == "POST" else None, asked=asked, initial=now)

    def tell() -> None:
        own = {key: how for key, how in form.cleaned_data.items() if how != asked[key].rhythm.value}
        others = {key: how for key, how in program.rhythms.items() if key not in asked}
        acts.retell(request.act, employer=place.employer, rhythms=others | own)

    if done(form, tell):
        messages.success(request, "Kept. You are measured by your own schedule from now on.")
        return redirect("employer:records", code)
    return show(request, place, "program_rhythms", {"form": form}, form)
