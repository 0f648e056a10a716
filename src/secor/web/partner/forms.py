"""What this desk asks."""

from __future__ import annotations

from typing import Any

from django import forms

from secor.core.quality import CRITERIA, MET, NOT_MET, PARTLY
from secor.queries.members import Partner

JUDGEMENTS = ((MET, "Done well"), (PARTLY, "Partly"), (NOT_MET, "Not done"))
ACCEPT, SEND_BACK, REJECT = "accept", "send_back", "reject"
OUTCOMES = (
    (ACCEPT, "Accept the audit: it was done well"),
    (SEND_BACK, "Send it back to be put right"),
    (REJECT, "Do not accept it: a new audit is needed"),
)
REASON_MAX = 5000


def reason_field(help_text: str) -> forms.CharField:
    """A reason, in words."""
    return forms.CharField(
        label="Why?",
        help_text=help_text,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write why."},
    )


class ApproveForm(forms.Form):
    """Nothing is asked to say yes."""


class ReasonForm(forms.Form):
    """Why something is decided so."""

    reason = reason_field("The employer reads it.")


class DecisionForm(forms.Form):
    """Why a certificate is decided about."""

    reason = reason_field("It is kept with the decision, and the employer reads it. The public does not.")


class ExtensionForm(DecisionForm):
    """Until when, and why."""

    until = forms.DateField(
        label="New last day",
        help_text="What is owed is in time up to and with this day.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose the new last day.", "invalid": "Write the day as 2026-05-31."},
    )
    field_order = ("until", "reason")


class TransferForm(DecisionForm):
    """To whom, and why."""

    to = forms.ChoiceField(
        label="Which certifying partner takes it over?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the partner that takes it over.",
            "invalid_choice": "Choose one of the list.",
        },
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, partners: tuple[Partner, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField), "it was declared so"
        field.choices = [(partner.key, partner.name) for partner in partners]


class NoteForm(forms.Form):
    """What a reviewer writes under a question."""

    kind = forms.ChoiceField(
        label="What kind of note?",
        choices=[("must_fix", "Must be put right"), ("information", "For information only")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of note it is.", "invalid_choice": "Choose one of the two."},
    )
    text = forms.CharField(
        label="Note",
        help_text="Your name is never shown to the auditor or the employer.",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write the note."},
    )


class OutcomeForm(forms.Form):
    """The quality sheet and what becomes of the round."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in CRITERIA:
            self.fields[each.key] = forms.ChoiceField(
                label=each.words,
                choices=JUDGEMENTS,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": "Choose one of the three."},
            )
        self.fields["outcome"] = forms.ChoiceField(
            label="What becomes of this audit?",
            choices=OUTCOMES,
            widget=forms.RadioSelect,
            error_messages={
                "required": "Choose what becomes of this audit.",
                "invalid_choice": "Choose one of the three.",
            },
        )
        self.fields["reason"] = reason_field("The assessor and the employer read it. Your name is not shown.")

    @property
    def sheet(self) -> list[forms.BoundField]:
        """The lines of the quality sheet."""
        return [self[each.key] for each in CRITERIA]

    def judged(self) -> dict[str, str]:
        """What was judged, by criterion."""
        return {each.key: self.cleaned_data.get(each.key, "") for each in CRITERIA}
