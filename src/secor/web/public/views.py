"""The pages everyone may read, and the first talk anyone may ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.queries import bookings
from secor.usecases import consultations
from secor.usecases.act import Refusal
from secor.web.door import public
from secor.web.http import Visit
from secor.web.public.answers import GROUPS
from secor.web.public.forms import EnquiryForm

IN_THE_SITEMAP = (
    "home",
    "about",
    "qualify",
    "savings",
    "steps",
    "questions",
    "partners",
    "auditors",
    "enquiry",
    "register",
    "suppliers",
)


@public
def home(request: Visit) -> HttpResponse:
    """The first page: can I, when, what does it cost, and what do I show my client today."""
    return render(request, "public/home.html")


@public
def about(request: Visit) -> HttpResponse:
    """What the certificate is, what it brings, and what we do not promise."""
    return render(request, "public/about.html")


@public
def steps(request: Visit) -> HttpResponse:
    """The six steps from the first question to the certificate."""
    return render(request, "public/steps.html")


@public
def questions(request: Visit) -> HttpResponse:
    """Questions and answers."""
    return render(request, "public/questions.html", {"groups": GROUPS})


@public
def enquiry(request: Visit) -> HttpResponse:
    """Ask for a free first talk. A program that fills the field no person sees is thanked, and nothing is kept."""
    if request.method == "POST" and request.POST.get("website"):
        return redirect("public:thanks")
    form = EnquiryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked = consultations.ask(request.act, question=_question(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if asked.by_phone and bookings.anyone_open(on=request.on):
                return redirect("public:talk", bookings.link_of(asked))
            return redirect("public:thanks")
    return render(request, "public/enquiry.html", {"form": form}, status=422 if form.errors else 200)


def _question(given: dict[str, Any]) -> consultations.Question:
    return consultations.Question(**{**given, "by_phone": given["by_phone"] == "yes"})


@public
def thanks(request: Visit) -> HttpResponse:
    """Say that the message has been kept."""
    return render(request, "public/enquiry_thanks.html")


@public
def robots(request: Visit) -> HttpResponse:  # noqa: ARG001 - the same for every sender
    """Tell searching programs what is not worth their time."""
    lines = (
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /employer/",
        "Disallow: /auditor/",
        "Disallow: /partner/",
        "Disallow: /crew/",
        "Disallow: /wallet/",
        "Disallow: /watch/",
    )
    closed = "User-agent: *\nDisallow: /" if settings.DEMONSTRATION else "\n".join(lines)
    return HttpResponse(f"{closed}\nSitemap: {settings.SITE_URL}/sitemap.xml\n", content_type="text/plain")


@public
def sitemap(request: Visit) -> HttpResponse:
    """Tell searching programs which pages there are. Certificates are not listed one by one."""
    addresses = [settings.SITE_URL + reverse(f"public:{name}") for name in IN_THE_SITEMAP]
    return render(request, "public/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


@public
def security(request: Visit) -> HttpResponse:
    """Tell whoever finds a hole how to reach us (RFC 9116)."""
    until = (request.act.at + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    contact = f"mailto:{settings.HELP_EMAIL}" if settings.HELP_EMAIL else settings.SITE_URL + reverse("public:enquiry")
    lines = (f"Contact: {contact}", f"Expires: {until}", "Preferred-Languages: en, fr")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
