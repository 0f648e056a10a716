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
from secor.papers.xlsform import xlsform
from secor.queries import library
from secor.queries import records as asked
from secor.queries.records import FormInUse
from secor.usecases import own_forms, xlsforms
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.forms import text_field
from secor.web.http import SignedIn
from secor.web.papers.giving import XLSX, given

TOLD_MOST = 15
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
        said = self.cleaned_data
        return Changed(
            key=self.field.key,
            label=said["label"],
            hint=said["hint"],
            required=said["required"],
            place=said["place"],
            out=said["out"],
            lines=_lines(said["lines"]) if "lines" in said else None,
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
        said = super().clean() or {}
        listed = said.get("add_kind") in {kind.value for kind in LISTS}
        if said.get("add_label") and listed and not _lines(said.get("add_lines", "")):
            self.add_error("add_lines", "Write at least one line to choose.")
        return said

    def added(self) -> tuple[Added, ...]:
        """The question to add, where one was written."""
        said = self.cleaned_data
        if not said["add_label"]:
            return ()
        return (Added(said["add_label"], FieldKind(said["add_kind"]), _lines(said["add_lines"])),)


class BringForm(forms.Form):
    """An XLSForm, and which kind of record it is filled in for."""

    upload = forms.FileField(
        label="XLSForm (.xlsx)",
        help_text="The workbook you use with ODK Collect or a like app.",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Choose the workbook."},
    )
    stands_for = forms.ChoiceField(
        label="Which of the forms does it stand in for?",
        help_text="Its records then count as that form's do. Otherwise they count for what the workbook itself says.",
        required=False,
        error_messages={"invalid_choice": "Choose one of the list."},
    )

    def __init__(self, *args: Any, titles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["stands_for"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "None: it is a form of its own"), *titles]


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


@door(*OPENS_OWN)
def own_form_bring(request: SignedIn, code: str) -> HttpResponse:
    """Take an XLSForm and make a form of it; tell what of it was left out."""
    place = reached(request, code)
    if not place.owner:
        raise PermissionDenied
    uses = asked.forms_in_use(place.employer).values()
    titles = sorted(((use.form.key, use.form.title) for use in uses), key=lambda pair: pair[1])
    form = sent(request, "bring", BringForm, titles=titles)
    made: list[tuple[FormInUse, tuple[str, ...]]] = []

    def bring() -> None:
        wanted = form.cleaned_data
        found = xlsforms.bring(
            request.act, employer=place.employer, upload=wanted["upload"], stands_for=wanted["stands_for"]
        )
        made.append(found)

    if not done(form, bring):
        return show(request, place, "own_form_bring", {"form": form}, form)
    use, left_out = made[0]
    counted = len(use.form.fields)
    messages.success(request, f"“{use.form.title}” is in use, with {counted} question{'' if counted == 1 else 's'}.")
    if left_out:
        more = f"; and {len(left_out) - TOLD_MOST} more" if len(left_out) > TOLD_MOST else ""
        messages.warning(request, f"Left out, because it has no place here: {'; '.join(left_out[:TOLD_MOST])}{more}.")
    return redirect("employer:own_form", code, use.form.key)


@door(*OPENS_OWN, methods=READING)
def own_form_xlsform(request: SignedIn, code: str, form: str) -> HttpResponse:
    """Give a form as an XLSForm, to fill in with ODK Collect or to change in a spreadsheet."""
    place = reached(request, code)
    use = asked.forms_in_use(place.employer).get(form)
    if use is None:
        raise Http404
    return given(xlsform(use.form), request.on, place.name, use.form.title, XLSX)


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
