"""A request for more time, and the partner's answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.role import RoleKind
from secor.queries import certificates, extensions
from secor.queries.extensions import ExtensionRequest
from secor.usecases import decisions
from secor.usecases import extensions as acts
from secor.usecases.act import Refusal
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import REFUSED, STAFF, kind_words, show, told
from secor.web.partner.forms import DecisionForm, ExtensionForm


@door(*STAFF, methods=READING)
def extension(request: SignedIn, code: str) -> HttpResponse:
    """Show who asks for how much time and why, how the certificate stands, and what was answered."""
    found = _found(request, code)
    certificate = found.certificate
    report = certificates.standing_of(certificate, on=request.on)
    page = {
        "found": found,
        "certificate": certificate,
        "report": report,
        "owed": kind_words(report.owed.kind.value) if report.owed else "",
        "why": told(report.why, certificate.partner),
        "others": [each for each in extensions.about(certificate) if each.pk != found.pk],
    }
    return show(request, "extension", page)


@door(RoleKind.DECISION_MAKER, second_factor=True)
def answer(request: SignedIn, code: str) -> HttpResponse:
    """Grant the time, the day that was asked for or another, or say no with a reason."""
    found = _found(request, code)
    if found.answered_at is not None:
        return redirect("partner:extension", code)
    do = request.POST.get("do", "")
    grant = ExtensionForm(request.POST if do == "grant" else None, initial={"until": found.until}, auto_id="grant_%s")
    refuse = DecisionForm(request.POST if do == "refuse" else None, auto_id="refuse_%s")
    form = refuse if do == "refuse" else grant
    if form.is_valid():
        try:
            _answer(request, found, form)
        except decisions.NotLater as refusal:
            form.add_error("until", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Answered. Whoever asked gets a letter.")
            return redirect("partner:extension", code)
    page = {"found": found, "certificate": found.certificate, "form": form, "grant": grant, "refuse": refuse}
    return show(request, "extension_answer", page, status=REFUSED if form.errors else 200)


def _found(request: SignedIn, code: str) -> ExtensionRequest:
    found = extensions.reached(code, scope=request.scope)
    if found is None:
        raise Http404
    return found


def _answer(request: SignedIn, found: ExtensionRequest, form: DecisionForm) -> None:
    reason = form.cleaned_data["reason"]
    if isinstance(form, ExtensionForm):
        acts.grant(request.act, request=found, until=form.cleaned_data["until"], answer=reason)
    else:
        acts.refuse(request.act, request=found, answer=reason)
