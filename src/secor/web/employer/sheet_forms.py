"""What is asked to print forms on paper, and to file the photos of filled pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from secor.queries import library
from secor.queries.employers import Site
from secor.queries.workers import Worker
from secor.usecases.sheets import AT_ONCE, PAGES_MOST
from secor.web.employer.forms import day_field
from secor.web.employer.worker_forms import LANGUAGES

EVERYBODY = "everybody"
Choices = Sequence[tuple[str, str]]


def site_choices(sites: Sequence[Site]) -> Choices:
    """The places to choose from, by their keys."""
    return [(str(site.pk), site.name) for site in sites]


def worker_choices(workers: Sequence[Worker]) -> Choices:
    """The people to choose from, by their codes."""
    return [(worker.code, worker.name) for worker in workers]


def _choice(label: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        error_messages={"invalid_choice": "Choose one of the list."},
    )


def _fill(field: forms.Field, empty: str, choices: Choices) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *choices]


class PrintForm(forms.Form):
    """Which form is printed, how often, and what is known already."""

    form = forms.ChoiceField(label="Which form?", error_messages={"invalid_choice": "Choose one of the list."})
    copies = forms.IntegerField(
        label="How many?",
        min_value=1,
        max_value=AT_ONCE,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Write a number, such as 5.",
            "invalid": "Write a whole number, such as 5.",
            "min_value": "Write 1 or more.",
            "max_value": f"At most {AT_ONCE} are printed at once.",
        },
    )
    site = _choice("Where?")
    worker = _choice("For whom?")
    language = _choice("In which language?")
    on = day_field("For which day?", help_text="Leave it empty, and it is filled in by hand.", required=False)

    def __init__(
        self, *args: Any, titles: Choices, sites: Sequence[Site], workers: Sequence[Worker], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["form"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = titles
        _fill(self.fields["site"], "Leave it blank", site_choices(sites))
        people = [*worker_choices(workers), *([(EVERYBODY, "Everybody: one sheet each")] if len(workers) > 1 else [])]
        _fill(self.fields["worker"], "Leave it blank", people)
        spoken = [(code, LANGUAGES.get(code, code)) for code in library.languages()]
        _fill(self.fields["language"], "As the worker reads it, else in English", spoken)
        for name, there in (("site", sites), ("worker", workers)):
            if not there:
                del self.fields[name]


class _Pages(forms.ClearableFileInput):
    allow_multiple_selected = True


class PagesField(forms.FileField):
    """Several photos at once."""

    widget = _Pages

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Give the photos, in the order in which they were chosen."""
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(data) > PAGES_MOST:
            raise forms.ValidationError(f"Send at most {PAGES_MOST} photos at once.", code="many")
        return [super(PagesField, self).clean(each, initial) for each in data]


class PagesForm(forms.Form):
    """The photos of one filled sheet."""

    pages = PagesField(
        label="Photo of the page",
        help_text="One photo of each whole page, with its square code in it. It may lie crooked.",
        allow_empty_file=True,
        widget=_Pages(attrs={"accept": "image/*", "capture": "environment", "multiple": True}),
        error_messages={"required": "Take a photo of the page, or choose one."},
    )


class FilingForm(forms.Form):
    """What the pages are filed as; most of it the sheet's own code has told."""

    form = forms.ChoiceField(
        label="Which form is it?",
        error_messages={"required": "Choose the form.", "invalid_choice": "Choose one of the list."},
    )
    on = day_field("Which day is it of?")
    site = _choice("Where?")
    worker = _choice("Who is it about?")

    def __init__(
        self, *args: Any, titles: Choices, sites: Sequence[Site], workers: Sequence[Worker], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if titles:
            _fill(self.fields["form"], "Choose", titles)
        else:
            del self.fields["form"]
        for name, choices in (("site", site_choices(sites)), ("worker", worker_choices(workers))):
            if choices:
                _fill(self.fields[name], "Not said", choices)
            else:
                del self.fields[name]
