"""Finding whom one needs: an auditor nearby, and one certifying partner with everything that is known of it."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render

from secor.core.scheme import NoSuchRule
from secor.queries import auditors as asked
from secor.queries import schemes
from secor.web.door import public_reading
from secor.web.http import Visit
from secor.web.public import comparison
from secor.web.public.answered import SCHEME

ANY = ("", "Any")
A_FEW = 5


class FindForm(forms.Form):
    """Whom somebody looks for."""

    town = forms.CharField(label="Your town", required=False, max_length=80)
    partner = forms.ChoiceField(label="Certifying partner", required=False)
    language = forms.ChoiceField(
        label="Language", required=False, choices=[ANY, ("english", "English"), ("french", "French")]
    )

    def __init__(self, *args: object, partners: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["partner"]
        assert isinstance(field, forms.ChoiceField), "it was declared so"
        field.choices = [ANY, *partners]


@public_reading
def auditors(request: Visit) -> HttpResponse:
    """List the auditors who want to be found, the nearest first."""
    there = [(each.key, each.name) for each in comparison.there(schemes.partners(SCHEME), on=request.on)]
    form = FindForm(request.GET or None, partners=there)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = {
        "form": form,
        "found": asked.directory(
            partner=given.get("partner", ""),
            town=given.get("town", ""),
            language=given.get("language", ""),
            on=request.on,
        ),
        "town": given.get("town", ""),
        "asked": bool(given),
    }
    return render(request, "public/auditors.html", page, status=422 if form.errors else 200)


@public_reading
def partner(request: Visit, partner: str) -> HttpResponse:
    """Show one certifying partner: what it has published, with the sources, and auditors whom it certifies."""
    try:
        told = schemes.partner(SCHEME, partner)
    except NoSuchRule as unknown:
        raise Http404 from unknown
    rules = schemes.rules(SCHEME, partner=told.key, on=request.on)
    line = comparison.line(told, rules)
    page = {
        "partner": told,
        "line": line,
        "facts": list(zip((heading for heading, _, _ in comparison.COLUMNS), line.cells, strict=True)),
        "ended": told.valid_until is not None and told.valid_until < request.on,
        "begins": told.valid_from is not None and request.on < told.valid_from,
        "auditors": asked.directory(partner=told.key, on=request.on)[:A_FEW],
    }
    return render(request, "public/partner.html", page)
