"""Who may call a page. A page that does not say so answers nobody, and stops the start-up check.

``@door(RoleKind.REVIEWER)`` is for people who hold that role today; with ``second_factor=True``, for those of them
who showed a passkey or a one-time code. ``@signed_in`` is for anyone who signed in, ``@public`` for everyone.
``@crew`` is for a worker without an account who came in with a PIN, ``@crew_link`` for whoever opened the crew's link.
``program(scope, roles)`` is for a program that shows an access token, and for nobody who signed in.
The two kinds of session never mix: a PIN opens no desk, and a role opens no page of the crew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, get_resolver

from secor.core.access import AccessScope
from secor.core.role import RoleKind
from secor.queries import people
from secor.usecases.act import Act
from secor.web import clock, programs
from secor.web.crew import inside

READING = frozenset({"GET", "HEAD"})
WRITING = frozenset({"GET", "HEAD", "POST"})


class Crew(Enum):
    """How far somebody without an account has come."""

    LINK = "link"  # opened the crew's link
    WORKER = "worker"  # and came in with a PIN


@dataclass(frozen=True, slots=True)
class Door:
    """Who may call a page, and how. No roles, no crew and not public: anyone who signed in."""

    roles: frozenset[RoleKind] = frozenset()
    crew: Crew | None = None
    public: bool = False
    second_factor: bool = False
    token: bool = False  # a program's access token opens it, and nothing else
    access: AccessScope | None = None
    methods: frozenset[str] = WRITING


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def door(*roles: RoleKind, second_factor: bool = False, methods: Iterable[str] = WRITING) -> Callable[[View], View]:
    """Declare that a page is for people who hold one of ``roles`` today."""
    return _declare(Door(frozenset(roles), second_factor=second_factor, methods=frozenset(methods)))


def public(view: View) -> View:
    """Declare that a page is for everyone."""
    return _declare(Door(public=True))(view)


def public_reading(view: View) -> View:
    """Declare that an answer is for everyone to read, and that nobody sends anything to it."""
    return _declare(Door(public=True, methods=READING))(view)


def signed_in(view: View) -> View:
    """Declare that a page is for anyone who signed in."""
    return _declare(Door())(view)


def program(scope: AccessScope | None, roles: Iterable[RoleKind]) -> Callable[[View], View]:
    """Declare that an answer is for programs with a token of that scope, in one of these roles."""
    return _declare(Door(frozenset(roles), token=True, access=scope, methods=READING))


def crew(view: View) -> View:
    """Declare that a page is for a worker who came in with a PIN, and for nobody who signed in."""
    return _declare(Door(crew=Crew.WORKER))(view)


def crew_link(view: View) -> View:
    """Declare that a page is for whoever opened the crew's link."""
    return _declare(Door(crew=Crew.LINK))(view)


def _declare(declared: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.door = declared  # type: ignore[attr-defined]
        return view

    return mark


def of(view: Any) -> Door | None:
    """The door a view declared, if it did."""
    return cast("Door | None", getattr(view, "door", None))


class DoorMiddleware:
    """Opens each page's door, or answers in its place. Also tells the request what day it is and who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Tell the request the moment, once, so that one request never sees two days."""
        at = clock.now()
        request.act = Act(None, at)  # type: ignore[attr-defined]
        request.on = clock.day_of(at)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, *_: Any) -> HttpResponse | None:
        """Answer in the page's place when the sender may not call it; None lets the page answer."""
        declared = of(view)
        if declared is None:
            return _refuse(request)
        if request.method not in declared.methods:
            return HttpResponseNotAllowed(sorted(declared.methods))
        if declared.token:
            return programs.come_in(request, scope=declared.access, roles=declared.roles)
        return _at_the_crews_door(request, declared.crew) if declared.crew else _for_people(request, declared)


def _for_people(request: Any, declared: Door) -> HttpResponse | None:
    """Let in whoever holds one of the declared roles today; without any, whoever signed in, or everyone."""
    person = request.user if request.user.is_authenticated else None
    if person is None:
        request.roles, request.scope, request.keys = (), people.Scope(), ()
        return None if declared.public else redirect_to_login(request.get_full_path())
    request.act = Act(person, request.act.at)
    request.roles = people.roles_of(person, on=request.on)
    request.scope = people.scope_of(person, request.roles)
    request.keys = tuple(role for role in request.roles if role.kind in declared.roles)
    if declared.roles and not request.keys:
        return _refuse(request)
    if declared.second_factor and not has_second_factor(request):
        request.session["after_second_factor"] = request.get_full_path() if request.method == "GET" else ""
        return redirect("account:second_factor")
    return None


def _at_the_crews_door(request: Any, how_far: Crew) -> HttpResponse | None:
    """Let in whoever opened the crew's link or came in with a PIN; the role of somebody who signed in opens nothing."""
    request.roles, request.scope, request.keys = (), people.Scope(), ()
    request.crew = inside.crew_of(request)
    if request.crew is None:
        return render(request, "crew/closed.html", status=403)
    if how_far is Crew.LINK:
        return None
    request.worker = None if request.user.is_authenticated else inside.worker_of(request)
    if request.worker is None:
        return redirect("crew:names")
    request.act = replace(request.act, by=None, worker=request.worker.code)
    if request.worker.pin_once and request.resolver_match.view_name not in inside.BEFORE_ONES_OWN_PIN:
        return redirect("crew:own_pin")
    return None


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this sign-in used a passkey or a one-time code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def _refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "refusals/not_yours.html", status=403)


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site, with its address as it is written in the maps."""
    return routes_of(get_resolver().url_patterns)


def routes_of(entries: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route below these entries of a map."""
    for entry in entries:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes_of(entry.url_patterns, address)
        else:
            yield address, entry


def every_route_has_a_door(**_: Any) -> list[CheckMessage]:
    """Start-up check: a route that does not say who may call it stops the site."""
    return [
        Error(
            f"The route {address!r} does not say who may call it.",
            hint="Put @public, @signed_in, @crew or @door(RoleKind...) above its view.",
            id="secor.E001",
        )
        for address, pattern in routes()
        if of(pattern.callback) is None
    ]
