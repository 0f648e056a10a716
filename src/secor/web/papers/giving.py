"""A file given to be kept, under a name that sorts by its day."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ENDINGS = {PDF: "pdf", XLSX: "xlsx", DOCX: "docx"}


def given(content: bytes, on: date, business: str, what: str, kind: str) -> HttpResponse:
    """A file to keep, whose name holds nothing that a disk or a header could mistake."""
    name = f"{on.isoformat()}-{slugify(business)[:60] or 'business'}-{slugify(what)}.{_ENDINGS[kind]}"
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
