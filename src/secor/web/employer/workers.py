"""The people of a business: everybody on its list, what is missing or runs out, and the link on the wall."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.ticket import Need
from secor.queries import crew as crews
from secor.queries import library, programs
from secor.queries import workers as asked
from secor.queries.growth import growing
from secor.queries.situations import situation_of
from secor.queries.workers import Card, Needed
from secor.usecases import crew, workers
from secor.web import shown
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.worker_forms import NewWorkerForm, first_day
from secor.web.http import SignedIn
from secor.web.square import square
from secor.web.words import plainly

# How each standing with a training is shown: the shape of a status, and its word here.
NEEDS = {
    Need.HELD: ("done", "Has it"),
    Need.RUNS_OUT: ("due_soon", "Runs out"),
    Need.EXPIRED: ("overdue", "Ran out"),
    Need.MISSING: ("missing", "Missing"),
    Need.UNTOLD: ("to_do", "Say if needed"),
    Need.NOT_NEEDED: ("left_out", "Not needed"),
}


@door(*OPENS_OWN)
def people(request: SignedIn, code: str) -> HttpResponse:
    """Show everybody who works here, and take somebody new."""
    place = reached(request, code)
    accounts = asked.accounts_for(place.employer, on=request.on)
    form = sent(
        request,
        "add",
        NewWorkerForm,
        languages=library.languages(),
        accounts=accounts,
        initial=first_day(request.on),
    )
    made: list[asked.Worker] = []

    def add() -> None:
        about, began_on = form.about(), form.cleaned_data["began_on"]
        made.append(workers.add(request.act, employer=place.employer, about=about, began_on=began_on))

    if done(form, add):
        messages.success(request, f"{made[0].name} is on the list. Add their tickets next.")
        return redirect("employer:worker", code, made[0].code)
    cards = asked.cards_of(place.employer, on=request.on)
    unread = _unread(place, request)
    link = crews.link_of(place.employer)
    page = {
        "form": form,
        "rows": [(card, _address(place, card), unread.get(card.worker.pk, 0)) for card in cards],
        "coming": asked.coming(place.employer, on=request.on),
        "left": asked.left(place.employer, on=request.on),
        "link": link,
        "crew_link": reverse("employer:crew_link", args=[code]),
        "training": reverse("employer:training", args=[code]),
        "counts": _counts(place, request, len(cards)),
    }
    return show(request, place, "workers", page, form)


@door(*OPENS_OWN, methods=READING)
def training(request: SignedIn, code: str) -> HttpResponse:
    """Show everybody against everything that the trade wants."""
    place = reached(request, code)
    cards = asked.cards_of(place.employer, on=request.on)
    rows = [(card, _address(place, card), [_cell(each) for each in card.needs]) for card in cards]
    page = {
        "rows": rows,
        "trainings": asked.trainings_of(place.employer),
        "program": place.address("program"),
        "missing": sum(len(card.missing) for card in cards),
        "expired": sum(len(card.expired) for card in cards),
    }
    return show(request, place, "workers_training", page)


@door(*OPENS_OWN)
def crew_link(request: SignedIn, code: str) -> HttpResponse:
    """Make the crew's link and show it this one time, or take it away."""
    place = reached(request, code)
    here = reverse("employer:crew_link", args=[code])
    if request.method == "POST" and request.POST.get("do") == "open":
        return shown.carry(redirect(here), crew.open_link(request.act, employer=place.employer), to=here)
    if request.method == "POST" and request.POST.get("do") == "close":
        crew.close_link(request.act, employer=place.employer)
        messages.success(request, "The link is taken away. Nobody comes in through it any more.")
        return redirect(here)
    secret = shown.carried(request)
    address = settings.SITE_URL + reverse("crew:open", args=[secret]) if secret else ""
    page = {
        "link": crews.link_of(place.employer),
        "address": address,
        "square": square(address, title="Square code for the crew's phones") if address else "",
        "ready": sum(bool(each.pin) for each in asked.working(place.employer, on=request.on)),
    }
    return shown.forget(request, show(request, place, "workers_link", page))


def _cell(each: Needed) -> tuple[Needed, str, str]:
    status, word = NEEDS[each.need]
    return each, status, word


def _address(place: Place, card: Card) -> str:
    return reverse("employer:worker", args=[place.employer.code, card.worker.code])


def _unread(place: Place, request: SignedIn) -> dict[int, int]:
    """How many parts of the program each worker has still to read, by the worker's key."""
    found: dict[int, int] = {}
    for part in programs.parts_of(place.employer, on=request.on):
        for worker in part.unread:
            found[worker.pk] = found.get(worker.pk, 0) + 1
    return found


def _counts(place: Place, request: SignedIn, listed: int) -> dict[str, object]:
    """What the list means for the head-count: whether the two differ, and what one more person brings."""
    at = situation_of(place.employer, on=request.on)
    size = growing(at)
    last = at.ledger[-1].counted(at.rules.headcount.counts) if at.ledger else None
    full = size.maximum is not None and listed >= size.maximum
    return {
        "last": last,
        "listed": listed,
        "differ": bool(listed) and last is not None and last != listed,
        "full": full,
        "maximum": size.maximum,
        "plan": [plainly(line) for line in size.plan],
    }
