"""Quotes: my rates, a quote worked out by them, its paper, sending it and taking it back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.role import RoleKind
from secor.queries import agendas
from secor.queries import quotes as asked
from secor.queries.quotes import Quote
from secor.usecases import quotes
from secor.usecases.act import Refusal
from secor.web.auditor.quote_forms import QuoteForm, RatesForm
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.papers.quoted import paper_of, shown

REFUSED = 422


@door(RoleKind.AUDITOR, methods=READING)
def all_quotes(request: SignedIn) -> HttpResponse:
    """List my quotes and how far each has come."""
    rows = [(each, asked.in_short(each, on=request.on)) for each in asked.made_by(request.user)]
    return render(request, "auditor/quotes.html", {"rows": rows, "rates": asked.rates_of(request.user)})


@door(RoleKind.AUDITOR)
def rates(request: SignedIn) -> HttpResponse:
    """Keep what I charge."""
    first = RatesForm.at_first(asked.rates_of(request.user))
    initial = {"trades_as": request.user.name, **first}
    form = RatesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            quotes.keep_rates(request.act, rates=form.rates(), habits=form.habits())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your rates are kept. Quotes made before stay as they are.")
            return redirect("auditor:quotes")
    return render(request, "auditor/rates.html", {"form": form}, status=REFUSED if form.errors else 200)


@door(RoleKind.AUDITOR)
def new(request: SignedIn) -> HttpResponse:
    """Work a quote out. Who begins from a talk finds what the enquirer has told already."""
    diary = agendas.diary_of(request.user)
    form = QuoteForm(
        request.POST if request.method == "POST" else None,
        keys=request.keys,
        home=diary.home if diary else "",
        initial=_told_in_the_talk(request),
    )
    if form.is_bound and form.is_valid():
        try:
            made = quotes.make(request.act, wanted=form.wanted())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("auditor:quote", made.code)
    page = {"form": form, "rates": asked.rates_of(request.user)}
    return render(request, "auditor/quote_new.html", page, status=REFUSED if form.errors else 200)


@door(RoleKind.AUDITOR)
def quote(request: SignedIn, quote: str) -> HttpResponse:
    """Show a quote of mine; send it, or take it back."""
    found = _mine(request, quote)
    refused = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "take_back":
                quotes.take_back(request.act, quote=found)
            else:
                quotes.send(request.act, quote=found)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("auditor:quote", quote)
    state = asked.in_short(found, on=request.on)
    page = {
        **shown(found),
        "state": state,
        "refused": refused,
        "address": settings.SITE_URL + reverse("public:quote", args=[asked.link_of(found)]) if state == "sent" else "",
    }
    return render(request, "auditor/quote.html", page, status=REFUSED if refused else 200)


@door(RoleKind.AUDITOR, methods=READING)
def paper(request: SignedIn, quote: str) -> HttpResponse:
    """Give a quote of mine as a PDF."""
    return paper_of(_mine(request, quote))


def _mine(request: SignedIn, code: str) -> Quote:
    found = asked.reached(request.user, code)
    if found is None:
        raise Http404
    return found


def _told_in_the_talk(request: SignedIn) -> dict[str, object]:
    """What somebody said of their business when they booked a talk with me."""
    talk = agendas.talk_with(request.user, request.GET.get("talk", ""))
    if talk is None:
        return {"sites": 1}
    asks = talk.enquiry
    return {
        "business": asks.business or asks.name,
        "email": asks.email,
        "people": asks.people,
        "sites": 1,
        "town": asks.city,
    }
