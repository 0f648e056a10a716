"""Members: who asked to be taken in, who is a member, and one of them from all sides."""

from __future__ import annotations

from urllib.parse import urlencode

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.employer import PEOPLE
from secor.core.role import RoleKind
from secor.queries import courses, lessons
from secor.queries import members as asked
from secor.queries.members import CourseProof, Membership
from secor.usecases import courses as course_acts
from secor.usecases import members as acts
from secor.usecases.act import Refusal
from secor.web.door import READING, door
from secor.web.employer.history import ACTS
from secor.web.http import SignedIn
from secor.web.partner.desk import REFUSED, STAFF, number_in, show, told
from secor.web.partner.forms import ApproveForm, ReasonForm

DONE = ACTS | {
    "review.claimed": "The audit was taken for review",
    "review.taken_over": "The review was taken over",
    "review.marked": "A question was marked by the reviewer",
    "review.noted": "The reviewer wrote a note",
    "review.note_struck": "The reviewer took a note back",
    "review.note_settled": "The reviewer settled a note",
}


@door(*STAFF, methods=READING)
def members(request: SignedIn) -> HttpResponse:
    """List those who asked, and the members, searched by name."""
    text = request.GET.get("q", "")[:100].replace("\0", "")
    page = {
        "asking": asked.asking(request.scope),
        "page": asked.search(request.scope, text=text, number=number_in(request)),
        "text": text,
        "query": urlencode({"q": text}) + "&" if text else "",
    }
    return show(request, "members", page)


@door(*STAFF, methods=READING)
def member(request: SignedIn, code: str) -> HttpResponse:
    """Show one member: names, accounts, head-counts, courses, audits, certificates and what happened."""
    return _member(request, code, ReasonForm())


@door(RoleKind.REGISTRAR, methods=["POST"])
def approve(request: SignedIn, code: str) -> HttpResponse:
    """Take the employer in."""
    form = ApproveForm(request.POST)
    form.is_valid()
    try:
        acts.approve(request.act, membership=_membership(request, code))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _member(request, code, form)
    return redirect("partner:member", code)


@door(RoleKind.REGISTRAR, methods=["POST"])
def refuse(request: SignedIn, code: str) -> HttpResponse:
    """Say no to the employer, and why."""
    membership, form = _membership(request, code), ReasonForm(request.POST)
    if form.is_valid():
        try:
            acts.refuse(request.act, membership=membership, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:members")
    return _member(request, code, form)


@door(*STAFF)
def proof(request: SignedIn, code: str) -> HttpResponse:
    """Show one course proof, and let a registrar say whether it counts."""
    found = _proof(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = False
    form.fields["reason"].help_text = "Needed only where the proof does not count."
    if request.method == "POST" and form.is_valid():
        counts = request.POST.get("counts") == "yes"
        try:
            course_acts.check_proof(request.act, proof=found, accepted=counts, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            return redirect("partner:member", found.employer.code)
    taken = lessons.of_proof(found)
    page = {
        "proof": found,
        "course": courses.name_of(found.course),
        "form": form,
        "taken": taken,
        "share": lessons.share_of(taken) if taken else None,
    }
    return show(request, "proof", page, status=REFUSED if form.errors else 200)


def _member(request: SignedIn, code: str, form: Form) -> HttpResponse:
    found = asked.member(code, scope=request.scope, on=request.on)
    if found is None:
        raise Http404
    page = {
        "member": found,
        "size": told(found.size.why, found.membership.partner),
        "form": form,
        "people_kinds": [kind.replace("_", " ") for kind in PEOPLE],
        "counts": [
            (row.on, [getattr(row, kind) for kind in PEOPLE], sum(getattr(row, kind) for kind in PEOPLE))
            for row in found.headcounts
        ],
        "proofs": [(proof, courses.name_of(proof.course)) for proof in found.proofs],
        "journal": [
            (entry, DONE.get(entry.act) or entry.act.replace(".", " ").replace("_", " "))
            for entry in asked.journal_of(found.employer, scope=request.scope)
        ],
    }
    return show(request, "member", page, status=REFUSED if form.errors else 200)


def _membership(request: SignedIn, code: str) -> Membership:
    found = asked.membership_at(code, scope=request.scope)
    if found is None:
        raise Http404
    return found


def _proof(request: SignedIn, code: str) -> CourseProof:
    found = asked.proof_at(code, scope=request.scope)
    if found is None:
        raise Http404
    return found
