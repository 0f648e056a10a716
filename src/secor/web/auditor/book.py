"""An auditor's book: where they are certified and until when, their audits, hours and money; and the book as a file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from secor.core.cell import plain
from secor.core.role import RoleKind
from secor.queries import audits, books
from secor.queries.audits import BY_EMPLOYER, Audit
from secor.queries.books import BookLine
from secor.queries.clocks import running
from secor.usecases import books as acts
from secor.usecases.act import Refusal
from secor.web.door import READING, door
from secor.web.http import SignedIn

UNREADABLE = 422
SOON = timedelta(days=180)
HEAD = ("day", "business", "certifying_partner", "audit", "what", "amount", "note")


class LineForm(forms.Form):
    """One line of the book."""

    audit = forms.ChoiceField(
        label="Which audit?",
        error_messages={"required": "Choose an audit.", "invalid_choice": "Choose one of your audits."},
    )
    on = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Say on which day.", "invalid": "Write the day as 2026-05-31."},
    )
    what = forms.ChoiceField(
        label="What?",
        choices=BookLine.What.choices,
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose from the list."},
    )
    amount = forms.DecimalField(
        label="How many hours, or dollars?",
        max_digits=9,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.25", "min": "0", "inputmode": "decimal"}),
        error_messages={
            "required": "Write how many hours, or how many dollars.",
            "invalid": "Write a number, such as 3.5.",
            "max_decimal_places": "Write at most two places after the point.",
            "max_digits": "That is too much to be meant.",
            "max_whole_digits": "That is too much to be meant.",
        },
    )
    note = forms.CharField(label="Note", required=False, max_length=acts.NOTE_MAX)

    def __init__(self, *args: Any, mine: tuple[Audit, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["audit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, _called(each)) for each in mine]


@door(RoleKind.AUDITOR)
def book(request: SignedIn) -> HttpResponse:
    """Show the book; write a line into it, or strike one."""
    mine = _mine(request)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and "strike" in sent:
        return _struck(request, sent["strike"])
    form = LineForm(sent, mine=mine, initial={"on": request.on})
    if form.is_valid() and _written(request, form, mine):
        messages.success(request, "Written down.")
        return redirect("auditor:book")
    open_ones = [each for each in mine if each.stage in audits.UNDER_WAY]
    clocks = running(open_ones, on=request.on)
    work = [(each, min(clocks[each.pk], key=lambda clock: clock.by, default=None)) for each in open_ones]
    page = {
        "form": form,
        "certifications": books.certifications(request.user, request.keys, on=request.on),
        "soon": request.on + SOON,
        "work": sorted(work, key=lambda pair: (pair[1] is None, pair[1].by if pair[1] else request.on)),
        "done": books.done_by(request.user),
        "years": books.years_of(request.user),
        "lines": books.lines_of(request.user),
        "money": books.MONEY,
    }
    return render(request, "auditor/book.html", page, status=UNREADABLE if form.errors else 200)


@door(RoleKind.AUDITOR, methods=READING)
def table(request: SignedIn) -> HttpResponse:
    """Give every line of the book as a table for a spreadsheet."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(HEAD)
    for line in books.every_line(request.user):
        audit = line.audit
        cells = (
            line.on.isoformat(),
            audit.employer.legal_name,
            audit.partner.acronym,
            audit.code,
            line.get_what_display(),
            str(line.amount),
            line.note,
        )
        writer.writerow([plain(cell) for cell in cells])
    response = HttpResponse(made.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{request.on.isoformat()}-book.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _mine(request: SignedIn) -> tuple[Audit, ...]:
    """The audits from outside that the person does or did, those under way first."""
    found = audits.assigned_to(request.user, keys=request.keys)
    return tuple(each for each in found if each.performer not in BY_EMPLOYER)


def _written(request: SignedIn, form: LineForm, mine: tuple[Audit, ...]) -> bool:
    told = form.cleaned_data
    audit = next(each for each in mine if each.code == told["audit"])
    what = BookLine.What(told["what"])
    try:
        acts.write(request.act, audit=audit, what=what, amount=told["amount"], on=told["on"], note=told["note"])
    except Refusal as refusal:
        form.add_error("amount" if "Write more" in str(refusal) else "on", str(refusal))
        return False
    return True


def _struck(request: SignedIn, code: str) -> HttpResponse:
    try:
        acts.strike(request.act, code=code)
        messages.success(request, "Struck. It no longer counts.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("auditor:book")


def _called(audit: Audit) -> str:
    return f"{audit.employer.trade_name or audit.employer.legal_name}, {audit.partner.acronym}, {audit.asked_on:%Y}"
