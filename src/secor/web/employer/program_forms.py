"""Questions about a program: what its builder asks, and what an owner or a worker writes on a part."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from secor.core.trade import Condition
from secor.usecases.parts import REASON_MOST, SIGNER_MOST, TEXT_MOST, TITLE_MOST
from secor.usecases.programs import NAME_MOST
from secor.web.employer.forms import text_field

# The first question decides whether those about a crew make sense at all.
CONDITIONS: Mapping[Condition, tuple[str, str]] = {
    Condition.WORKERS: ("Does anybody besides the owner work for you?", "Full time, part time or for a season."),
    Condition.ALONE: ("Does anybody ever work alone?", "Also the owner, also for an hour."),
    Condition.DRIVES: ("Does anybody drive for the work?", "To jobs, to the supplier, with a trailer."),
    Condition.CHEMICALS: (
        "Do you use products with a hazard sign?",
        "Fuel, solvent, glue, paint, cleaner, propane and the like.",
    ),
    Condition.CONTRACTORS: ("Do you hire other firms?", "Anybody who does a piece of your job for you."),
    Condition.VISITORS: ("Do other people come where you work?", "Clients, drivers who deliver, children."),
    Condition.SHOP: ("Do you have a shop, yard or storage of your own?", "An office at home does not count."),
    Condition.SUPERVISOR: ("Does somebody besides the owner lead the work?", "A lead hand or a foreman."),
    Condition.YOUNG: ("Does anybody under 18 work for you?", "Also in summer, also family."),
    Condition.REPRESENTATIVE: (
        "Is there a health and safety representative?",
        "One of the workers, whom the others chose.",
    ),
}
# The same in a word or two, for the list of what was told.
IN_SHORT: Mapping[Condition, str] = {
    Condition.WORKERS: "people work for you",
    Condition.ALONE: "somebody works alone",
    Condition.DRIVES: "driving",
    Condition.CHEMICALS: "products with a hazard sign",
    Condition.CONTRACTORS: "other firms",
    Condition.VISITORS: "visitors",
    Condition.SHOP: "a shop or yard",
    Condition.SUPERVISOR: "a supervisor",
    Condition.YOUNG: "workers under 18",
    Condition.REPRESENTATIVE: "a health and safety representative",
}
NAMES: Mapping[str, tuple[str, str, str]] = {
    "employer": ("What is the business called?", "As people know it.", "organization"),
    "owner": ("Who owns it?", "The person who signs the program.", "name"),
    "trade": ("What is your kind of work?", "In your own words, such as roofing.", "off"),
    "supervisor": ("Who leads the work, besides the owner?", "", "off"),
    "first_aider": ("Who has a first-aid ticket?", "One name is enough.", "off"),
    "representative": ("Who is the health and safety representative?", "", "off"),
    "phone": ("Which number does one call when something happened?", "Usually the owner's.", "tel"),
    "city": ("In which city or town are you?", "", "address-level2"),
    "hospital": ("Which hospital is nearest to you?", "Its name, or the town it is in.", "off"),
    "meeting_place": ("Where does everybody meet after leaving in an emergency?", "For example the front gate.", "off"),
}


class JobsForm(forms.Form):
    """Which kinds of jobs of a trade the employer does."""

    jobs = forms.MultipleChoiceField(
        label="Which of these do you do?",
        help_text="Tick all that you do. Each one brings its own hazards and safe ways into your program.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one.", "invalid_choice": "Choose from the list."},
    )

    def __init__(self, *args: Any, jobs: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["jobs"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(jobs.items())


class ConditionsForm(forms.Form):
    """One plain question for each condition."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for condition, (question, hint) in CONDITIONS.items():
            self.fields[condition.value] = forms.ChoiceField(
                label=question,
                help_text=hint,
                choices=[("yes", "Yes"), ("no", "No")],
                widget=forms.RadioSelect,
                error_messages={"required": "Say yes or no.", "invalid_choice": "Say yes or no."},
            )

    def conditions(self) -> frozenset[Condition]:
        """Those that are so."""
        return frozenset(each for each in Condition if self.cleaned_data.get(each.value) == "yes")


class NamesForm(forms.Form):
    """The names that stand in the text. One that is not known yet stays a line to write on."""

    def __init__(self, *args: Any, asked: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in asked:
            question, hint, fill = NAMES[key]
            self.fields[key] = text_field(question, NAME_MOST, required=key == "employer", help_text=hint, fill=fill)


class StrokesField(forms.CharField):
    """A drawn signature, put in by the page's script as JSON; empty where there is none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=200_000)

    def clean(self, value: Any) -> Any:
        """The strokes as a list. Their shape is looked at by the act itself."""
        text = super().clean(value)
        try:
            return json.loads(text) if text else []
        except (ValueError, RecursionError) as trouble:
            raise forms.ValidationError("The drawing did not come through. Draw it again.") from trouble


class SignForm(forms.Form):
    """An owner's signature: a typed name and a tick; where there is script, a drawing too."""

    signer = text_field("Type your name to sign", SIGNER_MOST, fill="name", missing="Type your name to sign.")
    agreed = forms.BooleanField(
        label="I have read it, and this is how we work",
        error_messages={"required": "Tick the box to sign."},
    )
    strokes = StrokesField()


class ReadForm(forms.Form):
    """A worker's word that they have read a part."""

    worker = forms.ChoiceField(
        label="Who are you?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your name.", "invalid_choice": "Choose your name from the list."},
    )
    name = text_field("Type your name to sign", SIGNER_MOST, missing="Type your name to sign.")
    agreed = forms.BooleanField(
        label="I have read this, or it was read to me, and I understand it",
        error_messages={"required": "Tick the box to sign."},
    )
    strokes = StrokesField()

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = dict(workers)
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = workers
        if len(workers) == 1:
            field.initial, field.widget = workers[0][0], forms.HiddenInput()
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any] | None:
        """The typed name is the signature, so it is the chosen person's own."""
        given = super().clean() or self.cleaned_data
        chosen = self.names.get(given.get("worker", ""))
        if chosen and given.get("name") and _folded(given["name"]) != _folded(chosen):
            self.add_error("name", f"Type the name as it stands on the list: {chosen}.")
        return given


class TextForm(forms.Form):
    """A part's text."""

    text = forms.CharField(
        label="What this part says",
        max_length=TEXT_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "text-of-part", "spellcheck": "true"}),
        error_messages={"required": "Write what the part says."},
    )


class EditForm(TextForm):
    """Another text for a part, and why."""

    reason = text_field(
        "What changed, and why?", REASON_MOST, required=False, help_text="One line for the list of changes."
    )
    over = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class PartForm(TextForm):
    """A part of the employer's own."""

    title = text_field("What is it called?", TITLE_MOST, missing="Give the part a title.")
    field_order = ("title",)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
