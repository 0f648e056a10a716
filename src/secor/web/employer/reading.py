"""Reading a part and signing that one has: on one's own phone, or on the one that goes round."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.role import RoleKind
from secor.queries import programs
from secor.queries.programs import PartNow, Worker
from secor.usecases import readings as acts
from secor.web import speech
from secor.web.door import door
from secor.web.employer.desk import OPENS_ALL, REFUSED, Place, done, show
from secor.web.employer.part import reached_part
from secor.web.employer.program import to_read
from secor.web.employer.program_forms import ReadForm
from secor.web.http import SignedIn
from secor.web.prose import html


@door(*OPENS_ALL)
def read(request: SignedIn, code: str, part: str) -> HttpResponse:
    """Show the text in force, and take a reader's signature; then lead to the next part they have to read."""
    place, row = reached_part(request, code, part, anybody=True)
    now = programs.part_now(row, on=request.on)
    if now.holds is None or row.removed_on is not None:
        if not place.answers:
            raise Http404
        return redirect("employer:part", code, part)
    waiting = {worker.code: worker for worker in now.unread}
    chosen = _reader(request, place, waiting)
    asked = [(worker.code, worker.name) for worker in ([chosen] if chosen else now.unread)]
    form = ReadForm(request.POST if request.method == "POST" else None, workers=asked)

    def keep() -> None:
        given = form.cleaned_data
        acts.read(
            request.act,
            version=_holding(now),
            worker=waiting[given["worker"]],
            strokes=given["strokes"],
            language=waiting[given["worker"]].language,
        )

    if done(form, keep):
        reader = waiting[form.cleaned_data["worker"]]
        return redirect(_onward(request, place, reader))
    page = {
        "part": row,
        "now": now,
        "text": html(_holding(now).text),
        "form": form,
        "reader": chosen,
        "asked": asked,
        "action": to_read(place, now, worker=chosen.code if chosen else ""),
    }
    if chosen is not None:  # the phone is in their hand
        page["speech"] = speech.of(chosen.language)
    if not place.answers:
        page |= {"place": place, "frame": "base.html", "back": place.address("program")}
        return render(request, "employer/part_read.html", page, status=REFUSED if form.errors else 200)
    page |= {"frame": "employer/frame.html", "back": reverse("employer:part", args=[code, part])}
    return show(request, place, "part_read", page, form)


def _reader(request: SignedIn, place: Place, waiting: dict[str, Worker]) -> Worker | None:
    """Whoever was handed the phone, as the address says; a worker who signed in reads for themselves."""
    named = waiting.get(request.GET.get("worker", ""))
    if named is not None or RoleKind.OWNER in place.kinds:
        return named
    me = programs.worker_of(place.employer, request.user, on=request.on)
    return waiting.get(me.code) if me else None


def _holding(now: PartNow) -> programs.PartVersion:
    assert now.holds is not None, "a part without a signed text is led away before"
    return now.holds


def _onward(request: SignedIn, place: Place, reader: Worker) -> str:
    """The next part that this reader has to read, or the program when there is none."""
    left = [part for part in programs.parts_of(place.employer, on=request.on) if reader in part.unread]
    if not left:
        messages.success(request, f"{reader.name} has read everything. Thank you.")
        return place.address("program")
    messages.success(request, f"Signed, {reader.name}. Here is the next part; {len(left)} to go.")
    return to_read(place, left[0], worker=reader.code)
