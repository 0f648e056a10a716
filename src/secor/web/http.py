"""Requests by who sends them, so that types tell who is signed in and what they may see."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from secor.queries.crew import Crew, Worker
from secor.queries.people import Person, Role, Scope
from secor.usecases.act import Act


class Visit(HttpRequest):
    """A request from anyone. ``on`` is the day in Alberta; ``act`` is what a use case wants to know."""

    on: date
    act: Act

    # What the sender holds and may see today: nothing, where nobody signed in.
    roles: tuple[Role, ...]
    scope: Scope


class SignedIn(Visit):
    """A request from a person who signed in, with the roles they hold today and what these let them see."""

    user: Person

    # Set by the door from the page's own declaration: the roles that opened it.
    keys: tuple[Role, ...]


class AtTheCrewsDoor(Visit):
    """A request from whoever opened the crew's link."""

    crew: Crew


class InTheCrew(AtTheCrewsDoor):
    """A request from a worker who came in with a PIN. ``act`` is theirs."""

    worker: Worker
