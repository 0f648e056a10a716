"""Forms on paper: printed with a code, filled in with a pen, and filed by a photo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.form import Form
from secor.papers.sheet import SheetPaper
from secor.papers.sheet import sheets as printed
from secor.queries import employers, programs, workers
from secor.queries import records as kept
from secor.queries import sheets as asked
from secor.queries.records import FormInUse
from secor.queries.sheets import Arrival, Sheet
from secor.usecases import arrivals, sheets
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_ALL, Place, done, reached, sent, show
from secor.web.employer.sheet_forms import EVERYBODY, FilingForm, PagesForm, PrintForm
from secor.web.files.views import give
from secor.web.http import SignedIn
from secor.web.papers.giving import PDF, given

# The photos that somebody sent stand in their session until they are filed: whoever knows a photo has not sent it.
_SENT, _REMEMBERED = "pages_sent", 40


@door(*OPENS_ALL)
def print_sheets(request: SignedIn, code: str) -> HttpResponse:
    """Ask which form is printed and for whom, give each sheet its code, and lead to the papers."""
    place = reached(request, code, anybody=True)
    forms = kept.forms_in_use(place.employer)
    crew = workers.working(place.employer, on=request.on)
    sites = employers.sites_of(place.employer)
    chosen = request.GET.get("form", "")
    form = sent(
        request,
        "print",
        PrintForm,
        titles=_titles(forms.values()),
        sites=sites,
        workers=crew,
        initial={"form": chosen if chosen in forms else ""},
    )
    made: list[Sheet] = []

    def lay_out() -> None:
        wanted = form.cleaned_data
        who = wanted.get("worker", "")
        made.extend(
            sheets.lay_out(
                request.act,
                employer=place.employer,
                form=wanted["form"],
                copies=wanted["copies"],
                site=next((site for site in sites if str(site.pk) == wanted.get("site")), None),
                workers=crew if who == EVERYBODY else [next((each for each in crew if each.code == who), None)],
                on=wanted["on"],
                language=wanted["language"],
            )
        )

    if done(form, lay_out):
        return redirect("employer:sheets_printed", code, made[0].code)
    return show(request, place, "sheets", {"form": form}, form)


@door(*OPENS_ALL, methods=READING)
def sheets_printed(request: SignedIn, code: str, sheet: str) -> HttpResponse:
    """Give the sheets that were printed in one go as a PDF; the same sheets whenever it is asked for."""
    place = reached(request, code)
    rows = asked.printed_with(place.employer, sheet)
    if not rows:
        raise Http404
    papers = [
        SheetPaper(
            asked.form_of(row).form,
            row.code,
            site=row.site.name if row.site else "",
            worker=row.worker.name if row.worker else "",
            on=row.on,
            language=row.language,
        )
        for row in rows
    ]
    made = printed(papers, business=place.name, at=rows[0].printed_at, specimen=settings.DEMONSTRATION)
    return given(made, request.on, place.name, papers[0].form.title, PDF)


@door(*OPENS_ALL)
def paper(request: SignedIn, code: str) -> HttpResponse:
    """Take the photos of a filled sheet, look for its code, and lead to the page that files them."""
    place = reached(request, code, anybody=True)
    form = sent(request, "send", PagesForm)
    address = ""

    def bring() -> None:
        nonlocal address
        photos = [
            arrivals.bring(request.act, employer=place.employer, upload=each) for each in form.cleaned_data["pages"]
        ]
        sheet, coded = sheets.recognize(employer=place.employer, photos=photos)
        _remember(request, photos)
        found = {"sheet": sheet.code} if sheet else {"unknown": "1"} if coded else {}
        query = urlencode({"photo": [each.sha256 for each in photos], **found}, doseq=True)
        address = f"{reverse('employer:paper_file', args=[code])}?{query}"

    if done(form, bring):
        return redirect(address)
    return show(request, place, "paper", {"form": form}, form)


@door(*OPENS_ALL)
def paper_file(request: SignedIn, code: str) -> HttpResponse:
    """Propose what the photos are filed as, and file them when that is confirmed."""
    place = reached(request, code, anybody=True)
    photos = _photos(request, place)
    if not photos:
        return redirect("employer:paper", code)
    sheet = asked.sheet_of(place.employer, request.GET.get("sheet", ""))
    before = asked.filed_as(sheet) if sheet else asked.filed_with(place.employer, [each.sha256 for each in photos])
    if before is not None:
        return _filed_already(request, place, photos, before)
    return _propose(request, place, photos, sheet)


@door(*OPENS_ALL, methods=READING)
def paper_photo(request: SignedIn, code: str, sha256: str) -> HttpResponse:
    """Give a photo of a page that this person sent and has still to file, drawn anew."""
    place = reached(request, code)
    row = next(iter(asked.brought(place.employer, [sha256])), None)
    if row is None or row.file is None or sha256 not in request.session.get(_SENT, ()):
        raise Http404
    return give(row.file, "page")


def _propose(request: SignedIn, place: Place, photos: Sequence[Arrival], sheet: Sheet | None) -> HttpResponse:
    forms = kept.forms_in_use(place.employer)
    use = asked.form_of(sheet) if sheet else None
    asks = asked.place_of(use.form) if use else None
    form = sent(
        request,
        "file",
        FilingForm,
        titles=[] if sheet else _titles(forms.values()),
        sites=employers.sites_of(place.employer) if asks is None or asks.site else (),
        workers=workers.working(place.employer, on=request.on) if asks is None or asks.worker else (),
        initial=_known(request, sheet),
    )

    def file() -> None:
        _file(request, place, photos, sheet, use or forms[form.cleaned_data["form"]], form)

    if done(form, file):
        messages.success(request, "Filed. Its page is with your records.")
        return redirect("employer:records", place.employer.code)
    page = {
        "form": form,
        "photos": _shown(place, photos),
        "sheet": sheet,
        "title": use.form.title if use else "",
        "questions": programs.questions_of(use.form.evidence, on=request.on) if use else (),
        "unknown": bool(request.GET.get("unknown")),
        "day": (sheet.on if sheet else None) or request.on,
        "facts": _facts(form, sheet),
    }
    return show(request, place, "paper_file", page, form)


def _file(
    request: SignedIn, place: Place, photos: Sequence[Arrival], sheet: Sheet | None, use: FormInUse, form: FilingForm
) -> None:
    wanted = form.cleaned_data
    site, who = wanted.get("site"), wanted.get("worker")
    filing = sheets.Filing(
        photos=tuple(each.sha256 for each in photos),
        use=use,
        on=wanted["on"],
        sheet=sheet,
        site=employers.site_of(place.employer, int(site)) if site else None,
        worker=workers.worker_of(place.employer, who) if who else None,
    )
    sheets.file(request.act, employer=place.employer, filing=filing)


def _filed_already(request: SignedIn, place: Place, photos: Sequence[Arrival], before: kept.Record) -> HttpResponse:
    readable = kept.reached(request.scope, before.uid) is not None
    new = [each for each in photos if each.sha256 not in asked.pages_of(before)]
    if request.method == "POST" and request.POST.get("do") == "add" and readable and new:
        receipt = sheets.add_pages(request.act, record=before, photos=[each.sha256 for each in new])
        messages.success(request, "Added. The record has every page now.")
        return redirect("employer:record", place.employer.code, receipt.uid)
    page = {
        "before": before,
        "title": kept.form_of(before).title,
        "readable": readable,
        "photos": _shown(place, photos),
        "new": new,
    }
    return show(request, place, "paper_filed", page)


def _known(request: SignedIn, sheet: Sheet | None) -> dict[str, Any]:
    if sheet is None:
        return {"on": request.on}
    return {
        "on": sheet.on or request.on,
        "site": str(sheet.site_id or ""),
        "worker": sheet.worker.code if sheet.worker else "",
    }


def _facts(form: FilingForm, sheet: Sheet | None) -> list[tuple[str, str]]:
    """What the sheet itself told, beside the day; only what the form asks for."""
    told = {
        "site": sheet.site.name if sheet and sheet.site else "",
        "worker": sheet.worker.name if sheet and sheet.worker else "",
    }
    return [(str(form.fields[name].label), words) for name, words in told.items() if name in form.fields and words]


def _shown(place: Place, photos: Sequence[Arrival]) -> list[str]:
    return [reverse("employer:paper_photo", args=[place.employer.code, each.sha256]) for each in photos]


def _titles(uses: Any) -> list[tuple[str, str]]:
    forms: list[Form] = [use.form for use in uses]
    return sorted(((form.key, form.title) for form in forms), key=lambda pair: pair[1])


def _remember(request: SignedIn, photos: Sequence[Arrival]) -> None:
    before = request.session.get(_SENT, [])
    names = [each.sha256 for each in photos]
    request.session[_SENT] = [*names, *(each for each in before if each not in names)][:_REMEMBERED]


def _photos(request: SignedIn, place: Place) -> tuple[Arrival, ...]:
    """The photos that the address names, of those that this person sent."""
    mine = request.session.get(_SENT, ())
    wanted = [each for each in request.GET.getlist("photo") if each in mine]
    return asked.brought(place.employer, wanted)
