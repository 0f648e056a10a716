"""The people of the business: who may do what, who is invited, and who is tied to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.independence import WORDS, TieKind
from secor.queries import employers, starting
from secor.queries.people import Person, Role
from secor.usecases import people as usecase
from secor.usecases import ties
from secor.usecases.act import ALBERTA, Refusal
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, sent, show
from secor.web.employer.forms import InviteForm, TieForm
from secor.web.http import SignedIn

DOES = {
    "owner": "Owner: may change everything",
    "self_assessor": "Self-assessor: does your audits",
    "worker": "Worker: sees that you hold a certificate",
    "first_aider": "First aider: reads the first-aid records",
}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the business. The name is shown once they have signed in; until then, only the address."""

    key: int
    name: str
    email: str
    does: str
    me: bool
    waiting: bool


@door(*OPENS_OWN)
def people(request: SignedIn, code: str) -> HttpResponse:
    """Show who has which role, invite somebody, take a role away, and declare a tie."""
    place = reached(request, code)
    if request.method == "POST" and request.POST.get("do") == "take":
        _take(request, place)
        return redirect("employer:people" if _still_here(request, place) else "account:desk", *_to(request, place))
    invite = sent(request, "invite", InviteForm)
    if done(invite, lambda: usecase.invite(request.act, employer=place.employer, **invite.cleaned_data)):
        messages.success(request, "Invited. A letter is on its way to them.")
        return redirect("employer:people", code)
    auditors = _auditors(request, place)
    kinds = [(kind.value, WORDS[kind].capitalize()) for kind in TieKind]
    tie = sent(request, "tie", TieForm, people=[(str(each.pk), str(each)) for each in auditors], kinds=kinds)
    if done(tie, lambda: _declare(request, place, tie)):
        messages.success(request, "Kept. It is looked at whenever you ask for an audit.")
        return redirect("employer:people", code)
    page = {
        "members": [_member(role, request) for role in employers.roles_at(place.employer, on=request.on)],
        "invite": invite,
        "tie": tie,
        "auditors": auditors,
        "ties": [(row, WORDS[TieKind(row.kind)]) for row in employers.ties_of(place.employer)],
    }
    return show(request, place, "people", page, invite, tie)


def _member(role: Role, request: SignedIn) -> Member:
    """Somebody invited is known by the address alone until they sign in: it must not tell a stranger's name."""
    person, seen = role.person, role.person.last_login
    mine = person.pk in {role.given_by_id, request.user.pk}
    known = mine or (seen is not None and seen.astimezone(ALBERTA).date() >= role.from_on)
    name = person.name if known and person.name else person.email
    return Member(role.pk, name, person.email, DOES[role.kind], person.pk == request.user.pk, waiting=not known)


def _take(request: SignedIn, place: Place) -> None:
    key = request.POST.get("role", "")
    role = next((each for each in employers.roles_at(place.employer, on=request.on) if str(each.pk) == key), None)
    if role is None:
        raise Http404
    try:
        usecase.take_role(request.act, role=role)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The role is taken away.")


def _still_here(request: SignedIn, place: Place) -> bool:
    """Whether the person who acts still has a role that opens this page: somebody may take away their own."""
    rows = employers.roles_at(place.employer, on=request.on)
    return any(role.person_id == request.user.pk and role.kind in OPENS_OWN for role in rows)


def _to(request: SignedIn, place: Place) -> list[str]:
    return [place.employer.code] if _still_here(request, place) else []


def _auditors(request: SignedIn, place: Place) -> list[Person]:
    membership = employers.membership_of(place.employer)
    return list(starting.auditors_of(membership.partner, on=request.on)) if membership else []


def _declare(request: SignedIn, place: Place, form: TieForm) -> None:
    given = form.cleaned_data
    ties.declare(
        request.act,
        employer=place.employer,
        person=employers.person_of(int(given["person"])),
        kind=given["kind"],
        from_on=given["from_on"],
        until_on=given["until_on"],
    )
