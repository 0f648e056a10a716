"""A pack, for whoever was given its link."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from secor.core.figures import last_day_of
from secor.core.ticket import Need
from secor.papers.certificate import certificate as printed
from secor.papers.certificate_of import paper_of as certificate_paper
from secor.papers.manual import manual, paper_of
from secor.queries import certificates, register, shares, workers
from secor.queries.employers import Employer
from secor.queries.figures import figures_of
from secor.queries.manuals import chapters_of
from secor.usecases import shares as usecase
from secor.web.door import public
from secor.web.employer.figures import rates
from secor.web.files.views import give
from secor.web.http import Visit
from secor.web.papers.giving import PDF, given
from secor.web.prose import html

POLICY = "policy"


@public
def pack(request: Visit, pack: str) -> HttpResponse:
    """Tell what the pack holds. A link that ended or was taken back says so, and not whose it was."""
    share = shares.opened_by(pack, on=request.on)
    if share is None:
        return _closed(render(request, "public/pack_gone.html", status=410))
    usecase.opened(request.act, share=share)
    firm, holds = share.employer, shares.keys_of(share)
    certificate = certificates.newest_of(firm) if "certificate" in holds else None
    chapters = chapters_of(firm) if {"policy", "program"} & set(holds) else ()
    policy = next((each for each in chapters if each.part.key == POLICY and not each.draft), None)
    clearance = shares.clearance_of(share)
    figures = figures_of(firm, on=request.on) if "figures" in holds else None
    page = {
        "secret": pack,
        "share": share,
        "firm": firm,
        "holds": holds,
        "listing": register.find(certificate.number, on=request.on) if certificate else None,
        "policy": html(policy.shown.text) if policy and "policy" in holds else "",
        "policy_signed": policy.shown if policy else None,
        "program": "program" in holds and bool(chapters),
        "training": _training(firm, request) if "training" in holds else [],
        "figures": figures,
        "figures_until": last_day_of(figures.months[-1].month) if figures else None,
        "rates": list(rates(figures, outside=True)) if figures else (),
        "clearance": clearance,
        "clearance_good": clearance is not None and clearance.good_until >= request.on,
    }
    return _closed(render(request, "public/pack.html", page))


@public
def paper(request: Visit, pack: str, what: str) -> HttpResponse:
    """Give one paper of the pack."""
    share = shares.opened_by(pack, on=request.on)
    if share is None or what not in shares.keys_of(share):
        raise Http404
    firm = share.employer
    if what == "certificate" and (found := certificates.newest_of(firm)) is not None:
        sheet = certificate_paper(found, site_url=settings.SITE_URL, specimen=settings.DEMONSTRATION)
        made = printed(sheet, at=found.issued_at)
        return _closed(given(made, found.issued_on, found.legal_name, found.number, PDF))
    if what == "program" and (chapters := chapters_of(firm)):
        name = firm.trade_name or firm.legal_name
        book = paper_of(chapters, business=name, about=firm.city, on=request.on, specimen=settings.DEMONSTRATION)
        return _closed(given(manual(book, at=request.act.at), request.on, name, "program", PDF))
    clearance = shares.clearance_of(share) if what == "clearance" else None
    if clearance is None:
        raise Http404
    return _closed(give(clearance.file, "clearance-letter"))


def _training(firm: Employer, request: Visit) -> list[tuple[str, int, int]]:
    """Each training with how many of those who need it hold it today; nobody is named."""
    counted: dict[str, list[int]] = {}
    for card in workers.cards_of(firm, on=request.on):
        for need in card.needs:
            if need.need not in {Need.UNTOLD, Need.NOT_NEEDED}:
                counted.setdefault(need.training.title, []).append(int(need.need in {Need.HELD, Need.RUNS_OUT}))
    return [(title, sum(held), len(held)) for title, held in sorted(counted.items())]


def _closed(response: HttpResponse) -> HttpResponse:
    """Not for search engines, not for a shared computer, and not told to the next page."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
