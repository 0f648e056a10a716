"""The page where a person lets programs in: their tokens, a new one, and an end to an old one."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.access import MEANINGS, AccessScope
from secor.core.role import ANSWERS_FOR_IT, PARTNER_STAFF, READERS, RoleKind
from secor.queries import access as query
from secor.queries.people import Role
from secor.usecases import access
from secor.usecases.act import Refusal
from secor.web import shown
from secor.web.door import has_second_factor, signed_in
from secor.web.http import SignedIn

# The roles that programs can do something with: what the interface offers is for these.
FOR_PROGRAMS = ANSWERS_FOR_IT | PARTNER_STAFF | READERS | {RoleKind.AUDITOR}
# Their tokens read of a thousand businesses, so a second step is shown before one is made.
READS_OF_MANY = PARTNER_STAFF | READERS
LASTS = (("30", "30 days"), ("90", "90 days"), ("365", "A year"))


class TokenForm(forms.Form):
    """What a new token is for."""

    name = forms.CharField(
        label="What it is for",
        max_length=80,
        help_text="For example: our bookkeeping program.",
        error_messages={"required": "Say which program it is for, so that you know it again."},
    )
    role = forms.ChoiceField(
        label="In which role",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose in which role the program reads.", "invalid_choice": "Choose a role."},
    )
    scopes = forms.MultipleChoiceField(
        label="What it may read",
        choices=[(scope.value, meaning) for scope, meaning in MEANINGS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one.", "invalid_choice": "Choose from the list."},
    )
    lasts = forms.ChoiceField(
        label="For how long",
        choices=LASTS,
        initial="90",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long.", "invalid_choice": "Choose from the list."},
    )

    def __init__(self, *args: object, roles: tuple[Role, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["role"].choices = [(str(role.pk), _called(role)) for role in roles]  # type: ignore[attr-defined]
        if len(roles) == 1:  # then there is nothing to choose
            self.fields["role"].widget, self.fields["role"].initial = forms.HiddenInput(), str(roles[0].pk)


@signed_in
def programs(request: SignedIn) -> HttpResponse:
    """Show one's tokens; make one, and show its secret this one time; withdraw one.

    Who works for a certifying partner, the ministry or the WCB shows a second step first: such a token reads of a
    thousand businesses.
    """
    roles = tuple(role for role in request.roles if role.kind in FOR_PROGRAMS)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and any(role.kind in READS_OF_MANY for role in roles) and not has_second_factor(request):
        request.session["after_second_factor"] = request.path
        return redirect("account:second_factor")
    if sent is not None and "withdraw" in sent:
        return _withdrawn(request, sent["withdraw"])
    form = TokenForm(sent, roles=roles)
    if form.is_valid():
        try:
            return _made(request, form.cleaned_data, roles)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    page = {
        "form": form,
        "roles": roles,
        "tokens": query.held_by(request.user, on=request.on),
        "secret": shown.carried(request),
        "meanings": MEANINGS,
    }
    return shown.forget(request, render(request, "account/programs.html", page, status=422 if form.errors else 200))


def _made(request: SignedIn, told: dict[str, str], roles: tuple[Role, ...]) -> HttpResponse:
    secret = access.make(
        request.act,
        role=next(role for role in roles if str(role.pk) == told["role"]),
        name=told["name"],
        scopes=[AccessScope(scope) for scope in told["scopes"]],
        until_on=_until(request.on, told["lasts"]),
    )
    here = reverse("account:programs")
    return shown.carry(redirect(here), secret, to=here)


def _withdrawn(request: SignedIn, key: str) -> HttpResponse:
    try:
        access.withdraw(request.act, key=int(key) if key.isdecimal() and len(key) < len(str(2**63)) else 0)
        messages.success(request, "Withdrawn. The program reads nothing any more.")
    except access.NotThisToken as refusal:
        messages.error(request, str(refusal))
    return redirect("account:programs")


def _until(today: date, lasts: str) -> date:
    return today + timedelta(days=int(lasts))


def _called(role: Role) -> str:
    whose = role.employer or role.partner
    return f"{role.get_kind_display()}, {whose}" if whose else role.get_kind_display()
