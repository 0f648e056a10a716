"""A worker without an account tells, with a PIN, how they put right what was given to them; and sees nothing else."""

from datetime import date

import pytest

from cards import act_of
from cast import cast
from secor.store.models import CorrectiveAction, Entry
from secor.store.scope import house
from secor.usecases import actions, crew, pins, workers
from secor.usecases.actions import Wanted
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
PIN = "402917"


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: act_of(None).at)
    return cast()


@pytest.fixture
def tia(there):
    about = workers.About("Tia Doe")
    made = workers.add(act_of(there.rosa), employer=there.roofing, about=about, began_on=date(2026, 1, 5))
    return pins.put(act_of(there.rosa), worker=made, pin=PIN)


@pytest.fixture
def phone(client, there, tia):
    client.get(f"/crew/open/{crew.open_link(act_of(there.rosa), employer=there.roofing)}/")
    assert client.post(f"/crew/in/{tia.code}/", {"pin": PIN}).headers["Location"] == "/crew/mine/"
    return client


def given(there, what, worker=None):
    wanted = Wanted(what, worker, act_of(None).on)
    return actions.add(act_of(there.rosa), employer=there.roofing, wanted=wanted)


def test_she_sees_what_is_hers_and_tells_how_she_did_it(phone, there, tia):
    mine = given(there, "Mend the ladder", tia)
    given(there, "Mend the gate")
    said = phone.get("/crew/mine/").content.decode()
    assert "Mend the ladder" in said
    assert "Mend the gate" not in said

    here = f"/crew/fix/{mine.code}/"
    assert "By <time" in phone.get(here).content.decode()
    assert phone.post(here, {"do": "finish", "how": ""}).status_code == 422
    answer = phone.post(here, {"do": "finish", "how": "New rung", "upload": sent(photo())})
    assert answer.headers["Location"] == "/crew/mine/"
    row = CorrectiveAction.objects.within(ALL).get(pk=mine.pk)
    assert (row.done_how, row.done_by, row.done_worker, row.proof.kind) == ("New rung", None, tia, "image/jpeg")
    assert Entry.objects.within(ALL).get(act="action.finished").hand == f"worker:{tia.code}"
    assert phone.get(here).status_code == 404
    assert "Mend the ladder" not in phone.get("/crew/mine/").content.decode()


@pytest.mark.parametrize("whose", ["nobody", "kim", "sid"])
def test_what_was_not_given_to_her_is_not_there(phone, there, whose):
    firm, boss = (there.siding, there.sam) if whose == "sid" else (there.roofing, there.rosa)
    other = None
    if whose != "nobody":
        about = workers.About(whose)
        other = workers.add(act_of(boss), employer=firm, about=about, began_on=date(2026, 1, 5))
    row = actions.add(act_of(boss), employer=firm, wanted=Wanted("Mend the gate", other))
    for answer in (
        phone.get(f"/crew/fix/{row.code}/"),
        phone.post(f"/crew/fix/{row.code}/", {"do": "finish", "how": "x"}),
    ):
        assert answer.status_code == 404
    assert CorrectiveAction.objects.within(ALL).get().done_on is None
