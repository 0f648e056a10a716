"""One audit at the partner: where it is, both scores, its rounds and notes, and what changed between two sendings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.audit import Kind
from secor.core.objection import Objection
from secor.core.role import RoleKind
from secor.core.score import ElementScore
from secor.queries import certificates, clocks, reviews, versions
from secor.queries.answers import answers_of
from secor.queries.audits import BY_EMPLOYER, pass_mark_of
from secor.queries.handovers import UNDER_WAY
from secor.queries.objections import Raised, raised
from secor.queries.reviews import Audit
from secor.queries.turns import Side, turn_at
from secor.usecases import certificates as issuing
from secor.usecases import reviews as acts
from secor.usecases.act import Refusal
from secor.web import handing
from secor.web.auditor.inputs import given_words
from secor.web.auditor.sent import name_of
from secor.web.charts import Bar, score_bars
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.objections import Group, grouped
from secor.web.partner.bench import Bench, bench_of, element_of, reached
from secor.web.partner.desk import PERFORMERS, REFUSED, STAFF, kind_words, show
from secor.web.partner.forms import ApproveForm
from secor.web.turn import turn_line

EARNS = frozenset(kind.value for kind in issuing.EARNED_BY)
PARTS = {
    "D": "Documents",
    "I": "Interviews",
    "O": "Observation",
    "note": "Note",
    "NA": "Does not apply",
    "recommendation": "Recommendation",
    "evidence": "Evidence",
    "report": "Report",
}


@door(*STAFF, methods=READING)
def audit(request: SignedIn, code: str) -> HttpResponse:
    """Show one audit: where it is, both scores, its notes, its rounds, and what can be done next."""
    return audit_page(request, reached(request, code))


@door(RoleKind.REVIEWER, methods=["POST"])
def claim(request: SignedIn, code: str) -> HttpResponse:
    """Take the audit to review it, or go on with a colleague's review."""
    found, form = reached(request, code), ApproveForm(request.POST)
    form.is_valid()
    try:
        if request.POST.get("how") == "take_over" and (rounds := reviews.reviews_of(found)):
            acts.take_over(request.act, review=rounds[0])
        else:
            acts.claim(request.act, audit=found)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return audit_page(request, reached(request, code), form=form)
    return redirect("partner:audit", code)


@door(RoleKind.REGISTRAR)
def hand_over(request: SignedIn, code: str) -> HttpResponse:
    """Let another auditor go on with an audit whose assessor cannot."""
    found = reached(request, code)
    if found.performer in BY_EMPLOYER or found.stage not in UNDER_WAY:
        raise Http404
    shown = handing.hand_over(request, found)
    if shown is None:
        return redirect("partner:audit", code)
    return show(request, "hand_over", shown, status=REFUSED if request.method == "POST" else 200)


def audit_page(request: SignedIn, found: Audit, *, form: Form | None = None) -> HttpResponse:
    """Draw the page of one audit. Its answers stand on it only while they lie with the partner."""
    if found.stage == reviews.Stage.ASKED:
        return redirect("partner:start", found.code)
    if found.kind == Kind.ACTION_PLAN.value:
        return redirect("partner:plan", found.code)
    shown = form or ApproveForm()
    running = clocks.running([found], on=request.on)[found.pk]
    page: dict[str, Any] = {
        "audit": found,
        "can_hand_over": found.performer not in BY_EMPLOYER and found.stage in UNDER_WAY,
        "kind": kind_words(found.kind),
        "performer": PERFORMERS.get(found.performer, found.performer),
        "clocks": running,
        "turn": turn_line(turn_at(found, clocks=running, on=request.on), yours=frozenset({Side.PARTNER})),
        "form": shown,
        "readable": found.stage in reviews.READABLE,
        "versions": versions.versions_of(found),
        "certificate": certificates.of_audit(found),
        "earns": found.kind in EARNS,
        "bench": None,
    }
    if found.stage in reviews.READABLE:
        page |= _scores(bench_of(request, found))
    else:
        page |= {"rounds": reviews.reviews_of(found), "notes": reviews.notes_of(found)}
    return show(request, "audit", page, status=REFUSED if shown.errors else 200)


@door(*STAFF, methods=READING)
def changes(request: SignedIn, code: str, newer: int) -> HttpResponse:
    """Show what changed between one sending of an audit and the one before."""
    found = reached(request, code)
    sent = {version.round: version for version in versions.versions_of(found)}
    if newer not in sent or newer - 1 not in sent:
        raise Http404
    told = versions.differences(sent[newer - 1].frozen, sent[newer].frozen)
    page = {
        "audit": found,
        "kind": kind_words(found.kind),
        "older": sent[newer - 1],
        "newer": sent[newer],
        "differences": [
            (each.question, PARTS.get(each.part, each.part), _told(each.before), _told(each.after)) for each in told
        ],
    }
    return show(request, "changes", page)


def _scores(bench: Bench) -> dict[str, Any]:
    mark, (theirs, verdict), (ours, _) = pass_mark_of(bench.audit), bench.theirs, bench.ours
    low = set(verdict.elements_below)
    lines = list(zip(bench.instrument.elements, theirs.elements, ours.elements, strict=True))
    bars = [_bar(f"{element.number} {element.name}", score, low=element.number in low) for element, score, _ in lines]
    whole = Bar("All elements", theirs.share, not verdict.passed, theirs.awarded, theirs.possible)
    noted = [element_of(note.question) for note in bench.notes]
    marked = [element_of(each.question) for each in bench.marks]
    rows = [
        {
            "element": element,
            "theirs": score,
            "ours": own,
            "notes": noted.count(element.number),
            "marks": marked.count(element.number),
        }
        for element, score, own in lines
    ]
    return {
        "bench": bench,
        "rows": rows,
        "bars": score_bars(bars, whole=whole, overall=mark.overall, element=mark.element),
        "rounds": bench.rounds,
        "notes": bench.notes,
        "quality_mark": reviews.quality_mark_of(bench.audit),
        "groups": _groups(bench),
    }


def _groups(bench: Bench) -> tuple[Group, ...]:
    """What the quality rules find, by the same code that the assessor ran before sending, with what was said to it."""
    found: tuple[Raised, ...] = raised(
        bench.audit,
        instrument=bench.instrument,
        answers=answers_of(bench.sheet, instrument=bench.instrument),
        score=bench.theirs[0],
        recommendations={key: each.recommendation for key, each in bench.sheet.remarks.items()},
        pieces=bench.pieces,
    )

    def place(each: Objection) -> str:
        if each.element is None:
            return ""
        return f"{reverse('partner:element', args=[bench.audit.code, each.element])}#{name_of(each.question)}"

    return grouped(found, place=place, explain=lambda _: "")


def _bar(label: str, score: ElementScore, *, low: bool) -> Bar:
    return Bar(label, score.share, low, score.awarded, score.possible)


def _told(value: Any) -> str:
    """A frozen value as a reviewer reads it."""
    if value is True:
        return "yes"
    if isinstance(value, dict):
        return given_words(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        value = ", ".join(str(each) for each in value)
    return str(value) if value else "nothing"
