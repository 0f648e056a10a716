"""Whom and what to look at: how many at least and why, how many so far, and what chance chose."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.answer import Voices, across
from secor.core.sampling import OutsideTable
from secor.queries import draws, papers, viewings
from secor.queries.audits import Audit
from secor.queries.draws import Draw
from secor.queries.people import Scope
from secor.usecases import draws as acts
from secor.usecases.act import Refusal
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import door
from secor.web.http import SignedIn

UNREADABLE = 422
TITLES = {
    Draw.Of.PEOPLE: "Whom to interview",
    Draw.Of.SITES: "Which sites to visit",
    Draw.Of.RECORDS: "Which records to read",
}


@dataclass(frozen=True, slots=True)
class Part:
    """People, sites or records: how many there are that can be drawn, how many are wanted, and what was drawn."""

    of: str
    title: str
    there: int
    wanted: int
    drawn: Draw | None
    names: tuple[str, ...]


@door(*ASSESSORS)
def sample(request: SignedIn, code: str) -> HttpResponse:
    """Show what the partner's table wants and what was drawn, and draw."""
    audit = reached(request, code)
    refused = ""
    if request.method == "POST":
        of = request.POST.get("of", "")
        try:
            if of in Draw.Of.values:
                acts.draw(request.act, audit=audit, of=Draw.Of(of), scope=_scope(request, audit, of))
                return redirect(f"{reverse('auditor:sample', args=[code])}#{of}")
            refused = "Choose people, sites or records."
        except Refusal as refusal:
            refused = str(refusal)
    page = {"head": head(request, audit), "writable": audit.writable, "refused": refused, "heard": _heard(audit)}
    try:
        page["least"] = draws.sample_of(audit)
        page["parts"] = _parts(request, audit)
    except OutsideTable as outside:
        page["outside"] = str(outside)
    return render(request, "auditor/sample.html", page, status=UNREADABLE if refused else 200)


def _parts(request: SignedIn, audit: Audit) -> list[Part]:
    kept = draws.standing(audit)
    parts = []
    for of, title in TITLES.items():
        scope = _scope(request, audit, of)
        there = len(draws.pool_of(audit, of=of, scope=scope, on=request.on))
        drawn = kept.get(of.value)
        parts.append(
            Part(
                of=of.value,
                title=title,
                there=there,
                wanted=draws.least(audit, of=of, there=there),
                drawn=drawn,
                names=draws.names_of(drawn, scope=scope) if drawn else (),
            )
        )
    return parts


def _scope(request: SignedIn, audit: Audit, of: str) -> Scope:
    """What can be drawn from: records also where the owner lets one look at them."""
    opened = viewings.reach(audit, by=request.user, on=request.on) if of == Draw.Of.RECORDS else None
    return opened or request.scope


def _heard(audit: Audit) -> int:
    """How many people were heard on the question on which most were: as many at least were interviewed."""
    counted = (
        voices.positive + voices.negative + voices.no_comment
        for given in papers.told(audit, live=audit.writable).answers.values()
        for answer in given.by_method.values()
        for voices in across(answer)
        if isinstance(voices, Voices)
    )
    return max(counted, default=0)
