"""The forms of the business: which there are, and each changed to one's own words on one page without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.adaptation import ADDED, LISTS, Added, Changed
from secor.core.form import Field, FieldKind
from secor.queries import library
from secor.queries import records as asked
from secor.queries.records import FormInUse
from secor.usecases import own_forms
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.forms import text_field
from secor.web.http import SignedIn

LABEL_MOST, HINT_MOST, LINES_MOST = 300, 500, 6000
KINDS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "A line of text",
    FieldKind.LONG_TEXT: "Several lines of text",
    FieldKind.YES_NO: "Yes or no",
    FieldKind.CHOICE: "Choose one of a list",
    FieldKind.CHOICES: "Tick what applies",
    FieldKind.CHECKLIST: "A checklist: in order, not in order",
    FieldKind.NUMBER: "A number",
    FieldKind.DAY: "A day",
    FieldKind.TIME: "A time",
    FieldKind.PERSON: "One of your people",
    FieldKind.PEOPLE: "Several of your people",
    FieldKind.SITE: "A place of work",
    FieldKind.PHOTOS: "Photos",
    FieldKind.SIGNATURES: "Signatures",
    FieldKind.ROWS: "A table",
    FieldKind.RISK: "How bad, how likely",
}


class QuestionForm(forms.Form):
    """One question of a form: its words, its place, and whether it stays."""

    label = text_field("Question", LABEL_MOST, missing="Write the question.")
    hint = text_field("Example or hint", HINT_MOST, required=False)
    lines = forms.CharField(
        label="What can be chosen",
        help_text="One on each line.",
        max_length=LINES_MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write at least one line."},
    )
    required = forms.BooleanField(label="It has to be answered", required=False)
    place = forms.IntegerField(
        label="Place in the form",
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Write a number.", "invalid": "Write a whole number, such as 3."},
    )
    out = forms.BooleanField(label="Take this question out", required=False)

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        if field.kind not in LISTS:
            del self.fields["lines"]

    @property
    def kind(self) -> str:
        """What kind of answer it takes, in words."""
        return KINDS[self.field.kind]

    def changed(self) -> Changed:
        """The question as it is to be."""
        given = self.cleaned_data
        return Changed(
            key=self.field.key,
            label=given["label"],
            hint=given["hint"],
            required=given["required"],
            place=given["place"],
            out=given["out"],
            lines=_lines(given["lines"]) if "lines" in given else None,
        )


class TitleForm(forms.Form):
    """The form's own name, and one question more."""

    title = text_field("Name of the form", 120, missing="Give the form a name.")
    over = forms.CharField(widget=forms.HiddenInput, max_length=64)
    add_label = text_field("Question", LABEL_MOST, required=False)
    add_kind = forms.ChoiceField(
        label="What kind of answer?", required=False, choices=[(kind.value, KINDS[kind]) for kind in ADDED]
    )
    add_lines = forms.CharField(
        label="What can be chosen",
        help_text="For a list or a checklist. One on each line.",
        required=False,
        max_length=LINES_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Want lines for a list."""
        given = super().clean() or {}
        listed = given.get("add_kind") in {kind.value for kind in LISTS}
        if given.get("add_label") and listed and not _lines(given.get("add_lines", "")):
            self.add_error("add_lines", "Write at least one line to choose.")
        return given

    def added(self) -> tuple[Added, ...]:
        """The question to add, where one was written."""
        given = self.cleaned_data
        if not given["add_label"]:
            return ()
        return (Added(given["add_label"], FieldKind(given["add_kind"]), _lines(given["add_lines"])),)


class BackForm(forms.Form):
    """Nothing is asked to put our form back."""


@door(*OPENS_OWN)
def own_forms_list(request: SignedIn, code: str) -> HttpResponse:
    """Every form that this business fills in, its own ones marked."""
    place = reached(request, code)
    uses = sorted(asked.forms_in_use(place.employer).values(), key=lambda use: use.form.title)
    return show(request, place, "own_forms", {"uses": uses})


@door(*OPENS_OWN)
def own_form(request: SignedIn, code: str, form: str) -> HttpResponse:
    """Show a form question by question, and take what an owner changes of it."""
    place = reached(request, code)
    use = asked.forms_in_use(place.employer).get(form)
    if use is None:
        raise Http404
    if not place.owner:
        raise PermissionDenied
    back = sent(request, "back", BackForm)
    if done(back, lambda: own_forms.put_back(request.act, employer=place.employer, key=form)):
        messages.success(request, _put_back(use))
        return redirect("employer:own_forms", code)
    return _change(request, place, use, back)


def _change(request: SignedIn, place: Place, use: FormInUse, back: BackForm) -> HttpResponse:
    asked_for = {"title": use.form.title, "over": use.digest}
    head = sent(request, "change", TitleForm, initial=asked_for)
    questions = [
        sent(request, "change", QuestionForm, field=field, prefix=field.key, initial=_initial(nth, field))
        for nth, field in enumerate(use.form.fields, start=1)
    ]
    # A question that is taken out needs no words any more.
    kept = [each for each in questions if not each.is_bound or not each.data.get(each.add_prefix("out"))]
    checked = [each.is_valid() for each in kept]  # every one, so that all that is wrong is told at once
    fine = head.is_bound and all(checked)

    def change() -> None:
        out = [Changed(each.field.key, each.field.label, out=True) for each in questions if each not in kept]
        own_forms.adapt(
            request.act,
            employer=place.employer,
            key=use.form.key,
            over=head.cleaned_data["over"],
            title=head.cleaned_data["title"],
            changed=[*out, *(each.changed() for each in kept)],
            added=head.added(),
        )

    if fine and done(head, change):
        messages.success(request, "Kept. New records are filled in by it; old ones stay as they are.")
        return redirect(reverse("employer:own_form", args=[place.employer.code, use.form.key]))
    wrong = [each for each in questions if each in kept and each.errors]
    page = {"form": head, "use": use, "questions": questions, "back": back, "wrong": wrong, "ours": _ours(use)}
    return show(request, place, "own_form", page, head, *wrong)


def _initial(nth: int, field: Field) -> dict[str, Any]:
    return {
        "label": field.label,
        "hint": field.hint,
        "required": field.required,
        "place": nth,
        "lines": "\n".join(choice.label for choice in field.choices),
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _ours(use: FormInUse) -> bool:
    """Whether there is one of ours under this one."""
    return use.form.key in library.forms()


def _put_back(use: FormInUse) -> str:
    if _ours(use):
        return "Our form is in use again. Your own one stays with the records that were filled in by it."
    return "This form is not offered any more. The records that were filled in by it stay."
