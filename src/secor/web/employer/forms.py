"""Questions that owners are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from secor.core.employer import PEOPLE
from secor.usecases.headcounts import MOST

LABELS = {
    "owners": ("Owners", "You, too."),
    "full_time": ("Full time", ""),
    "part_time": ("Part time", ""),
    "casual": ("Casual or seasonal", ""),
    "volunteers": ("Volunteers", ""),
    "family": ("Family who help", "Not counted above."),
    "subcontractors": ("Subcontractors", "People, not firms."),
}
NAME = {"required": "Write a name."}


def day_field(
    label: str, *, help_text: str = "", required: bool = True, initial: date | None = None
) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        initial=initial,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-05-17."},
    )


def text_field(label: str, most: int, **more: Any) -> forms.CharField:
    """One line of text."""
    fill = more.pop("fill", "")
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": fill} if fill else {}),
        error_messages={"required": more.pop("missing", "Write something here.")},
        **more,
    )


class CountField(forms.IntegerField):
    """A number of people; an empty box is nobody."""

    def to_python(self, value: Any) -> int | None:
        """Read an empty box as 0."""
        return 0 if value in self.empty_values else super().to_python(value)


class CountsForm(forms.Form):
    """How many people of each kind. An empty box is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in PEOPLE:
            label, hint = LABELS[kind]
            self.fields[kind] = CountField(
                label=label,
                help_text=hint,
                min_value=0,
                max_value=MOST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "invalid": "Write a whole number, such as 2.",
                    "min_value": "Write 0 or more.",
                    "max_value": f"Write at most {MOST}.",
                },
            )

    @property
    def people(self) -> list[forms.BoundField]:
        """The boxes for people."""
        return [self[kind] for kind in PEOPLE]

    def counts(self) -> dict[str, int]:
        """The numbers, by kind."""
        return {kind: self.cleaned_data[kind] for kind in PEOPLE}


class HeadcountForm(CountsForm):
    """How many people there were from a day on."""

    on = day_field("From which day on?", help_text="The day the number changed. Not a day to come.")
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("on",)


class PlanForm(CountsForm):
    """How many people there are to be from a day to come."""

    on = day_field("From which day on?", help_text="A day to come.")
    field_order = ("on",)


class NamesForm(forms.Form):
    """What the business is called."""

    legal_name = text_field(
        "Legal name",
        200,
        fill="organization",
        help_text="As it stands on your registration.",
        missing="Write its name.",
    )
    trade_name = text_field("Trade name", 200, required=False, help_text="If people know you by another name.")


class DetailsForm(forms.Form):
    """What it does, and where it is reached."""

    trade = text_field("Kind of work", 80, required=False, help_text="For example roofing.")
    address = text_field("Street address", 200, required=False, fill="street-address")
    city = text_field("City or town", 80, required=False, fill="address-level2")
    phone = text_field("Telephone", 40, required=False, fill="tel")


class AccountForm(forms.Form):
    """A WCB account."""

    account_number = text_field(
        "WCB account number", 24, help_text="It stands on your WCB letters.", missing="Write the number."
    )
    industry_code = text_field("Industry code", 24, required=False, help_text="Five digits on your rate statement.")


class JoinForm(NamesForm, DetailsForm, CountsForm):
    """Everything a business is registered with."""

    account_number = text_field(
        "WCB account number", 24, required=False, help_text="It stands on your WCB letters. You can add it later."
    )
    industry_code = text_field("Industry code", 24, required=False, help_text="Five digits on your rate statement.")
    ABOUT = ("legal_name", "trade_name", "trade", "city", "address", "phone")
    WCB = ("account_number", "industry_code")

    @property
    def about(self) -> list[forms.BoundField]:
        """The boxes about the business."""
        return [self[name] for name in self.ABOUT]

    @property
    def wcb(self) -> list[forms.BoundField]:
        """The boxes about the WCB account."""
        return [self[name] for name in self.WCB]

    def given(self) -> dict[str, str]:
        """What the boxes say, without the people."""
        return {name: self.cleaned_data[name] for name in (*self.ABOUT, *self.WCB)}


class SiteForm(forms.Form):
    """A place where people work."""

    name = text_field("Name of the place", 120, help_text="For example Shop or Yard.", missing="Give it a name.")
    address = text_field("Address", 200, required=False)
    people = forms.IntegerField(label="People who work there", min_value=1, max_value=MOST, initial=1)


class ProofForm(forms.Form):
    """The proof that somebody took a course."""

    course = forms.ChoiceField(
        label="Which course?", widget=forms.RadioSelect, error_messages={"required": "Choose the course."}
    )
    holder = forms.TypedChoiceField(
        label="Who took it?",
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the list, or write the name."},
    )
    holder_name = text_field(
        "Somebody else's name", 120, required=False, help_text="First and last name, where they are not in the list."
    )
    taken_on = day_field("On which day?", help_text="The day on the paper.")
    upload = forms.FileField(
        label="Photo or PDF of the proof",
        required=False,
        help_text="Up to 25 MB. You can add it later.",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    def __init__(
        self,
        *args: Any,
        courses: Sequence[tuple[str, str]],
        people: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        holder = self.fields["holder"]
        assert isinstance(holder, forms.TypedChoiceField)
        holder.choices = [*people, ("", "Somebody else")]
        chosen = self.fields["course"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = courses
        if len(courses) == 1:  # a choice of one is none
            chosen.initial, chosen.widget = courses[0][0], forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Want a name where nobody of the list was chosen."""
        given = super().clean() or {}
        if "holder" in given and given["holder"] is None and not given.get("holder_name"):
            self.add_error("holder_name", "Write who took it.")
        return given


class InviteForm(forms.Form):
    """Somebody to be invited."""

    name = text_field("Their name", 120, required=False)
    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write their address.", "invalid": "An address looks like wes@example.ca."},
    )
    kind = forms.ChoiceField(
        label="What may they do?",
        choices=[
            ("worker", "Worker: sees that you hold a certificate, and nothing of your audit"),
            ("self_assessor", "Self-assessor: does your audits, and sees everything here"),
            ("first_aider", "First aider: reads the first-aid records"),
            ("owner", "Owner: may change everything, as you can"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )


class TieForm(forms.Form):
    """What ties somebody to the business."""

    person = forms.ChoiceField(label="Which auditor?", error_messages={"required": "Choose the auditor."})
    kind = forms.ChoiceField(
        label="What ties them to you?", widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    from_on = day_field("Since when?")
    until_on = day_field("Until when?", required=False, help_text="Leave it empty if it still lasts.")

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], kinds: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("person", [("", "Choose"), *people]), ("kind", kinds)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class StartForm(forms.Form):
    """Who does the audit, and how far the records reach back."""

    records_months = forms.IntegerField(
        label="How many months of safety records do you have?",
        help_text="Inspections, meetings, training: count back from today to the first ones.",
        min_value=0,
        max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Write a number of months.", "invalid": "Write a whole number, such as 12."},
    )
    who = forms.ChoiceField(
        label="Who does the audit?", widget=forms.RadioSelect, error_messages={"required": "Choose who does it."}
    )

    def __init__(self, *args: Any, who: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["who"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = who


class LeaveForm(forms.Form):
    """Leaving a certifying partner."""

    sure = forms.BooleanField(label="Yes, leave this partner", error_messages={"required": "Tick the box to leave."})
