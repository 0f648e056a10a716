"""How a worker without an account comes in: the crew's link, their name, their PIN. And out again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.queries import crew as asked
from secor.usecases import pins
from secor.usecases.act import Refusal
from secor.usecases.pins import Answer, Tried
from secor.web import speech
from secor.web.crew import inside
from secor.web.crew.forms import OwnPinForm, PinForm
from secor.web.door import crew, crew_link, public
from secor.web.http import AtTheCrewsDoor, InTheCrew, Visit

REFUSED = 422


@public
def open_link(request: Visit, secret: str) -> HttpResponse:
    """Open the crew's door with the link's secret, and lead on, so that the secret leaves the address at once."""
    link = asked.opened_by(secret)
    if link is None:
        return _private(render(request, "crew/closed.html", {"dead": True}, status=410))
    inside.open_by(request, link)
    return _private(redirect("crew:names"))


@crew_link
def names(request: AtTheCrewsDoor) -> HttpResponse:
    """Ask who it is."""
    if not request.user.is_authenticated and inside.worker_of(request) is not None:
        return redirect("crew:mine")
    languages = speech.others(speech.speech_of(request))
    return render(request, "crew/names.html", {"crew": request.crew, "languages": languages})


@crew_link
def pin(request: AtTheCrewsDoor, who: str) -> HttpResponse:
    """Ask for the PIN. A wrong one leads back here with a word, so that its count is kept."""
    worker = request.crew.worker(who)
    if worker is None:
        raise Http404
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tried = pins.check(request.act, worker=worker, pin=form.cleaned_data["pin"])
        if tried.answer is Answer.RIGHT:
            inside.let_in(request, worker)
            return redirect("crew:own_pin" if worker.pin_once else "crew:mine")
        messages.error(request, _told(tried))
        return redirect("crew:pin", who)
    page = {
        "crew": request.crew,
        "worker": worker,
        "form": form,
        "ready": pins.ready(worker, at=request.act.at),
        "speech": speech.of(worker.language),
        "waits": worker.pin_waits_until is not None and request.act.at < worker.pin_waits_until,
    }
    return render(request, "crew/pin.html", page, status=REFUSED if form.errors else 200)


@crew
def own_pin(request: InTheCrew) -> HttpResponse:
    """Let the worker choose a PIN of their own; after one that was handed out, before anything else."""
    form = OwnPinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            worker = pins.choose(request.act, worker=request.worker, pin=form.cleaned_data["pin"])
        except Refusal as refusal:
            form.add_error("pin", str(refusal))
        else:
            inside.let_in(request, worker)
            messages.success(request, "Your PIN is set. Use it from now on.")
            return redirect("crew:mine")
    page = {"crew": request.crew, "worker": request.worker, "form": form, "first": request.worker.pin_once}
    return render(request, "crew/own_pin.html", page, status=REFUSED if form.errors else 200)


@crew_link
def leave(request: AtTheCrewsDoor) -> HttpResponse:
    """End the worker's session on this phone, and ask for the next name."""
    if request.method == "POST" and not request.user.is_authenticated:
        inside.let_out(request)
    return redirect("crew:names")


def _told(tried: Tried) -> str:
    if tried.answer is Answer.WAITS:
        return "That was wrong five times. Wait 15 minutes, or ask the owner for a new PIN."
    if tried.answer is Answer.NONE:
        return "You have no PIN yet, or the one you were given is too old. Ask the owner for a new one."
    return f"This is not your PIN. {tried.left} {'try' if tried.left == 1 else 'tries'} left, then it waits 15 minutes."


def _private(response: HttpResponse) -> HttpResponse:
    """An answer at an address that is a secret itself: not searched, not kept, not told to the next page."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
