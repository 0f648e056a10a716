"""Questions about the people of a business and their tickets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from secor.queries.people import Person
from secor.queries.workers import Training, Worker
from secor.usecases.pins import LENGTH
from secor.usecases.tickets import NUMBER_MOST, TITLE_MOST, Told
from secor.usecases.workers import NAME_MOST, WORKS_AS_MOST, About
from secor.web.crew.forms import pin_field
from secor.web.employer.forms import day_field, text_field

# How people call the languages that something can be read in; another one is shown by its code.
LANGUAGES = {"en": "English", "fr": "Français"}
OF_THE_LIST = {"invalid_choice": "Choose one of the list."}
OTHER = "other"  # none of the trade's trainings
PICTURES = "image/jpeg,image/png,image/webp,application/pdf"


class WorkerForm(forms.Form):
    """Who somebody is. No e-mail address is asked: nobody needs one to sign."""

    name = text_field("First and last name", NAME_MOST, fill="off", missing="Write their name.")
    works_as = text_field("Works as", WORKS_AS_MOST, required=False, help_text="For example roofer or helper.")
    language = forms.ChoiceField(
        label="Reads best", help_text="Cards and forms come in this language.", error_messages=OF_THE_LIST
    )
    leads = forms.BooleanField(
        label="Leads the work", required=False, help_text="An owner, a supervisor or a lead hand."
    )
    account = forms.TypedChoiceField(
        label="Which account is theirs?",
        help_text="Only if they sign in with an e-mail address. Most do not.",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages=OF_THE_LIST,
    )

    def __init__(self, *args: Any, languages: Sequence[str], accounts: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken, account = self.fields["language"], self.fields["account"]
        assert isinstance(spoken, forms.ChoiceField)
        assert isinstance(account, forms.TypedChoiceField)
        spoken.choices = [(each, LANGUAGES.get(each, each)) for each in languages]
        account.choices = [("", "None"), *((each.pk, str(each)) for each in accounts)]
        self.accounts = {each.pk: each for each in accounts}
        if not accounts:
            del self.fields["account"]

    def about(self) -> About:
        """What was told of them."""
        given = dict(self.cleaned_data)
        account = given.pop("account", None)
        return About(
            name=given["name"],
            works_as=given["works_as"],
            language=given["language"],
            leads=given["leads"],
            person=self.accounts.get(account) if account else None,
        )


class NewWorkerForm(WorkerForm):
    """Somebody new, and their first day."""

    began_on = day_field("First day of work")
    field_order = ("name", "works_as", "began_on")


def initial_of(worker: Worker) -> dict[str, object]:
    """What the boxes say of somebody who is on the list."""
    told = {name: getattr(worker, name) for name in ("name", "works_as", "language", "leads")}
    return {**told, "account": worker.person_id or ""}


class EndForm(forms.Form):
    """Somebody's last day."""

    on = day_field("Last day of work", help_text="That day still counts.")


class PinForm(forms.Form):
    """A PIN that an owner sets for somebody."""

    pin = pin_field("The PIN you agreed on", help_text=f"{LENGTH} digits. Better: give a PIN for the first time only.")


class TicketForm(forms.Form):
    """What stands on a ticket."""

    training = forms.ChoiceField(
        label="What is it for?", error_messages={"required": "Choose what it is for.", **OF_THE_LIST}
    )
    title = text_field(
        "What it says", TITLE_MOST, required=False, help_text="Only where it is none of the list, such as H2S Alive."
    )
    number = text_field("Number", NUMBER_MOST, required=False, fill="off")
    issued_on = day_field("Issued on", help_text="The day on the ticket.")
    expires_on = day_field(
        "Good until", required=False, help_text="The last day it is good. Leave it empty to take the usual time."
    )
    forever = forms.BooleanField(label="It never runs out", required=False)
    upload = forms.FileField(
        label="Photo or PDF of it",
        required=False,
        help_text="Up to 25 MB. You can add it later.",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": PICTURES}),
    )

    def __init__(self, *args: Any, trainings: Sequence[Training], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["training"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [
            ("", "Choose"),
            *((each.key, f"{each.title} ({_lasts(each.months)})") for each in trainings),
            (OTHER, "Something else"),
        ]
        if not trainings:
            chosen.widget, chosen.initial = forms.HiddenInput(), OTHER
            self.fields["title"].help_text = "For example H2S Alive."

    def clean(self) -> dict[str, Any]:
        """Want to know what it is."""
        given = super().clean() or {}
        if given.get("training") == OTHER and not given.get("title"):
            self.add_error("title", "Write what it says.")
        return given

    def told(self) -> Told:
        """What was told of the ticket."""
        given = self.cleaned_data
        return Told(
            issued_on=given["issued_on"],
            training="" if given["training"] == OTHER else given["training"],
            title=given["title"],
            number=given["number"],
            expires_on=given["expires_on"],
            forever=given["forever"],
        )


def _lasts(months: int | None) -> str:
    if months is None:
        return "no end"
    return f"{months // 12} years" if months > 12 and months % 12 == 0 else f"{months} months"  # noqa: PLR2004 - a year


def first_day(on: date) -> dict[str, object]:
    """What the boxes for somebody new say at first."""
    return {"began_on": on, "language": "en"}
