"""The ledger of head-counts: who counts, how many, and what one person more brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.employer import PEOPLE
from secor.core.employer import Headcount as Count
from secor.queries.growth import WORDS, Growing, Level, growing, plan_of
from secor.queries.hiring import HeadcountPlan, outlook_of, plans_of, plans_past, way_of
from secor.queries.situations import Situation, situation_of, with_count
from secor.usecases import hiring
from secor.usecases.employers import report_headcount
from secor.web.charts import columns
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, show
from secor.web.employer.forms import HeadcountForm, PlanForm
from secor.web.http import SignedIn
from secor.web.words import day, in_words, plainly

ONE = {"owners": "owner", "volunteers": "volunteer", "family": "family member", "subcontractors": "subcontractor"}


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
    if request.method == "POST" and request.POST.get("do") == "drop":
        return _drop(request, place)
    form = HeadcountForm(request.POST if request.method == "POST" else None, initial=_last(at) | _come(request, place))
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
    ahead_of_us = outlook_of(at)
    way = way_of(at, ahead_of_us.over)
    page = {
        "form": form,
        "outlook": ahead_of_us,
        "chart": columns(ahead_of_us, on=request.on) if at.ledger else None,
        "way": way,
        "way_told": [plainly(line) for line in way.told] if way else [],
        "plans": [(row, Count(row.on, row.people).counted(at.rules.headcount.counts)) for row in _plans(place, at)],
        "come": plans_past(place.employer, on=request.on),
        "growing": size,
        "full": size.level is Level.FULL,
        "over": size.level is Level.OVER,
        "plan": [plainly(line) for line in size.plan],
        "why": [in_words(line) for line in at.size.why],
        "lines": _lines(at, size),
        "partner": at.membership.partner if at.membership else None,
    }
    return show(request, place, "headcount", page, form)


@door(*OPENS_OWN)
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Take how many people there are to be from a day to come. It is drawn, and never counted."""
    place = reached(request, code)
    at = situation_of(place.employer, on=request.on)
    form = PlanForm(request.POST if request.method == "POST" else None, initial=_last(at) | {"on": None})

    def keep() -> None:
        hiring.plan(request.act, employer=place.employer, on=form.cleaned_data["on"], counts=form.counts())

    if done(form, keep):
        messages.success(request, f"Planned from {day(form.cleaned_data['on'])} on. A plan changes nothing by itself.")
        return redirect("employer:headcount", code)
    return show(request, place, "headcount_plan", {"form": form, "limit": at.rules.headcount.at_most}, form)


def _plans(place: Place, at: Situation) -> tuple[HeadcountPlan, ...]:
    return plans_of(place.employer, on=at.on)


def _come(request: SignedIn, place: Place) -> dict[str, object]:
    """What the boxes say for a plan whose day has come, where the page was asked for it."""
    asked = request.GET.get("plan", "")
    row = next((each for each in plans_past(place.employer, on=request.on) if each.on.isoformat() == asked), None)
    return {"on": row.on, **row.people} if row else {}


def _drop(request: SignedIn, place: Place) -> HttpResponse:
    asked = request.POST.get("on", "")
    known = (*plans_of(place.employer, on=request.on), *plans_past(place.employer, on=request.on))
    row = next((each for each in known if each.on.isoformat() == asked), None)
    if row is None:
        raise Http404
    hiring.drop(request.act, employer=place.employer, on=row.on)
    messages.success(request, "The plan is taken out.")
    return redirect("employer:headcount", place.employer.code)


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
    """The people of a count in words: 1 owner, 5 full time."""
    told = [
        f"{row.people[kind]} {ONE.get(kind, WORDS[kind]) if row.people[kind] == 1 else WORDS[kind]}"
        for kind in PEOPLE
        if row.people.get(kind)
    ]
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
