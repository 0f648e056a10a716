"""Questions at the crew's door."""

from __future__ import annotations

from django import forms

from secor.usecases.pins import LENGTH


def pin_field(label: str, *, help_text: str = "") -> forms.CharField:
    """Six digits, typed on the phone's number pad and never shown."""
    digits = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "12", "class": "pin"}
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=12,
        widget=forms.PasswordInput(attrs=digits),
        error_messages={"required": f"Type the {LENGTH} digits.", "max_length": f"A PIN is {LENGTH} digits."},
    )


class PinForm(forms.Form):
    """A worker's PIN."""

    pin = pin_field("Your PIN", help_text=f"{LENGTH} digits.")


class OwnPinForm(forms.Form):
    """A PIN of one's own, twice so that a slip does not lock one out."""

    pin = pin_field("Your own PIN", help_text=f"{LENGTH} digits that only you know.")
    again = pin_field("The same once more")

    def clean(self) -> dict[str, object]:
        """Want the same digits twice."""
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", "These are other digits. Type both again.")
        return given
