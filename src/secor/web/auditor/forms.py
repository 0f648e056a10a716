"""What an assessor is asked beside the questions themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secor.core.independence import TieKind
from secor.usecases.declarations import DeclaredTie

_DAY = {"type": "date"}
TIES = (
    (TieKind.BUILT_PROGRAM, "I helped to build or write its health and safety program"),
    (TieKind.FAMILY, "I am family of an owner"),
    (TieKind.EMPLOYEE, "I work or worked for it"),
    (TieKind.OWNER, "I own or owned a part of it"),
    (TieKind.FINANCIAL, "I have money in it, or owe it money"),
    (TieKind.AUDITED_LAST_TIME, "I did its audit before this one"),
    (TieKind.OTHER, "Something else"),
)


class DatesForm(forms.Form):
    """On which days everything was gathered."""

    from_on = forms.DateField(
        label="First day",
        help_text="The day the documents came, or the day you first visited; the earlier one of the two.",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"required": "Give the first day.", "invalid": "Give a day such as 2026-05-17."},
    )
    until_on = forms.DateField(
        label="Last day",
        required=False,
        help_text="Leave it empty while you are still gathering.",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": "Give a day such as 2026-05-17."},
    )


class DeclareForm(forms.Form):
    """The assessor's word about ties."""

    clear = forms.ChoiceField(
        label="Does anything tie you to this business?",
        choices=[("yes", "No, nothing"), ("no", "Yes, or I am not sure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    kinds = forms.MultipleChoiceField(
        label="What ties you to it?",
        choices=[(kind.value, word) for kind, word in TIES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_on = forms.DateField(
        label="Since when?",
        required=False,
        widget=forms.DateInput(attrs=_DAY),
        help_text="Roughly is enough.",
        error_messages={"invalid": "Give a day such as 2021-05-01."},
    )
    until_on = forms.DateField(
        label="Until when?",
        required=False,
        widget=forms.DateInput(attrs=_DAY),
        help_text="Leave it empty if it goes on.",
        error_messages={"invalid": "Give a day such as 2022-05-01."},
    )
    signed = forms.BooleanField(
        label="What I have said here is true, and I will keep to the code of ethics",
        error_messages={"required": "Tick this to sign."},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the days of a tie only where there is one."""
        given = super().clean() or {}
        if given.get("clear") == "no":
            if not given.get("kinds"):
                self.add_error("kinds", "Say what ties you to this business.")
            if "from_on" not in self.errors and not given.get("from_on"):
                self.add_error("from_on", "Say since when.")
        return given

    def ties(self) -> list[DeclaredTie]:
        """The ties that were named; none where there are none."""
        given = self.cleaned_data
        if given["clear"] == "yes":
            return []
        from_on: date = given["from_on"]
        return [DeclaredTie(TieKind(kind), from_on, given.get("until_on")) for kind in given["kinds"]]


class WithdrawForm(forms.Form):
    """Why an audit is given up."""

    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that the others know."},
    )


class ReplyForm(forms.Form):
    """An answer to a reviewer's note."""

    text = forms.CharField(label="Your answer", required=False, max_length=10_000, widget=forms.Textarea)
