"""Four eyes: propose to cancel or reinstate a certificate, confirm it, or withdraw the proposal."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.core.role import RoleKind
from secor.queries import certificates as asked
from secor.queries import motions
from secor.usecases import motions as deciding
from secor.usecases.act import Refusal
from secor.web.door import door
from secor.web.http import SignedIn
from secor.web.partner.certificates import CHOICES, certificate_at
from secor.web.partner.desk import REFUSED, STAFF, show
from secor.web.partner.forms import ApproveForm, DecisionForm


@door(*STAFF, second_factor=True)
def propose(request: SignedIn, number: str, kind: str) -> HttpResponse:
    """Ask for the reason, and put the proposal before a colleague."""
    found = certificate_at(request, number)
    choice = next(each for each in CHOICES if each.key == kind)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.propose(request.act, certificate=found, kind=kind, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Proposed. It takes effect when a colleague confirms it.")
            return redirect("partner:certificate", number)
    page = {
        "certificate": found,
        "report": asked.standing_of(found, on=request.on),
        "choice": choice,
        "form": form,
        "four_eyes": True,
    }
    return show(request, "decide", page, status=REFUSED if form.errors else 200)


@door(RoleKind.DECISION_MAKER, second_factor=True)
def confirm(request: SignedIn, number: str) -> HttpResponse:
    """Show what a colleague proposes, and carry it out."""
    return _answered(request, number, deciding.confirm, "motion_confirm")


@door(*STAFF, second_factor=True)
def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """Withdraw a proposal: the certificate stays as it is."""
    return _answered(request, number, deciding.withdraw, "motion_withdraw")


def _answered(request: SignedIn, number: str, act: Callable[..., object], template: str) -> HttpResponse:
    found = certificate_at(request, number)
    motion = motions.open_about(found)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act(request.act, certificate=found)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:certificate", number)
    if motion is None and not form.errors:
        return redirect("partner:certificate", number)
    choice = next((each for each in CHOICES if motion is not None and each.key == motion.kind), None)
    page = {
        "certificate": found,
        "report": asked.standing_of(found, on=request.on),
        "motion": motion,
        "choice": choice,
        "own": motion is not None and motion.proposed_by_id == request.user.pk,
        "form": form,
    }
    return show(request, template, page, status=REFUSED if form.errors else 200)
