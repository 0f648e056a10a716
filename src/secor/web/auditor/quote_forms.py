"""What a consultant is asked for a quote."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from secor.core.audit import Kind
from secor.core.quote import GST, Job, Rates
from secor.core.travel import kilometres
from secor.queries.people import Role
from secor.queries.quotes import QuoteRates
from secor.usecases import quotes
from secor.usecases.quotes import Habits, Wanted

KINDS = (
    (Kind.CERTIFICATION.value, "Certification audit"),
    (Kind.MAINTENANCE.value, "Maintenance audit"),
    (Kind.RECERTIFICATION.value, "Recertification audit"),
)
_USUAL = {
    "hourly": None,
    "base_hours": Decimal(8),
    "person_hours": Decimal(1),
    "site_hours": Decimal(2),
    "a_km": None,
    "tax_percent": GST,
    "good_days": 30,
}


def _number(label: str, most: Decimal, *, places: int = 2, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=most,
        decimal_places=places,
        help_text=help_text,
        error_messages={"required": "Write a number; 0 is one, too."},
    )


class RatesForm(forms.Form):
    """One's own rates, and what stands on every quote."""

    trades_as = forms.CharField(label="Name on your quotes", max_length=160, required=False)
    tax_number = forms.CharField(label="GST number", max_length=40, required=False)
    hourly = _number("Dollars an hour", quotes.MONEY_MOST)
    base_hours = _number(
        "Hours for every audit", quotes.HOURS_MOST, help_text="Preparation, opening and closing talk, report."
    )
    person_hours = _number("Hours for each person", quotes.HOURS_MOST, help_text="Interview and records.")
    site_hours = _number("Hours for each site", quotes.HOURS_MOST)
    a_km = _number("Dollars a kilometre", quotes.MONEY_MOST)
    tax_percent = _number("GST in percent", quotes.TAX_MOST, places=3, help_text="0 if you charge none.")
    good_days = forms.IntegerField(
        label="Days a quote is good", min_value=1, max_value=quotes.GOOD_DAYS_MOST, help_text="From the day it is made."
    )

    @staticmethod
    def at_first(row: QuoteRates | None) -> dict[str, Any]:
        """What the form begins with: one's own rates; else hours to begin from, and no prices."""
        if row is None:
            return {key: value for key, value in _USUAL.items() if value is not None}
        return {name: _plain(getattr(row, name)) for name in RatesForm.base_fields}

    def rates(self) -> Rates:
        """The rates, once the form is valid."""
        return Rates(**{name: self.cleaned_data[name] for name in Rates.__dataclass_fields__})

    def habits(self) -> Habits:
        """Everything else."""
        return Habits(**{name: self.cleaned_data[name] for name in Habits.__dataclass_fields__})


class QuoteForm(forms.Form):
    """Whom a quote is for, and what is to be audited."""

    business = forms.CharField(
        label="Business", max_length=200, error_messages={"required": "Write for which business it is."}
    )
    email = forms.EmailField(
        label="E-mail address of its owner",
        error_messages={"required": "Write where to send it.", "invalid": "An address looks like rosa@example.ca."},
    )
    partner = forms.ChoiceField(label="Certifying partner")
    kind = forms.ChoiceField(label="Audit", choices=KINDS)
    people = forms.IntegerField(
        label="How many people are they?",
        min_value=1,
        max_value=quotes.PEOPLE_MOST,
        error_messages={"required": "Write how many people."},
    )
    sites = forms.IntegerField(
        label="How many sites will you look at?",
        min_value=1,
        max_value=quotes.SITES_MOST,
        error_messages={"required": "Write how many sites."},
    )
    town = forms.CharField(
        label="Town", max_length=80, required=False, help_text="We count the road from your own town, there and back."
    )
    km = forms.IntegerField(
        label="Kilometres altogether",
        required=False,
        min_value=0,
        max_value=quotes.KM_MOST,
        help_text="Leave it empty to let us count one drive. Write it yourself if you know better.",
    )
    note = forms.CharField(
        label="Anything else they should know",
        required=False,
        max_length=quotes.NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, keys: Sequence[Role], home: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = home
        self.partners = {str(role.partner_id): role.partner for role in keys if role.partner is not None}
        choices = [(key, partner.name) for key, partner in self.partners.items()]
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Count the road where it was not written."""
        given = super().clean() or {}
        if given.get("km") is None and "km" not in self.errors:
            one_way = kilometres(self.home, given.get("town", ""))
            if one_way is None:
                self.add_error("km", "We do not know the way. Write the kilometres there and back.")
            else:
                given["km"] = 2 * one_way
        return given

    def wanted(self) -> Wanted:
        """What is wanted, once the form is valid."""
        given = self.cleaned_data
        partner = self.partners[given["partner"]]
        assert partner is not None, "only partners that certify the person are offered"
        job = Job(given["people"], given["sites"], given["km"])
        return Wanted(given["business"], given["email"], partner, Kind(given["kind"]), job, given["note"])


def _plain(value: Any) -> Any:
    """A number without noughts at its end, as one would type it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
