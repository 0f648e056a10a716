"""Would we pass, and what is missing? The forecast as a picture, a list, and one thing to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.readiness import Lack
from secor.core.rhythm import Stretch
from secor.core.rounding import round_half_up
from secor.core.score import Score
from secor.core.verdict import decide
from secor.queries.employers import membership_of
from secor.queries.forecasts import consent_of
from secor.queries.readiness import Readiness, readiness_of
from secor.usecases import forecasts as usecase
from secor.web.charts import Bar, score_bars
from secor.web.door import door
from secor.web.employer import hints
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.http import SignedIn

SHOWN = 8
_TICKETS = {
    "ticket_copy": "Tickets of the crew",
    "rep_training": "Training of the representative",
    "first_aid_certificate": "First-aid tickets",
}


class ConsentForm(forms.Form):
    """Nothing is asked to let the partner see the forecast, or to stop that."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is missing, in words: what, where it is made good, what it gains, and what is past mending."""

    what: str
    gain: str
    do: str
    href: str
    missed: str
    still_open: str


@door(*OPENS_OWN)
def ready(request: SignedIn, code: str) -> HttpResponse:
    """Tell whether the business would pass, by what is on file today; an owner may show it to the partner."""
    place = reached(request, code)
    sharing = {name: sent(request, name, ConsentForm) for name in TOLD}
    for name, form in sharing.items():
        if done(form, partial(_SHARES[name], request.act, employer=place.employer)):
            messages.success(request, TOLD[name])
            return redirect("employer:ready", code)
    asked_day = _asked_day(request)
    # A day that somebody asks about is a question of theirs, and nothing for the partner.
    found = (
        readiness_of(place.employer, on=request.on, audit_on=asked_day)
        if asked_day
        else usecase.readiness_told(place.employer, on=request.on)
    )
    seen = found.forecast
    now, best = decide(seen.nothing_more, found.mark), decide(seen.kept_up, found.mark)
    lines = _each_once(_lines(found, place))
    page = {
        "window": seen.window,
        "kind": found.kind.value,
        "now": _percent(seen.nothing_more.share),
        "best": _percent(seen.kept_up.share),
        "passes": now.passed,
        "can_pass": best.passed,
        "mark": found.mark,
        "mark_overall": _percent(found.mark.overall),
        "mark_element": _percent(found.mark.element),
        "bars": score_bars(
            _bars(found),
            whole=Bar("All elements", seen.nothing_more.share, low=not now.passed),
            overall=found.mark.overall,
            element=found.mark.element,
            title="Forecast by element, if nothing more is done",
        ),
        "first": lines[0] if lines and seen.best_next else None,
        "lines": lines[1:SHOWN] if seen.best_next else lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "days": (seen.window.last - request.on).days,
        "guessed": len(seen.guessed),
        "only_if": _only_if(found),
        "hints": hints.told(request, place.employer) if place.owner else (),
    }
    given = {
        "page": page,
        "consent": consent_of(place.employer),
        "partner": _partner(place),
        "refused": _refused(sharing),
    }
    return show(request, place, "ready", given, *sharing.values())


TOLD = {
    "share": "Your certifying partner sees your forecast from now on. You can stop that at any time.",
    "stop": "Your certifying partner no longer sees your forecast. What was kept for it is gone.",
}
_SHARES = {"share": usecase.consent, "stop": usecase.withdraw}


def _partner(place: Place) -> str:
    """The name of the certifying partner that has taken the business in, or nothing."""
    membership = membership_of(place.employer)
    return membership.partner.name if membership is not None and membership.approved_on is not None else ""


def _refused(sharing: Mapping[str, forms.Form]) -> forms.Form | None:
    return next((form for form in sharing.values() if form.errors), None)


def _asked_day(request: SignedIn) -> date | None:
    """The day that the reader asked about, where it is one that still lies ahead."""
    try:
        asked = date.fromisoformat(request.GET.get("by", ""))
    except ValueError:
        return None
    return asked if request.on <= asked and asked.year <= request.on.year + 3 else None


def _bars(found: Readiness) -> Iterator[Bar]:
    names = {element.number: element.name for element in found.instrument.elements}
    for each in found.forecast.nothing_more.elements:
        low = found.mark.element is not None and each.share is not None and each.share < found.mark.element
        yield Bar(f"{each.number} {names[each.number]}", each.share, low=low)


def _lines(found: Readiness, place: Place) -> Iterator[Line]:
    for lack in found.forecast.lacks:
        form, part = found.forms.get(lack.evidence), found.parts.get(lack.evidence)
        tickets, gain = found.tickets.get(lack.evidence), _gain(lack, of=found.forecast.nothing_more)
        if part is not None:
            yield Line(part.title, gain, "Write and sign it", place.address("program"), "", "")
        elif tickets is not None:
            told = f"{tickets.good} of {tickets.of} are good on the day of the audit"
            href = reverse("employer:training", args=[place.employer.code])
            yield Line(_TICKETS.get(lack.evidence, "Training"), gain, "Look at the tickets", href, "", told)
        elif form is not None:
            href = f"{reverse('field:shell')}#/new/{place.employer.code}/{form.key}"
            yield Line(form.title, gain, "Fill it in", href, _told(lack.missed), _open_told(lack))


def _each_once(lines: Iterable[Line]) -> list[Line]:
    """One form may give two types of evidence: it is named once, with what gains more, and stands where that stands."""
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.what, line)
    return list(found.values())


def _only_if(found: Readiness) -> list[str]:
    """The forms that are filled in when something happens, and have not been yet; each once."""
    forms = (found.forms.get(kind) for kind in found.forecast.only_if)
    return list(dict.fromkeys(form.title for form in forms if form is not None))


def _gain(lack: Lack, *, of: Score) -> str:
    """What the share of the whole audit would rise by; nothing where that rounds to nothing."""
    share = lack.gain / Fraction(of.possible) if of.possible else Fraction(0)
    return f"+{_percent(share)}" if share * 100 >= Fraction(1, 2) else ""


def _told(stretches: tuple[Stretch, ...]) -> str:
    """Name the months that have passed without a record."""
    names = [f"{each.first:%B %Y}" for each in stretches]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")  # noqa: PLR2004 - three


def _open_told(lack: Lack) -> str:
    if not lack.still_open:
        return ""
    first = lack.still_open[0]
    left = f"{len(lack.still_open)} still to come" if len(lack.still_open) > 1 else "one still to come"
    return f"{left}, the next by {first.last:%B} {first.last.day}"


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{round_half_up(share.numerator * 100, share.denominator, Fraction(1))} %"
