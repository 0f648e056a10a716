"""What a phone is given to work with for a week."""

from datetime import date

import pytest
from django.test import Client

from cards import act_of, card, worker_of
from cast import cast, signed_in
from secor.store.models import Program
from secor.usecases import records

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


def test_a_record_is_given_for_its_correction_to_those_who_may_read_it_and_once():
    there = cast()
    mine = signed_in(Client(), there.rosa)
    sent = card()
    receipt = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)
    address = f"/field/records/{there.roofing.code}/{receipt.uid}/"

    told = mine.get(address).json()
    assert (told["form"], told["on"]) == ("site-hazard-card", "2026-06-03")
    assert told["values"]["task"] == sent["values"]["task"]
    assert signed_in(Client(), there.sam).get(address).status_code == 404
    elsewhere = f"/field/records/{there.siding.code}/{receipt.uid}/"
    assert signed_in(Client(), there.sam).get(elsewhere).status_code == 404

    records.keep(act_of(there.wes), employer=there.roofing, sent=card(corrects=receipt.uid))
    assert mine.get(address).status_code == 404


def test_a_first_aid_record_is_given_for_its_correction_to_nobody_who_may_not_read_it():
    there = cast()
    sent = card(form="first-aid-record")
    receipt = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)

    address = f"/field/records/{there.roofing.code}/{receipt.uid}/"
    for who in (there.rosa, there.sol):
        assert signed_in(Client(), who).get(address).status_code == 404


def test_two_people_on_one_phone_are_told_apart_by_nothing_that_says_who_they_are():
    there = cast()
    told = [signed_in(Client(), each).get("/field/kits.json").json() for each in (there.rosa, there.wes)]

    assert told[0]["me"] != told[1]["me"]
    assert "person" not in told[0]
