"""Saying why an objection is nothing to mend."""

from __future__ import annotations

from django.forms import CharField, Form, Textarea
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.objection import Objection
from secor.queries.audits import Audit
from secor.queries.objections import Raised, raised_in
from secor.queries.progress import progress_of
from secor.usecases import explanations
from secor.usecases.act import Refusal
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import door
from secor.web.http import SignedIn
from secor.web.objections import WHOLE, Group, grouped

UNREADABLE = 422


class ExplainForm(Form):
    """The assessor's words to one objection."""

    text = CharField(
        label="Why is it right as it is?",
        required=False,
        max_length=explanations.MOST,
        help_text="The reviewer reads this beside it. Leave it empty to take it back.",
        widget=Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Say it in at most {explanations.MOST} characters."},
    )


@door(*ASSESSORS)
def explain(request: SignedIn, code: str, rule: str, question: str) -> HttpResponse:
    """Show one objection, and keep what is said to it."""
    audit = reached(request, code)
    about = "" if question == WHOLE else question
    raised = _raised(audit, rule, about)
    form = ExplainForm(
        request.POST if request.method == "POST" else None, initial={"text": raised.explanation if raised else ""}
    )
    if form.is_bound and form.is_valid():
        try:
            explanations.explain(request.act, audit=audit, rule=rule, question=about, text=form.cleaned_data["text"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("auditor:submit", code)
    if raised is None and not form.errors:
        raise Http404
    page = {
        "head": head(request, audit),
        "audit": audit,
        "form": form,
        "raised": raised,
        "place": _place(audit, raised.objection) if raised else "",
    }
    return render(request, "auditor/explain.html", page, status=UNREADABLE if form.errors else 200)


def groups_of(found: tuple[Raised, ...], audit: Audit) -> tuple[Group, ...]:
    """The objections to an audit, each with where it is mended and, while the audit is written, explained."""

    def explained_at(each: Objection) -> str:
        return reverse("auditor:explain", args=[audit.code, each.rule, each.question or WHOLE])

    return grouped(
        found,
        place=lambda each: _place(audit, each),
        explain=explained_at if audit.writable else lambda _: "",
    )


def _raised(audit: Audit, rule: str, question: str) -> Raised | None:
    found = raised_in(progress_of(audit))
    return next((each for each in found if (each.objection.rule, each.objection.question) == (rule, question)), None)


def _place(audit: Audit, objection: Objection) -> str:
    if objection.element is None:
        return ""
    page = reverse("auditor:element", args=[audit.code, objection.element])
    return f"{page}#q-{objection.question.replace('.', '-')}"
