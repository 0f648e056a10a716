"""The pages everyone may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from secor.web.door import public
from secor.web.http import Visit


@public
def home(request: Visit, **_: Any) -> HttpResponse:
    """The first page."""
    return render(request, "public/home.html")
