"""The pages of the acts around the questions: declare, dates, send, take back, withdraw, remove a file."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from secor.queries import certificates
from secor.queries import evidence as kept
from secor.queries.audits import Audit, Stage, declared
from secor.queries.clocks import running
from secor.queries.memory import remembered
from secor.queries.objections import open_in, raised_in
from secor.queries.progress import Progress, progress_of
from secor.queries.teams import works_on
from secor.queries.versions import versions_of
from secor.usecases import audits, evidence
from secor.usecases.act import Refusal
from secor.web.auditor.explain import groups_of
from secor.web.auditor.forms import DatesForm, DeclareForm, WithdrawForm
from secor.web.auditor.overview import todos_of
from secor.web.auditor.pages import ASSESSORS, bars_of, head, reached
from secor.web.door import door
from secor.web.http import SignedIn

UNREADABLE = 422


@door(*ASSESSORS)
def declare(request: SignedIn, code: str) -> HttpResponse:
    """Let the assessor say what ties them to the business; who is tied is told why they may not go on."""
    audit = reached(request, code)
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            said = audits.declare(request.act, audit=audit, ties=form.ties(), clear=form.cleaned_data["clear"] == "yes")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("auditor:audit" if said.clear else "auditor:declare", code)
    said_last = declared(audit, by=request.user)
    page = {
        "head": head(request, audit),
        "audit": audit,
        "form": form,
        "said": said_last,
        "mine": audit.assessor_id == request.user.pk or works_on(request.user, audit),
        "conflict": said_last is not None and not said_last.clear,
    }
    return _render(request, "auditor/declare.html", page, form)


@door(*ASSESSORS)
def dates(request: SignedIn, code: str) -> HttpResponse:
    """Keep on which days everything was gathered."""
    audit = reached(request, code)
    initial = {"from_on": audit.gathering_from, "until_on": audit.gathered_on}
    form = DatesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            audits.gather(request.act, audit=audit, from_on=given["from_on"], until_on=given["until_on"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("auditor:audit", code)
    return _render(request, "auditor/dates.html", {"head": head(request, audit), "audit": audit, "form": form}, form)


@door(*ASSESSORS)
def submit(request: SignedIn, code: str) -> HttpResponse:
    """Show everything that will be sent, and send it."""
    audit = reached(request, code)
    refused = ""
    if request.method == "POST":
        try:
            audits.submit(request.act, audit=audit)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Your audit is with {audit.partner.name} now. You will get a letter.")
            return redirect("auditor:audit", code)
    return _check(request, audit, progress_of(audit), refused)


def _check(request: SignedIn, audit: Audit, progress: Progress, refused: str) -> HttpResponse:
    found = raised_in(progress)
    page = {
        "head": head(request, audit),
        "audit": audit,
        "bars": bars_of(progress),
        "verdict": progress.verdict,
        "todos": list(todos_of(open_in(progress, found), audit)),
        "groups": groups_of(tuple(each for each in found if not each.must), audit),
        "remembered": remembered(audit) if audit.writable else (),
        "looks": sum(1 for each in found if not each.must),
        "clocks": running([audit], on=request.on)[audit.pk],
        "versions": versions_of(audit),
        "waiting": audit.stage == Stage.SUBMITTED,
        "refused": refused,
        "files": len(progress.pieces),
        "left_out": sum(1 for mark in progress.score.questions if mark.not_applicable),
        "questions": len(progress.score.questions),
    }
    return render(request, "auditor/submit.html", page, status=UNREADABLE if refused else 200)


@door(*ASSESSORS)
def take_back(request: SignedIn, code: str) -> HttpResponse:
    """Take a sent audit back while no reviewer has begun."""
    return _confirmed(request, code, audits.take_back, "auditor/take_back.html")


@door(*ASSESSORS)
def put_back(request: SignedIn, code: str) -> HttpResponse:
    """Take a withdrawal back."""
    return _confirmed(request, code, audits.put_back, "auditor/put_back.html")


@door(*ASSESSORS)
def withdraw(request: SignedIn, code: str) -> HttpResponse:
    """Give an audit up, with a reason."""
    audit = reached(request, code)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            audits.withdraw(request.act, audit=audit, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("auditor:audit", code)
    ends = certificates.kept_by(audit, on=request.on)
    page = {"head": head(request, audit), "audit": audit, "form": form, "ends": ends}
    return _render(request, "auditor/withdraw.html", page, form)


@door(*ASSESSORS)
def remove(request: SignedIn, code: str, piece: str) -> HttpResponse:
    """Take a piece of evidence away, once it was asked whether that is meant."""
    audit = reached(request, code)
    found = kept.removable(piece, audit=audit)
    if found is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            evidence.remove(request.act, evidence=found)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("auditor:all", code)
    page = {"head": head(request, audit), "piece": found, "refused": refused}
    return render(request, "auditor/remove.html", page, status=UNREADABLE if refused else 200)


def _confirmed(request: SignedIn, code: str, act: Callable[..., object], template: str) -> HttpResponse:
    """A page with one button for one act without further questions."""
    audit = reached(request, code)
    refused = ""
    if request.method == "POST":
        try:
            act(request.act, audit=audit)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("auditor:audit", code)
    page = {"head": head(request, audit), "audit": audit, "refused": refused}
    return render(request, template, page, status=UNREADABLE if refused else 200)


def _render(request: SignedIn, template: str, page: dict[str, object], form: Form) -> HttpResponse:
    return render(request, template, page, status=UNREADABLE if form.errors else 200)
