"""Following a certificate: asking for letters, confirming the address by its link, and stopping them."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.queries import register
from secor.queries import watches as asked
from secor.usecases import watches
from secor.usecases.act import Refusal
from secor.web.door import public
from secor.web.http import Visit
from secor.web.public.talks import closed


class WatchForm(forms.Form):
    """Where the letters shall go."""

    email = forms.EmailField(
        label="Your e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Tell us your e-mail address.",
            "invalid": "An e-mail address looks like rosa@example.ca.",
        },
    )


@public
def follow(request: Visit, number: str) -> HttpResponse:
    """Ask to be told when a certificate changes. A program that fills the field no person sees gets the same answer."""
    row = register.row_of(number)
    if row is None:
        raise Http404
    form = WatchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if not request.POST.get("website"):
                watches.ask(request.act, certificate=row, email=form.cleaned_data["email"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("public:followed", row.number)
    given = {"form": form, "row": row}
    return render(request, "public/follow.html", given, status=422 if form.errors else 200)


@public
def followed(request: Visit, number: str) -> HttpResponse:
    """Say that a letter is on its way; the same for every address."""
    row = register.row_of(number)
    if row is None:
        raise Http404
    return render(request, "public/followed.html", {"row": row})


@public
def watch(request: Visit, watch: str) -> HttpResponse:
    """The reader's own page, by its link: yes, tell me; and later, stop."""
    held = asked.by_link(watch, at=request.act.at)
    if held is None:
        return closed(render(request, "public/watch_gone.html", status=410))
    if request.method == "POST":
        if request.POST.get("do") == "stop":
            watches.stop(request.act, watch=held)
            return closed(render(request, "public/watch_gone.html", {"stopped": True}))
        watches.confirm(request.act, watch=held)
        return closed(redirect("public:watch", watch))
    given = {"link": watch, "watch": held, "listing": asked.newest(held, on=request.on)}
    return closed(render(request, "public/watch.html", given))
