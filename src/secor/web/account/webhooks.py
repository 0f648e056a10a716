"""The pages where a person lets a program be told of changes: their webhooks, and how the messages of each went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.supplier_list import TooMany, read_suppliers
from secor.core.webhook import LONGEST, NotAnAddress
from secor.queries import webhooks as query
from secor.queries.webhooks import Webhook
from secor.usecases import webhooks as acts
from secor.usecases.act import Refusal
from secor.web import shown
from secor.web.door import signed_in
from secor.web.http import SignedIn

TOLD = 10


class WebhookForm(forms.Form):
    """A new webhook."""

    name = forms.CharField(
        label="What it is for",
        max_length=80,
        help_text="For example: our bid platform.",
        error_messages={"required": "Say which program it is for, so that you know it again."},
    )
    url = forms.CharField(
        label="The program's address",
        max_length=LONGEST,
        help_text="Where we post to. It begins with https://",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Give the address that takes the messages.", "max_length": "It is too long."},
    )


class NumbersForm(forms.Form):
    """The certificates that a webhook follows."""

    numbers = forms.CharField(
        label="Certificate numbers, one on each line",
        required=False,
        help_text="Or paste a table with a number in each line. Up to 10,000. Leave it empty to follow none.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_numbers(self) -> tuple[str, ...]:
        """Give the numbers; a line that has none is named, and nothing is changed."""
        try:
            lines = read_suppliers(self.cleaned_data["numbers"])
        except TooMany as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        wrong = [line for line in lines if not line.number]
        if wrong:
            first = wrong[0]
            more = f" {len(wrong) - 1} more lines are not right either." if len(wrong) > 1 else ""
            raise forms.ValidationError(f"Line {first.line}, “{first.given[:40]}”: {first.trouble}{more}")
        return tuple(line.number for line in lines)


@signed_in
def webhooks(request: SignedIn) -> HttpResponse:
    """Show one's webhooks, and make one; its secret is shown on its own page, this one time."""
    form = WebhookForm(request.POST) if request.method == "POST" else WebhookForm()
    if form.is_valid():
        try:
            hook, secret = acts.make(request.act, name=form.cleaned_data["name"], url=form.cleaned_data["url"])
        except NotAnAddress as refusal:
            form.add_error("url", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            here = reverse("account:webhook", args=[hook.code])
            return shown.carry(redirect(here), secret, to=here)
    page = {"form": form, "hooks": query.held_by(request.user)}
    return render(request, "account/webhooks.html", page, status=422 if form.errors else 200)


@signed_in
def webhook(request: SignedIn, hook: str) -> HttpResponse:
    """Show one webhook, what it follows and how its messages went; change what it follows; test, renew, take out."""
    row = query.of(request.user, hook)
    if row is None:
        raise Http404
    form: forms.Form = NumbersForm(initial={"numbers": "\n".join(query.numbers(row))})
    if request.method == "POST":
        if "do" in request.POST:
            return _done(request, row, request.POST["do"])
        form = NumbersForm(request.POST)
        if form.is_valid():
            try:
                return _followed(request, row, form.cleaned_data["numbers"])
            except Refusal as refusal:
                form.add_error("numbers", str(refusal))
    page: dict[str, Any] = {
        "hook": row,
        "form": form,
        "secret": shown.carried(request),
        "deliveries": query.deliveries(row),
        "shown": query.SHOWN,
    }
    return shown.forget(request, render(request, "account/webhook.html", page, status=422 if form.errors else 200))


def _followed(request: SignedIn, row: Webhook, numbers: tuple[str, ...]) -> HttpResponse:
    unknown = acts.follow(request.act, webhook=row, numbers=numbers)
    if unknown:
        first = ", ".join(unknown[:TOLD]) + (" and more" if len(unknown) > TOLD else "")
        messages.warning(request, f"Saved, but nobody issued these here, so they are not followed: {first}.")
    else:
        messages.success(request, "Saved. The program is told when one of them changes.")
    return redirect("account:webhook", row.code)


def _done(request: SignedIn, row: Webhook, what: str) -> HttpResponse:
    here = reverse("account:webhook", args=[row.code])
    try:
        if what == "renew":
            return shown.carry(redirect(here), acts.renew(request.act, webhook=row), to=here)
        if what == "remove":
            acts.remove(request.act, webhook=row)
            messages.success(request, "Taken out. The program is told nothing any more.")
            return redirect("account:webhooks")
        acts.test(request.act, webhook=row)
        messages.success(request, "A test is on its way. Look again in a few seconds.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(here)
