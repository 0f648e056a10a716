"""Giving up the audit under way: the owner's own way, whoever does it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.core.audit import Kind
from secor.queries import certificates
from secor.queries.audits import Stage
from secor.queries.duties import KINDS
from secor.queries.situations import situation_of
from secor.usecases import audits
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, done, reached, show
from secor.web.http import SignedIn


class WithdrawForm(forms.Form):
    """Why an owner gives an audit up."""

    reason = forms.CharField(
        label="Why do you give it up?",
        help_text="Your auditor and your certifying partner read this.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write why. One sentence is enough."},
    )


@door(*OPENS_OWN)
def withdraw(request: SignedIn, code: str) -> HttpResponse:
    """Ask the owner why, and withdraw the audit; the auditor and the partner get a letter."""
    place = reached(request, code)
    audit = situation_of(place.employer, on=request.on).under_way
    if audit is None or audit.stage == Stage.IN_REVIEW:
        return redirect("employer:audit", code)
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def give_up() -> None:
        audits.withdraw(request.act, audit=audit, reason=form.cleaned_data["reason"])

    if done(form, give_up):
        messages.success(request, "The audit is withdrawn. Your auditor and your certifying partner get a letter.")
        return redirect("employer:audit", code)
    page = {
        "form": form,
        "kind": KINDS[Kind(audit.kind)],
        "assessor": audit.assessor,
        "ends": certificates.kept_by(audit, on=request.on),
    }
    return show(request, place, "withdraw", page, form)
