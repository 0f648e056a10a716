"""The pages for when something is the matter: what happened, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from secor.web.door import public


@public
def not_understood(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """The request made no sense."""
    return render(request, "refusals/not_understood.html", status=400)


@public
def not_yours(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """The page belongs to somebody else."""
    return render(request, "refusals/not_yours.html", status=403)


@public
def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """There is no such page, or none that this person may know of."""
    return render(request, "refusals/not_found.html", status=404)


@public
def too_often(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 - the library gives it
    """Somebody tried the same thing too many times in a row."""
    return render(request, "refusals/too_often.html", status=429)


@public
def our_fault(request: HttpRequest) -> HttpResponse:
    """Something broke on our side. Kept free of everything that could break again."""
    return render(request, "refusals/our_fault.html", status=500)


@public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django gives it
    """The form was too old to be trusted."""
    return render(request, "refusals/stale_form.html", status=403)
