"""What a worker who came in has to put right: one thing that was given to them, and how they did it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.queries import actions as asked
from secor.usecases import actions
from secor.web.crew.entrance import REFUSED
from secor.web.door import crew
from secor.web.employer.action_forms import FinishForm
from secor.web.employer.desk import done
from secor.web.http import InTheCrew


@crew
def fix(request: InTheCrew, action: str) -> HttpResponse:
    """Show something that was given to the worker, and take how it was put right. What is another's is not there."""
    row = next((each for each in asked.given_to_worker(request.worker) if each.code == action), None)
    if row is None:
        raise Http404
    form = FinishForm(request.POST, request.FILES) if request.method == "POST" else FinishForm()
    if done(form, lambda: actions.finish(request.act, action=row, **form.cleaned_data)):
        messages.success(request, "Well done. It is put right.")
        return redirect("crew:mine")
    page = {"crew": request.crew, "worker": request.worker, "row": row, "finish": form}
    return render(request, "crew/fix.html", page, status=REFUSED if form.errors else 200)
