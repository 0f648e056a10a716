"""An action plan in place of the maintenance audit: asking for it, its aims, sending it, and what was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.core.audit import Kind, Performer
from secor.queries import employers, plans
from secor.queries.audits import UNDER_WAY, Audit, Stage
from secor.queries.plans import Aim
from secor.queries.situations import Situation, situation_of
from secor.usecases import audits
from secor.usecases import plans as usecase
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.forms import day_field
from secor.web.http import SignedIn
from secor.web.words import plainly


def _text(label: str, help_text: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=usecase.TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


class AskForm(forms.Form):
    """Who of the business carries the plan."""

    who = forms.TypedChoiceField(
        label="Who takes care of the plan?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who takes care of it.", "invalid_choice": "Choose one of the list."},
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, forms.TypedChoiceField)
        who.choices = people


class AimForm(forms.Form):
    """One aim."""

    objective = _text("What do you want to reach?", "One thing that makes work safer.", "Write the aim.")
    milestone = _text("By which step?", "The step on the way that can be seen.", "Write the step.")
    deliverable = _text("What will show it?", "A record, a photo, a list.", "Write what will show it.")
    due_on = day_field("By when?")


class DoneForm(forms.Form):
    """What was done for one aim."""

    aim = forms.CharField(widget=forms.HiddenInput, max_length=16)
    told = _text("What did you do, and where can it be seen?", "", "Write what you did.")


class SendForm(forms.Form):
    """Nothing is asked to send it."""


class TakeForm(forms.Form):
    """Nothing is asked to take the open things to fix into the plan."""


class RemoveForm(forms.Form):
    """Which aim is taken out."""

    aim = forms.CharField(widget=forms.HiddenInput, max_length=16)


@door(*OPENS_OWN)
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Show the plan under way and take what is written to it; without one, tell whether one may be asked for."""
    place = reached(request, code)
    at = situation_of(place.employer, on=request.on)
    found = plans.plan_of(place.employer)
    if found is None or found.stage not in UNDER_WAY:
        return _start(request, place, at, found)
    return _go_on(request, place, found)


def _start(request: SignedIn, place: Place, at: Situation, last: Audit | None) -> HttpResponse:
    report = at.report if at.live else None
    offered = plans.offer(place.employer, rules=at.rules, report=report, on=at.on)
    roles = employers.roles_at(place.employer, on=at.on)
    people = list({role.person_id: str(role.person) for role in roles if role.kind in OPENS_OWN}.items())
    form = sent(request, "ask", AskForm, people=people)

    def ask() -> None:
        audits.ask(
            request.act,
            employer=place.employer,
            kind=Kind.ACTION_PLAN,
            performer=Performer.SELF_ASSESSOR,
            assessor=employers.person_of(form.cleaned_data["who"]),
            records_months=0,
        )

    if done(form, ask):
        messages.success(request, "Asked. You get a letter when your certifying partner approves it.")
        return redirect("employer:plan", place.employer.code)
    page = {
        "form": form,
        "offered": offered,
        "why": [plainly(line) for line in offered.why] if offered else [],
        "told": at.rules.told("action_plan"),
        "busy": at.under_way,
        "last": last,
        "aims": plans.aims_of(last) if last else (),
    }
    return show(request, place, "plan_ask", page, form)


def _go_on(request: SignedIn, place: Place, found: Audit) -> HttpResponse:
    aims = plans.aims_of(found)
    by_code = {aim.code: aim for aim in aims}
    forms_sent = {
        "add": sent(request, "add", AimForm),
        "take": sent(request, "take", TakeForm),
        "done": sent(request, "done", DoneForm),
        "remove": sent(request, "remove", RemoveForm),
        "send": sent(request, "send", SendForm),
    }
    form = next((each for each in forms_sent.values() if each.is_bound), None)
    if form is not None and done(form, lambda: _do(request, found, form, by_code)):
        return redirect("employer:plan", place.employer.code)
    when = plans.days_of(found)
    may_add = found.writable or (
        found.stage == Stage.SUBMITTED and when.amend_by is not None and request.on <= when.amend_by
    )
    page = {
        "plan": found,
        "aims": aims,
        "days": when,
        "mark": plans.mark_of(found),
        "form": form if form is not None and not isinstance(form, AimForm) else None,
        "add": forms_sent["add"],
        "writable": found.writable,
        "may_add": may_add,
        "fitting": plans.fitting(found, on=request.on)[: usecase.MOST - len(aims)] if may_add else (),
        "with_partner": found.stage == Stage.SUBMITTED,
    }
    return show(request, place, "plan", page, form)


def _do(request: SignedIn, found: Audit, form: forms.Form, by_code: dict[str, Aim]) -> None:
    given = form.cleaned_data
    if isinstance(form, AimForm):
        usecase.add_aim(request.act, plan=found, promise=usecase.Promise(**given))
    elif isinstance(form, TakeForm):
        taken = usecase.add_actions(request.act, plan=found)
        messages.success(
            request, f"{len(taken)} of your things to fix {'is an aim' if len(taken) == 1 else 'are aims'} now."
        )
    elif isinstance(form, SendForm):
        usecase.send(request.act, plan=found)
        messages.success(request, "Your plan is with your certifying partner. Tell here what you have done.")
    elif given["aim"] in by_code:
        aim = by_code[given["aim"]]
        if isinstance(form, DoneForm):
            usecase.deliver(request.act, aim=aim, told=given["told"])
        else:
            usecase.remove_aim(request.act, aim=aim)
