"""The first page of the desk: one next step, why, and where the business is on the six steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.program import PartState
from secor.core.role import RoleKind
from secor.queries import actions, certificates, duties, programs, workers
from secor.queries.duties import Duty
from secor.queries.growth import Level
from secor.queries.hiring import outlook_of
from secor.queries.situations import Situation
from secor.usecases import employers
from secor.web.door import door, signed_in
from secor.web.employer import due_records
from secor.web.employer.actions import rows_of, titles_of
from secor.web.employer.desk import OPENS_ALL, REFUSED, Place, done, reached, show
from secor.web.employer.forms import JoinForm
from secor.web.http import SignedIn
from secor.web.words import days_left, plainly

TURNS = {"yours": "Your move", "auditor": "Your auditor's move", "partner": "Your certifying partner's move"}
OF_THE_AUDITOR = {"assessment": "auditor:audit", "notes": "auditor:notes"}


@dataclass(frozen=True, slots=True)
class Next:
    """The one next step, as the page shows it."""

    what: str
    told: str
    do: str
    href: str
    turn: str
    urgency: str
    due_on: date | None
    left: str
    why: tuple[str, ...]


@door(*OPENS_ALL)
def home(request: SignedIn, code: str) -> HttpResponse:
    """Show what comes next, and the six steps; a worker is shown only what everybody may know."""
    place = reached(request, code)
    if place.kinds <= {RoleKind.WORKER}:
        return _worker(request, place)
    owed = duties.owed_by(place.employer, on=request.on)
    page = {
        "next": next_of(place, owed.next, owed.situation),
        "steps": [(step, place.address(step.page)) for step in owed.steps],
        "growing": owed.growing,
        "full": owed.growing.level is Level.FULL,
        "over": owed.growing.level is Level.OVER,
        "plan": [plainly(line) for line in owed.growing.plan],
        "situation": owed.situation,
        "coming": outlook_of(owed.situation).over,
        "crew": workers.standing_of(place.employer, on=request.on),
        "to_fix": actions.open_count(place.employer, on=request.on),
        "report": owed.situation.report,
        "meanwhile": _meanwhile(place, on=request.on),
        "due_records": due_records.lines(place.employer, on=request.on),
        "due_told": owed.situation.rules.told("due"),
    }
    return show(request, place, "home", page)


def next_of(place: Place, duty: Duty, at: Situation) -> Next:
    """A duty in the words and with the address that the page needs."""
    partner = at.membership.partner if at.membership else None
    names = {"partner": partner.key, "acronym": partner.acronym} if partner else {}
    href = reverse(OF_THE_AUDITOR[duty.page], args=[duty.audit]) if duty.audit else place.address(duty.page)
    return Next(
        what=duty.what,
        told=plainly(duty.told),
        do=duty.do,
        href=href,
        turn=TURNS[duty.turn.value],
        urgency=duty.urgency,
        due_on=duty.due_on,
        left=days_left(duty.left) if duty.left is not None else "",
        why=tuple(plainly(line, **names) for line in duty.why),
    )


def _meanwhile(place: Place, *, on: date) -> str:
    """What of the program is not done yet, in words: it waits for no partner and for no day. Empty where all is."""
    if programs.program_of(place.employer) is None:
        return "Build your program. A few questions about your trade, and it is written in five minutes."
    unsigned = sum(
        part.state in {PartState.TO_SIGN, PartState.CHANGED} for part in programs.parts_of(place.employer, on=on)
    )
    if not unsigned:
        return ""
    return f"{unsigned} part{'s' if unsigned > 1 else ''} of your program still to read and sign."


def _worker(request: SignedIn, place: Place) -> HttpResponse:
    """What a worker sees: whether the business holds a certificate, which everybody may look up."""
    certificate = certificates.newest_of(place.employer)
    report = certificates.standing_of(certificate, on=request.on) if certificate else None
    me = programs.worker_of(place.employer, request.user, on=request.on)
    page = {
        "place": place,
        "certificate": certificate,
        "report": report,
        "employer": place.employer,
        "due_records": due_records.lines(place.employer, on=request.on),
        "program": place.address("program"),
        "to_fix": rows_of(actions.given_to(place.employer, request.user), titles_of(place), on=request.on),
        "fixes": place.address("actions"),
        "wallet": reverse("employer:wallet", args=[place.employer.code, me.code]) if me else "",
    }
    return render(request, "employer/worker.html", page)


@signed_in
def join(request: SignedIn) -> HttpResponse:
    """Register a business. Whoever does so owns it."""
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"owners": 1})
    made = []

    def register() -> None:
        made.append(employers.register(request.act, headcount=form.counts(), **form.given()))

    if done(form, register):
        messages.success(request, "Your business is registered. Here is what comes next.")
        return redirect("employer:home", made[0].code)
    return render(request, "employer/join.html", {"form": form}, status=REFUSED if form.errors else 200)
