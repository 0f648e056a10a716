"""The description that is kept is the description that is true."""

import json

import pytest
from django.test import Client

from secor.api import urls
from secor.api.openapi import description
from secor.core.access import AccessScope
from tracked import ROOT


def described():
    return description(urls.offered, under="/api/")


def test_the_kept_description_is_the_one_that_is_served(db):
    kept = json.loads((ROOT / "docs/openapi.json").read_text())

    assert kept == described(), "run `make openapi`, and look at what changed for programs"
    assert Client().get("/api/v1/openapi.json").json() == kept


def test_every_address_for_programs_is_described():
    described_paths = described()["paths"]

    assert len(described_paths) == len(urls.offered)
    assert {each["get"]["operationId"] for each in described_paths.values()} == {each.name for each in urls.offered}


def test_every_answer_that_asks_for_a_token_says_so_and_no_other():
    for address, each in described()["paths"].items():
        public = address.startswith(("/api/v1/verify/", "/api/v1/certificates/"))
        assert ("security" in each["get"]) is not public, address
        assert ("401" in each["get"]["responses"]) is not public, address


@pytest.mark.parametrize("scope", AccessScope)
def test_every_scope_opens_something(scope):
    assert any(scope.value in each["get"].get("description", "") for each in described()["paths"].values())
