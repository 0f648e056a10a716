"""The binder of a business, to print: its program and a year of its records, element by element."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse

from secor.core.certificate import Standing
from secor.core.role import RoleKind
from secor.papers.binder import BinderPaper
from secor.papers.binder import binder as printed
from secor.papers.certificate import CertificatePaper
from secor.papers.certificate_of import paper_of
from secor.queries import certificates, workers
from secor.queries.actions import listed
from secor.queries.binders import binder_of
from secor.queries.employers import mine
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.papers.giving import PDF, given


@door(RoleKind.OWNER, RoleKind.SELF_ASSESSOR, methods=READING)
def binder(request: SignedIn, code: str) -> HttpResponse:
    """Give the binder as it stands today."""
    employer = next((each for each in mine(request.keys) if each.code == code), None)
    if employer is None:
        raise Http404
    on = request.on
    name = employer.trade_name or employer.legal_name
    legal = employer.legal_name if employer.legal_name != name else ""
    paper = BinderPaper(
        business=name,
        about=", ".join(words for words in (legal, employer.city) if words),
        printed_on=on,
        binder=binder_of(employer, scope=request.scope, on=on),
        actions=listed(employer, on=on),
        trainings=workers.trainings_of(employer),
        cards=workers.cards_of(employer, on=on),
        certificate=_certificate(employer.pk, request),
        specimen=settings.DEMONSTRATION,
    )
    return given(printed(paper, at=request.act.at), on, name, "binder", PDF)


def _certificate(employer: int, request: SignedIn) -> CertificatePaper | None:
    """The certificate that is good today."""
    held = certificates.live_of(employer)
    if held is None or certificates.standing_of(held, on=request.on).standing is not Standing.VALID:
        return None
    return paper_of(held, site_url=settings.SITE_URL, specimen=settings.DEMONSTRATION)
