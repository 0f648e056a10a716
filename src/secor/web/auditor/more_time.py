"""An assessor asks for more time: the employer's certificate owes the audit that they are doing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import door
from secor.web.http import SignedIn
from secor.web.more_time import MoreTimeForm, asked, owing_of

UNREADABLE = 422


@door(*ASSESSORS)
def more_time(request: SignedIn, code: str) -> HttpResponse:
    """Show the due day that the audit is for, and ask the certifying partner to move it."""
    audit = reached(request, code)
    owing = owing_of(audit.employer, on=request.on)
    if owing.due_on is None:
        raise Http404
    form = MoreTimeForm(request.POST if request.method == "POST" else None)
    if asked(request.act, employer=audit.employer, form=form):
        messages.success(request, "Asked. The owner and you get a letter with the answer. Until then the day stands.")
        return redirect("auditor:more_time", code)
    page = {"head": head(request, audit), "owing": owing, "form": form}
    return render(request, "auditor/more_time.html", page, status=UNREADABLE if form.errors else 200)
