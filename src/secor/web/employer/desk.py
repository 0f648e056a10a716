"""What every page of this desk begins with: the business, who looks at it, and the way around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from secor.core.role import ANSWERS_FOR_IT, EMPLOYER_SIDE, RoleKind
from secor.queries import employers
from secor.queries.employers import Employer
from secor.usecases.act import Refusal
from secor.web.context import Way
from secor.web.door import door
from secor.web.http import SignedIn

OPENS_ALL = (RoleKind.OWNER, RoleKind.SELF_ASSESSOR, RoleKind.WORKER, RoleKind.FIRST_AIDER)
OPENS_OWN = (RoleKind.OWNER, RoleKind.SELF_ASSESSOR)
REFUSED = 422
AnyForm = TypeVar("AnyForm", bound=Form)
# At most nine, so that they stand side by side on a desk's screen.
PAGES = (
    ("home", "Today"),
    ("program", "Program"),
    ("records", "Records"),
    ("ready", "Ready?"),
    ("actions", "To fix"),
    ("workers", "People"),
    ("audit", "Audit"),
    ("certificate", "Certificate"),
    ("details", "Business"),
)
# Pages of the business that have no place of their own in the menu; they stand under its last entry.
UNDER = ("packs", "partner", "courses", "headcount", "numbers", "people", "refund", "history")
# Pages of the menu with more pages below their address.
ABOVE = ("program", "records", "actions", "workers")


@dataclass(frozen=True, slots=True)
class Place:
    """The business a page is about, and what the person who looks is in it."""

    employer: Employer
    kinds: frozenset[RoleKind]

    @property
    def owner(self) -> bool:
        """Whether the person may change things here."""
        return RoleKind.OWNER in self.kinds

    @property
    def answers(self) -> bool:
        """Whether the person answers for the business, and so reads everything here."""
        return bool(self.kinds & ANSWERS_FOR_IT)

    @property
    def name(self) -> str:
        """What people call the business."""
        return self.employer.trade_name or self.employer.legal_name

    def address(self, page: str) -> str:
        """The address of one of this business's pages."""
        return reverse(f"employer:{page}", args=[self.employer.code])


def reached(request: SignedIn, code: str, *, anybody: bool = False) -> Place:
    """The business of that code, for the roles that opened this door.

    A business of somebody else is not there at all (404). One's own, where one's role does not open this page, is
    forbidden (403); and so is every change by anyone who is no owner of it, unless ``anybody`` the door lets in may
    send this page's form.
    """
    employer = next((each for each in employers.mine(request.keys) if each.code == code), None)
    if employer is None:
        if any(each.code == code for each in employers.mine(request.roles)):
            raise PermissionDenied
        raise Http404
    place = Place(employer, employers.kinds_at(employer, roles=request.roles))
    if request.method == "POST" and not (place.owner or anybody):
        raise PermissionDenied
    return place


@door(*sorted(EMPLOYER_SIDE))
def choose(request: SignedIn, page: str) -> HttpResponse:
    """Lead to a page of one's business; with several businesses, ask which."""
    mine = employers.mine(request.keys)
    ways = [Way(reverse(f"employer:{page}", args=[each.code]), each.trade_name or each.legal_name) for each in mine]
    if len(ways) == 1:
        response = HttpResponse(status=302)
        response.headers["Location"] = ways[0].href
        return response
    return render(request, "employer/choose.html", {"ways": ways})


def show(request: SignedIn, place: Place, template: str, page: dict[str, Any], *forms: Form | None) -> HttpResponse:
    """Draw a page of this desk; one with a form that was refused answers 422."""
    wrong = any(form is not None and form.errors for form in forms)
    ways = [(place.address(name), word) for name, word in PAGES]
    here = _here(request, place)
    given = {
        "place": place,
        "employer": place.employer,
        "owner": place.owner,
        "desk": place.name,
        "to": {name: place.address(name) for name in (*(name for name, _ in PAGES), *UNDER)},
        "entries": [Way(href, word, here=href == here) for href, word in ways],
        **page,
    }
    return render(request, f"employer/{template}.html", given, status=REFUSED if wrong else 200)


def _here(request: SignedIn, place: Place) -> str:
    """The page of the menu that this one stands under."""
    for page in ABOVE:
        if request.path.startswith(place.address(page)):
            return place.address(page)
    if any(request.path.startswith(place.address(page)) for page in UNDER):
        return place.address("details")
    return request.path


def sent(request: SignedIn, what: str, form: Callable[..., AnyForm], **more: Any) -> AnyForm:
    """One of a page's forms, filled in when it is the one that was sent (``do`` names it)."""
    more.setdefault("auto_id", f"{what}_%s")  # two forms of one page may ask for the same thing
    mine = request.method == "POST" and request.POST.get("do") == what
    if not mine:
        return form(**more)
    return form(request.POST, request.FILES, **more)


def done(form: Form, act: Callable[[], object]) -> bool:
    """Carry out what a form asks for, once it is filled in rightly; a refusal becomes the form's error."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
