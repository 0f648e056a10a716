"""What is on file about the business: its names, how to reach it, its WCB accounts and its places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.queries import certificates
from secor.queries import employers as asked
from secor.usecases import employers
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.forms import AccountForm, DetailsForm, NamesForm, SiteForm
from secor.web.http import SignedIn


@door(*OPENS_OWN)
def details(request: SignedIn, code: str) -> HttpResponse:
    """Show and change what is on file."""
    place = reached(request, code)
    business = place.employer
    if request.method == "POST" and request.POST.get("do") in {"close_account", "close_site"}:
        _close(request, place)
        return redirect("employer:details", code)
    forms = {
        "names": sent(request, "names", NamesForm, initial=_initial(business, NamesForm)),
        "reach": sent(request, "reach", DetailsForm, initial=_initial(business, DetailsForm)),
        "account": sent(request, "account", AccountForm),
        "site": sent(request, "site", SiteForm),
    }
    for name, act in _acts(request, place).items():
        if done(forms[name], lambda act=act, name=name: act(forms[name].cleaned_data)):  # type: ignore[misc]
            messages.success(request, "Kept.")
            return redirect("employer:details", code)
    membership = asked.membership_of(business)
    page = {
        **forms,
        "partner": membership.partner if membership else None,
        "accounts": asked.accounts_of(business),
        "sites": asked.sites_of(business),
        "certificate": certificates.live_of(business),
    }
    return show(request, place, "details", page, *forms.values())


def _acts(request: SignedIn, place: Place) -> dict[str, Callable[[dict[str, Any]], object]]:
    """What each of the page's forms does once it is filled in rightly."""
    act, business = request.act, place.employer
    return {
        "names": lambda given: employers.change_names(act, employer=business, **given),
        "reach": lambda given: employers.change_details(act, employer=business, **given),
        "account": lambda given: employers.add_account(
            act, employer=business, number=given["account_number"], industry_code=given["industry_code"]
        ),
        "site": lambda given: employers.add_site(act, employer=business, **given),
    }


def _initial(business: asked.Employer, form: type[Form]) -> dict[str, str]:
    return {name: getattr(business, name) for name in form.base_fields}


def _close(request: SignedIn, place: Place) -> None:
    key = request.POST.get("key", "")
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0  # noqa: PLR2004 - what a key can be
    if request.POST["do"] == "close_account":
        account = asked.account_of(place.employer, number)
        if account is None:
            raise Http404
        employers.close_account(request.act, account=account)
    else:
        site = asked.site_of(place.employer, number)
        if site is None:
            raise Http404
        employers.close_site(request.act, site=site)
    messages.success(request, "Closed from today.")
