"""The walk: every route, every method, every kind of person, at their own things and at somebody else's.

The addresses come from the map of the site itself, so a page made tomorrow is walked tomorrow. A page that this walk
cannot reach has to be named in UNWALKED with its reason.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from addresses import PART, UNWALKED, Route, routes
from cast import signed_in
from estates import STAGES, Estate, crew_session, estates
from secor.core.role import RoleKind
from secor.store.models import Entry, Record, Role
from secor.usecases import crew
from secor.usecases.act import Act
from secor.web import clock, door
from secor.web.door import Crew

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
SIGN_IN = "/accounts/login/"
ODD = ("", "x" * 5000, "-1", "99999999999999999999999", "2026-02-30", "\x00", "½", "0001-01-01", "9999-12-31")


@dataclass
class Walk:
    """Sends requests that leave nothing behind, and keeps what is the matter."""

    clients: dict[str, Client]
    wrong: list[str]
    trouble: str = ""
    last: int = 0

    def send(self, who: str, method: str, address: str, fields: dict[str, object] | None = None):
        with transaction.atomic():
            self.trouble = ""
            answer = self._answer(who, method, address, fields)
            content = b"" if answer.streaming else answer.content
            entries = list(Entry._base_manager.filter(pk__gt=self.last)) if method != "GET" else []
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.wrong.append(
                f"{who} {method} {address} {str(fields or '')[:200]}: {answer.status_code}\n{self.trouble}"
            )
        return answer, content.decode("utf-8", "replace"), entries

    def _answer(self, who: str, method: str, address: str, fields: dict[str, object] | None):
        if method in {"GET", "POST"}:
            return getattr(self.clients[who], method.lower())(address, fields)
        return self.clients[who].generic(method, address)

    def held(self) -> None:
        """Fail with each different thing that is the matter, told once."""
        by_end = {each.strip().splitlines()[-1]: each for each in self.wrong}
        assert not self.wrong, f"{len(self.wrong)} answers were wrong:\n" + "\n".join([*by_end.values()][:12])

    def broke(self, **_: object) -> None:
        self.trouble = "".join(traceback.format_exc().splitlines(keepends=True)[-12:])


@pytest.fixture
def walk(db) -> Iterator[Walk]:
    steps = Walk({}, [])
    got_request_exception.connect(steps.broke)
    logging.disable(logging.ERROR)  # thousands of refusals are what is wanted here
    yield steps
    logging.disable(logging.NOTSET)
    got_request_exception.disconnect(steps.broke)


def begin(walk: Walk, stage: str, performer: str = "external_auditor") -> tuple[dict[str, object], Estate, Estate]:
    """Lay the two estates, and give everybody a browser with a second factor shown."""
    there, roofing, siding = estates(stage, performer=performer)
    walk.clients = {"nobody": Client(raise_request_exception=False)}
    for name, person in there.people.items():
        walk.clients[name] = signed_in(Client(raise_request_exception=False), person, second_factor=True)
    walk.last = max(Entry._base_manager.values_list("pk", flat=True), default=0)
    return there.people, roofing, siding


def test_every_route_can_be_walked_or_says_why_not(db):
    _, estate, _ = estates("open")
    names = {pattern.name for _, pattern in door.routes()}

    assert [route.pattern for route in routes() if route.to(estate) is None] == []
    assert set(UNWALKED) <= names, "a route is excused that is no longer there"


@pytest.mark.parametrize("method", METHODS)
def test_nobody_comes_in_without_signing_in(walk, method):
    _, estate, _ = begin(walk, "in_review")
    private = [route for route in routes() if not route.door.public]

    for route in private:
        answer, text, entries = walk.send("nobody", method, route.to(estate))
        if method not in route.door.methods:
            expected = answer.status_code == 405
        elif route.door.crew is not None:
            expected = answer.status_code == 403
        elif route.door.token:
            expected = answer.status_code == 401
        else:
            expected = answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN)
        if not expected or told(text, estate) or entries:
            walk.wrong.append(f"nobody {method} {route.pattern}: {answer.status_code} {told(text, estate)} {entries}")

    assert len(private) > 60
    walk.held()


def test_what_is_public_tells_the_name_on_a_certificate_and_nothing_else(walk):
    _, estate, _ = begin(walk, "in_review")
    public = {f"{estate.name} Legal", f"{estate.name} Trading"}
    in_the_pack = {f"{estate.name} dogs"}  # of the program, which the owner put into the pack of this link

    for who in ("nobody", "vic"):
        for route in routes():
            if route.door.public:
                may_tell = public | in_the_pack if route.pattern.startswith("packs/") else public
                leaked = set(told(walk.send(who, "GET", route.to(estate))[1], estate)) - may_tell
                if leaked:
                    walk.wrong.append(f"{who} {route.pattern}: {leaked}")

    walk.held()


@pytest.mark.parametrize("stage", ["in_review", pytest.param("open", marks=pytest.mark.slow)])
def test_strangers_see_nothing_of_another_business_and_change_nothing(walk, stage):
    people, *both = begin(walk, stage)
    visits = 0
    for who in sorted(people):
        foreign = [estate for estate in both if who not in estate.people]
        for route in routes():
            if route.door.public or route.library:
                continue
            # A page without a code is the same page for everybody's sake: one visit tells of both estates.
            for estate in foreign if route.addressed else foreign[:1]:
                visits += 1
                _stranger(walk, who, route, route.to(estate), foreign)

    assert visits > 1000
    walk.held()


def test_within_a_business_what_was_said_and_who_was_hurt_stay_with_who_may_know(walk):
    people, estate, _ = begin(walk, "in_review")
    Record._base_manager.filter(pk=estate.record.pk).update(read_by="first_aid", made_by=people["sol"])
    Role.objects.create(
        person=people["wes"], kind=RoleKind.FIRST_AIDER, employer=estate.employer, from_on=estate.employer.joined_on
    )
    hurt, heard = f"{estate.name} task", f"{estate.name} seen"
    saw: dict[str, set[str]] = {hurt: set(), heard: set()}
    for who in sorted(estate.people):
        for route in routes():
            text = walk.send(who, "GET", route.to(estate))[1]
            for secret, known in saw.items():
                if secret in text:
                    known.add(who)

    assert saw[hurt] == {"wes", "sol"}, "a first-aid record is the first aider's, and theirs who made it"
    assert saw[heard] == {"dev", "pat", "rey", "dana"}, (
        "what an auditor wrote is not the business's while it is reviewed"
    )
    walk.held()


def _stranger(walk: Walk, who: str, route: Route, address: str, foreign: list[Estate]) -> None:
    for method in sorted({"GET", "POST"} & route.door.methods):
        fields = {"reason": "Because.", "text": "Because."} if method == "POST" else {}
        answer, text, entries = walk.send(who, method, address, fields)
        leaked = [secret for estate in foreign for secret in told(text, estate)]
        theirs = {estate.employer.pk for estate in foreign}, {estate.partner.pk for estate in foreign}
        touched = [entry.act for entry in entries if entry.employer_id in theirs[0] or entry.partner_id in theirs[1]]
        shut = (
            answer.status_code in {403, 404} or not route.addressed or (route.door.token and answer.status_code == 401)
        )
        if leaked or touched or not shut:
            walk.wrong.append(f"{who} {method} {address}: {answer.status_code} {leaked} {touched}")


@pytest.mark.parametrize(
    ("stage", "performer"),
    [
        ("in_review", "external_auditor"),
        ("open", "self_assessor"),
        *(pytest.param(each, "external_auditor", marks=pytest.mark.slow) for each in STAGES if each != "in_review"),
    ],
)
def test_no_page_breaks_for_its_own_people_whatever_they_send(walk, stage, performer):
    people, estate, _ = begin(walk, stage, performer)
    opened: set[str] = set()
    sent: set[str] = set()
    for who in sorted(estate.people):
        kinds = {role.kind for role in people[who].roles.all()}
        for route in routes():
            if route.door.roles and not route.door.roles & kinds:
                continue
            answer, text, _ = walk.send(who, "GET", route.to(estate))
            if answer.status_code == 200:
                opened.add(route.pattern)
            if "POST" in route.door.methods and not route.library:
                _odd_forms(walk, who, route.to(estate), "" if route.pattern in sent else text)
                # The first person to be shown a form sends the odd words; whoever comes after sends it empty.
                sent |= {route.pattern} if answer.status_code == 200 else set()

    walk.held()
    assert len(opened) > 50, sorted(opened)


def test_a_worker_who_came_in_with_a_pin_opens_the_crews_pages_and_no_other(walk):
    _, estate, other = begin(walk, "in_review")
    walk.clients["hand"] = crew_session(Client(raise_request_exception=False), estate)
    walk.last = max(Entry._base_manager.values_list("pk", flat=True))
    opened = set()
    # Whoever leaves is out, so that page comes last.
    for route in sorted(routes(), key=lambda each: each.name == "leave"):
        if route.door.public:
            continue
        for its in (estate, other):
            for method in sorted({"GET", "POST"} & route.door.methods):
                answer, text, entries = walk.send("hand", method, route.to(its))
                leaked = told(text, other) + told(text, estate) * (route.door.crew is None)
                if route.door.token:
                    fine = answer.status_code in {401, 405} and not entries
                elif route.door.crew is None:
                    shut = answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN)
                    fine = shut and not entries
                else:
                    opened |= {route.name} if answer.status_code == 200 and its is estate else set()
                    fine = its is estate or not PART.search(route.pattern) or answer.status_code in {403, 404}
                if leaked or not fine:
                    walk.wrong.append(f"hand {method} {route.pattern}: {answer.status_code} {leaked} {entries}")
        if route.door.crew is not None:
            _odd_forms(walk, "hand", route.to(estate), walk.send("hand", "GET", route.to(estate))[1])

    walk.held()
    assert opened >= {"mine", "part", "fix", "wallet", "ticket_photo", "own_pin", "pin"}, opened


def test_who_signed_in_opens_no_page_of_the_crew_not_even_of_their_own_business(walk):
    people, estate, _ = begin(walk, "in_review")
    secret = crew.open_link(Act(people["rosa"], clock.now()), employer=estate.employer)
    walk.last = max(Entry._base_manager.values_list("pk", flat=True))
    for who in ("rosa", "wes", "sam", "nobody"):
        walk.clients[who].get(f"/crew/open/{secret}/")
        for route in routes():
            if route.door.crew is Crew.WORKER:
                answer, text, entries = walk.send(who, "POST", route.to(estate))
                led = answer.status_code == 302 and answer.headers["Location"] == "/crew/"
                if not led or entries or told(text, estate):
                    walk.wrong.append(f"{who} {route.pattern}: {answer.status_code} {entries}")

    walk.held()


def _odd_forms(walk: Walk, who: str, address: str, page: str) -> None:
    fields = set(re.findall(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"", page)) - {"once"}
    walk.send(who, "POST", address)
    if not fields:
        return
    kept = dict(re.findall(r"<(?:input|button)\b[^>]*\bname=\"([^\"]+)\"[^>]*\bvalue=\"([^\"]*)\"", page))
    for odd in ODD:
        # A button's word picks the form on a page with several: it stays what it was.
        walk.send(who, "POST", address, {name: kept.get(name, odd) for name in fields})
    walk.send(who, "POST", address, dict.fromkeys(fields, ODD[1]))


@pytest.mark.parametrize(
    "odd", [each if each in {ODD[3], "\x00"} else pytest.param(each, marks=pytest.mark.slow) for each in ODD]
)
def test_no_page_breaks_at_odd_words_in_its_address(walk, odd):
    _, estate, _ = begin(walk, "in_review")
    asked = {"page": odd, "q": odd, "number": odd, "until": odd, "from": odd, "month": odd, "next": odd, "code": odd}
    for who in ("nobody", "rosa", "dev", "pat", "dana"):
        for route in routes():
            walk.send(who, "GET", route.to(estate), asked)

    walk.held()


def told(text: str, estate: Estate) -> list[str]:
    """The secrets of an estate that stand in a text."""
    return [secret for secret in estate.secrets if secret.lower() in text.lower()]


def test_a_leak_would_be_seen(walk):
    _, estate, _ = begin(walk, "in_review")

    seen = {
        secret
        for who, address in (
            ("rosa", f"/employer/{estate.employer.code}/details/"),
            ("rey", f"/partner/audits/{estate.audit.code}/"),
            ("rey", f"/partner/audits/{estate.audit.code}/elements/1/"),
            ("pat", "/partner/letters/"),
            ("pat", f"/partner/members/{estate.employer.code}/"),
            ("dana", f"/partner/certificates/{estate.certificate.number}/"),
        )
        for secret in told(walk.send(who, "GET", address)[1], estate)
    }

    assert {f"{estate.name} Legal", f"{estate.name} seen", f"{estate.name} letter", f"{estate.name} holder"} <= seen
