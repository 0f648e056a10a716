"""Asking for more time for what the certificate owes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, reached, show
from secor.web.http import SignedIn
from secor.web.more_time import MoreTimeForm, asked, owing_of


@door(*OPENS_OWN)
def more_time(request: SignedIn, code: str) -> HttpResponse:
    """Show what is owed and what was asked before, and let the owner ask the certifying partner for more time."""
    place = reached(request, code)
    owing = owing_of(place.employer, on=request.on)
    if owing.due_on is None:
        return redirect("employer:certificate", code)
    form = MoreTimeForm(request.POST if request.method == "POST" else None)
    if asked(request.act, employer=place.employer, form=form):
        messages.success(request, "Asked. You get a letter with the answer. Until then the day stands.")
        return redirect("employer:more_time", code)
    return show(request, place, "more_time", {"owing": owing, "form": form}, form)
