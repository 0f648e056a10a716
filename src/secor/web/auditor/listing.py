"""My listing: what the public may read of me, put up and taken down by me alone."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from secor.core.role import RoleKind
from secor.queries import agendas
from secor.queries import auditors as asked
from secor.usecases import listings
from secor.usecases.act import Refusal
from secor.web.door import door
from secor.web.http import SignedIn

REFUSED = 422


class ListingForm(forms.Form):
    """What the public may read."""

    town = forms.CharField(
        label="Town you set out from", max_length=listings.TOWN_MAX, error_messages={"required": "Name your town."}
    )
    english = forms.BooleanField(label="I audit in English", required=False)
    french = forms.BooleanField(label="I audit in French", required=False)
    about = forms.CharField(
        label="What should people know?",
        required=False,
        max_length=listings.ABOUT_MAX,
        help_text="One or two sentences: which trades you know, when you have time.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = forms.CharField(label="Telephone", required=False, max_length=listings.PHONE_MAX)
    email = forms.EmailField(
        label="E-mail address", required=False, error_messages={"invalid": "An address looks like dev@example.ca."}
    )


@door(RoleKind.AUDITOR)
def listing(request: SignedIn) -> HttpResponse:
    """Put up what the public may read of me, change it, or take it down."""
    now = asked.listing_of(request.user)
    if request.method == "POST" and request.POST.get("do") == "take_down":
        listings.take_down(request.act)
        messages.success(request, "Taken down. Nobody finds you in the list any more.")
        return redirect("auditor:listing")
    form = ListingForm(request.POST if request.method == "POST" else None, initial=_initial(request, now))
    if form.is_bound and form.is_valid():
        try:
            listings.put_up(request.act, told=listings.Told(**form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "This is what the public reads now.")
            return redirect("auditor:listing")
    page = {"form": form, "listing": now}
    return render(request, "auditor/listing.html", page, status=REFUSED if form.errors else 200)


def _initial(request: SignedIn, now: asked.Listing | None) -> dict[str, object]:
    """What is up already; else what the calendar knows, and no address: that is for its owner to give."""
    if now is not None:
        return {name: getattr(now, name) for name in ListingForm.base_fields}
    diary = agendas.diary_of(request.user)
    if diary is None:
        return {"english": True}
    return {"town": diary.home, "english": diary.english, "french": diary.french}
