"""Packs: what a client wants to see, by a link that ends; and everything the business has, to take home."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.role import RoleKind
from secor.papers.take_out import take_out
from secor.queries import audits, papers
from secor.queries import shares as asked
from secor.usecases import shares
from secor.usecases.act import Refusal
from secor.web import shown
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, Place, reached, sent, show
from secor.web.employer.forms import day_field, text_field
from secor.web.http import SignedIn
from secor.web.square import square

USUAL = timedelta(days=30)
TO_CHOOSE = [(key, word) for key, word in asked.HOLDS.items() if key != "clearance"]


class PackForm(forms.Form):
    """What a pack holds, for whom, and until when."""

    title = text_field("For whom?", shares.TITLE_MOST, help_text="Only you see this.", missing="Write for whom it is.")
    holds = forms.MultipleChoiceField(
        label="What does it hold?", choices=TO_CHOOSE, required=False, widget=forms.CheckboxSelectMultiple
    )
    until_on = day_field("Until when may they look?", help_text="That day is still good.")
    letter = forms.FileField(
        label="WCB clearance letter",
        required=False,
        allow_empty_file=True,
        help_text="PDF or photo.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )
    letter_on = day_field("Day on the letter", required=False, help_text="Clients take it for 90 days.")

    def clean(self) -> dict[str, Any]:
        """Want the letter's day where there is a letter."""
        given = super().clean() or {}
        if given.get("letter") is not None and given.get("letter_on") is None and "letter_on" not in self.errors:
            self.add_error("letter_on", "Write the day that stands on the letter.")
        return given


@door(*OPENS_OWN)
def packs(request: SignedIn, code: str) -> HttpResponse:
    """Show the links that were given out, make one, or take one away."""
    place = reached(request, code)
    here = place.address("packs")
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        return _withdraw(request, place, request.POST.get("share", ""))
    at_first = {"holds": ["certificate", "policy"], "until_on": request.on + USUAL}
    form = sent(request, "make", PackForm, initial=at_first)
    if form.is_bound and form.is_valid():
        try:
            secret = _make(request, place, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return shown.carry(redirect(here), secret, to=here)
    secret = shown.carried(request)
    address = settings.SITE_URL + reverse("public:pack", args=[secret]) if secret else ""
    page = {
        "form": form,
        "address": address,
        "square": square(address, title="Square code of the pack") if address else "",
        "package": _package(request, place),
        "links": [(each, _state(each, request.on)) for each in asked.given_out(place.employer)],
    }
    return shown.forget(request, show(request, place, "packs", page, form))


@door(RoleKind.OWNER, methods=READING)
def everything(request: SignedIn, code: str) -> FileResponse:
    """Give everything the business has, as open files in one ZIP."""
    place = reached(request, code)
    file = take_out(place.employer, scope=request.scope, at=request.act.at)
    name = f"{request.on.isoformat()}-everything.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _make(request: SignedIn, place: Place, form: forms.Form) -> str:
    given = form.cleaned_data
    letter = (given["letter"], given["letter_on"]) if given["letter"] is not None else None
    return shares.make(
        request.act,
        employer=place.employer,
        title=given["title"],
        holds=given["holds"],
        until_on=given["until_on"],
        clearance=letter,
    )


def _package(request: SignedIn, place: Place) -> str:
    """Where the newest self-assessment can be had as a package for the partner; nothing where there is none."""
    audit = audits.own_newest(place.employer)
    if audit is None or papers.reached(audit.code, person=request.user, keys=request.keys) is None:
        return ""
    return reverse("papers:submission", args=[audit.code])


def _withdraw(request: SignedIn, place: Place, code: str) -> HttpResponse:
    share = asked.reached(request.scope, place.employer, code)
    if share is None:
        raise Http404
    shares.withdraw(request.act, share=share)
    messages.success(request, "The link opens nothing any more.")
    return redirect("employer:packs", place.employer.code)


def _state(share: asked.Share, on: date) -> str:
    if share.withdrawn_at is not None:
        return "withdrawn"
    return "expired" if share.expires_on < on else "open"
