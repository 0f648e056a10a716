"""Pages about one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from secor.core.role import EMPLOYER_SIDE, PARTNER_STAFF, RoleKind
from secor.usecases import profile as usecase
from secor.web.account.forms import ProfileForm
from secor.web.door import has_second_factor, signed_in
from secor.web.http import SignedIn

DESKS = (
    (EMPLOYER_SIDE, "employer:home", "Your business", "Your steps, your audit, your certificate."),
    (frozenset({RoleKind.AUDITOR}), "auditor:home", "Your audits", "Audits that were given to you."),
    (PARTNER_STAFF, "partner:home", "Your certifying partner", "Members, reviews and certificates."),
    (frozenset({RoleKind.MINISTRY}), "reader:ministry", "For the ministry", "Who held a certificate on a day."),
    (frozenset({RoleKind.WCB}), "reader:wcb", "For the WCB", "Who held a certificate on a day."),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk a person may sit down at."""

    href: str
    word: str
    text: str


@signed_in
def desk(request: SignedIn) -> HttpResponse:
    """Lead a person to the desk they work at; with several, let them choose; with none, tell them how to begin."""
    ways = _desks(request)
    if len(ways) == 1:
        return redirect(ways[0].href)
    return render(request, "account/desk.html", {"ways": ways, "join": _address("employer:join")})


def _desks(request: SignedIn) -> list[Desk]:
    kinds = {role.kind for role in request.roles}
    found = ((_address(name), word, text) for side, name, word, text in DESKS if kinds & side)
    return [Desk(*entry) for entry in found if entry[0]]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@signed_in
def profile(request: SignedIn) -> HttpResponse:
    """Show and change one's own name, telephone and language."""
    sent = request.POST if request.method == "POST" else None
    person = request.user
    form = ProfileForm(sent, initial={"name": person.name, "phone": person.phone, "language": person.language})
    if form.is_valid():
        usecase.change(request.act, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("account:profile")
    status = 422 if form.errors else 200
    return render(request, "account/profile.html", {"form": form, "roles": request.roles}, status=status)


@signed_in
def second_factor(request: SignedIn) -> HttpResponse:
    """Say why a second step is asked, lead to it, and afterwards back to where the person was going."""
    if has_second_factor(request):
        onward = request.session.pop("after_second_factor", "")
        safe = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
        return redirect(onward if onward and safe else "account:desk")
    types = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    totp, webauthn = Authenticator.Type.TOTP in types, Authenticator.Type.WEBAUTHN in types
    ways = " and ".join(word for has, word in ((totp, "an authenticator app"), (webauthn, "a passkey")) if has)
    page = {"totp": totp, "webauthn": webauthn, "has_one": totp or webauthn, "ways": ways, "here": request.path}
    return render(request, "account/second_factor.html", page)
