"""An audit as one open file: taken out, and brought in again where nothing is written yet."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from secor.papers.audit_file import audit_file
from secor.queries.audit_file import content_of, files_of
from secor.usecases import audit_files
from secor.usecases.act import Refusal
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import READING, door
from secor.web.http import SignedIn

UNREADABLE = 422


class BringForm(forms.Form):
    """The file to bring in."""

    upload = forms.FileField(
        label="The file",
        help_text="A ZIP that was taken out here or at another site.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": "Choose the file.", "empty": "This file is empty. Choose another."},
    )


@door(*ASSESSORS, methods=READING)
def take_out(request: SignedIn, code: str) -> FileResponse:
    """Give the whole audit with its evidence as one open file."""
    audit = reached(request, code)
    if not audit.instrument:
        raise Http404
    made = audit_file(content_of(audit), files=files_of(audit))
    name = f"{request.on.isoformat()}-{slugify(audit.employer.legal_name)[:60] or 'business'}-audit.zip"
    response = FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@door(*ASSESSORS)
def bring(request: SignedIn, code: str) -> HttpResponse:
    """Bring such a file into an audit in which nothing is written yet."""
    audit = reached(request, code)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if form.is_bound and form.is_valid():
        try:
            audit_files.bring(request.act, audit=audit, source=form.cleaned_data["upload"])
        except Refusal as refusal:
            form.add_error("upload", str(refusal))
        else:
            return redirect("auditor:audit", code)
    page = {"head": head(request, audit), "audit": audit, "form": form}
    return render(request, "auditor/bring.html", page, status=UNREADABLE if form.errors else 200)
