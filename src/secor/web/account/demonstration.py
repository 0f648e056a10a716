"""Doors that stand open only in the demonstration: be one of its people, and see the code their app would show."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from secor.queries import demonstration
from secor.web.door import public
from secor.web.http import Visit


@public
def sign_in(request: Visit) -> HttpResponse:
    """Sign in as one of the demonstration's people, without a password. Nowhere but in the demonstration."""
    if not settings.DEMONSTRATION or request.method != "POST":
        raise Http404
    person = demonstration.person(request.POST.get("code", ""))
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, method="demonstration")
    return redirect("account:desk")


def code_of(request: HttpRequest) -> str:
    """The code that the authenticator app of the demonstration's person shows now; empty for anybody else."""
    person = getattr(request, "user", None)
    if not settings.DEMONSTRATION or person is None or not person.is_authenticated:
        return ""
    if not person.email.endswith(demonstration.ADDRESS):
        return ""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if kept is None:
        return ""
    code: str = format_hotp_value(hotp_value(decrypt(kept.data["secret"]), int(time.time()) // mfa.TOTP_PERIOD))
    return code
