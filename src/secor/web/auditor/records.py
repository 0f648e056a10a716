"""The business's own records as evidence for a question: captured once, used again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.core.role import RoleKind
from secor.core.sampling import spread
from secor.papers.record import paper_of, record
from secor.queries.audits import BY_EMPLOYER, Audit, instrument_of
from secor.queries.proofs import Proof, proofs
from secor.usecases import evidence
from secor.usecases.act import Refusal
from secor.web.auditor.pages import head, reached
from secor.web.door import door
from secor.web.http import SignedIn
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


@door(RoleKind.OWNER, RoleKind.SELF_ASSESSOR)
def records(request: SignedIn, code: str, question: str) -> HttpResponse:
    """Show the records that answer a question of a self-assessment, and give those that are ticked."""
    audit = reached(request, code)
    asked = instrument_of(audit).question(question)
    if asked is None or audit.performer not in BY_EMPLOYER:
        raise Http404
    found = proofs(audit, asked, scope=request.scope, on=request.on)
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
        "question": asked,
        "element": int(question.split(".", maxsplit=1)[0]),
        "form": form,
        "found": found,
        "free": free,
        "given": len(found) - len(free),
        "sample": sample,
        "wanted": A_SAMPLE,
    }
    return render(request, "auditor/records.html", page, status=UNREADABLE if form.errors else 200)


def _give(request: SignedIn, audit: Audit, question: str, each: Proof) -> None:
    paper = record(paper_of(each.record))
    title = f"{each.title}, {day(each.record.on)}"
    evidence.add_record(request.act, audit=audit, question=question, record=each.record, paper=paper, title=title)


def _told(each: Proof) -> str:
    what = f": {each.record.title}" if each.record.title else ""
    site = f" ({each.record.site.name})" if each.record.site else ""
    return f"{day(each.record.on)}, {each.title}{what}{site}"
