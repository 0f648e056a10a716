"""Pages about one's own account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from secor.web.door import signed_in
from secor.web.http import SignedIn


@signed_in
def desk(request: SignedIn) -> HttpResponse:
    """Lead a person to the desk they work at."""
    return redirect("/")
