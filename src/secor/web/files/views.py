"""Files that go out: to who may read them, and never as a page that could act."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from secor.core.role import PARTNER_STAFF, RoleKind
from secor.queries import courses
from secor.queries import evidence as asked
from secor.web.door import READING, door
from secor.web.http import SignedIn

# Nothing that a browser could be talked into running: no script, no form, no frame, no address of its own.
INERT = "default-src 'none'; sandbox"
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg"}
READERS = (RoleKind.OWNER, RoleKind.SELF_ASSESSOR, RoleKind.AUDITOR, *sorted(PARTNER_STAFF))
PROOF_READERS = (RoleKind.OWNER, RoleKind.SELF_ASSESSOR, *sorted(PARTNER_STAFF))


@door(*READERS, methods=READING)
def evidence(request: SignedIn, code: str) -> HttpResponse:
    """Give a piece of evidence: a picture to look at, drawn anew; a document to keep, never to open in the page."""
    piece = asked.readable(code, person=request.user, keys=request.keys)
    if piece is None:
        raise Http404
    name = f"{slugify(piece.title.replace('.', ' '))[:60] or 'evidence'}-{piece.code}"
    return give(piece.file, name)


@door(*PROOF_READERS, methods=READING)
def proof(request: SignedIn, code: str) -> HttpResponse:
    """Give the photo or document of a course proof, in the same way."""
    row = courses.readable(code, person=request.user, keys=request.keys)
    if row is None or row.file is None:
        raise Http404
    return give(row.file, f"{slugify(row.course)}-{row.code}")


def give(file: asked.File, name: str) -> HttpResponse:
    """Give a file: a picture to look at, drawn anew; anything else to keep, and never as something that can act."""
    picture = bool(file.view_sha256)
    kind = "image/jpeg" if picture else file.kind
    try:
        content = asked.bytes_of(file).read_bytes()
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(not picture, f"{name}.{ENDINGS[kind]}") or "attachment"
    )
    response.headers["Content-Security-Policy"] = INERT
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
