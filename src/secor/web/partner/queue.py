"""The queue: everything that waits for somebody at the partner, and the letters that went out."""

from __future__ import annotations

from django.http import HttpResponse

from secor.core.role import RoleKind
from secor.queries import consultations, extensions, members, motions, reviews
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import STAFF, number_in, show


@door(*STAFF, methods=READING)
def home(request: SignedIn) -> HttpResponse:
    """Show what waits: reviews first for reviewers, requests for registrars, certificates for decision makers."""
    scope = request.scope
    kinds = {role.kind for role in request.keys}
    waiting = reviews.queue(scope, on=request.on, person=request.user.pk)
    page = {
        "partners": members.names(scope),
        "mine": [each for each in waiting if each.mine],
        "free": [each for each in waiting if not each.reviewer],
        "theirs": [each for each in waiting if each.reviewer and not each.mine],
        "starts": reviews.starts(scope),
        "decisions": reviews.decisions(scope),
        "extensions": extensions.waiting(scope),
        "motions": motions.waiting(scope),
        "asking": members.asking(scope),
        "proofs": members.proofs_to_check(scope),
        "enquiries": consultations.waiting() if RoleKind.REGISTRAR in kinds else 0,
        "reviews_first": RoleKind.REVIEWER in kinds,
    }
    return show(request, "home", page)


@door(*STAFF, methods=READING)
def letters(request: SignedIn) -> HttpResponse:
    """Show the letters to members, those that wait and those that were sent. Nothing can be changed here."""
    waiting = request.GET.get("show") == "waiting"
    found = members.letters_to(request.scope, waiting=waiting, number=number_in(request))
    query = "show=waiting&" if waiting else ""
    return show(request, "letters", {"page": found, "waiting": waiting, "query": query})
