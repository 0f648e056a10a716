"""What a reviewer writes: own marks, notes, and what becomes of the round."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.method import Method
from secor.core.question import Question
from secor.core.role import RoleKind
from secor.queries import reviews
from secor.queries.answers import KeptAnswer
from secor.queries.reviews import Note, Review
from secor.usecases import marks as mark_acts
from secor.usecases import notes as note_acts
from secor.usecases import reviews as acts
from secor.usecases.act import Refusal
from secor.web.auditor.element import EXISTING
from secor.web.auditor.inputs import Inputs, inputs_of
from secor.web.auditor.sent import Misread, found_in, name_of
from secor.web.door import door
from secor.web.http import SignedIn
from secor.web.partner.bench import Bench, bench_of, element_of, reached
from secor.web.partner.desk import REFUSED, kind_words, show
from secor.web.partner.element import element_page
from secor.web.partner.forms import ACCEPT, REJECT, SEND_BACK, NoteForm, OutcomeForm


@door(RoleKind.REVIEWER)
def mark(request: SignedIn, code: str, question: str) -> HttpResponse:
    """Mark a question another way than the assessor did. The assessor's answer stays beside it."""
    bench = _mine(request, code)
    asked = bench.instrument.questions.get(question)
    if asked is None:
        raise Http404
    told = ""
    if request.method == "POST":
        try:
            _keep_marks(request, bench, asked)
        except (Refusal, Misread) as refusal:
            told = str(refusal)
        else:
            return redirect(_place(code, question))
    reason = next((each.reason for each in bench.marks if each.question == question), "")
    page = {
        "audit": bench.audit,
        "kind": kind_words(bench.audit.kind),
        "question": asked,
        "said": bench.said.get(question),
        "methods": _inputs(bench, asked),
        "marked": any(each.question == question for each in bench.marks),
        "reason": request.POST.get("reason", reason),
        "told": told,
        "element": element_of(question),
        "existing": EXISTING,
        "answerable": True,
    }
    return show(request, "mark", page, status=REFUSED if told else 200)


@door(RoleKind.REVIEWER, methods=["POST"])
def note(request: SignedIn, code: str, question: str) -> HttpResponse:
    """Write a note under a question."""
    bench = _mine(request, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        told = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return element_page(request, bench.audit, element_of(question), trouble={question: told})
    try:
        note_acts.note(
            request.act,
            review=_review(bench),
            question=question,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
        )
    except Refusal as refusal:
        return element_page(request, bench.audit, element_of(question), trouble={question: str(refusal)})
    return redirect(_place(code, question))


@door(RoleKind.REVIEWER, methods=["POST"])
def strike(request: SignedIn, code: str, note: str) -> HttpResponse:
    """Take back a note that was not sent."""
    return _about(request, code, note, lambda found: note_acts.strike(request.act, note=found))


@door(RoleKind.REVIEWER, methods=["POST"])
def settle(request: SignedIn, code: str, note: str) -> HttpResponse:
    """Say that what a note asked for was put right."""
    return _about(request, code, note, lambda found: note_acts.settle(request.act, note=found))


@door(RoleKind.REVIEWER)
def conclude(request: SignedIn, code: str) -> HttpResponse:
    """Fill the quality sheet, and accept the audit, send it back or do not accept it."""
    bench = _mine(request, code)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _conclude(request, _review(bench), form)
        except acts.Unjudged as refusal:
            for problem in refusal.problems:
                form.add_error(problem.place, problem.problem)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:audit", code)
    page = {
        "audit": bench.audit,
        "kind": kind_words(bench.audit.kind),
        "bench": bench,
        "form": form,
        "quality_mark": reviews.quality_mark_of(bench.audit),
        "open_notes": [each for each in bench.notes if each.kind == Note.Kind.MUST_FIX and not each.resolved_at],
    }
    return show(request, "conclude", page, status=REFUSED if form.errors else 200)


def _conclude(request: SignedIn, review: Review, form: OutcomeForm) -> None:
    chosen, reason, sheet = form.cleaned_data["outcome"], form.cleaned_data["reason"], form.judged()
    if chosen == ACCEPT:
        acts.accept(request.act, review=review, quality=sheet, reason=reason)
    elif chosen == SEND_BACK:
        acts.send_back(request.act, review=review, reason=reason, quality=sheet)
    elif chosen == REJECT:
        acts.reject(request.act, review=review, reason=reason, quality=sheet)


def _keep_marks(request: SignedIn, bench: Bench, asked: Question) -> None:
    """Keep one own mark for each method that the form answers another way than the assessor; take the others back."""
    review, back = _review(bench), bool(request.POST.get("take_back"))
    for rule in asked.methods:
        if rule.method.value not in bench.audit.methods:
            continue
        found = None if back else found_in(asked, rule, request.POST)
        given = found.given if found else None
        if given is not None and dict(given) == dict(bench.sheet.answer(asked.id, rule.method).given or {}):
            given = None
        mark_acts.mark(
            request.act,
            review=review,
            question=asked.id,
            method=rule.method,
            given=given,
            reason=request.POST.get("reason", ""),
        )


def _inputs(bench: Bench, asked: Question) -> list[Inputs]:
    own = {each.method: KeptAnswer(each.given, 1) for each in bench.marks if each.question == asked.id}
    return [
        inputs_of(asked, rule, own.get(rule.method.value) or bench.sheet.answer(asked.id, Method(rule.method.value)))
        for rule in asked.methods
        if rule.method.value in bench.audit.methods
    ]


def _about(request: SignedIn, code: str, note: str, act: Callable[[Note], object]) -> HttpResponse:
    audit = reached(request, code)
    found = next((each for each in reviews.notes_of(audit) if each.code == note), None)
    if found is None:
        raise Http404
    try:
        act(found)
    except Refusal as refusal:
        return element_page(request, audit, element_of(found.question), trouble={found.question: str(refusal)})
    return redirect(_place(code, found.question))


def _mine(request: SignedIn, code: str) -> Bench:
    """The audit on the bench, when a round of its review is under way; the acts ask whose it is."""
    audit = reached(request, code)
    if audit.stage != reviews.Stage.IN_REVIEW:
        raise Http404
    return bench_of(request, audit)


def _review(bench: Bench) -> Review:
    if bench.review is None:
        raise Http404
    return bench.review


def _place(code: str, question: str) -> str:
    return f"{reverse('partner:element', args=[code, element_of(question)])}#{name_of(question)}"
