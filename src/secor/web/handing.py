"""Handing an audit to a colleague: the same question on the auditor's desk and in the partner's office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages

from secor.queries import handovers as asked
from secor.queries.audits import Audit
from secor.queries.handovers import Colleague
from secor.usecases import handovers
from secor.usecases.act import Refusal
from secor.web.http import SignedIn


class HandOverForm(forms.Form):
    """Who goes on."""

    to = forms.ChoiceField(
        label="Who goes on with it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who goes on.", "invalid_choice": "Choose one of the list."},
    )

    def __init__(self, *args: Any, able: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.able = {str(each.person.pk): each.person for each in able}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField), "it was declared so"
        field.choices = [(key, str(person)) for key, person in self.able.items()]


def hand_over(request: SignedIn, audit: Audit) -> dict[str, object] | None:
    """Hand the audit over, which gives None; or what the page shows: the form, and who may not and why."""
    people = asked.colleagues(audit, on=request.on)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, able=[each for each in people if not each.why]
    )
    if form.is_bound and form.is_valid():
        to = form.able[form.cleaned_data["to"]]
        try:
            handovers.hand_over(request.act, audit=audit, to=to)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{to} goes on with the audit. Everybody concerned gets a letter.")
            return None
    return {"form": form, "audit": audit, "barred": [each for each in people if each.why]}
