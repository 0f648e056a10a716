"""Certificates: the list, one of them with everything that happened to it, issuing, and deciding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secor.core.certificate import LIVE, Standing
from secor.core.role import RoleKind
from secor.queries import certificates as asked
from secor.queries import members, motions, reviews
from secor.queries.certificates import Certificate
from secor.queries.people import Scope
from secor.usecases import certificates as issuing
from secor.usecases import decisions, replacements
from secor.usecases.act import Refusal
from secor.web import charts
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.bench import reached
from secor.web.partner.desk import REFUSED, STAFF, kind_words, number_in, show, told
from secor.web.partner.forms import ApproveForm, DecisionForm, ExtensionForm, TransferForm

HAPPENED = {
    "certified": "Certified",
    "data_gathered": "Audit gathered",
    "audit_submitted": "Audit sent",
    "audit_accepted": "Audit accepted",
    "extended": "Extended",
    "headcount": "Head-count reported",
    "suspended": "Suspended",
    "reinstated": "Reinstated",
    "withdrawn": "Withdrawn by the employer",
    "cancelled": "Cancelled",
    "revoked": "Revoked by the government",
    "replaced": "Replaced under a new number",
    "transferred": "Handed over to another partner",
    "corrected": "Corrected: what it names did not hold",
}
TONES = {"certified": "good", "reinstated": "good", "suspended": "soon"} | dict.fromkeys(
    ("withdrawn", "cancelled", "revoked"), "stop"
)
STONES = {"maintenance": "Maintenance audit", "recertification": "Recertification, or the certificate ends"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision a partner can make: its words, and from which standing it can be made."""

    key: str
    verb: str
    text: str
    allowed: frozenset[Standing]
    ends: bool = False
    four_eyes: bool = False


CHOICES = (
    Choice("extend", "Extend", "Give more time for what is owed next.", LIVE),
    Choice(
        "suspend", "Suspend", "Let it rest until you reinstate it. Its due days go on.", frozenset({Standing.VALID})
    ),
    Choice("reinstate", "Reinstate", "End the suspension.", frozenset({Standing.SUSPENDED}), four_eyes=True),
    Choice("replace", "Replace", "Issue it anew under the employer's names of today. The old number leads on.", LIVE),
    Choice("transfer", "Hand over", "Give it into another certifying partner's care.", LIVE),
    Choice("withdraw", "Withdraw", "The employer gives it up. This cannot be undone.", LIVE, ends=True),
    Choice("cancel", "Cancel", "End it by your own decision. This cannot be undone.", LIVE, ends=True, four_eyes=True),
    Choice("revoke", "Write down a revocation", "The government has ended it. This cannot be undone.", LIVE, ends=True),
)


@door(*STAFF, methods=READING)
def certificates(request: SignedIn) -> HttpResponse:
    """List certificates, searched by number or name."""
    text = request.GET.get("q", "")[:100].replace("\0", "")
    found = asked.search(request.scope, text=text, number=number_in(request))
    reports = asked.standings(found.rows, on=request.on)
    page = {
        "page": found,
        "rows": [(row, reports[row.pk]) for row in found.rows],
        "text": text,
        "query": urlencode({"q": text}) + "&" if text else "",
    }
    return show(request, "certificates", page)


@door(*STAFF, methods=READING)
def certificate(request: SignedIn, number: str) -> HttpResponse:
    """Show one certificate: what it is worth today and why, its years, and everything that happened to it."""
    found = certificate_at(request, number)
    report = asked.standing_of(found, on=request.on)
    live = found.replaced_by is None
    page = {
        "certificate": found,
        "report": report,
        "why": told(report.why, found.partner),
        "owed": kind_words(report.owed.kind.value) if report.owed else "",
        "years": _years(request, found, stopped=report.standing not in LIVE),
        "events": [
            (event, HAPPENED.get(event.event, event.event), TONES.get(event.event, ""))
            for event in reversed(asked.events_of(found))
        ],
        "choices": [
            (choice, _address(found, choice)) for choice in CHOICES if live and report.standing in choice.allowed
        ],
        "proposed": motions.open_about(found),
        "motions": motions.about(found),
    }
    return show(request, "certificate", page)


@door(RoleKind.DECISION_MAKER, second_factor=True)
def decide(request: SignedIn, number: str, act: str) -> HttpResponse:
    """Ask for the reason of a decision, and make it."""
    found = certificate_at(request, number)
    choice = next((each for each in CHOICES if each.key == act), None)
    if choice is None:
        raise Http404
    if choice.four_eyes:
        return redirect(_address(found, choice))
    form = _form(choice, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            leads_to = _decide(request, choice, found, form)
        except decisions.NotLater as refusal:
            form.add_error("until", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:certificate", leads_to)
    page = {
        "certificate": found,
        "report": asked.standing_of(found, on=request.on),
        "choice": choice,
        "form": form,
    }
    return show(request, "decide", page, status=REFUSED if form.errors else 200)


@door(RoleKind.DECISION_MAKER, second_factor=True)
def issue(request: SignedIn, code: str) -> HttpResponse:
    """Show what would stand on the certificate, and issue it."""
    audit = reached(request, code)
    if audit.stage not in reviews.READABLE:
        raise Http404
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = issuing.issue(request.act, audit=audit)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:certificate", issued.number)
    page = {"audit": audit, "kind": kind_words(audit.kind), "form": form, "issued": asked.of_audit(audit)}
    return show(request, "issue", page, status=REFUSED if form.errors else 200)


def _decide(request: SignedIn, choice: Choice, found: Certificate, form: Form) -> str:
    """Make the decision; give the number of the certificate that goes on."""
    act, reason = request.act, form.cleaned_data["reason"]
    if choice.key == "extend":
        decisions.extend(act, certificate=found, until=form.cleaned_data["until"], reason=reason)
    elif choice.key == "replace":
        return replacements.replace(act, certificate=found, reason=reason).number
    elif choice.key == "transfer":
        to = next(each for each in members.others(found.partner) if each.key == form.cleaned_data["to"])
        replacements.transfer(act, certificate=found, to=to, reason=reason)
    else:
        SIMPLE[choice.key](act, certificate=found, reason=reason)
    return found.number


def _address(found: Certificate, choice: Choice) -> str:
    """Where a decision is made, or, where it takes two people, proposed."""
    if choice.four_eyes:
        return reverse(f"partner:propose_{choice.key}", args=[found.number])
    return reverse("partner:decide", args=[found.number, choice.key])


SIMPLE = {
    "suspend": decisions.suspend,
    "withdraw": decisions.withdraw,
    "revoke": decisions.revoke,
}


def _form(choice: Choice, found: Certificate, sent: Mapping[str, object] | None) -> Form:
    if choice.key == "extend":
        return ExtensionForm(sent)
    if choice.key == "transfer":
        return TransferForm(sent, partners=members.others(found.partner))
    return DecisionForm(sent)


def _years(request: SignedIn, found: Certificate, *, stopped: bool) -> charts.Years | None:
    stones = [
        charts.Milestone(stone.on, STONES[stone.kind.value] if stone.kind else "First day", stone.state)
        for stone in asked.milestones(found, on=request.on)
    ]
    if len({stone.on for stone in stones}) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    return charts.years(stones, today=request.on, stopped=stopped)


def certificate_at(request: SignedIn, number: str) -> Certificate:
    """The certificate of that number, when the reader's partner issued it; otherwise it is not there at all."""
    found = asked.reached(number, scope=Scope(partners=request.scope.partners))
    if found is None:
        raise Http404
    return found
