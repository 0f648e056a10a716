"""The forms of a business on its desk: changed without a script, put back, and kept from who is no owner."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cast import signed_in
from secor.queries import library
from secor.queries.records import forms_in_use
from uploads import sent
from workbooks import workbook

pytestmark = pytest.mark.django_db
KEY = "toolbox-talk"


@pytest.fixture
def address(stage):
    return reverse("employer:own_form", args=[stage.roofing.code, KEY])


def filled(client, address, **more):
    """What the page would send as it stands, with some boxes changed; None leaves a box out."""
    page = client.get(address).content.decode()
    whole = re.search(r'<form class="form".*?</form>', page, re.DOTALL)[0]
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*? value="([^"]*)"', whole))
    fields |= {
        name: text.strip()
        for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', whole, re.DOTALL)
    }
    for ticked in re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", whole):
        name = re.search(r'name="([^"]+)"', ticked)[1]
        fields.pop(name, None)
        fields |= {name: "on"} if "checked" in ticked else {}
    fields |= {"add_kind": "text"}
    return {name: value for name, value in (fields | more).items() if value is not None}


def test_sending_the_page_as_it_stands_changes_nothing(rosa, stage, address):
    rosa.post(address, filled(rosa, address))

    assert not forms_in_use(stage.roofing)[KEY].own


def test_an_owner_changes_words_order_and_questions(rosa, stage, address):
    first, second, third = library.forms()[KEY].fields[:3]
    change = {f"{first.key}-label": "What about?", f"{second.key}-out": "on", f"{third.key}-place": "1"}
    change |= {"title": "Tailgate talk", "add_label": "Weather", "add_kind": "choice", "add_lines": "Dry\n\nWet\n"}
    answer = rosa.post(address, filled(rosa, address, **change), follow=True)

    form = forms_in_use(stage.roofing)[KEY].form
    assert "Kept. New records" in answer.content.decode()
    assert form.title == "Tailgate talk"
    assert form.field(first.key).label == "What about?"
    assert form.field(second.key) is None
    assert [choice.label for choice in form.fields[-1].choices] == ["Dry", "Wet"]
    assert {form.fields[0].key, form.fields[1].key} == {first.key, third.key}
    back = rosa.post(address, {"do": "back"}, follow=True).content.decode()
    assert "Our form is in use again" in back
    assert not forms_in_use(stage.roofing)[KEY].own


def test_what_is_missing_is_told_at_its_place(rosa, stage, address):
    first = library.forms()[KEY].fields[0]
    answer = rosa.post(
        address, filled(rosa, address, **{f"{first.key}-label": "", "add_label": "Wind", "add_kind": "choice"})
    )

    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Write the question." in words
    assert "Write at least one line to choose." in words
    assert not forms_in_use(stage.roofing)[KEY].own


def test_a_page_that_was_opened_before_another_change_is_stale(rosa, stage, address):
    early = filled(rosa, address, title="Mine")
    rosa.post(address, filled(rosa, address, title="Theirs"))
    answer = rosa.post(address, early)

    assert answer.status_code == 422
    assert "Somebody changed this form" in answer.content.decode()
    assert forms_in_use(stage.roofing)[KEY].form.title == "Theirs"


@pytest.mark.parametrize(("who", "status"), [("sol", 403), ("wes", 403), ("sam", 404), ("dev", 403)])
def test_only_the_owner_comes_here(stage, address, who, status):
    client = signed_in(Client(), getattr(stage, who))

    assert client.get(address).status_code == status
    assert client.post(address, {"do": "back"}).status_code == status


def test_a_form_leaves_as_an_xlsform_and_comes_back_with_what_was_left_out(rosa, stage):
    out = rosa.get(reverse("employer:own_form_xlsform", args=[stage.roofing.code, KEY]))
    assert out.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "toolbox-talk.xlsx" in out.headers["Content-Disposition"]
    survey = (("type", "name", "label"), ("text", "crane", "Which crane?"), ("geopoint", "at", "<b>Where?</b>"))
    bring = reverse("employer:own_form_bring", args=[stage.roofing.code])
    told = rosa.post(
        bring, {"do": "bring", "stands_for": "", "upload": sent(workbook(survey), "crane.xlsx")}, follow=True
    )

    words = told.content.decode()
    assert "is in use, with 1 questions" not in words
    assert "Left out, because it has no place here: “&lt;b&gt;Where?&lt;/b&gt;”" in words
    assert rosa.post(bring, {"do": "bring", "upload": sent(b"", "a.xlsx")}).status_code == 422


def test_a_self_assessor_takes_a_form_and_brings_none(stage):
    sol = signed_in(Client(), stage.sol)

    assert sol.get(reverse("employer:own_form_xlsform", args=[stage.roofing.code, KEY])).status_code == 200
    assert sol.get(reverse("employer:own_form_bring", args=[stage.roofing.code])).status_code == 403
