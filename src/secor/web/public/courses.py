"""A course certificate, for whoever was handed it: which course, whose, and when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from secor.queries import lessons
from secor.web.door import public
from secor.web.http import Visit


@public
def check(request: Visit, taken: str) -> HttpResponse:
    """Tell the course, the day, and a first name with one letter. An address that is nobody's looks like any other."""
    found = lessons.checked(taken)
    response = render(request, "public/course.html", {"found": found}, status=200 if found else 404)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
