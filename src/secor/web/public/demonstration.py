"""Moving the demonstration's day forward."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from secor.post import sender
from secor.usecases import demonstration
from secor.usecases.act import Refusal
from secor.web import clock
from secor.web.door import public
from secor.web.http import Visit


@public
def move_day(request: Visit) -> HttpResponse:
    """Move the demonstration's day forward, and write the reminders that are true then."""
    if not settings.DEMONSTRATION or request.method != "POST":
        raise Http404
    try:
        by = demonstration.Stride(request.POST.get("by", ""))
    except ValueError:
        raise Http404 from None
    theirs = request.scope if request.act.by else None
    try:
        day = demonstration.move_day(request.act, by=by, scope=theirs)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        sender.remind(at=clock.now())
        messages.success(request, f"Today is now {day:%B} {day.day}, {day.year}.")
    back = request.POST.get("back_to", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe and back.startswith("/") else "public:home")
