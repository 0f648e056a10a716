"""The business's records as evidence for a question: captured once, used again.

Its own people reach them in a self-assessment; an auditor from outside once the owner lets them look.
"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.core.question import Question
from secor.core.sampling import spread
from secor.papers.record import paper_of, record
from secor.queries import viewings as asked
from secor.queries.audits import BY_EMPLOYER, Audit, declared, instrument_of
from secor.queries.people import Scope
from secor.queries.proofs import Proof, proofs
from secor.usecases import evidence, viewings
from secor.usecases.act import Refusal
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.papers.giving import PDF, given
from secor.web.words import day

A_SAMPLE = 6
AT_ONCE = 30
UNREADABLE = 422


class ChosenForm(forms.Form):
    """Which records are given."""

    records = forms.MultipleChoiceField(
        label="Which of them?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick one at least."},
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["records"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    def clean_records(self) -> list[str]:
        """At most thirty at once: each is printed."""
        chosen: list[str] = self.cleaned_data["records"]
        if len(chosen) > AT_ONCE:
            raise forms.ValidationError(f"Tick at most {AT_ONCE} at once. A sample spread over the year says more.")
        return chosen


@door(*ASSESSORS)
def records(request: SignedIn, code: str, question: str) -> HttpResponse:
    """Show the records that answer a question, and give those that are ticked. Without leave, let them be asked for."""
    audit, about = _asked(request, code, question)
    scope = _scope(request, audit)
    if scope is None:
        return _without(request, audit, about)
    if audit.performer not in BY_EMPLOYER:
        viewings.look(request.act, audit=audit, question=question)
    found = proofs(audit, about, scope=scope, on=request.on)
    free = [each for each in found if not each.given]
    sample = request.GET.get("sample") == "yes"
    picked = [free[place] for place in spread([each.record.on for each in free], wanted=A_SAMPLE)] if sample else []
    form = ChosenForm(
        request.POST if request.method == "POST" else None,
        choices=[(str(each.record.uid), _told(each)) for each in free],
        initial={"records": [str(each.record.uid) for each in picked]},
    )
    if form.is_bound and form.is_valid():
        chosen = set(form.cleaned_data["records"])
        try:
            for each in free:
                if str(each.record.uid) in chosen:
                    _give(request, audit, question, each)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{len(chosen)} given as evidence for question {question}.")
            return redirect("auditor:records", code, question)
    page = {
        "head": head(request, audit),
        "question": about,
        "own": audit.performer in BY_EMPLOYER,
        "element": int(question.split(".", maxsplit=1)[0]),
        "form": form,
        "found": found,
        "free": free,
        "given": len(found) - len(free),
        "rows": list(zip(form["records"].subwidgets, free, strict=True)),
        "sample": sample,
        "wanted": A_SAMPLE,
    }
    return render(request, "auditor/records.html", page, status=UNREADABLE if form.errors else 200)


@door(*ASSESSORS, methods=READING)
def paper(request: SignedIn, code: str, question: str, uid: UUID) -> HttpResponse:
    """One of those records on paper, to be read before it is given."""
    audit, about = _asked(request, code, question)
    scope = _scope(request, audit)
    found = proofs(audit, about, scope=scope, on=request.on) if scope else ()
    row = next((each.record for each in found if each.record.uid == uid), None)
    if row is None:
        raise Http404
    if audit.performer not in BY_EMPLOYER:
        viewings.look(request.act, audit=audit, question=question, record=row)
    return given(record(paper_of(row)), row.on, audit.employer.legal_name, row.form, PDF)


def _asked(request: SignedIn, code: str, question: str) -> tuple[Audit, Question]:
    audit = reached(request, code)
    about = instrument_of(audit).question(question) if audit.instrument else None
    if about is None:
        raise Http404
    return audit, about


def _scope(request: SignedIn, audit: Audit) -> Scope | None:
    """What may be read here: everything of one's own business; of another, what its owner lets one look at."""
    if audit.performer in BY_EMPLOYER:
        return request.scope
    return asked.reach(audit, by=request.user, on=request.on)


def _without(request: SignedIn, audit: Audit, about: Question) -> HttpResponse:
    """Tell that the records are not open, and let the owner be asked."""
    refused = ""
    if request.method == "POST":
        try:
            viewings.want(request.act, audit=audit)
            messages.success(request, "Asked. You get a letter when the owner lets you look.")
            return redirect("auditor:records", audit.code, about.id)
        except Refusal as refusal:
            refused = str(refusal)
    said = declared(audit, by=request.user)
    page = {
        "head": head(request, audit),
        "audit": audit,
        "question": about,
        "element": int(about.id.split(".", maxsplit=1)[0]),
        "wanted": asked.wanted(audit),
        "declared": said is not None and said.clear,
        "refused": refused,
    }
    return render(request, "auditor/records_shut.html", page, status=UNREADABLE if refused else 200)


def _give(request: SignedIn, audit: Audit, question: str, each: Proof) -> None:
    paper = record(paper_of(each.record))
    title = f"{each.title}, {day(each.record.on)}"
    evidence.add_record(request.act, audit=audit, question=question, record=each.record, paper=paper, title=title)


def _told(each: Proof) -> str:
    what = f": {each.record.title}" if each.record.title else ""
    site = f" ({each.record.site.name})" if each.record.site else ""
    return f"{day(each.record.on)}, {each.title}{what}{site}"
