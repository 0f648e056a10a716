"""The audit as its employer sees it: who does it, whose move it is, what the reviewer wrote; or the start of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.audit import Kind, Performer
from secor.core.role import RoleKind
from secor.queries import actions, employers, plans, starting, viewings, visits
from secor.queries import audits as asked
from secor.queries.audits import BY_EMPLOYER, Audit, Stage
from secor.queries.clocks import Running, running
from secor.queries.duties import KINDS, Duty, Turn, owed_by
from secor.queries.people import Person
from secor.queries.situations import Situation
from secor.queries.turns import Side, turn_at
from secor.usecases import audits
from secor.usecases import viewings as acts
from secor.usecases.act import Refusal
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.forms import StartForm
from secor.web.employer.home import TURNS, next_of
from secor.web.http import SignedIn
from secor.web.turn import TurnLine, turn_line
from secor.web.words import day, days_left, plainly, stretch

SELF, EXTERNAL = Performer.SELF_ASSESSOR, Performer.EXTERNAL_AUDITOR


@dataclass(frozen=True, slots=True)
class Shown:
    """One audit, as its employer is shown it."""

    code: str
    kind: str
    stage: str
    turn: str
    line: TurnLine | None
    assessor: str
    own: bool
    clocks: tuple[tuple[Running, str, str], ...]
    asked_on: date
    submitted_on: date | None
    accepted_on: date | None
    records_months: int | None
    share: Fraction | None
    passed: bool | None
    reason: str
    href: str
    plan: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class Auditor:
    """An auditor of the partner: free to be invited, or why not."""

    person: Person
    why: tuple[str, ...]


@door(*OPENS_OWN)
def audit(request: SignedIn, code: str) -> HttpResponse:
    """Show the audit under way with what the reviewer wrote; without one, let the owner ask for its start."""
    place = reached(request, code)
    owed = owed_by(place.employer, on=request.on)
    at, rows = owed.situation, employers.audits_of(place.employer)
    current = at.under_way
    page = {
        "situation": at,
        "next": next_of(place, owed.next, at),
        "ready": current is not None and current.writable and current.kind != Kind.ACTION_PLAN.value,
        "shown": _shown(current, at, owed.next) if current else None,
        "notes": asked.notes_on(current) if current else (),
        "visits": _visits(current) if current else [],
        "on_list": {line.removeprefix("note:") for line in actions.of_audit(current)} if current else frozenset(),
        "past": [_shown(row, at, None) for row in rows if current is None or row.pk != current.pk],
    }
    if current is not None and current.performer not in BY_EMPLOYER:
        page |= {"viewing": viewings.held(current, on=request.on), "looks": viewings.looks(current)}
        page |= {"wanted": viewings.wanted(current), "may_open": current.writable}
        if request.method == "POST" and request.POST.get("do") in VIEW:
            return _view(request, current, code)
    if current is not None or owed.next.turn is not Turn.YOURS:
        return show(request, place, "audit", page)
    if missing := _missing(place, at):
        return show(request, place, "audit", page | {"missing": missing})
    kind = at.report.owed.kind if at.live and at.report and at.report.owed else Kind.CERTIFICATION
    auditors = _auditors(at, kind)
    own = _own(at)
    form = sent(request, "ask", StartForm, who=_who(at, kind, own, auditors))
    if done(form, lambda: _ask(request, place, kind, form)):
        messages.success(request, "Asked. You get a letter when your certifying partner approves the start.")
        return redirect("employer:audit", code)
    allowed = at.rules.performers.get(kind, frozenset())
    performers = at.rules.told("performers")
    page |= {
        "form": form,
        "kind": KINDS[kind],
        "plan_offered": plans.offer(place.employer, rules=at.rules, report=at.report, on=at.on) if at.live else None,
        "terms": sorted(at.rules.terms, key=lambda term: term.records_months),
        "terms_told": at.rules.told("terms"),
        "mark": at.rules.pass_marks.get(kind),
        "mark_told": at.rules.told("pass_marks"),
        "performers_told": performers,
        "independence_told": at.rules.told("independence"),
        "barred": [each for each in auditors if each.why],
        "self_allowed": SELF in allowed,
        "external_allowed": EXTERNAL in allowed,
        "near": urlencode({"partner": at.membership.partner.key if at.membership else "", "town": place.employer.city}),
        "nobody_free": EXTERNAL in allowed and not any(not each.why for each in auditors),
    }
    return show(request, place, "audit", page, form)


VIEW = {
    "open_records": (acts.give, "Your auditor may look now."),
    "close_records": (acts.end, "Nobody looks any more."),
}


def _view(request: SignedIn, current: Audit, code: str) -> HttpResponse:
    act, told = VIEW[request.POST["do"]]
    try:
        act(request.act, audit=current)
        messages.success(request, told)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("employer:audit", code)


def _visits(current: Audit) -> list[str]:
    """When the auditor comes, in words."""
    return [
        f"{stretch(each.starts_at, each.ends_at)}{f', {each.town}' if each.town else ''}"
        for each in visits.visits_of(current)
    ]


def _ask(request: SignedIn, place: Place, kind: Kind, form: StartForm) -> None:
    performer, _, key = form.cleaned_data["who"].partition(":")
    audits.ask(
        request.act,
        employer=place.employer,
        kind=kind,
        performer=Performer(performer),
        assessor=employers.person_of(int(key)),
        records_months=form.cleaned_data["records_months"],
    )


def _who(at: Situation, kind: Kind, own: list[Person], auditors: list[Auditor]) -> list[tuple[str, str]]:
    """Everybody who may do this audit, by how they do it."""
    allowed = at.rules.performers.get(kind, frozenset())
    ours = [(f"{SELF.value}:{each.pk}", f"{each} does a self-assessment") for each in own if SELF in allowed]
    free = [each.person for each in auditors if not each.why]
    theirs = [(f"{EXTERNAL.value}:{each.pk}", f"Invite {each}, an auditor from outside") for each in free]
    return ours + (theirs if EXTERNAL in allowed else [])


def _own(at: Situation) -> list[Person]:
    roles = employers.roles_at(at.employer, on=at.on)
    found = {role.person_id: role.person for role in roles if role.kind in {RoleKind.OWNER, RoleKind.SELF_ASSESSOR}}
    return list(found.values())


def _auditors(at: Situation, kind: Kind) -> list[Auditor]:
    """The partner's auditors, each with what forbids them this audit."""
    assert at.membership is not None, "asked only for a member"
    people = starting.auditors_of(at.membership.partner, on=at.on)
    why = starting.conflicts_among(
        people, employer=at.employer, rules=at.rules, kind=kind, performer=EXTERNAL, on=at.on
    )
    return [Auditor(each, tuple(plainly(line) for line in why[each.pk])) for each in people]


def _missing(place: Place, at: Situation) -> list[tuple[str, str]]:
    """What has to be done before an audit can be asked for, each with its page."""
    owed = at.report.owed if at.live and at.report else None
    opens_on = owed.opens_on if owed else None
    wants = (
        (not at.member, "A certifying partner that has taken you in", "partner"),
        (not at.size.eligible, "A head-count within the limit", "headcount"),
        (not at.trained, "An accepted course proof", "courses"),
        (
            opens_on is not None and at.on < opens_on,
            f"Its first day: {day(opens_on)}" if opens_on else "",
            "certificate",
        ),
    )
    return [(what, place.address(page)) for missing, what, page in wants if missing]


def _shown(row: Audit, at: Situation, duty: Duty | None) -> Shown:
    own = row.performer in BY_EMPLOYER
    clocks = running([row], on=at.on)[row.pk]
    finished = row.stage in {Stage.ACCEPTED, Stage.REJECTED}
    return Shown(
        code=row.code,
        kind=KINDS[Kind(row.kind)],
        stage=row.stage,
        turn=TURNS[duty.turn.value] if duty else "",
        line=turn_line(turn_at(row, clocks=clocks, on=at.on), yours=frozenset({Side.EMPLOYER})) if duty else None,
        assessor=str(row.assessor) if row.assessor else "",
        own=own,
        clocks=tuple((each, plainly(each.why), days_left(each.left)) for each in clocks),
        asked_on=row.asked_on,
        submitted_on=row.submitted_on,
        accepted_on=row.accepted_on,
        records_months=row.records_months,
        share=Fraction(row.awarded or 0) / Fraction(row.possible) if finished and row.possible else None,
        passed=row.passed if finished else None,
        reason=row.reason,
        href=_page_of(row) if own else "",
        plan=row.kind == Kind.ACTION_PLAN.value,
        listed=finished and any(not line.startswith("note:") for line in actions.of_audit(row)),
    )


def _page_of(row: Audit) -> str:
    if row.kind == Kind.ACTION_PLAN.value:
        return reverse("employer:plan", args=[row.employer.code])
    return reverse("auditor:audit", args=[row.code])
