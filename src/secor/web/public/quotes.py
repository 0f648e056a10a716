"""A quote, for whoever it was sent to: read it, keep its paper, and accept it by a click."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.queries import quotes as asked
from secor.usecases import quotes
from secor.usecases.act import Refusal
from secor.web.door import public
from secor.web.http import Visit
from secor.web.papers.quoted import paper_of, shown
from secor.web.public.talks import closed


class AcceptForm(forms.Form):
    """Who accepts."""

    name = forms.CharField(
        label="Your name",
        max_length=quotes.NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name, so that your consultant knows who accepts."},
    )


@public
def quote(request: Visit, link: str) -> HttpResponse:
    """Show the quote, and let whoever holds the link accept it, once. A link that ended says so (410)."""
    found = asked.by_link(link, on=request.on)
    if found is None:
        return closed(render(request, "public/quote_gone.html", status=410))
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            quotes.accept(request.act, quote=found, name=form.cleaned_data["name"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return closed(redirect("public:quote", link))
    page = {**shown(found), "link": link, "form": form, "state": asked.in_short(found, on=request.on)}
    return closed(render(request, "public/quote.html", page, status=422 if form.errors else 200))


@public
def paper(request: Visit, link: str) -> HttpResponse:
    """Give the quote as a PDF."""
    found = asked.by_link(link, on=request.on)
    if found is None:
        raise Http404
    return closed(paper_of(found))
