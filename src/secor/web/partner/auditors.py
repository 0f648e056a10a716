"""Auditors: whom the partner certifies, how each stands, and what is kept about them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.role import RoleKind
from secor.queries import auditors as asked
from secor.queries import visits as visits_asked
from secor.queries.people import Role
from secor.usecases import auditors as acts
from secor.usecases.act import Refusal
from secor.usecases.auditors import Certification
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import REFUSED, STAFF, number_in, show

_DAY = {"type": "date"}
_WRONG_DAY = "Write the day as 2026-05-31."


class CertifyForm(forms.Form):
    """A new auditor."""

    partner = forms.ChoiceField(label="Certified by")
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it. A letter tells them how.",
        error_messages={"required": "Write the address.", "invalid": "An address looks like dev@example.ca."},
    )
    name = forms.CharField(
        label="Name", max_length=acts.NAME_MAX, error_messages={"required": "Write the auditor's name."}
    )
    number = forms.CharField(label="Certification number", max_length=acts.NUMBER_MAX, required=False)
    from_on = forms.DateField(
        label="First day",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"required": "Choose the first day.", "invalid": _WRONG_DAY},
    )
    until_on = forms.DateField(
        label="Last day",
        required=False,
        help_text="Leave it empty where it goes on.",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _WRONG_DAY},
    )

    def __init__(self, *args: Any, keys: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {role.partner.key: role.partner for role in keys if role.partner is not None}
        field = self.fields["partner"]
        assert isinstance(field, forms.ChoiceField), "it was declared so"
        field.choices = [(key, partner.name) for key, partner in self.partners.items()]
        if len(self.partners) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(self.partners))

    def certification(self) -> Certification:
        """What is certified, once the form is valid."""
        return Certification(**{name: self.cleaned_data[name] for name in Certification.__dataclass_fields__})


class RenewForm(forms.Form):
    """Until when a certification goes on."""

    until_on = forms.DateField(
        label="New last day",
        required=False,
        help_text="Leave it empty where it goes on without one.",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _WRONG_DAY},
    )
    number = forms.CharField(label="Certification number", max_length=acts.NUMBER_MAX, required=False)


class EndForm(forms.Form):
    """From when a certification holds no more, and why."""

    last_on = forms.DateField(
        label="Last day on which it holds",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"required": "Choose the last day.", "invalid": _WRONG_DAY},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Only your staff reads it.",
        max_length=acts.TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why it ends."},
    )


class MatterForm(forms.Form):
    """Something to keep about an auditor."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=asked.Matter.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one of the list."},
    )
    text = forms.CharField(
        label="What happened?",
        help_text="Write what is known, by whom, and since when. Only your staff reads it.",
        max_length=acts.TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what it is about."},
    )


@door(*STAFF, methods=READING)
def auditors(request: SignedIn) -> HttpResponse:
    """List the auditors whom the partner certifies, or did; searched by name or number."""
    text, ended = request.GET.get("q", "")[:100].replace("\0", ""), request.GET.get("ended") == "yes"
    known = {"q": text, "ended": "yes" if ended else ""}
    query = urlencode({key: value for key, value in known.items() if value})
    page = {
        "page": asked.register(request.scope, text=text, ended=ended, number=number_in(request), on=request.on),
        "text": text,
        "ended": ended,
        "query": f"{query}&" if query else "",
    }
    return show(request, "auditors", page)


@door(RoleKind.REGISTRAR)
def certify(request: SignedIn) -> HttpResponse:
    """Enter an auditor whom the partner certifies."""
    registers = tuple(role for role in request.keys if role.kind == RoleKind.REGISTRAR)
    form = CertifyForm(
        request.POST if request.method == "POST" else None, keys=registers, initial={"from_on": request.on}
    )
    if form.is_bound and form.is_valid():
        partner = form.partners[form.cleaned_data["partner"]]
        try:
            made = acts.certify(request.act, partner=partner, certification=form.certification())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Entered: {partner.acronym} certifies {made.person}. A letter is on its way.")
            return redirect("partner:auditor", made.pk)
    return show(request, "auditor_new", {"form": form}, status=REFUSED if form.errors else 200)


@door(*STAFF)
def auditor(request: SignedIn, role: int) -> HttpResponse:
    """Show one auditor from all sides; keep a matter about them, or close one."""
    held = _role(request, role)
    form = MatterForm(request.POST if request.POST.get("do") == "keep" else None)
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            acts.open_matter(request.act, role=held, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("partner:auditor", held.pk)
    if request.POST.get("do") == "close":
        matter = asked.matter_of(held, request.POST.get("matter", ""))
        if matter is None:
            raise Http404
        try:
            acts.close_matter(request.act, matter=matter, outcome=request.POST.get("outcome", ""))
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Closed, with what came of it.")
            return redirect("partner:auditor", held.pk)
    page = {
        "auditor": asked.one(held, by=request.user, on=request.on),
        "own": held.person_id == request.user.pk,
        "form": form,
        "refused": refused,
        "outcome": request.POST.get("outcome", "") if refused else "",
        "closing": request.POST.get("matter", "") if refused else "",
    }
    return show(request, "auditor", page, status=REFUSED if form.errors or refused else 200)


@door(RoleKind.REGISTRAR)
def renew(request: SignedIn, role: int) -> HttpResponse:
    """Give a certification another last day."""
    held = _role(request, role)
    initial = {"until_on": held.until_on, "number": held.number}
    form = RenewForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            acts.renew(request.act, role=held, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The certification goes on.")
            return redirect("partner:auditor", held.pk)
    return show(request, "auditor_renew", {"form": form, "role": held}, status=REFUSED if form.errors else 200)


@door(RoleKind.REGISTRAR)
def end(request: SignedIn, role: int) -> HttpResponse:
    """End a certification, having read what that means for audits under way and visits to come."""
    held = _role(request, role)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last_on": request.on})
    if form.is_bound and form.is_valid():
        try:
            acts.end(request.act, role=held, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The certification ends. The auditor gets a letter.")
            return redirect("partner:auditor", held.pk)
    page = {
        "form": form,
        "role": held,
        "under_way": asked.one(held, by=request.user, on=request.on).under_way,
        "to_come": visits_asked.to_come_of(held, at=request.act.at),
    }
    return show(request, "auditor_end", page, status=REFUSED if form.errors else 200)


def _role(request: SignedIn, key: int) -> Role:
    found = asked.role_at(key, scope=request.scope)
    if found is None:
        raise Http404
    return found
