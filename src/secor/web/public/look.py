"""The page that shows every part of the look, for those who build pages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from secor.web import charts
from secor.web.door import public
from secor.web.http import Visit
from secor.web.shapes import STATUSES


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Your name", help_text="As it should stand on letters.")
    people = forms.IntegerField(label="How many people", min_value=1)
    on = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    city = forms.CharField(label="City", required=False)
    route = forms.ChoiceField(
        label="Who does the audit?",
        choices=[("self", "We do it ourselves"), ("external", "An auditor from outside")],
        widget=forms.RadioSelect,
        help_text="You can change this until the audit starts.",
    )
    courses = forms.MultipleChoiceField(
        label="Courses taken",
        choices=[("a", "Program building"), ("b", "First aid")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    proof = forms.FileField(label="Proof", help_text="A photo or a PDF, up to 25 MB.", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    agreed = forms.BooleanField(label="I have read the code of ethics")


@public
def look(request: Visit) -> HttpResponse:
    """Show every part of the look. Only where nobody comes for a certificate."""
    if not (settings.DEMONSTRATION or settings.DEBUG):
        raise Http404
    form = Sample({"name": "", "people": "0"} if "wrong" in request.GET else None)
    return render(request, "public/look.html", {"statuses": STATUSES, "form": form, "bars": _bars(), "years": _years()})


def _bars() -> charts.ScoreBars:
    return charts.score_bars(
        [
            charts.Bar("1 Commitment", Fraction(83, 100), low=False, awarded=83, possible=100),
            charts.Bar("2 Hazards", Fraction(19, 40), low=True, awarded=57, possible=120),
            charts.Bar("3 Emergencies", None, low=False),
        ],
        whole=charts.Bar("All elements", Fraction(874, 1000), low=False, awarded=874, possible=1000),
    )


def _years() -> charts.Years:
    return charts.years(
        [
            charts.Milestone(date(2024, 5, 17), "Certificate issued", "done"),
            charts.Milestone(date(2025, 5, 17), "First maintenance audit", "done"),
            charts.Milestone(date(2026, 5, 17), "Second maintenance audit", "owed"),
            charts.Milestone(date(2027, 5, 17), "Recertification, or the certificate ends", "ahead"),
        ],
        today=date(2026, 2, 1),
    )
