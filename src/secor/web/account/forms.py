"""Questions asked when an account is made."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from secor.queries.people import Person


class NameForm(forms.Form):
    """What a new person is asked beside the address and the password."""

    name = forms.CharField(label="Your name", max_length=120)

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Keep the name with the new account."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
