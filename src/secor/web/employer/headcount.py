"""The ledger of head-counts: who counts, how many, and what one person more brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.core.employer import PEOPLE
from secor.core.employer import Headcount as Count
from secor.queries.growth import WORDS, Growing, Level, growing, plan_of
from secor.queries.situations import Situation, situation_of, with_count
from secor.usecases.employers import report_headcount
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, show
from secor.web.employer.forms import HeadcountForm
from secor.web.http import SignedIn
from secor.web.words import day, in_words, plainly


@dataclass(frozen=True, slots=True)
class Line:
    """One count of the ledger: its day, how many count, and who there was."""

    on: date
    counted: int
    who: str
    over: bool


@door(*OPENS_OWN)
def headcount(request: SignedIn, code: str) -> HttpResponse:
    """Show the ledger, and take a count. One that passes the limit is asked about once more before it is kept."""
    place = reached(request, code)
    at = situation_of(place.employer, on=request.on)
    form = HeadcountForm(request.POST if request.method == "POST" else None, initial=_last(at))
    if form.is_bound and form.is_valid() and not form.cleaned_data["sure"]:
        ahead = _ahead(at, form)
        if ahead:
            return _ask_again(request, place, at, form, ahead)

    def report() -> None:
        report_headcount(request.act, employer=place.employer, on=form.cleaned_data["on"], counts=form.counts())

    if done(form, report):
        messages.success(request, f"Kept: your people from {day(form.cleaned_data['on'])} on.")
        return redirect("employer:headcount", code)
    size = growing(at)
    page = {
        "form": form,
        "growing": size,
        "full": size.level is Level.FULL,
        "over": size.level is Level.OVER,
        "plan": [plainly(line) for line in size.plan],
        "why": [in_words(line) for line in at.size.why],
        "lines": _lines(at, size),
        "partner": at.membership.partner if at.membership else None,
    }
    return show(request, place, "headcount", page, form)


def _last(at: Situation) -> dict[str, object]:
    """What the boxes say at first: today, and the numbers of the last count."""
    people = dict(at.ledger[-1].people) if at.ledger else {"owners": 1}
    return {"on": at.on, **people}


def _lines(at: Situation, size: Growing) -> list[Line]:
    rule = at.rules.headcount
    lines = []
    for row in reversed(at.ledger):
        counted = row.counted(rule.counts)
        over = size.maximum is not None and counted > size.maximum
        lines.append(Line(row.on, counted, _who(row), over))
    return lines


def _who(row: Count) -> str:
    """The people of a count in words: 1 owners, 5 full time."""
    told = [f"{row.people[kind]} {WORDS[kind]}" for kind in PEOPLE if row.people.get(kind)]
    return ", ".join(told)


def _ahead(at: Situation, form: HeadcountForm) -> list[str]:
    """What a count would bring that passes the limit for the first time; nothing for any other count."""
    counts, on = form.counts(), form.cleaned_data["on"]
    counted = Count(on, counts).counted(at.rules.headcount.counts)
    limit = at.rules.headcount.at_most
    if limit is None or counted <= limit or on > at.on:
        return []
    if at.live and at.certificate is not None and at.report is not None:
        if at.report.convert_by is not None:
            return []
        report = with_count(at.certificate, count=counted, since=on, on=at.on)
        return [plainly(line) for line in plan_of(report)] if report else []
    return [f"The limit is {limit} people. With {counted}, this certificate is not for you for the next months."]


def _ask_again(request: SignedIn, place: Place, at: Situation, form: HeadcountForm, ahead: list[str]) -> HttpResponse:
    counts = form.counts()
    page = {
        "ahead": ahead,
        "on": form.cleaned_data["on"],
        "total": Count(at.on, counts).counted(at.rules.headcount.counts),
        "limit": at.rules.headcount.at_most,
        "counts": counts.items(),
    }
    return show(request, place, "headcount_sure", page)
