"""One worker: what they need and have, what they signed, how they come in, and when they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.ticket import Need
from secor.queries import library, programs
from secor.queries import tickets as held
from secor.queries import workers as asked
from secor.queries.records import form_of
from secor.queries.workers import Worker
from secor.usecases import pins, tickets, workers
from secor.web import shown
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_ALL, OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.program import to_read
from secor.web.employer.worker_forms import EndForm, PinForm, TicketForm, WorkerForm, initial_of
from secor.web.employer.workers import NEEDS
from secor.web.files.views import give
from secor.web.http import SignedIn
from secor.web.wallet import wallet_page


@door(*OPENS_OWN)
def worker(request: SignedIn, code: str, who: str) -> HttpResponse:
    """Show somebody of the list, and take what an owner tells of them."""
    place, row = _reached(request, code, who)
    here = reverse("employer:worker", args=[code, who])
    if request.method == "POST" and request.POST.get("do") == "pin":
        return shown.carry(redirect(f"{here}#pin"), pins.hand_out(request.act, worker=row), to=here)
    if request.method == "POST" and request.POST.get("do") in _SIMPLE:
        messages.success(request, _SIMPLE[request.POST["do"]](request, row))
        return redirect(here)
    trainings = asked.trainings_of(place.employer)
    accounts = asked.accounts_for(place.employer, on=request.on, worker=row)
    about = {"languages": library.languages(), "accounts": accounts, "initial": initial_of(row)}
    forms: dict[str, Form] = {
        "change": sent(request, "change", WorkerForm, **about),
        "ticket": sent(request, "ticket", TicketForm, trainings=trainings, initial=_asked_for(request)),
        "end": sent(request, "end", EndForm, initial={"on": row.ended_on or request.on}),
        "set_pin": sent(request, "set_pin", PinForm),
    }
    for name, act in _acts(request, row, forms).items():
        if done(forms[name], act):
            messages.success(request, "Kept.")
            return redirect(here)
    page = {**forms, **_page(request, place, row), "pin": shown.carried(request)}
    return shown.forget(request, show(request, place, "workers_one", page, *forms.values()))


@door(*OPENS_ALL, methods=READING)
def wallet(request: SignedIn, code: str, who: str) -> HttpResponse:
    """Show a worker's tickets, big; also to the worker themself, where they sign in."""
    place, row = _reached(request, code, who)
    if not place.answers and row.person_id != request.user.pk:
        raise PermissionDenied
    page = wallet_page(row, on=request.on)
    cards = [(each, _photo(place, row, each.row)) for each in page.held]
    frame = "employer/frame.html" if place.answers else "base.html"
    back = reverse("employer:worker", args=[code, who]) if place.answers else place.address("home")
    return show(request, place, "wallet", {"wallet": page, "cards": cards, "frame": frame, "back": back})


@door(*OPENS_ALL, methods=READING)
def ticket_photo(request: SignedIn, code: str, who: str, ticket: str) -> HttpResponse:
    """Give the photo or document of a ticket: to those who answer for the business, and to the worker themself."""
    place, row = _reached(request, code, who)
    if not place.answers and row.person_id != request.user.pk:
        raise PermissionDenied
    found = held.ticket_of(row, ticket)
    if found is None or found.file is None:
        raise Http404
    return give(found.file, f"ticket-{found.code}")


def _reached(request: SignedIn, code: str, who: str) -> tuple[Place, Worker]:
    place = reached(request, code)
    row = asked.worker_of(place.employer, who)
    if row is None:
        raise Http404
    return place, row


def _acts(request: SignedIn, row: Worker, forms: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """What each of the page's forms does once it is filled in rightly."""
    act = request.act
    return {
        "change": lambda: workers.change(act, worker=row, about=forms["change"].about()),
        "ticket": lambda: tickets.add(
            act, worker=row, told=forms["ticket"].told(), upload=forms["ticket"].cleaned_data["upload"]
        ),
        "end": lambda: workers.end(act, worker=row, on=forms["end"].cleaned_data["on"]),
        "set_pin": lambda: pins.put(act, worker=row, pin=forms["set_pin"].cleaned_data["pin"]),
    }


def _remove(request: SignedIn, row: Worker) -> str:
    found = held.ticket_of(row, request.POST.get("ticket", ""))
    if found is None:
        raise Http404
    tickets.remove(request.act, ticket=found)
    return f"Taken out: {found.title}."


def _need(request: SignedIn, row: Worker, *, needed: bool) -> str:
    known = {each.key: each for each in asked.trainings_of(row.employer)}
    training = known.get(request.POST.get("training", ""))
    if training is None:
        raise Http404
    workers.need(request.act, worker=row, training=training.key, needed=needed)
    return f"Kept: {row.name} {'needs' if needed else 'does not need'} {training.title}."


def _open_wallet(request: SignedIn, row: Worker) -> str:
    workers.open_wallet(request.act, worker=row)
    return "There is a new link. A code that was shown before no longer works."


def _close_wallet(request: SignedIn, row: Worker) -> str:
    workers.close_wallet(request.act, worker=row)
    return "Nobody outside can look at these tickets now."


def _back(request: SignedIn, row: Worker) -> str:
    workers.end(request.act, worker=row, on=None)
    return f"{row.name} works here on."


_SIMPLE: dict[str, Callable[[SignedIn, Worker], str]] = {
    "remove": _remove,
    "needed": lambda request, row: _need(request, row, needed=True),
    "not_needed": lambda request, row: _need(request, row, needed=False),
    "open_wallet": _open_wallet,
    "close_wallet": _close_wallet,
    "back": _back,
}


def _asked_for(request: SignedIn) -> dict[str, str]:
    """The training that a link of the page asks a ticket for."""
    training = request.GET.get("training", "")
    return {"training": training} if training else {}


def _page(request: SignedIn, place: Place, row: Worker) -> dict[str, Any]:
    card = asked.card_of(row, on=request.on)
    parts = programs.parts_of(place.employer, on=request.on)
    unread = [part for part in parts if row in part.unread]
    named = asked.records_naming(row, request.scope)
    return {
        "row": row,
        "card": card,
        "works": asked.works(row, on=request.on),
        "cards": [(each, _photo(place, row, each.row)) for each in card.tickets],
        "taken_out": held.taken_out_of(row),
        "open_needs": [_shown(each) for each in card.needs if each.need in _OPEN],
        "untold_needs": [_shown(each) for each in card.untold],
        "met_needs": [_shown(each) for each in card.needs if each.need in _MET],
        "unread": len(unread),
        "hand_over": to_read(place, unread[0], worker=row.code) if unread else "",
        "readings": asked.readings_of(row),
        "named": [(each, form_of(each.record).title, _record(place, each)) for each in named],
        "signed": asked.records_signed(row, request.scope),
        "ready": pins.ready(row, at=request.act.at),
        "waits": row.pin_waits_until is not None and request.act.at < row.pin_waits_until,
        "wallet": reverse("employer:wallet", args=[place.employer.code, row.code]),
        "crew_link": reverse("employer:crew_link", args=[place.employer.code]),
        "asked_for": bool(request.GET.get("training")),
    }


_OPEN = frozenset({Need.MISSING, Need.EXPIRED, Need.RUNS_OUT})
_MET = frozenset({Need.HELD, Need.NOT_NEEDED})


def _shown(each: asked.Needed) -> tuple[asked.Needed, str, str]:
    status, word = NEEDS[each.need]
    return each, status, word


def _photo(place: Place, row: Worker, ticket: held.Ticket) -> str:
    if ticket.file_id is None:
        return ""
    return reverse("employer:ticket_photo", args=[place.employer.code, row.code, ticket.code])


def _record(place: Place, each: asked.Named) -> str:
    return reverse("employer:record", args=[place.employer.code, each.record.uid])
