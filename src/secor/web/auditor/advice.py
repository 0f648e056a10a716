"""An assessor's own recommendations under one question: used again, kept, forgotten."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.queries import advice as kept
from secor.queries.answers import sheet_of
from secor.queries.audits import Audit, instrument_of
from secor.usecases import advice as acts
from secor.usecases.act import Refusal
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.auditor.sent import name_of
from secor.web.door import door
from secor.web.http import SignedIn

UNREADABLE = 422


@door(*ASSESSORS)
def advice(request: SignedIn, code: str, question: str) -> HttpResponse:
    """Show what the assessor keeps for a question, and do what is asked with it."""
    audit = reached(request, code)
    asked = instrument_of(audit).question(question) if audit.instrument else None
    if asked is None:
        raise Http404
    wrong = ""
    if request.method == "POST":
        try:
            _act(request, audit, question)
        except Refusal as refusal:
            wrong = str(refusal)
        else:
            return redirect("auditor:advice", code, question)
    element = next(each for each in instrument_of(audit).elements if asked in each.questions)
    page = {
        "head": head(request, audit),
        "audit": audit,
        "question": asked,
        "place": f"{reverse('auditor:element', args=[code, element.number])}#{name_of(question)}",
        "now": sheet_of(audit).remark(question).recommendation,
        "kept": kept.of(request.user, instrument=audit.instrument, question=question),
        "wrong": wrong,
        "typed": request.POST.get("text", ""),
    }
    return render(request, "auditor/advice.html", page, status=UNREADABLE if wrong else 200)


def _act(request: SignedIn, audit: Audit, question: str) -> None:
    how, code = request.POST.get("how", ""), request.POST.get("advice", "")
    if how == "keep":
        acts.keep(request.act, audit=audit, question=question, text=request.POST.get("text", ""))
        return
    found = kept.one(code, person=request.user)
    if found is None or found.question != question or found.instrument != audit.instrument:
        raise Refusal("This recommendation is no longer there. Read the page again.")
    if how == "forget":
        acts.forget(request.act, advice=found)
    else:
        acts.use(request.act, audit=audit, advice=found)
