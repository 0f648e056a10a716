"""Every answer that asks for a token: who opens it, with what, and that nobody else does."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from addresses import routes
from cast import signed_in
from estates import Estate, estates
from secor.core.access import AccessScope
from secor.queries import people
from secor.store.models import AccessToken, Person, Role
from secor.usecases import access
from secor.usecases.act import Act
from secor.web import clock, programs

pytestmark = pytest.mark.django_db
ALL = tuple(AccessScope)


@pytest.fixture(autouse=True)
def _counted_from_nothing():
    cache.clear()


def token(person: Person, *, scopes=ALL, role: Role | None = None) -> str:
    act = Act(person, clock.now())
    held = role or people.roles_of(person, on=act.on)[0]
    return access.make(act, role=held, name="Program", scopes=scopes, until_on=act.on + timedelta(days=30))


def ask(secret: str, address: str, method: str = "get", **asked: str):
    return getattr(Client(), method)(address, asked, headers={"Authorization": f"Bearer {secret}"})


def asked_with_token():
    return [route for route in routes() if route.door.token]


def test_without_a_token_and_with_a_session_nobody_comes_in():
    there, estate, _ = estates("open")
    inside = signed_in(Client(), there.rosa, second_factor=True)

    for route in asked_with_token():
        for client in (Client(), inside):
            answer = client.get(route.to(estate))
            assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), route.pattern
            assert answer.json()["detail"].startswith("Show a token")

    assert len(asked_with_token()) >= 9


def test_a_token_opens_no_page(client):
    there, estate, _ = estates("open")
    secret = token(there.rosa)

    for route in routes():
        if not route.door.token and not route.door.public and route.door.crew is None:
            assert ask(secret, route.to(estate)).status_code in {302, 405}, route.pattern


def test_each_scope_opens_what_it_names_and_nothing_else():
    there, estate, _ = estates("open")
    holders = {"pat": there.pat, "rosa": there.rosa, "dev": there.dev}
    for scope in ALL:
        for person in holders.values():
            secret = token(person, scopes=[scope])
            for route in asked_with_token():
                answer = ask(secret, route.to(estate))
                fits = route.door.access in {None, scope}
                may = not route.door.roles or person.roles.first().kind in route.door.roles
                assert answer.status_code == (200 if fits and may else 403), (person, scope, route.pattern)


def test_strangers_reach_nothing_of_another_business():
    there, *both = estates("in_review")
    tried = 0
    for person in there.people.values():
        for role in people.roles_of(person, on=clock.day_of(clock.now())):
            secret = token(person, role=role)
            for estate in both:
                if person.name.lower() not in estate.people:
                    tried += _nothing_of(secret, estate)

    assert tried > 100


def _nothing_of(secret: str, estate: Estate) -> int:
    for route in asked_with_token():
        answer = ask(secret, route.to(estate))
        text = answer.content.decode()
        assert not [each for each in estate.secrets if each in text], route.pattern
        assert answer.status_code in {403, 404} or not route.addressed, route.pattern
    return len(asked_with_token())


def test_an_owner_is_told_of_the_business_its_audit_its_certificate_and_its_records():
    there, estate, _ = estates("in_review")
    secret, code = token(there.rosa), estate.employer.code

    assert [each["code"] for each in ask(secret, "/api/v1/employers").json()] == [code]
    assert ask(secret, f"/api/v1/employers/{code}").json()["certifying_partner"] == "asc"
    assert ask(secret, f"/api/v1/employers/{code}/next").json()["turn"] in {"yours", "partner", "auditor"}
    (audit,) = ask(secret, "/api/v1/audits").json()
    assert (audit["code"], audit["stage"], audit["passed"]) == (estate.audit.code, "in_review", None)
    assert ask(secret, f"/api/v1/audits/{estate.audit.code}").json() == audit
    (held,) = ask(secret, f"/api/v1/employers/{code}/certificates").json()
    assert held["number"] == estate.certificate.number
    assert str(estate.record.uid) in {each["uid"] for each in ask(secret, f"/api/v1/employers/{code}/records").json()}


def test_a_partner_is_told_of_its_members_and_not_of_their_records():
    there, estate, _ = estates("in_review")
    secret = token(there.pat)

    assert [each["code"] for each in ask(secret, "/api/v1/employers").json()] == [estate.employer.code]
    assert [each["code"] for each in ask(secret, "/api/v1/audits").json()] == [estate.audit.code]
    assert estate.certificate.number in {each["number"] for each in ask(secret, "/api/v1/certificates").json()}
    assert ask(secret, f"/api/v1/employers/{estate.employer.code}/records").status_code == 403


def test_an_auditor_is_told_of_the_audits_given_and_of_no_business():
    there, estate, _ = estates("open")
    secret = token(there.dev, role=there.dev.roles.get(partner=there.asc))

    assert [each["code"] for each in ask(secret, "/api/v1/audits").json()] == [estate.audit.code]
    assert ask(secret, "/api/v1/employers").status_code == 403


def test_a_program_that_asks_too_often_is_told_when_to_go_on(monkeypatch):
    there, _, _ = estates("open")
    monkeypatch.setattr(programs, "MOST_IN_A_MINUTE", 2)
    moment = clock.now().replace(second=50)
    monkeypatch.setattr(clock, "now", lambda: moment)
    secret, other = token(there.rosa), token(there.sam)

    answers = [ask(secret, "/api/v1/me") for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "10"
    assert ask(other, "/api/v1/me").status_code == 200


def test_a_token_tells_what_it_is_and_not_its_secret():
    there, estate, _ = estates("open")
    secret = token(there.rosa, scopes=[AccessScope.AUDITS])

    told = ask(secret, "/api/v1/me")

    assert told.json()["scopes"] == ["audits:read"]
    assert told.json()["employer"] == estate.employer.code
    assert secret not in told.content.decode()
    assert told.headers["Cache-Control"] == "private, no-store"
    assert AccessToken.objects.get().used_on == clock.day_of(clock.now())


@pytest.mark.parametrize("page", ["0", "-1", "201", "x", "", "1.5", "½", "9" * 30, "٣"])
def test_a_page_that_is_no_page_is_refused_in_words(page):
    there, _, _ = estates("open")

    answer = ask(token(there.pat), "/api/v1/audits", page=page)

    assert answer.status_code == 400
    assert "whole number from 1 to 200" in answer.json()["detail"]


def test_a_sign_that_no_name_has_finds_nothing_and_too_many_are_refused():
    there, _, _ = estates("open")

    assert ask(token(there.pat), "/api/v1/certificates", q="zzz\x00").json() == []
    assert ask(token(there.pat), "/api/v1/employers", q="a" * 101).status_code == 400


def test_a_long_list_tells_where_it_goes_on(monkeypatch):
    there, estate, _ = estates("in_review")
    monkeypatch.setattr("secor.queries.audits.page_of.__kwdefaults__", {"size": 1})
    _second_audit(estate)
    secret = token(there.pat)

    first = ask(secret, "/api/v1/audits")
    second = ask(secret, "/api/v1/audits", page="2")

    assert first.headers["Link"].endswith('/api/v1/audits?page=2>; rel="next"')
    assert second.headers["Link"].endswith('/api/v1/audits?page=1>; rel="prev"')
    assert len({each["code"] for each in first.json() + second.json()}) == 2


def _second_audit(estate: Estate) -> None:
    row = estate.audit
    row.pk, row.code, row.stage = None, "another", "withdrawn"
    row.save()


def test_nothing_can_be_written_with_a_token():
    there, estate, _ = estates("open")
    secret = token(there.rosa)
    strict = Client(enforce_csrf_checks=True)

    for route in asked_with_token():
        for method in ("post", "put", "delete", "patch"):
            answer = getattr(strict, method)(route.to(estate), headers={"Authorization": f"Bearer {secret}"})
            assert answer.status_code == 405, route.pattern


def test_what_is_told_is_json_with_days_as_days():
    there, _, _ = estates("open")

    (told,) = json.loads(ask(token(there.rosa), "/api/v1/employers").content)

    assert told["joined_on"] == "2024-01-08"
