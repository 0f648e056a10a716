"""Questions about what has to be put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from secor.queries.workers import Worker
from secor.usecases.actions import HOW_MOST, WHAT_MOST, WHY_MOST, Wanted
from secor.web.employer.forms import day_field
from secor.web.employer.worker_forms import PICTURES


def _words(label: str, most: int, *, help_text: str = "", missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing, "max_length": f"Write at most {most} signs."},
    )


class WantedForm(forms.Form):
    """What has to be put right, by whom and by when."""

    what = _words(
        "What has to be put right?",
        WHAT_MOST,
        help_text="For example: new rail on the back stairs, 12 Elm Street.",
        missing="Say what has to be put right.",
    )
    worker = forms.ChoiceField(
        label="Who does it?",
        required=False,
        error_messages={"invalid_choice": "Choose somebody of your list of people."},
    )
    due_on = day_field("By when?", required=False)

    def __init__(self, *args: Any, workers: Mapping[str, Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker = self.fields["worker"]
        assert isinstance(worker, forms.ChoiceField)
        worker.choices = [("", "Nobody yet"), *((code, each.name) for code, each in workers.items())]
        self.workers = workers

    def wanted(self) -> Wanted:
        """What was told of it."""
        given = self.cleaned_data
        return Wanted(given["what"], self.workers.get(given["worker"]), given["due_on"])


class FinishForm(forms.Form):
    """How it was put right, and a photo that shows it."""

    how = _words(
        "What was done?",
        HOW_MOST,
        help_text="For example: rail bolted on, tried by two people.",
        missing="Say what was done.",
    )
    upload = forms.FileField(
        label="Photo of the fix",
        required=False,
        help_text="The best proof there is. A photo or a PDF, up to 25 MB.",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": PICTURES}),
    )


class ReopenForm(forms.Form):
    """Why it has to be done again."""

    why = _words("Why does it have to be done again?", WHY_MOST, missing="Say why it has to be done again.")
    due_on = day_field("By when now?", required=False)
