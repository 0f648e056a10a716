"""What a phone is given to work with for a week."""

from datetime import date

import pytest
from django.test import Client

from cards import act_of, worker_of
from cast import cast, signed_in
from secor.store.models import Program

pytestmark = pytest.mark.django_db


def kit(there, who="rosa"):
    told = signed_in(Client(), getattr(there, who)).get("/field/kits.json").json()
    return next(each for each in told["kits"] if each["code"] == there.roofing.code)


def keys(there):
    return [each["key"] for each in kit(there)["forms"]]


@pytest.mark.parametrize(("conditions", "there_too"), [([], True), (["workers"], False), (["workers", "alone"], True)])
def test_a_form_for_work_that_nobody_does_is_not_in_the_way(conditions, there_too):
    there = cast()
    at = act_of(there.rosa).at
    Program.objects.create(
        employer=there.roofing, trade="roofing", begun_on=date(2026, 6, 1), changed_at=at, conditions=conditions
    )

    assert ("check-in" in keys(there)) is there_too
    assert keys(there)[0] == "site-hazard-card"


def test_a_kit_names_the_crew_by_code_and_language_and_nobody_of_elsewhere():
    there = cast()
    worker_of(there.roofing, "Wes Ames")
    worker_of(there.siding, "Somebody Else")

    assert [each["name"] for each in kit(there)["workers"]] == ["Wes Ames"]
    assert "Somebody Else" not in str(kit(there))
