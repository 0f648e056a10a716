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
