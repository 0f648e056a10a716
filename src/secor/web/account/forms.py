"""Questions asked about a person's own account."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from secor.queries.people import Person

LANGUAGES = [("en-ca", "English"), ("fr-ca", "Français")]


class NameForm(forms.Form):
    """What a new person is asked beside the address and the password."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Tell us your name, as it should stand on letters."},
    )

    def signup(self, request: HttpRequest, user: Person) -> None:  # noqa: ARG002 - the sign-in library gives it
        """Keep the name with the new account."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(forms.Form):
    """What a person may change about themselves."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Tell us your name, as it should stand on letters."},
    )
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        help_text="Only people who work with you on a certificate see it.",
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label="Language you prefer", choices=LANGUAGES, widget=forms.RadioSelect)
