"""My audits, one audit at a glance, and all of its questions on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from secor.core.audit import Kind
from secor.core.question import Question
from secor.queries import audits, journal
from secor.queries.audits import Audit, Stage
from secor.queries.clocks import Running, running
from secor.queries.objections import open_in, raised_in
from secor.queries.outstanding import Open
from secor.queries.progress import Progress, progress_of
from secor.queries.turns import Side, turn_at
from secor.web.auditor.cards import by_question, state_of, told, words_of
from secor.web.auditor.pages import ASSESSORS, KINDS, bars_of, head, reached
from secor.web.charts import ScoreBars
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.kept import Kept
from secor.web.turn import turn_line

OPEN_SHOWN = 8
OURS = frozenset({Side.AUDITOR, Side.EMPLOYER})
ENDED = frozenset({Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Listed:
    """One audit in the list of mine."""

    code: str
    employer: str
    kind: str
    stage: str
    partner: str
    clocks: tuple[Running, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One element in the overview: how many of its questions are answered."""

    number: int
    name: str
    href: str
    answered: int
    of: int


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that is open, and where it is done."""

    what: str
    href: str
    question: str


@dataclass(frozen=True, slots=True)
class Row:
    """One question without its inputs."""

    id: str
    text: str
    href: str
    mark: str
    state: str
    words: str
    note: str
    recommendation: str
    files: int


@door(*ASSESSORS, methods=READING)
def home(request: SignedIn) -> HttpResponse:
    """The audits of the person who asks, and their clocks."""
    mine = audits.assigned_to(request.user, keys=request.keys)
    clocks = running(mine, on=request.on)
    listed = [_listed(audit, clocks[audit.pk]) for audit in mine]
    page = {
        "under_way": [each for each in listed if each.stage not in ENDED],
        "ended": [each for each in listed if each.stage in ENDED],
    }
    return render(request, "auditor/home.html", page)


@door(*ASSESSORS, methods=READING)
def audit(request: SignedIn, code: str) -> HttpResponse:
    """One audit at a glance: its clocks, its score so far, its elements, and what is still open."""
    plan = audits.reached(code, person=request.user, keys=request.keys)
    if plan is not None and plan.kind == Kind.ACTION_PLAN.value:
        return redirect("employer:plan", plan.employer.code)
    found = reached(request, code)
    progress = progress_of(found, by=request.user)
    todos = list(todos_of(open_in(progress, raised_in(progress, musts_alone=True)), found))
    clocks = running([found], on=request.on)[found.pk]
    page = {
        "head": head(request, found),
        "audit": found,
        "undone_until": until if (until := audits.undone_until(found)) and until > request.act.at else None,
        "clocks": clocks,
        "turn": turn_line(turn_at(found, clocks=clocks, on=request.on), yours=OURS),
        "bars": bars_of(progress),
        "lines": list(_lines(progress)),
        "todos": todos[:OPEN_SHOWN],
        "more": max(0, len(todos) - OPEN_SHOWN),
        "count": len(todos),
        "declared": progress.declared,
        "declaration": progress.declaration,
        "answerable": progress.answerable,
        "untouched": not progress.sheet.remarks and not any(kept.given for kept in progress.sheet.given.values()),
        "notes": sum(1 for note in progress.notes if note.replied_at is None),
        "owes": found.kind != Kind.CERTIFICATION.value,
        "passes": progress.verdict.passed,
    }
    return render(request, "auditor/audit.html", page)


@door(*ASSESSORS, methods=READING)
def everything(request: SignedIn, code: str) -> HttpResponse:
    """All questions of the audit with their answers and scores, without inputs."""
    found = reached(request, code)
    key = (found.pk, request.on)
    drawn = _DRAWN.get(key)
    if drawn is None:
        heads = journal.heads_of(employer=found.employer_id, partner=found.partner_id)
        drawn = _DRAWN.put(key, _drawn(found), employer=found.employer_id, partner=found.partner_id, heads=heads)
    return render(request, "auditor/all.html", {"head": head(request, found), "drawn": drawn})


_DRAWN: Kept[SafeString] = Kept(most=200)


def _drawn(audit: Audit) -> SafeString:
    """Draw the score and every question: the part of the page that is the same for everybody who may see it."""
    progress = progress_of(audit)
    page = {
        "bars": drawn_bars(bars_of(progress)),
        "elements": [(name, [drawn_row(row) for row in rows]) for name, rows in _elements(progress)],
    }
    return render_to_string("auditor/parts/_all.html", page)


@lru_cache(maxsize=8192)
def drawn_row(row: Row) -> SafeString:
    """Draw one question. The same row is drawn once: of 63 only the one that was changed is new."""
    return render_to_string("auditor/parts/_row.html", {"row": row})


@lru_cache(maxsize=1024)
def drawn_bars(chart: ScoreBars) -> SafeString:
    """Draw the score. The same score is drawn once."""
    return render_to_string("parts/_score_bars.html", {"chart": chart})


def todos_of(still_open: tuple[Open, ...], of: Audit) -> Iterator[Todo]:
    """What is open, each with the address where it is done."""
    for each in still_open:
        if each.page == "element" and each.element is not None:
            anchor = "-".join(["q", *each.question.split(".")])
            yield Todo(each.what, f"{reverse('auditor:element', args=[of.code, each.element])}#{anchor}", each.question)
        else:
            yield Todo(each.what, reverse(f"auditor:{each.page}", args=[of.code]), each.question)


def _listed(audit: Audit, clocks: tuple[Running, ...]) -> Listed:
    return Listed(
        code=audit.code,
        employer=audit.employer.trade_name or audit.employer.legal_name,
        kind=KINDS.get(audit.kind, audit.kind),
        stage=audit.stage,
        partner=audit.partner.acronym,
        clocks=clocks,
    )


def _lines(progress: Progress) -> Iterator[Line]:
    left = set(progress.score.unanswered)
    for element in progress.instrument.elements:
        here = [question.id for question in element.questions]
        href = reverse("auditor:element", args=[progress.audit.code, element.number])
        yield Line(element.number, element.name, href, sum(each not in left for each in here), len(here))


def _elements(progress: Progress) -> list[tuple[str, list[Row]]]:
    """The questions under their elements' names. Every word is ready, so that the template only prints."""
    marks = {mark.question: mark for mark in progress.score.questions}
    words, files = words_of(progress), by_question(progress.pieces)
    pages = {
        element.number: reverse("auditor:element", args=[progress.audit.code, element.number])
        for element in progress.instrument.elements
    }

    def row(question: Question, page: str) -> Row:
        mark, remark = marks[question.id], progress.sheet.remark(question.id)
        return Row(
            id=question.id,
            text=question.text,
            href=f"{page}#q-{question.id.replace('.', '-')}",
            mark=told(mark),
            state=state_of(mark),
            words=words.get(question.id, ""),
            note=progress.sheet.note(question.id),
            recommendation=remark.recommendation,
            files=len(files.get(question.id, ())),
        )

    return [
        (f"{element.number} {element.name}", [row(each, pages[element.number]) for each in element.questions])
        for element in progress.instrument.elements
    ]
