"""First talks that somebody new asked for: who, how to reach them, and whether somebody did."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.role import RoleKind
from secor.queries import consultations as asked
from secor.usecases import consultations as usecase
from secor.usecases.act import Refusal
from secor.web.door import door
from secor.web.http import SignedIn
from secor.web.partner.desk import REFUSED, number_in, show


class AnsweredForm(forms.Form):
    """What came of it."""

    enquiry = forms.CharField(max_length=16, widget=forms.HiddenInput)
    notes = forms.CharField(label="What came of it?", required=False, max_length=usecase.NOTES_MAX)


@door(RoleKind.REGISTRAR)
def enquiries(request: SignedIn) -> HttpResponse:
    """List who waits for a first talk; keep that somebody was answered, and that nothing is left to do."""
    form = AnsweredForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = asked.enquiry(form.cleaned_data["enquiry"])
        if found is None:
            raise Http404
        try:
            if request.POST.get("do") == "close":
                usecase.close(request.act, enquiry=found)
            else:
                usecase.answer(request.act, enquiry=found, notes=form.cleaned_data["notes"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:enquiries")
    closed = request.GET.get("show") == "closed"
    page = {
        "page": asked.enquiries(closed=closed, number=number_in(request)),
        "closed": closed,
        "query": "show=closed&" if closed else "",
        "form": form,
        "notes_max": usecase.NOTES_MAX,
    }
    return show(request, "enquiries", page, status=REFUSED if form.errors else 200)
