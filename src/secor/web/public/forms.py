"""Questions that everyone may be asked."""

from __future__ import annotations

from typing import Any

from django import forms

MOST_PEOPLE = 9999


class EnquiryForm(forms.Form):
    """What we ask somebody who wants a first talk."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Tell us your name."},
    )
    business = forms.CharField(
        label="Name of the business",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    people = forms.IntegerField(
        label="How many people work there, you included?",
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={"invalid": "Write a number, such as 6."},
    )
    city = forms.CharField(
        label="City or town",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    by_phone = forms.ChoiceField(
        label="How shall we answer?",
        choices=[("yes", "Call me"), ("no", "Write to me")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we shall answer."},
    )
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Tell us your e-mail address.",
            "invalid": "An e-mail address looks like rosa@example.ca.",
        },
    )
    message = forms.CharField(
        label="What would you like to know?", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a telephone number only of those who want to be called."""
        answers = super().clean() or {}
        if answers.get("by_phone") == "yes" and not answers.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Tell us the number to call, or choose a letter.")
        return answers


PEOPLE = (
    ("owners", "Owners", "You, too."),
    ("full_time", "Full time", ""),
    ("part_time", "Part time", ""),
    ("casual", "Casual or seasonal", ""),
    ("volunteers", "Volunteers", ""),
    ("family", "Family who help", ""),
    ("subcontractors", "Subcontractors", ""),
)


class QualifyForm(forms.Form):
    """The few questions behind "do I qualify?"."""

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in PEOPLE:
            self.fields[name] = forms.IntegerField(
                label=label,
                help_text=hint,
                min_value=0,
                max_value=MOST_PEOPLE,
                required=False,
                error_messages={"invalid": "Write a whole number, such as 2.", "min_value": "Write 0 or more."},
            )
        self.fields["account"] = forms.ChoiceField(
            label="Do you have an active WCB account in Alberta?",
            choices=[("yes", "Yes"), ("no", "No, or not yet")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose yes or no."},
        )
        self.fields["partner"] = _partner_field(partners)

    @property
    def people(self) -> list[forms.BoundField]:
        """The boxes for people."""
        return [self[name] for name, _, _ in PEOPLE]

    def counts(self) -> dict[str, int]:
        """How many of each kind; an empty box is none."""
        return {name: self.cleaned_data[name] or 0 for name, _, _ in PEOPLE}


class SavingsForm(forms.Form):
    """What an estimate of the refund is made from."""

    earnings = forms.DecimalField(
        label="Insurable earnings of a year, in dollars",
        help_text="All wages that count for the WCB, for example 450000.",
        min_value=0,
        max_digits=12,
        decimal_places=2,
        error_messages={"required": "Tell us the insurable earnings.", "invalid": "Write a number, such as 450000."},
    )
    rate = forms.DecimalField(
        label="Your industry's rate, in dollars for each $100",
        help_text="It stands on your WCB rate statement, for example 2.00.",
        min_value=0,
        max_digits=6,
        decimal_places=4,
        error_messages={"required": "Tell us the industry's rate.", "invalid": "Write a number, such as 2.00."},
    )
    year = forms.ChoiceField(
        label="Which year of the certificate?",
        choices=[("1", "The first"), ("2", "A later one")],
        widget=forms.RadioSelect,
        initial="1",
        error_messages={"required": "Choose the year."},
    )
    prior_cost = forms.DecimalField(label="Claim costs, earlier years", required=False, min_value=0, max_digits=12)
    prior_earnings = forms.DecimalField(label="Earnings, earlier years", required=False, min_value=0, max_digits=12)
    current_cost = forms.DecimalField(label="Claim costs, last years", required=False, min_value=0, max_digits=12)
    current_earnings = forms.DecimalField(label="Earnings, last years", required=False, min_value=0, max_digits=12)

    HISTORY = ("prior_cost", "prior_earnings", "current_cost", "current_earnings")

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"] = _partner_field(partners)

    @property
    def has_history(self) -> bool:
        """Tell whether any claim costs were given."""
        return any(self[name].value() for name in self.HISTORY)

    def clean(self) -> dict[str, Any]:
        """Ask for all four figures of the claims, or none."""
        answers = super().clean() or {}
        given = [name for name in self.HISTORY if answers.get(name) is not None]
        if given:
            for name in set(self.HISTORY) - set(given) - set(self.errors):
                self.add_error(name, "Give all four figures of your claims, or none.")
        return answers


def _partner_field(partners: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Certifying partner",
        choices=[("", "Not chosen yet"), *partners],
        required=False,
        help_text="Their rules differ a little.",
    )
