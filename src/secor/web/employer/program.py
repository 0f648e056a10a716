"""The program at a glance: its parts and where each stands, who has still to read, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.program import PartState
from secor.queries import programs, proposals
from secor.queries.programs import PartNow, Program
from secor.queries.proposals import Proposal, Proposes
from secor.usecases import parts as acts
from secor.web.door import door
from secor.web.employer.desk import OPENS_ALL, Place, done, reached, sent, show
from secor.web.employer.program_forms import SignForm
from secor.web.http import SignedIn

# How each state is shown: the shape of a status, and its word here.
STATES = {
    PartState.TO_SIGN: ("to_do", "To sign"),
    PartState.CHANGED: ("pending", "Changed, to sign"),
    PartState.OVERDUE: ("overdue", "Look at it again"),
    PartState.DUE: ("due_soon", "Look at it soon"),
    PartState.IN_FORCE: ("done", "In force"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A part as the list shows it."""

    part: PartNow
    href: str
    status: str
    word: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has still to read, how many parts, and where the first of them is."""

    name: str
    number: int
    href: str


@door(*OPENS_ALL)
def program(request: SignedIn, code: str) -> HttpResponse:
    """Show the program; a worker is shown the parts in force, to read and sign."""
    place = reached(request, code)
    parts = programs.parts_of(place.employer, on=request.on)
    if not place.answers:
        return _worker(request, place, parts)
    if request.method == "POST" and request.POST.get("do") == "put_back":
        return _put_back(request, place)
    sign = sent(request, "sign", SignForm)
    counted: list[int] = []

    def sign_all() -> None:
        given = sign.cleaned_data
        counted.append(
            acts.sign_all(request.act, employer=place.employer, signer=given["signer"], strokes=given["strokes"])
        )

    if done(sign, sign_all):
        messages.success(request, f"Signed: {_many(counted[0], 'part')} in force from today.")
        return redirect("employer:program", code)
    begun = programs.program_of(place.employer)
    page = {
        "begun": begun,
        "rows": [row_of(place, part) for part in parts],
        "waiting": sum(part.waits for part in parts),
        "in_force": sum(part.holds is not None for part in parts),
        "due": sum(part.state in {PartState.OVERDUE, PartState.DUE} for part in parts),
        "readers": readers(place, parts),
        "people": len(programs.workers_of(place.employer, on=request.on)),
        "sign": sign,
        "removed": programs.removed_of(place.employer),
        "start": reverse("employer:program_trade", args=[code]),
        **_proposed(begun, built=bool(parts)),
    }
    return show(request, place, "program", page, sign)


def row_of(place: Place, part: PartNow) -> Row:
    """A part with its address and the words of its state."""
    status, word = STATES[part.state]
    return Row(part, reverse("employer:part", args=[place.employer.code, part.row.code]), status, word)


def readers(place: Place, parts: tuple[PartNow, ...]) -> list[Reader]:
    """Who has still to read which of the texts in force, those with the most to read first."""
    waiting: dict[str, list[PartNow]] = {}
    names: dict[str, str] = {}
    for part in parts:
        for worker in part.unread:
            names[worker.code] = worker.name
            waiting.setdefault(worker.code, []).append(part)
    found = [
        Reader(names[code], len(theirs), to_read(place, theirs[0], worker=code)) for code, theirs in waiting.items()
    ]
    return sorted(found, key=lambda reader: (-reader.number, reader.name))


def to_read(place: Place, part: PartNow, *, worker: str = "") -> str:
    """Where a part is read and signed by its reader."""
    href = reverse("employer:part_read", args=[place.employer.code, part.row.code])
    return f"{href}?worker={worker}" if worker else href


def _proposed(begun: Program | None, *, built: bool) -> dict[str, list[Proposal] | bool]:
    """What the builder would do now, once it has written the program a first time."""
    found = proposals.proposals(begun) if begun is not None and built else ()
    fresh = [each for each in found if each.proposes in {Proposes.NEW, Proposes.REPLACE}]
    return {
        "fresh": fresh,
        "offered": [each for each in found if each.proposes is Proposes.OFFER],
        "leftover": [each for each in found if each.proposes is Proposes.LEFTOVER],
    }


def _put_back(request: SignedIn, place: Place) -> HttpResponse:
    part = programs.part_of(place.employer, request.POST.get("part", ""))
    if part is None:
        raise Http404
    acts.put_back(request.act, part=part)
    messages.success(request, f"{part.title} is part of the program again.")
    return redirect("employer:program", place.employer.code)


def _worker(request: SignedIn, place: Place, parts: tuple[PartNow, ...]) -> HttpResponse:
    me = programs.worker_of(place.employer, request.user, on=request.on)
    holding = [part for part in parts if part.holds is not None]
    own = me.code if me else ""
    rows = [(part, to_read(place, part, worker=own), me is not None and me in part.unread) for part in holding]
    page = {"place": place, "rows": rows, "me": me, "left": sum(unread for *_, unread in rows)}
    return render(request, "employer/program_worker.html", page)


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
