"""The program's manual, to keep: as a PDF to print, and as a Word file to go on with."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from secor.core.role import RoleKind
from secor.papers.manual import manual, paper_of
from secor.papers.manual_docx import manual_docx
from secor.queries.employers import mine
from secor.queries.manuals import chapters_of
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.papers.giving import DOCX, PDF, given


@door(RoleKind.OWNER, RoleKind.SELF_ASSESSOR, methods=READING)
def program_manual(request: SignedIn, code: str, kind: str) -> HttpResponse:
    """Give the manual as it stands today: the texts in force, and drafts marked as such."""
    employer = next((each for each in mine(request.keys) if each.code == code), None)
    chapters = chapters_of(employer) if employer is not None else ()
    if employer is None or not chapters or kind not in {"pdf", "docx"}:
        raise Http404
    name = employer.trade_name or employer.legal_name
    legal = employer.legal_name if employer.legal_name != name else ""
    about = ", ".join(words for words in (legal, employer.city) if words)
    paper = paper_of(chapters, business=name, about=about, on=request.on, specimen=settings.DEMONSTRATION)
    if kind == "pdf":
        return given(manual(paper, at=request.act.at), request.on, name, "program", PDF)
    return given(manual_docx(paper, at=request.act.at), request.on, name, "program", DOCX)
