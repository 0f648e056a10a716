"""Whatever is asked, the answer is one that the description names, and has the form it gives."""

from __future__ import annotations

import random
import re
import time
from datetime import date, datetime, timedelta
from urllib.parse import quote
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from estates import estates
from secor.api import urls
from secor.api.openapi import description
from secor.core.access import AccessScope
from secor.queries import people
from secor.usecases import access
from secor.usecases.act import Act
from secor.web import clock, programs

pytestmark = pytest.mark.django_db
DESCRIBED = description(urls.offered, under="/api/")
KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat, "uuid": UUID}
SIGNS = "aZ09-_.~%/?&#+ \t\x00\x7f½é\u202e\U0001f600'\"<>;:*"


def wrong(value: object, schema: dict[str, object], place: str = "answer") -> list[str]:
    """Where a value is not of the form that its schema gives."""
    if "$ref" in schema:
        schema = DESCRIBED["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if type(value) not in {KINDS[kind] for kind in kinds}:
        return [f"{place} is {value!r}, not {kinds}"]
    if isinstance(value, list):
        return [each for nth, item in enumerate(value) for each in wrong(item, schema["items"], f"{place}.{nth}")]
    if isinstance(value, dict):
        known = schema["properties"]
        odd = [f"{place}.{name} is missing or not described" for name in {*known} ^ {*value}]
        return odd + [each for name in {*known} & {*value} for each in wrong(value[name], known[name], name)]
    if isinstance(value, str) and "format" in schema:
        FORMATS[schema["format"]](value)
    return []


def test_a_form_that_is_not_the_described_one_is_noticed():
    word = {"$ref": "#/components/schemas/WordTold"}
    good = {"number": "1", "word": "valid", "as_of": "2026-05-17", "confirmed": True}

    assert wrong(good, word) == []
    assert wrong(good | {"as_of": None}, word)
    assert wrong(good | {"more": 1}, word)
    assert wrong({"number": "1", "word": "valid"}, word)
    with pytest.raises(ValueError, match="isoformat"):
        wrong(good | {"as_of": "yesterday"}, word)


@pytest.mark.parametrize("cases", [400, pytest.param(50_000, marks=pytest.mark.slow)])
def test_no_answer_breaks_and_each_is_described_whatever_is_asked(cases, monkeypatch):
    monkeypatch.setattr(programs, "MOST_IN_A_MINUTE", 10**9)
    cache.clear()
    there, estate, _ = estates("in_review")
    tokens = [_token(there.rosa), _token(there.pat), _token(there.dev), "secor_nothing", "½", ""]
    known = [estate.employer.code, estate.audit.code, estate.certificate.number, "1", "2", "200"]
    chance = random.Random(seed := time.time_ns())
    seen = set()
    for _ in range(cases):
        address = chance.choice([*DESCRIBED["paths"]])
        operation = DESCRIBED["paths"][address]["get"]
        asked = {each["name"]: _odd(chance, known) for each in operation["parameters"] if chance.random() < 0.7}
        path = re.sub(r"\{\w+\}", _part(chance, known, address).replace("\\", "%5C"), address)
        secret = chance.choice(tokens)
        headers = {"Authorization": f"Bearer {secret}".encode().decode("latin-1")} if secret else {}
        answer = Client(raise_request_exception=False).get(path, asked, headers=headers)
        told = operation["responses"].get(str(answer.status_code))
        place = f"{path} {asked} {secret} -> {answer.status_code} (seed {seed})"
        assert told is not None, place
        kind, form = next(iter(told["content"].items()))
        assert answer.headers["Content-Type"] == kind, place
        assert wrong(answer.json(), form["schema"]) == [], place
        seen.add(answer.status_code)

    assert seen >= {200, 400, 401, 403, 404}


def _token(person) -> str:
    act = Act(person, clock.now())
    role = people.roles_of(person, on=act.on)[0]
    return access.make(act, role=role, name="Odd", scopes=tuple(AccessScope), until_on=act.on + timedelta(days=1))


def _odd(chance: random.Random, known: list[str]) -> str:
    if chance.random() < 0.4:
        return chance.choice(known)
    return "".join(chance.choices(SIGNS, k=chance.choice((0, 1, 3, 20, 150))))


def _part(chance: random.Random, known: list[str], address: str) -> str:
    """A part of an address that leads to this answer and to no other: a code is never empty, and holds no stroke."""
    odd = _odd(chance, known)
    if "number" in address:  # a number is whatever somebody typed
        return quote(odd or "0", safe="/")
    return quote(odd if re.fullmatch(r"[-\w]+", odd, re.ASCII) else chance.choice(known), safe="")
