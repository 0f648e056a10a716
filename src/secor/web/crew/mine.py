"""What a worker who came in may see: the parts that wait for their signature, and their own tickets. Nothing else."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.queries import actions, programs, tickets
from secor.queries.programs import PartNow
from secor.usecases import readings
from secor.web.crew.entrance import REFUSED
from secor.web.door import crew
from secor.web.employer.desk import done
from secor.web.employer.program_forms import ReadForm
from secor.web.files.views import give
from secor.web.http import InTheCrew
from secor.web.prose import html
from secor.web.wallet import wallet_page


@crew
def mine(request: InTheCrew) -> HttpResponse:
    """Show what waits for the worker's signature, what they have to put right, and the way to their tickets."""
    held = tickets.wallet_of(request.worker, on=request.on)
    page = {
        "crew": request.crew,
        "worker": request.worker,
        "waiting": _waiting(request),
        "to_fix": actions.given_to_worker(request.worker),
        "tickets": len(held),
        "expired": sum(not each.good and not each.renewed for each in held),
    }
    return render(request, "crew/mine.html", page)


@crew
def part(request: InTheCrew, part: str) -> HttpResponse:
    """Show a text that waits for the worker's signature, and take it; then lead to the next one."""
    worker = request.worker
    row = programs.part_of(request.crew.employer, part)
    now = programs.part_now(row, on=request.on) if row is not None and row.removed_on is None else None
    if row is None or now is None or now.holds is None:
        raise Http404
    holds = now.holds
    if worker not in now.unread:
        messages.success(request, f"You have signed: {row.title}.")
        return redirect("crew:mine")
    form = ReadForm(request.POST if request.method == "POST" else None, workers=[(worker.code, worker.name)])

    def keep() -> None:
        strokes = form.cleaned_data["strokes"]
        readings.read(request.act, version=holds, worker=worker, strokes=strokes, language=worker.language)

    if done(form, keep):
        return _onward(request)
    page = {
        "place": {"name": _name(request)},
        "frame": "crew/frame.html",
        "back": reverse("crew:mine"),
        "part": row,
        "now": now,
        "text": html(holds.text),
        "form": form,
        "reader": worker,
        "asked": True,
        "action": request.path,
        "crew": request.crew,
        "worker": worker,
    }
    return render(request, "employer/part_read.html", page, status=REFUSED if form.errors else 200)


@crew
def wallet(request: InTheCrew) -> HttpResponse:
    """Show the worker's own tickets, big enough to hold up at a gate."""
    page = wallet_page(request.worker, on=request.on)
    photo = [
        (held, reverse("crew:ticket_photo", args=[held.row.code]) if held.row.file_id else "") for held in page.held
    ]
    return render(
        request, "crew/wallet.html", {"crew": request.crew, "worker": request.worker, "wallet": page, "cards": photo}
    )


@crew
def ticket_photo(request: InTheCrew, ticket: str) -> HttpResponse:
    """Give the photo or document of one of the worker's own tickets."""
    row = tickets.ticket_of(request.worker, ticket)
    if row is None or row.file is None:
        raise Http404
    return give(row.file, f"ticket-{row.code}")


def _waiting(request: InTheCrew) -> list[PartNow]:
    parts = programs.parts_of(request.crew.employer, on=request.on)
    return [each for each in parts if request.worker in each.unread]


def _onward(request: InTheCrew) -> HttpResponse:
    left = _waiting(request)
    if not left:
        messages.success(request, "Signed. You have read everything. Thank you.")
        return redirect("crew:mine")
    messages.success(request, f"Signed. Here is the next part; {len(left)} to go.")
    return redirect("crew:part", left[0].row.code)


def _name(request: InTheCrew) -> str:
    return request.crew.employer.trade_name or request.crew.employer.legal_name
