"""Visits for an audit: which are booked, whether a time will do and why not, booking it, moving it, calling it off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.core.visit import Hitch, Plan, hitches, stopping, warning
from secor.core.week import in_words
from secor.queries import agendas
from secor.queries import visits as asked
from secor.queries.audits import BY_EMPLOYER, Audit
from secor.queries.visits import AuditVisit
from secor.usecases import visits
from secor.usecases.act import ALBERTA, Refusal
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import door
from secor.web.http import SignedIn
from secor.web.words import stretch

REFUSED = 422
LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8)
USUAL = 3
DAYS = 10  # what a phone shows without endless scrolling
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
_CLOCK = {"type": "time", "step": "300"}


class PlanForm(forms.Form):
    """When and where a visit is to be, on Alberta's clocks."""

    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day.", "invalid": "Give a day such as 2026-05-17."},
    )
    begins = forms.TimeField(
        label="From",
        widget=forms.TimeInput(attrs=_CLOCK, format="%H:%M"),
        error_messages={"required": "Say when you come.", "invalid": "Give a time such as 09:00."},
    )
    ends = forms.TimeField(
        label="Until",
        widget=forms.TimeInput(attrs=_CLOCK, format="%H:%M"),
        error_messages={"required": "Say when you leave.", "invalid": "Give a time such as 15:30."},
    )
    town = forms.CharField(
        label="Town",
        max_length=visits.TOWN_MAX,
        error_messages={"required": "Name the town, so that we can count the drive."},
    )

    def clean_day(self) -> date:
        """Keep out days that no clock can tell."""
        day: date = self.cleaned_data["day"]
        if not FIRST.year <= day.year <= LAST.year:
            raise forms.ValidationError("Give a day such as 2026-05-17.")
        return day

    def plan(self) -> Plan:
        """The plan, once the form is valid."""
        given = self.cleaned_data
        return Plan(self._at(given["begins"]), self._at(given["ends"]), given["town"])

    def _at(self, clock: time) -> datetime:
        return datetime.combine(self.cleaned_data["day"], clock, ALBERTA)


@dataclass(frozen=True, slots=True)
class Listed:
    """A visit that is booked."""

    code: str
    when: str
    town: str
    who: str
    mine: bool
    over: bool
    can_end: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not done, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Look:
    """A plan that was looked at: when it would be, what stops it, and what to know."""

    when: str
    town: str
    stops: tuple[str, ...]
    warns: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@door(*ASSESSORS)
def all_visits(request: SignedIn, code: str) -> HttpResponse:
    """List the visits of an audit; look at a time for one more, and book it."""
    audit = _visited(request, code)
    return _choose(request, audit, None)


@door(*ASSESSORS)
def visit(request: SignedIn, code: str, visit: str) -> HttpResponse:
    """Move one's own visit; call it off, or a teammate's whose audit one answers for."""
    audit = _visited(request, code)
    found = asked.visit_of(audit, visit)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "cancel":
        try:
            visits.cancel(request.act, visit=found)
        except Refusal as refusal:
            form = PlanForm(initial=_of(found))
            return _page(request, audit, found, form, None, Refused("It was not called off", str(refusal)))
        return redirect("auditor:visits", code)
    return _choose(request, audit, found)


def _visited(request: SignedIn, code: str) -> Audit:
    audit = reached(request, code)
    if audit.performer in BY_EMPLOYER:  # nobody visits who is there already
        raise Http404
    return audit


def _choose(request: SignedIn, audit: Audit, found: AuditVisit | None) -> HttpResponse:
    """Look at the time that was asked about, or book it."""
    given = request.POST if request.method == "POST" else request.GET if "day" in request.GET else None
    form = PlanForm(given, initial=_of(found) if found else {"town": audit.employer.city})
    if not form.is_bound or not form.is_valid():
        return _page(request, audit, found, form, None)
    refused = None
    if request.method == "POST":
        read = tuple(request.POST.getlist("warning")) if request.POST.get("read") else ()
        try:
            if found is None:
                visits.book(request.act, audit=audit, plan=form.plan(), read=read)
            else:
                visits.move(request.act, visit=found, plan=form.plan(), read=read)
        except Refusal as refusal:
            refused = Refused("It was not moved" if found else "It was not booked", str(refusal))
        else:
            return redirect("auditor:visits", audit.code)
    return _page(request, audit, found, form, _looked_at(request, audit, found, form), refused)


def _looked_at(request: SignedIn, audit: Audit, found: AuditVisit | None, form: PlanForm) -> Look:
    plan, day = form.plan(), form.cleaned_data["day"]
    diary = agendas.diary_or_none_yet(request.user)
    known = asked.known_of(audit, diary=diary, on=day, today=request.on, but=found)
    told: tuple[Hitch, ...] = hitches(plan, known, at=request.act.at, zone=ALBERTA)
    fields = (("day", f"{day}"), *((name, f"{form.cleaned_data[name]:%H:%M}") for name in ("begins", "ends")))
    return Look(
        stretch(plan.starts_at, plan.ends_at), plan.town, stopping(told), warning(told), (*fields, ("town", plan.town))
    )


def _page(
    request: SignedIn,
    audit: Audit,
    found: AuditVisit | None,
    form: PlanForm,
    look: Look | None,
    refused: Refused | None = None,
) -> HttpResponse:
    length = _length(request)
    asked_for = request.GET.get("town", "").replace("\0", "").strip()[: visits.TOWN_MAX]
    town = (look.town if look else asked_for) or (found.town if found else audit.employer.city)
    open_still = asked.visitable(audit)
    diary = agendas.diary_of(request.user)
    hours = timedelta(hours=length)
    free = (
        asked.free_days(diary, length=hours, town=town, at=request.act.at, zone=ALBERTA, but=found)
        if diary and open_still and town
        else ()
    )
    page = {
        "head": head(request, audit),
        "audit": audit,
        "visits": [_listed(each, request, audit) for each in asked.visits_of(audit)],
        "found": _listed(found, request, audit) if found else None,
        "open": open_still,
        "movable": open_still and (found is None or found.diary.person_id == request.user.pk),
        "form": form,
        "look": look,
        "refused": refused,
        "lengths": LENGTHS,
        "length": length,
        "town": town,
        "days": _days(free, length, town),
        "keeps_hours": diary is not None,
    }
    wrong = refused or (request.method == "POST" and form.errors)
    return render(request, "auditor/visits.html", page, status=REFUSED if wrong else 200)


def _days(free: Iterable[datetime], length: int, town: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Free times by their day, each with the words for it and the address that looks at it."""
    days = []
    for day, group in groupby((each.astimezone(ALBERTA) for each in free), key=lambda each: each.date()):
        times = []
        for begins in group:
            ends = begins + timedelta(hours=length)
            asking = {"day": day, "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}", "town": town, "length": length}
            times.append((in_words(begins.time()), f"?{urlencode(asking)}#look"))
        days.append((f"{day:%A, %B} {day.day}", times))
    return days[:DAYS]


def _length(request: SignedIn) -> int:
    wanted = request.GET.get("length", "")
    return int(wanted) if wanted in {str(each) for each in LENGTHS} else USUAL


def _listed(visit: AuditVisit, request: SignedIn, audit: Audit) -> Listed:
    mine, over = visit.diary.person_id == request.user.pk, visit.starts_at <= request.act.at
    return Listed(
        visit.code,
        stretch(visit.starts_at, visit.ends_at),
        visit.town,
        str(visit.diary.person),
        mine,
        over,
        can_end=not over and (mine or audit.assessor_id == request.user.pk),
    )


def _of(found: AuditVisit) -> dict[str, object]:
    begins, ends = found.starts_at.astimezone(ALBERTA), found.ends_at.astimezone(ALBERTA)
    return {"day": begins.date(), "begins": begins.time(), "ends": ends.time(), "town": found.town}
