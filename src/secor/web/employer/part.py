"""One part of a program: its text, its signature, its versions, its readers, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.difference import Change
from secor.queries import programs, proposals
from secor.queries.programs import Line, PartNow, PartVersion, ProgramPart, difference
from secor.queries.proposals import Proposes
from secor.usecases import parts as acts
from secor.usecases.act import Refusal
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, REFUSED, Place, done, reached, sent, show
from secor.web.employer.program import row_of, to_read
from secor.web.employer.program_forms import EditForm, PartForm, SignForm
from secor.web.http import SignedIn
from secor.web.prose import html

WORDS = {Change.ADDED: "Added", Change.TAKEN_OUT: "Taken out"}


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that follow one another and had the same done to them."""

    word: str
    tone: str
    lines: tuple[str, ...]
    hidden: int = 0


@door(*OPENS_OWN)
def part(request: SignedIn, code: str, part: str) -> HttpResponse:
    """Show a part, and sign it, look at it again, take it out or put it back."""
    place, row = reached_part(request, code, part)
    sign = sent(request, "sign", SignForm)
    now = programs.part_now(row, on=request.on)

    def put_in_force() -> None:
        given = sign.cleaned_data
        shown = _shown(row, request.POST.get("version", ""))
        acts.sign(request.act, version=shown, signer=given["signer"], strokes=given["strokes"])

    if done(sign, put_in_force):
        messages.success(request, f"Signed: {row.title} is in force from today.")
        return redirect("employer:part", code, part)
    if request.method == "POST" and request.POST.get("do") in _SIMPLE:
        return _simple(request, place, row)
    versions = programs.versions_of(row)
    begun = programs.program_of(place.employer)
    proposal = proposals.proposal_for(begun, row) if begun and row.removed_on is None else None
    page = {
        **_frame(place, row, now),
        "text": html(versions[0].text),
        "changed": now.holds is not None and now.waits,
        "sign": sign,
        "versions": versions,
        "readings": programs.readings_of(now.holds) if now.holds else (),
        "read": to_read(place, now),
        "offered": proposal is not None and proposal.proposes in {Proposes.OFFER, Proposes.REPLACE},
    }
    return show(request, place, "part", page, sign)


@door(*OPENS_OWN)
def edit(request: SignedIn, code: str, part: str) -> HttpResponse:
    """Change the text of a part; the difference can be looked at first.

    A text that somebody else wrote meanwhile is shown beside one's own.
    """
    place, row = _own_part(request, code, part)
    newest = programs.versions_of(row)[0]
    given = request.POST if request.method == "POST" else None
    form = EditForm(given, initial={"text": newest.text, "over": newest.number})
    page = {**_frame(place, row, programs.part_now(row, on=request.on)), "form": form}
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        if request.POST.get("do") == "look":
            return show(request, place, "part_edit", {**page, "preview": html(text), "runs": runs(newest.text, text)})
        try:
            acts.edit(request.act, part=row, **form.cleaned_data)
        except acts.Stale as stale:
            return _both(request, place, page, form, stale.newest)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. It waits for your signature; until then the signed text is in force.")
            return redirect("employer:part", code, part)
    return show(request, place, "part_edit", page, form)


@door(*OPENS_OWN, methods=READING)
def compare(request: SignedIn, code: str, part: str) -> HttpResponse:
    """Show the difference between any two texts of a part; without a word, between the last two."""
    place, row = reached_part(request, code, part)
    versions = programs.versions_of(row)
    after = _numbered(versions, request.GET.get("to", "")) or versions[0]
    before = _numbered(versions, request.GET.get("from", "")) or versions[min(1, len(versions) - 1)]
    page = {
        **_frame(place, row, programs.part_now(row, on=request.on)),
        "versions": versions,
        "before": before,
        "after": after,
        "runs": runs(before.text, after.text),
    }
    return show(request, place, "part_compare", page)


@door(*OPENS_OWN)
def offer(request: SignedIn, code: str, part: str) -> HttpResponse:
    """Show what the builder would write now beside what stands, and take it or leave it."""
    place, row = _own_part(request, code, part)
    begun = programs.program_of(place.employer)
    proposal = proposals.proposal_for(begun, row) if begun else None
    if proposal is None or proposal.proposes not in {Proposes.OFFER, Proposes.REPLACE}:
        return redirect("employer:part", code, part)
    if request.method == "POST":
        if request.POST.get("do") == "take":
            acts.take_offer(request.act, part=row)
            messages.success(request, "The new text is in its place. Read it, and sign it.")
        else:
            acts.leave_offer(request.act, part=row)
            messages.success(request, "Your text stays as it is.")
        return redirect("employer:part", code, part)
    newest = programs.versions_of(row)[0]
    page = {
        **_frame(place, row, programs.part_now(row, on=request.on)),
        "runs": runs(newest.text, proposal.text),
        "text": html(proposal.text),
    }
    return show(request, place, "part_offer", page)


@door(*OPENS_OWN)
def add(request: SignedIn, code: str) -> HttpResponse:
    """Add a part of one's own."""
    place = reached(request, code)
    if not place.owner:
        raise PermissionDenied
    form = PartForm(request.POST if request.method == "POST" else None)
    made: list[ProgramPart] = []
    if done(form, lambda: made.append(acts.add_part(request.act, employer=place.employer, **form.cleaned_data))):
        messages.success(request, "Added. Read it once more, and sign it.")
        return redirect("employer:part", code, made[0].code)
    return show(request, place, "part_add", {"form": form}, form)


def reached_part(request: SignedIn, code: str, part: str, *, anybody: bool = False) -> tuple[Place, ProgramPart]:
    """The business and its part of that code; a part of somebody else is not there at all."""
    place = reached(request, code, anybody=anybody)
    row = programs.part_of(place.employer, part)
    if row is None:
        raise Http404
    return place, row


def runs(before: str, after: str) -> list[Run]:
    """The difference between two texts, with what follows one another put together; empty where there is none."""
    grouped = groupby(difference(before, after), key=lambda line: line.change)
    return [_run(change, list(lines)) for change, lines in grouped]


def _run(change: Change, lines: list[Line]) -> Run:
    if change is Change.LEFT_OUT:
        return Run("", "left_out", (), sum(line.lines for line in lines))
    return Run(WORDS.get(change, ""), change.value, tuple(line.text for line in lines))


def _frame(place: Place, row: ProgramPart, now: PartNow) -> dict[str, object]:
    """What each page of a part begins with."""
    codes = [place.employer.code, row.code]
    pages = ("part", "part_edit", "part_compare", "part_offer")
    return {
        "part": row,
        "now": now,
        "row": row_of(place, now),
        "at": {x: reverse(f"employer:{x}", args=codes) for x in pages},
    }


def _own_part(request: SignedIn, code: str, part: str) -> tuple[Place, ProgramPart]:
    place, row = reached_part(request, code, part)
    if not place.owner:
        raise PermissionDenied
    return place, row


_SIMPLE = {
    "review": (acts.review, "Kept: you looked at it today, and it stays as it is."),
    "remove": (acts.remove_part, "Taken out. It can be put back at any time."),
    "put_back": (acts.put_back, "It is part of the program again."),
}


def _simple(request: SignedIn, place: Place, row: ProgramPart) -> HttpResponse:
    act, words = _SIMPLE[request.POST["do"]]
    try:
        act(request.act, part=row)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("employer:part", place.employer.code, row.code)


def _shown(row: ProgramPart, number: str) -> PartVersion:
    """The text that the form was shown with, so that nobody signs one they have not seen."""
    version = _numbered(programs.versions_of(row), number)
    if version is None:
        raise Http404
    return version


def _numbered(versions: Sequence[PartVersion], number: str) -> PartVersion | None:
    return next((version for version in versions if str(version.number) == number), None)


def _both(request: SignedIn, place: Place, page: dict[str, object], form: Form, newest: PartVersion) -> HttpResponse:
    """One's own text to go on with, and the other beside it; sending again is then meant."""
    mine = {**form.cleaned_data, "over": newest.number}
    again = EditForm(initial=mine)
    given = {
        **page,
        "form": again,
        "other": newest,
        "theirs": html(newest.text),
        "runs": runs(newest.text, mine["text"]),
    }
    answer = show(request, place, "part_edit", given)
    answer.status_code = REFUSED
    return answer
