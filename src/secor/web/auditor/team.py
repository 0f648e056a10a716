"""Working on one audit together: who does, and what they answered differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.role import RoleKind
from secor.core.take import NOT_APPLICABLE, NOTE, RECOMMENDATION, Place
from secor.queries import starting, takes, teams
from secor.queries.audits import BY_EMPLOYER, Audit, instrument_of
from secor.queries.handovers import UNDER_WAY
from secor.usecases import takes as choosing
from secor.usecases import teams as acts
from secor.usecases.act import Refusal
from secor.web import handing
from secor.web.auditor.inputs import WORDS, given_words
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import door
from secor.web.http import SignedIn

UNREADABLE = 422
POSTING = frozenset({"POST"})
_PARTS = {NOTE: "Note", RECOMMENDATION: "Recommendation", NOT_APPLICABLE: "Does not apply"}
_HOW = {method.value: word for method, word in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the answers that stand against each other, in words."""

    uid: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Against:
    """A place where answers stand against each other."""

    question: str
    text: str
    part: str
    how: str
    answers: tuple[Answered, ...]

    @property
    def seen(self) -> str:
        """The numbers of the answers that this page shows."""
        return ",".join(each.uid for each in self.answers)


@door(*ASSESSORS)
def team(request: SignedIn, code: str) -> HttpResponse:
    """Show who works on the audit, and let its assessor ask a colleague in or out."""
    audit = reached(request, code)
    refused = ""
    if request.method == "POST":
        try:
            _change(request, audit)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("auditor:team", code) if audit.assessor_id == request.user.pk else redirect("auditor:home")
    members = teams.team_of(audit)
    there = {audit.assessor_id, *(each.key for each in members)}
    page = {
        "head": head(request, audit),
        "audit": audit,
        "members": members,
        "mine": audit.assessor_id == request.user.pk,
        "me": request.user.pk,
        "own": audit.performer in BY_EMPLOYER,
        "can_hand_over": audit.performer not in BY_EMPLOYER and audit.stage in UNDER_WAY,
        "others": [each for each in starting.auditors_of(audit.partner, on=request.on) if each.pk not in there],
        "refused": refused,
    }
    return render(request, "auditor/team.html", page, status=UNREADABLE if refused else 200)


@door(RoleKind.AUDITOR)
def hand_over(request: SignedIn, code: str) -> HttpResponse:
    """Hand one's audit to a colleague."""
    audit = reached(request, code)
    if audit.performer in BY_EMPLOYER or audit.assessor_id != request.user.pk or audit.stage not in UNDER_WAY:
        raise Http404
    shown = handing.hand_over(request, audit)
    if shown is None:
        return redirect("auditor:home")
    status = UNREADABLE if request.method == "POST" else 200
    return render(request, "auditor/hand_over.html", {"head": head(request, audit), **shown}, status=status)


@door(*ASSESSORS)
def apart(request: SignedIn, code: str) -> HttpResponse:
    """Show the answers that stand against each other, and let one of each stand."""
    audit = reached(request, code)
    refused = ""
    if request.method == "POST":
        place = Place(request.POST.get("question", ""), request.POST.get("part", ""))
        seen = request.POST.get("seen", "").split(",")
        try:
            choosing.choose(request.act, audit=audit, place=place, uid=request.POST.get("uid", ""), seen=seen)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("auditor:apart", code)
    page = {"head": head(request, audit), "audit": audit, "against": list(_against(audit)), "refused": refused}
    return render(request, "auditor/apart.html", page, status=UNREADABLE if refused else 200)


@door(*ASSESSORS, methods=POSTING)
def points(request: SignedIn, code: str, question: str) -> HttpResponse:
    """Write the points that were noted on site into the note of their question."""
    audit = reached(request, code)
    element = next((each for each in instrument_of(audit).elements if question in {q.id for q in each.questions}), None)
    if element is None:
        raise Http404
    try:
        choosing.into_note(request.act, audit=audit, question=question)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    anchor = "-".join(["q", *question.split(".")])
    return redirect(f"{reverse('auditor:element', args=[code, element.number])}#{anchor}")


def _change(request: SignedIn, audit: Audit) -> None:
    written = request.POST.get("person", "")
    key = int(written) if written.isascii() and written.isdigit() and len(written) < len(str(10**9)) else 0
    if request.POST.get("how") == "out":
        person = next((each.key for each in teams.team_of(audit) if each.key == key), None)
        found = teams.person_of(person) if person is not None else None
        if found is not None:
            acts.leave(request.act, audit=audit, person=found)
        return
    asked = next((each for each in starting.auditors_of(audit.partner, on=request.on) if each.pk == key), None)
    if asked is None:
        raise Refusal("Choose a colleague from the list.")
    acts.ask_in(request.act, audit=audit, person=asked)


def _against(audit: Audit) -> Iterator[Against]:
    instrument = instrument_of(audit)
    for each in takes.apart_in(audit):
        question = instrument.question(each.place.question)
        if question is not None:
            part = each.place.part
            yield Against(
                question.id,
                question.text,
                part,
                _PARTS.get(part) or _HOW.get(part, ""),
                tuple(Answered(one.take.uid, one.by, _words(one.take.value)) for one in each.takes),
            )


def _words(value: object) -> str:
    if value is None:
        return "nothing: it was taken away"
    if isinstance(value, dict):
        return given_words(value)
    return "Yes" if value is True else f"“{value}”"
