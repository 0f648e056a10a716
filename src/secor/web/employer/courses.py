"""Course proofs: what the partner wants, what is on file, and one more."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.queries import courses as asked
from secor.queries import employers, lessons
from secor.queries.employers import Employer
from secor.queries.situations import Situation, situation_of
from secor.usecases import courses as usecase
from secor.usecases.act import Refusal
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, done, reached, sent, show
from secor.web.employer.forms import ProofForm
from secor.web.http import SignedIn


@door(*OPENS_OWN)
def courses(request: SignedIn, code: str) -> HttpResponse:
    """Show the proofs on file, and take one more."""
    place = reached(request, code)
    if request.method == "POST" and request.POST.get("do") == "take_back":
        _take_back(request, place.employer)
        return redirect("employer:courses", code)
    at = situation_of(place.employer, on=request.on)
    training = at.rules.training
    choices = [(course, asked.name_of(course)) for course in training.any_of] if training else []
    form = sent(request, "add", ProofForm, courses=choices, people=_people(place.employer, on=request.on))
    if done(form, lambda: _add(request, place.employer, form)):
        messages.success(request, "Kept. It counts once your certifying partner has checked it.")
        return redirect("employer:courses", code)
    told = at.rules.told("training")
    page = {
        "form": form,
        "training": training,
        "names": [name for _, name in choices],
        "told": told,
        "trained": at.trained,
        "rows": [(row, asked.name_of(row.course), _state(row, at)) for row in at.proofs],
        "partner": at.membership.partner if at.membership else None,
        "online": lessons.learnings(place.employer, person=request.user),
        "colleagues": lessons.colleagues(place.employer, person=request.user) if place.owner else (),
    }
    return show(request, place, "courses", page, form)


def _add(request: SignedIn, employer: Employer, form: ProofForm) -> None:
    given = form.cleaned_data
    usecase.add_proof(
        request.act,
        employer=employer,
        course=given["course"],
        holder_name=given["holder_name"],
        holder=employers.person_of(given["holder"]) if given["holder"] else None,
        taken_on=given["taken_on"],
        upload=given["upload"],
    )


def _people(employer: Employer, *, on: date) -> list[tuple[int, str]]:
    """Everybody with a role in the business, each once."""
    return list({role.person_id: str(role.person) for role in employers.roles_at(employer, on=on)}.items())


def _take_back(request: SignedIn, employer: Employer) -> None:
    row = asked.proof(employer, request.POST.get("proof", ""))
    if row is None:
        raise Http404
    try:
        usecase.take_back(request.act, proof=row)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Taken back.")


def _state(row: asked.CourseProof, at: Situation) -> tuple[str, str]:
    """The status of a proof, and its word."""
    if row.accepted is None:
        return "pending", "Being checked"
    if not row.accepted:
        return "refused", "Does not count"
    if row in at.counting:
        training = at.rules.training
        grace = training is not None and asked.in_grace(row, rule=training, on=at.on)
        return ("due_soon", "Ran out, counts a while yet") if grace else ("accepted", "Counts")
    return ("expired", "Has left") if row.pk in at.gone else ("expired", "No longer counts")
