"""The records of the business: a list, and one record as it was signed. They are made on the phone or on paper."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse

from secor.core.transcript import lines_of, place_in_words, signed_of
from secor.queries import actions, library
from secor.queries import records as asked
from secor.web import prose
from secor.web.door import READING, door
from secor.web.employer.actions import rows_of, titles_of
from secor.web.employer.desk import OPENS_ALL, reached, show
from secor.web.files.views import give
from secor.web.http import SignedIn

A_PAGE = 40


@door(*OPENS_ALL, methods=READING)
def records(request: SignedIn, code: str) -> HttpResponse:
    """The records that the reader may see, the newest first, of one form or of all."""
    place = reached(request, code)
    forms = asked.forms_in_use(place.employer)
    chosen = request.GET.get("form", "")
    before = request.GET.get("before", "")
    rows = asked.kept(
        request.scope,
        place.employer,
        form=chosen if chosen in forms else "",
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,  # noqa: PLR2004
        most=A_PAGE + 1,
    )
    shown = rows[:A_PAGE]
    page = {
        "rows": [(row, forms[row.form].form.title if row.form in forms else row.form) for row in shown],
        "forms": sorted(((key, use.form.title) for key, use in forms.items()), key=lambda pair: pair[1]),
        "chosen": chosen,
        "next": shown[-1].pk if len(rows) > A_PAGE else None,
    }
    return show(request, place, "records", {"page": page})


@door(*OPENS_ALL, methods=READING)
def record(request: SignedIn, code: str, uid: UUID) -> HttpResponse:
    """One record as it was signed, with its photos, and what took its place."""
    place = reached(request, code)
    row = _row(request, place.employer.pk, uid)
    form = asked.form_of(row)
    page = {
        "row": row,
        "form": form,
        "problems": [(place_in_words(form, each["place"]), each["problem"]) for each in row.problems],
        "lines": (lines := lines_of(form, row.values)),
        "tables": [(line.label, prose.table(line.table)) for line in lines if line.table],
        "signed": [(each, datetime.fromisoformat(each.at)) for each in signed_of(form, row.values)],
        "photos": asked.photos_of(row),
        "retention": (retention := library.retentions()[form.retention]),
        "keep_until": retention.until(row.on),
        "corrections": asked.corrections_of(row, request.scope),
        "to_fix": rows_of(actions.of_record(row), titles_of(place), on=request.on),
        "corrects": asked.reached(request.scope, row.corrects) if row.corrects else None,
    }
    return show(request, place, "record", {"page": page})


@door(*OPENS_ALL, methods=READING)
def photo(request: SignedIn, code: str, uid: UUID, number: int) -> HttpResponse:
    """One photo of a record, drawn anew."""
    place = reached(request, code)
    row = _row(request, place.employer.pk, uid)
    found = next((each for each in asked.photos_of(row) if each.place == number), None)
    if found is None or found.file is None:
        raise Http404
    return give(found.file, f"photo-{number}-{row.uid}")


def _row(request: SignedIn, employer: int, uid: UUID) -> asked.Record:
    row = asked.reached(request.scope, uid)
    if row is None or row.employer_id != employer:
        raise Http404
    return row
