"""Choosing a certifying partner: side by side, with what differs; ask one, or leave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.scheme import Rules
from secor.core.sourced import Sourced
from secor.queries import employers as asked
from secor.queries import schemes
from secor.queries.employers import Partner
from secor.queries.situations import situation_of
from secor.usecases import employers
from secor.usecases.act import Refusal
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, done, reached, sent, show
from secor.web.employer.forms import LeaveForm
from secor.web.http import SignedIn
from secor.web.public.comparison import COLUMNS


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a partner: what it says, from which source, and whether it is our own default."""

    heading: str
    text: str
    source: str
    ours: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One partner to choose from: what differs from the scheme's own rules, and what does not."""

    key: str
    name: str
    acronym: str
    sector: str
    differs: tuple[Point, ...]
    same: tuple[Point, ...]
    closed: str


@door(*OPENS_OWN)
def partner(request: SignedIn, code: str) -> HttpResponse:
    """Show the partners side by side, and take the question to one of them."""
    place = reached(request, code)
    problem = ""
    if request.method == "POST" and request.POST.get("do") == "ask":
        problem = _ask(request, place.employer)
        if not problem:
            messages.success(request, "Asked. You get a letter when your certifying partner answers.")
            return redirect("employer:partner", code)
    leave = sent(request, "leave", LeaveForm)
    if done(leave, lambda: employers.leave_partner(request.act, employer=place.employer)):
        messages.success(request, "You have left. You can ask another certifying partner now.")
        return redirect("employer:partner", code)
    at = situation_of(place.employer, on=request.on)
    page = {
        "membership": at.membership,
        "gone": at.membership is not None and bool(_closed(at.membership.partner, request.on, member=True)),
        "refusal": at.refusal,
        "live": at.live,
        "certificate": at.certificate,
        "choices": [choice_of(row, on=request.on) for row in asked.partners()] if at.membership is None else [],
        "mine": choice_of(at.membership.partner, on=request.on) if at.membership else None,
        "leave": leave,
        "problem": problem,
    }
    response = show(request, place, "partner", page, leave)
    if problem:
        response.status_code = 422
    return response


def _ask(request: SignedIn, employer: asked.Employer) -> str:
    """Ask the partner that was chosen; give the refusal's words, or nothing."""
    chosen = asked.partner_of(request.POST.get("partner", ""))
    if chosen is None:
        raise Http404
    try:
        employers.ask_partner(request.act, employer=employer, partner=chosen)
    except Refusal as refusal:
        return str(refusal)
    return ""


def choice_of(row: Partner, *, on: date) -> Choice:
    """A partner as the page shows it."""
    plain = schemes.rules(row.scheme, partner=None, on=on)
    own = schemes.rules(row.scheme, partner=row.key, on=on)
    differs: list[Point] = []
    same: list[Point] = []
    for heading, rule, _ in COLUMNS:
        point = _point(own, heading, rule)
        (same if point.text == _point(plain, heading, rule).text else differs).append(point)
    known = next((each for each in schemes.partners(row.scheme) if each.key == row.key), None)
    sector = known.sector if known else ""
    return Choice(row.key, row.name, row.acronym, sector, tuple(differs), tuple(same), _closed(row, on))


def _point(rules: Rules, heading: str, rule: str) -> Point:
    words = next(words for _, name, words in COLUMNS if name == rule)
    told: Sourced[object] | None = rules.told(rule)
    if told is None or told.value is None:
        return Point(heading, "not published", "", "")
    return Point(heading, words(told.value) or "not published", told.source, told.open_question or "")


def _closed(row: Partner, on: date, *, member: bool = False) -> str:
    """Why a partner cannot be asked now, if it cannot; ``member`` asks only whether it is still in the program."""
    if row.valid_until is not None and row.valid_until < on:
        return "No longer part of the program"
    if row.valid_from is not None and on < row.valid_from:
        return "Not yet part of the program"
    return "" if row.accepting_new or member else "Takes no new members now"
