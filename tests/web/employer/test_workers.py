"""The pages about people: added, trained, given a PIN, ended; and another firm's worker is not there."""

from datetime import date, timedelta

import pytest

from cast import signed_in
from secor.store.models import Entry, Headcount, Ticket, Worker
from secor.store.scope import house
from secor.usecases import workers
from secor.usecases.act import Act
from secor.usecases.workers import About
from secor.web import clock
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
TODAY = date(2024, 9, 3)


def said(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def tia(stage):
    about = About("Tia Doe", works_as="Helper")
    return workers.add(Act(stage.rosa, clock.now()), employer=stage.roofing, about=about, began_on=date(2024, 1, 8))


@pytest.fixture
def here(stage, tia):
    return f"/employer/{stage.roofing.code}/workers/{tia.code}/"


def form(**more):
    return {"do": "add", "name": "Bo Lee", "language": "fr", "began_on": "2024-09-03", **more}


def test_an_empty_list_invites_and_somebody_new_is_led_to_their_tickets(rosa, at):
    assert "Nobody is on the list yet" in said(rosa.get(at("workers")))

    answer = rosa.post(at("workers"), form(works_as="Roofer", leads="on"), follow=True)

    made = Worker.objects.within(ALL).get()
    assert (made.name, made.language, made.leads, made.began_on) == ("Bo Lee", "fr", True, TODAY)
    assert answer.redirect_chain[-1][0] == f"{at('workers')}{made.code}/"
    assert "Bo Lee is on the list. Add their tickets next." in said(answer)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Write their name."),
        ({"name": "tia doe"}, "is on the list already"),
        ({"began_on": "2026-01-01"}, "Look at the year of the first day again."),
        ({"language": "tlh"}, "Choose one of the list."),
    ],
)
def test_a_slip_is_asked_again_and_nothing_is_kept(rosa, at, tia, wrong, words):
    answer = rosa.post(at("workers"), form(**wrong))

    assert answer.status_code == 422
    assert words in said(answer)
    assert Worker.objects.within(ALL).get() == tia


def test_an_empty_list_is_no_change_of_the_head_count(rosa, at):
    assert "on this list" not in said(rosa.get(at("workers")))


def test_the_list_and_the_head_count_are_told_apart(rosa, at, tia):
    assert "1 person is on this list, and your head-count says 6" in said(rosa.get(at("workers")))
    Headcount.objects.within(ALL).filter(employer=tia.employer).update(owners=1, full_time=0)
    assert "your head-count says" not in said(rosa.get(at("workers")))


@pytest.mark.parametrize(("number", "warned"), [(9, False), (10, True)])
def test_before_the_eleventh_worker_the_list_warns(rosa, stage, at, number, warned):
    for nth in range(number):
        Worker.objects.create(employer=stage.roofing, name=f"Hand {nth}", began_on=TODAY)

    assert ("and the certificate is for 10" in said(rosa.get(at("workers")))) is warned


def test_a_ticket_is_added_with_its_photo_and_taken_out_again(rosa, here, tia):
    given = {
        "do": "ticket",
        "training": "other",
        "title": "H2S Alive",
        "issued_on": "2024-01-08",
        "expires_on": "2024-09-03",
    }

    answer = rosa.post(here, {**given, "upload": sent(photo())}, follow=True)

    row = Ticket.objects.within(ALL).get()
    assert "Last day today" in said(answer)
    picture = rosa.get(f"{here}tickets/{row.code}/")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/jpeg")
    answer = rosa.post(here, {"do": "remove", "ticket": row.code}, follow=True)
    assert "Taken out: H2S Alive." in said(answer)
    assert rosa.get(f"{here}tickets/{row.code}/").status_code == 404
    assert tia.tickets.count() == 1, "it stays on file"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Write what it says."),
        ({"issued_on": "2024-09-04"}, "The day of issue is not a day to come."),
        ({"expires_on": "2024-01-07"}, "The last day is not before the day of issue."),
        ({"training": "diving"}, "Choose one of the list."),
        ({"upload": sent(b"no picture")}, "Only photos"),
    ],
)
def test_a_ticket_with_a_slip_is_asked_again(rosa, here, wrong, words):
    given = {"do": "ticket", "training": "other", "title": "H2S", "issued_on": "2024-01-08", **wrong}
    answer = rosa.post(here, given)

    assert answer.status_code == 422
    assert words in said(answer)
    assert not Ticket.objects.within(ALL).exists()


def test_a_first_pin_is_shown_once_and_kept_nowhere(rosa, here, tia):
    answer = rosa.post(here, {"do": "pin"})
    assert answer.headers["Location"] == f"{here}#pin"
    shown = said(rosa.get(here))

    assert "shown only now" in shown
    pin = "".join(sign for sign in shown.split('class="big-code">')[1].split("<")[0] if sign.isdigit())
    assert len(pin) == 6
    assert pin not in Worker.objects.within(ALL).get(pk=tia.pk).pin
    assert "shown only now" not in said(rosa.get(here))


def test_the_crews_link_is_shown_once(rosa, stage):
    address = f"/employer/{stage.roofing.code}/workers/link/"
    assert "There is no link yet." in said(rosa.get(address))
    rosa.post(address, {"do": "open"})

    first = said(rosa.get(address))
    assert "/crew/open/" in first
    assert "<svg" in first
    second = said(rosa.get(address))
    assert "/crew/open/" not in second
    assert "A link is in use since" in second
    rosa.post(address, {"do": "close"})
    assert "There is no link yet." in said(rosa.get(address))


def test_what_was_made_is_shown_to_nobody_else(rosa, client, stage, here):
    rosa.post(here, {"do": "pin"})
    cookie = rosa.cookies["shown"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (here, True, "Strict")
    assert 0 < int(cookie["max-age"]) <= 60


def test_a_worker_leaves_and_stays_in_the_list_of_those_who_left(rosa, at, here, tia):
    rosa.post(here, {"do": "end", "on": "2024-09-02"})
    page = said(rosa.get(at("workers")))
    assert "Have left" in page
    assert "Last day September 2, 2024" in page

    rosa.post(here, {"do": "back"})
    assert "Have left" not in said(rosa.get(at("workers")))
    assert Entry.objects.within(ALL).filter(act__in=["worker.ended", "worker.back"]).count() == 2
    assert tia.pk


@pytest.mark.parametrize("page", ["", "wallet/"])
def test_another_firms_worker_is_not_there(client, stage, page, tia):
    stan = workers.add(Act(stage.sam, clock.now()), employer=stage.siding, about=About("Stan"))
    rosa = signed_in(client, stage.rosa)

    for address in (
        f"/employer/{stage.roofing.code}/workers/{stan.code}/",
        f"/employer/{stage.siding.code}/workers/{stan.code}/",
    ):
        for answer in (rosa.get(address + page), rosa.post(address + page, {"do": "pin"})):
            assert answer.status_code in {404, 405}
            assert "Stan" not in said(answer)
    assert rosa.get(f"/employer/{stage.siding.code}/workers/{tia.code}/").status_code == 404


def test_a_self_assessor_looks_and_changes_nothing(client, stage, here):
    sol = signed_in(client, stage.sol)

    page = said(sol.get(here))
    assert "Tia Doe" in page
    assert "Give a first PIN" not in page
    for do in ("pin", "change", "end", "ticket", "open_wallet", "not_needed", "remove"):
        assert sol.post(here, {"do": do}).status_code == 403


def test_a_worker_with_an_account_sees_their_own_wallet_and_nobody_elses(client, stage, here, tia):
    workers.change(Act(stage.rosa, clock.now()), worker=tia, about=About("Tia Doe", person=stage.wes))
    bo = workers.add(Act(stage.rosa, clock.now()), employer=stage.roofing, about=About("Bo"))
    wes = signed_in(client, stage.wes)

    assert "Show my tickets" in said(wes.get(f"/employer/{stage.roofing.code}/"))
    assert "Tia Doe" in said(wes.get(f"{here}wallet/"))
    assert wes.get(f"/employer/{stage.roofing.code}/workers/{bo.code}/wallet/").status_code == 403
    assert wes.get(here).status_code == 403


def test_what_they_signed_is_on_their_page_as_far_as_one_may_read_it(client, stage, here, tia):
    from cards import card
    from secor.usecases import records

    act = Act(stage.rosa, clock.now())
    filled = card(on=TODAY - timedelta(days=1), task="Shingles", crew=(("Tia Doe", tia.code),))
    records.keep(act, employer=stage.roofing, sent=filled)
    page = said(signed_in(client, stage.sol).get(here))

    assert "<dt>records signed</dt><dd>1</dd>" in page
    assert f"/records/{filled['uid']}/" in page


def test_the_menu_has_at_most_nine_entries_and_the_rest_stands_under_business(rosa, at):
    from secor.web.employer.desk import PAGES, UNDER

    assert len(PAGES) <= 9
    page = said(rosa.get(at("details")))
    assert all(at(name) in page for name in UNDER)
