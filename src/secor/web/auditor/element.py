"""One element with all its questions: the page where an audit is done.

The page is one form. With script each question saves itself when it changes, to the same address; without script
the button saves them all. Nothing is written over another tab's value: both are shown, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from secor.core.element import Element
from secor.core.method import Method
from secor.core.pass_mark import PassMark
from secor.core.rounding import shortest
from secor.core.score import Score
from secor.core.verdict import below
from secor.queries.answers import Sheet, score_of, sheet_of
from secor.queries.audits import BY_EMPLOYER, Audit, instrument_of, pass_mark_of
from secor.queries.evidence import pieces_of
from secor.queries.progress import Progress, progress_of
from secor.usecases import answers, evidence
from secor.usecases.act import Refusal
from secor.usecases.answers import Change, Found
from secor.web.auditor.cards import Card, Sent, Trouble, as_sent, by_question, cards_of, read_form, saved_of
from secor.web.auditor.inputs import given_words
from secor.web.auditor.pages import ASSESSORS, bar_of, head, reached, whole_of
from secor.web.auditor.sent import MISSING, NOBODY, THERE, name_of
from secor.web.charts import ScoreBars, score_bars
from secor.web.door import door
from secor.web.http import SignedIn

UNREADABLE = 422
EXISTING = ((THERE, "Written down"), (MISSING, "Missing"), (NOBODY, "Nobody has this role"))


@dataclass(frozen=True, slots=True)
class Running:
    """The score that grows beside the questions: this element's and the whole, and how many are still open."""

    chart: ScoreBars
    left: int


@door(*ASSESSORS)
def element(request: SignedIn, code: str, number: int) -> HttpResponse:
    """Show one element and keep what is sent of it."""
    audit = reached(request, code)
    instrument = instrument_of(audit)
    found = instrument.element(number)
    if found is None:
        raise Http404
    if request.method != "POST":
        progress = progress_of(audit, by=request.user)
        return _page(request, progress, found, cards_of(found.questions, progress))
    sent = read_form(request.POST, found.questions, methods=frozenset(Method(letter) for letter in audit.methods))
    seen: dict[str, int] = {}
    sheet = None if sent.troubles else _keep(request, audit, sent, seen)
    if sheet is not None:
        _attach(request, audit, sent)
    if request.headers.get("HX-Request"):
        return _parts(request, audit, found, sent, seen, sheet or sheet_of(audit))
    if sent.troubles:
        return _refused(request, audit, found, sent, seen)
    return redirect(_next(request, audit, [each.number for each in instrument.elements], number))


def _keep(request: SignedIn, audit: Audit, sent: Sent, seen: dict[str, int]) -> Sheet | None:
    """Keep the answers and give the sheet; or note why each of them could not be kept, and give None."""
    try:
        return answers.keep(request.act, audit=audit, changes=sent.changes)
    except answers.NotKept as refused:
        for change, refusal in refused.refusals:
            sent.trouble(change.question, _trouble(change, refusal, seen))
    except Refusal as refusal:
        for question in sent.questions[:1]:
            sent.trouble(question, Trouble(f"{name_of(question)}-note", str(refusal)))
    return None


def _attach(request: SignedIn, audit: Audit, sent: Sent) -> None:
    """Add the files that came with the form, each beside its question."""
    for question in sent.questions:
        field = f"{name_of(question)}-file"
        for upload in request.FILES.getlist(field):
            try:
                evidence.add(request.act, employer=audit.employer, audit=audit, question=question, upload=upload)
            except Refusal as refusal:
                sent.trouble(question, Trouble(field, f"{refusal} Your answers were saved."))


def _trouble(change: Change, refusal: Refusal, seen: dict[str, int]) -> Trouble:
    name = name_of(change.question, change.method.value if isinstance(change, Found) else "")
    if isinstance(refusal, answers.Stale):
        seen[name] = refusal.revision
        return Trouble(_first_field(change, name), str(refusal), kept=_kept_words(change, refusal))
    if isinstance(change, Found):
        return Trouble(_first_field(change, name), str(refusal))
    part = "na" if isinstance(refusal, answers.AlwaysApplies) else "note"
    return Trouble(f"{name}-{part}", str(refusal))


def _first_field(change: Change, name: str) -> str:
    return f"{name}-seen" if isinstance(change, Found) else f"{name}-note"


def _kept_words(change: Change, stale: answers.Stale) -> str:
    if isinstance(change, Found):
        return given_words(stale.kept) if stale.kept else "no answer"
    if not stale.kept:
        return "nothing"
    parts = [stale.kept.note, stale.kept.recommendation]
    words = [f"“{part}”" for part in parts if part]
    return "; ".join(["does not apply", *words] if stale.kept.not_applicable else words) or "nothing"


def _refused(request: SignedIn, audit: Audit, found: Element, sent: Sent, seen: Mapping[str, int]) -> HttpResponse:
    """The same page, as it was filled, with what is the matter. What was kept meanwhile is read anew."""
    progress = progress_of(audit, by=request.user)
    cards = tuple(
        as_sent(card, question, request.POST, sent.troubles.get(question.id, ()), seen)
        if question.id in sent.questions
        else card
        for card, question in zip(cards_of(found.questions, progress), found.questions, strict=True)
    )
    return _page(request, progress, found, cards, status=UNREADABLE)


def _parts(
    request: SignedIn, audit: Audit, found: Element, sent: Sent, seen: Mapping[str, int], sheet: Sheet
) -> HttpResponse:
    """For the script: what became of the questions that were sent, and the score that grew."""
    instrument = instrument_of(audit)
    score = score_of(sheet, audit=audit, instrument=instrument)
    # Files are looked at once the answers are kept; before that the chosen file stays chosen.
    looked_at = all(each.field.endswith("-file") for mine in sent.troubles.values() for each in mine)
    pieces = by_question(pieces_of(audit)) if request.FILES and looked_at else None
    saved = [
        saved_of(
            question,
            sheet,
            score,
            methods=frozenset(Method(letter) for letter in audit.methods),
            troubles=sent.troubles.get(question.id, ()),
            seen=seen,
            pieces=None if pieces is None else pieces.get(question.id, ()),
        )
        for question in found.questions
        if question.id in sent.questions
    ]
    page = {"saved": saved, "code": audit.code, "running": _running(score, pass_mark_of(audit), found)}
    # Without the request: these pieces need none of what every whole page is given.
    text = render_to_string("auditor/parts/_saved.html", page)
    return HttpResponse(text, status=UNREADABLE if sent.troubles else 200)


def _page(
    request: SignedIn, progress: Progress, found: Element, cards: tuple[Card, ...], *, status: int = 200
) -> HttpResponse:
    audit = progress.audit
    numbers = [each.number for each in progress.instrument.elements]
    place = numbers.index(found.number)
    page = {
        "head": head(request, audit),
        "audit": audit,
        "element": found,
        "worth": shortest(found.points),
        "cards": cards,
        "running": _running(progress.score, progress.pass_mark, found),
        "answerable": progress.answerable,
        "own": audit.performer in BY_EMPLOYER,
        "declared": progress.declared,
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "of": len(numbers),
        "existing": EXISTING,
        "troubles": [(card, trouble) for card in cards for trouble in card.troubles],
    }
    return render(request, "auditor/element.html", page, status=status)


def _running(score: Score, mark: PassMark, found: Element) -> Running:
    mine = next(each for each in score.elements if each.number == found.number)
    open_here = {question.id for question in found.questions} & set(score.unanswered)
    low = not open_here and any(each.number == found.number for each in below(score, mark))
    bar = bar_of(mine, found.name, low=low)
    chart = score_bars([bar], whole=whole_of(score, mark), overall=mark.overall, element=mark.element)
    return Running(chart, len(open_here))


def _next(request: SignedIn, audit: Audit, numbers: list[int], number: int) -> str:
    """Where the button said to go on to: the next element, the overview, or this one again."""
    going = request.POST.get("go", "")
    if going == "next" and number in numbers[:-1]:
        return reverse("auditor:element", args=[audit.code, numbers[numbers.index(number) + 1]])
    if going == "next":
        return reverse("auditor:submit", args=[audit.code])
    if going == "overview":
        return reverse("auditor:audit", args=[audit.code])
    return reverse("auditor:element", args=[audit.code, number])
