"""An action plan at the partner: what was promised, what was done, sending it back, and scoring it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.role import RoleKind
from secor.queries import plans
from secor.queries.audits import Audit, Stage
from secor.queries.plans import Aim
from secor.usecases import plans as usecase
from secor.usecases.act import Refusal
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import REFUSED, STAFF, show
from secor.web.partner.forms import ReasonForm

SHOWN = frozenset({Stage.SUBMITTED, Stage.ACCEPTED})  # what is being written is the employer's own


class ScoreForm(forms.Form):
    """A share and a word for each aim."""

    def __init__(self, *args: Any, aims: Sequence[Aim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nth, aim in enumerate(aims, start=1):
            self.fields[f"percent_{aim.code}"] = forms.IntegerField(
                label=f"Aim {nth}: how much of it was done, in percent?",
                help_text=aim.objective,
                min_value=0,
                max_value=100,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), "Write a whole number from 0 to 100."
                ),
            )
            self.fields[f"remark_{aim.code}"] = forms.CharField(
                label=f"Aim {nth}: a word to it",
                help_text="The employer reads it.",
                required=False,
                max_length=usecase.TEXT_MAX,
                widget=forms.Textarea(attrs={"rows": 2}),
            )


@door(*STAFF, methods=READING)
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Show a plan, its aims and what was done."""
    found = _reached(request, code)
    page = {
        "plan": found,
        "aims": plans.aims_of(found) if found.stage in SHOWN else (),
        "shown": found.stage in SHOWN,
        "days": plans.days_of(found),
        "mark": plans.mark_of(found),
        "waits": found.stage == Stage.SUBMITTED,
    }
    return show(request, "plan", page)


@door(RoleKind.REVIEWER)
def score(request: SignedIn, code: str) -> HttpResponse:
    """Score every aim, and close the plan."""
    found = _reached(request, code)
    aims = plans.aims_of(found) if found.stage in SHOWN else ()
    form = ScoreForm(request.POST if request.method == "POST" else None, aims=aims)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            usecase.score(
                request.act,
                plan=found,
                percents={aim.code: given[f"percent_{aim.code}"] for aim in aims},
                remarks={aim.code: given[f"remark_{aim.code}"] for aim in aims},
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:plan", code)
    return _ask(request, found, form, "Score the plan")


@door(RoleKind.REVIEWER)
def send_back(request: SignedIn, code: str) -> HttpResponse:
    """Ask what is missing, and give the plan back."""
    found = _reached(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            usecase.send_back(request.act, plan=found, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:plan", code)
    return _ask(request, found, form, "Send it back")


def _ask(request: SignedIn, found: Audit, form: forms.Form, verb: str) -> HttpResponse:
    aims = plans.aims_of(found) if found.stage in SHOWN else ()
    page = {"plan": found, "aims": aims, "form": form, "verb": verb, "mark": plans.mark_of(found)}
    return show(request, "plan_act", page, status=REFUSED if form.errors else 200)


def _reached(request: SignedIn, code: str) -> Audit:
    found = plans.reached(code, scope=request.scope)
    if found is None:
        raise Http404
    return found
