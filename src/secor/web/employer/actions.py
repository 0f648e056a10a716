"""What has to be put right: the list, and one thing with who does it, by when, and how it was put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.role import ANSWERS_FOR_IT
from secor.papers.actions_list import Line, actions_list
from secor.papers.audit_plan import gaps_of
from secor.queries import actions as asked
from secor.queries import audits, papers, records, workers
from secor.queries.actions import CorrectiveAction
from secor.usecases import actions as usecase
from secor.usecases.act import ALBERTA, Refusal
from secor.web.door import READING, door
from secor.web.employer.action_forms import FinishForm, ReopenForm, WantedForm
from secor.web.employer.desk import OPENS_ALL, Place, done, reached, sent, show
from secor.web.files.views import give
from secor.web.http import SignedIn
from secor.web.papers.giving import XLSX, given
from secor.web.words import days_left

SOON = 7
KEPT_MOST = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """One action as a list shows it: what, who, where it comes from, and how it stands as a shape and a word."""

    row: CorrectiveAction
    href: str
    who: str
    source: str
    status: str
    word: str


@door(*OPENS_ALL)
def actions(request: SignedIn, code: str) -> HttpResponse:
    """Show what has to be put right; who answers for the business adds to it, also from an audit or its notes."""
    place = reached(request, code, anybody=True)
    if request.method == "POST" and not place.answers:
        raise PermissionDenied
    if request.POST.get("do") in {"note", "gaps"}:
        return _from_audit(request, place)
    form = sent(request, "add", WantedForm, workers=_workers(place, on=request.on))
    if done(form, lambda: usecase.add(request.act, employer=place.employer, wanted=form.wanted())):
        messages.success(request, "It is on the list.")
        return redirect("employer:actions", code)
    listed = asked.listed(place.employer, on=request.on)
    titles = titles_of(place)
    page = {
        "form": form if place.answers else None,
        "listed": listed,
        "overdue": rows_of(listed.overdue, titles, on=request.on),
        "ahead": rows_of(listed.ahead, titles, on=request.on),
        "dayless": rows_of(listed.dayless, titles, on=request.on),
        "done": rows_of(listed.done, titles, on=request.on),
        "more_done": listed.done_in_all - len(listed.done),
        "spreadsheet": reverse("employer:actions_list", args=[code]),
    }
    return show(request, place, "actions", page, form)


@door(*OPENS_ALL)
def action(request: SignedIn, code: str, action: str) -> HttpResponse:
    """Show one thing to put right, and take what is done about it by whoever may."""
    place = reached(request, code, anybody=True)
    row = _row(request, place, action)
    may = usecase.may_finish(request.act, action=row)
    if request.method == "POST" and not (place.answers or may):
        raise PermissionDenied
    crew = _workers(place, on=request.on)
    if row.worker is not None:
        crew = {row.worker.code: row.worker} | crew
    forms = {
        "change": sent(request, "change", WantedForm, workers=crew, initial=_initial(row)),
        "finish": sent(request, "finish", FinishForm),
        "reopen": sent(request, "reopen", ReopenForm),
    }
    for name, act in _acts(request, row, forms).items():
        if done(forms[name], act):
            messages.success(request, TOLD[name])
            return redirect("employer:action", code, action)
    (shown,) = rows_of([row], titles_of(place), on=request.on)
    page = {
        **forms,
        "row": row,
        "shown": shown,
        "may_finish": may,
        # What nobody was given yet is given to somebody first.
        "new": place.answers and row.done_on is None and row.worker is None and row.due_on is None,
        "record": row.record,
        "correction": records.corrections_of(row.record, request.scope) if row.record else (),
        "fixes": _fixes(row, code),
        "wrong": next((form for form in forms.values() if form.errors), None),
    }
    return show(request, place, "action", page, *forms.values())


TOLD = {"change": "Kept.", "finish": "Well done. It is put right.", "reopen": "It is open again."}


@door(*OPENS_ALL, methods=READING)
def photo(request: SignedIn, code: str, action: str, number: int) -> HttpResponse:
    """Give the photo of one of the fixes, the first one being number 1: drawn anew."""
    place = reached(request, code)
    row = _row(request, place, action)
    proofs = [each.proof for each in reversed(asked.reopenings_of(row))] + [row.proof]
    file = proofs[number - 1] if 0 < number <= len(proofs) else None
    if file is None:
        raise Http404
    return give(file, f"fix-{number}-{row.code}")


@door(*OPENS_ALL, methods=READING)
def spreadsheet(request: SignedIn, code: str) -> HttpResponse:
    """Give the list as a spreadsheet, what is done at its end."""
    place = reached(request, code)
    listed = asked.listed(place.employer, on=request.on, done_most=KEPT_MOST)
    lines = [_line(each) for each in rows_of((*listed.open, *listed.done), titles_of(place), on=request.on)]
    made = actions_list(place.name, lines, on=request.on)
    return given(made, request.on, place.name, "to-fix", XLSX)


def rows_of(rows: Iterable[CorrectiveAction], titles: Mapping[str, str], *, on: date) -> tuple[Row, ...]:
    """Actions as a list shows them. ``titles`` are the forms' own, by their keys."""
    return tuple(_shown(row, titles, on) for row in rows)


def titles_of(place: Place) -> dict[str, str]:
    """What the forms of the business are called, by their keys."""
    return {key: use.form.title for key, use in records.forms_in_use(place.employer).items()}


def _shown(row: CorrectiveAction, titles: Mapping[str, str], on: date) -> Row:
    status, word = _stands(row, on)
    return Row(
        row=row,
        href=reverse("employer:action", args=[row.employer.code, row.code]),
        who=row.worker.name if row.worker else "",
        source=_source(row, titles),
        status=status,
        word=word,
    )


def _stands(row: CorrectiveAction, on: date) -> tuple[str, str]:
    if row.done_on is not None:
        return "done", "Done"
    if row.due_on is None:
        return "to_do", "No day yet"
    left = (row.due_on - on).days
    if left < 0:
        return "overdue", days_left(left)
    return ("due_soon" if left <= SOON else "to_do"), ("Due today" if left == 0 else days_left(left))


def _source(row: CorrectiveAction, titles: Mapping[str, str]) -> str:
    if row.record is not None:
        return f"{titles.get(row.record.form, row.record.form)}, {row.record.on:%B} {row.record.on.day}"
    words = {"record": "A record", "audit": "Your audit", "note": "A reviewer's note", "own": "Your own idea"}
    return words[row.source]


def _line(each: Row) -> Line:
    row = each.row
    return Line(
        what=row.what,
        source=each.source,
        opened_on=row.made_at.astimezone(ALBERTA).date(),
        who=each.who,
        due_on=row.due_on,
        stands=each.word,
        done_on=row.done_on,
        how=row.done_how,
        photo=row.proof_id is not None,
    )


def _row(request: SignedIn, place: Place, code: str) -> CorrectiveAction:
    row = asked.reached(request.scope, place.employer, code)
    if row is None:
        raise Http404
    return row


def _workers(place: Place, *, on: date) -> dict[str, workers.Worker]:
    return {each.code: each for each in workers.working(place.employer, on=on)}


def _initial(row: CorrectiveAction) -> dict[str, Any]:
    return {"what": row.what, "worker": row.worker.code if row.worker else "", "due_on": row.due_on}


def _acts(request: SignedIn, row: CorrectiveAction, forms: dict[str, Any]) -> dict[str, Any]:
    """What each of the page's forms does once it is filled in rightly."""

    def words(name: str) -> dict[str, Any]:
        return dict(forms[name].cleaned_data)

    return {
        "change": lambda: usecase.change(request.act, action=row, wanted=forms["change"].wanted()),
        "finish": lambda: usecase.finish(request.act, action=row, **words("finish")),
        "reopen": lambda: usecase.reopen(request.act, action=row, **words("reopen")),
    }


@dataclass(frozen=True, slots=True)
class Fix:
    """How it was put right once: by whom, with which photo, and why it was opened again where it was."""

    on: date
    by: str
    how: str
    photo: str
    picture: bool
    undone: str


def _fixes(row: CorrectiveAction, business: str) -> list[Fix]:
    """Every fix that was told, the last one first; the photos are numbered from the first on."""
    told = [(each, each.why) for each in reversed(asked.reopenings_of(row))]
    found = [_fix(each, row, business, nth, why) for nth, (each, why) in enumerate(told, start=1)]
    if row.done_on is not None:
        found.append(_fix(row, row, business, len(told) + 1, ""))
    return found[::-1]


def _fix(each: CorrectiveAction | asked.Reopening, row: CorrectiveAction, business: str, nth: int, why: str) -> Fix:
    assert each.done_on is not None, "told only of a fix"
    by = each.done_by or each.done_worker
    return Fix(
        on=each.done_on,
        by=str(by) if by else "",
        how=each.done_how,
        photo=reverse("employer:action_photo", args=[business, row.code, nth]) if each.proof else "",
        picture=bool(each.proof and each.proof.view_sha256),
        undone=why,
    )


def _from_audit(request: SignedIn, place: Place) -> HttpResponse:
    """Take a reviewer's note, or the gaps of an accepted audit, onto the list."""
    try:
        number = _taken(request, place)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        on_it = "It is" if number == 1 else f"All {number} are"
        messages.success(request, f"{on_it} on the list. Say who does it, and by when.")
    return redirect("employer:actions", place.employer.code)


def _taken(request: SignedIn, place: Place) -> int:
    if request.POST["do"] == "note":
        note = asked.note_of(place.employer, request.POST.get("note", ""))
        if note is None:
            raise Http404
        usecase.add_from_note(request.act, note=note)
        return 1
    keys = [role for role in request.keys if role.kind in ANSWERS_FOR_IT]
    found = papers.reached(request.POST.get("audit", ""), person=request.user, keys=keys)
    if found is None or found.audit.employer_id != place.employer.pk or found.audit.stage != audits.Stage.ACCEPTED:
        raise Http404
    gaps = {each.question: f"Question {each.question}: {each.advice or each.missing}" for each in gaps_of(found)}
    return len(usecase.add_from_audit(request.act, audit=found.audit, gaps=gaps))
