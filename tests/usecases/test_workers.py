"""Workers are added, changed and ended by an owner; whoever left stays in the records."""

from datetime import date, timedelta

import pytest

from cast import cast
from programs import NOON, act_of, worker
from secor.queries.tickets import owner_of_wallet
from secor.queries.workers import accounts_for, coming, left, working
from secor.store.models import CrewLink, Entry, Worker
from secor.store.scope import house
from secor.usecases import crew, owner, workers
from secor.usecases.workers import About

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
TODAY = NOON.date()


@pytest.fixture
def there():
    return cast()


def added(there, name="Tia", **more) -> Worker:
    began_on = more.pop("began_on", None)
    return workers.add(act_of(there.rosa), employer=there.roofing, about=About(name, **more), began_on=began_on)


def names(rows):
    return [row.name for row in rows]


def test_a_worker_needs_a_name_and_nothing_else(there):
    tia = added(there, "  Tia   Doe ", works_as="Roofer", language="fr", leads=True)

    assert (tia.name, tia.works_as, tia.language, tia.leads, tia.began_on) == ("Tia Doe", "Roofer", "fr", True, TODAY)
    (entry,) = Entry.objects.within(ALL).all()
    assert (entry.act, entry.subject) == ("worker.added", tia.code)
    assert "Tia" not in str(entry.detail)


@pytest.mark.parametrize(
    ("about", "refusal"),
    [
        (About(" "), workers.Nameless),
        (About("\0"), workers.Nameless),
        (About("x" * 121), workers.Nameless),
        (About("tia"), workers.Twice),
        (About("Bo", language="tlh"), workers.NoSuchLanguage),
    ],
)
def test_what_cannot_be_is_refused(there, about, refusal):
    added(there)
    with pytest.raises(refusal):
        workers.add(act_of(there.rosa), employer=there.roofing, about=about)
    assert Worker.objects.within(ALL).count() == 1


def test_a_name_of_120_signs_is_kept(there):
    assert len(added(there, "x" * 120).name) == 120


def test_only_an_owner_of_the_business_changes_the_list(there):
    tia = added(there)
    for person in (there.wes, there.sol, there.sam, None):
        act = act_of(person)
        for refused in (
            lambda act=act: workers.add(act, employer=there.roofing, about=About("Bo")),
            lambda act=act: workers.change(act, worker=tia, about=About("Bo")),
            lambda act=act: workers.end(act, worker=tia, on=TODAY),
            lambda act=act: workers.need(act, worker=tia, training="fall", needed=False),
            lambda act=act: workers.open_wallet(act, worker=tia),
            lambda act=act: workers.close_wallet(act, worker=tia),
            lambda act=act: crew.open_link(act, employer=there.roofing),
            lambda act=act: crew.close_link(act, employer=there.roofing),
        ):
            with pytest.raises(owner.NotOwner):
                refused()


def test_an_account_is_one_workers_and_one_of_the_business(there):
    wes = added(there, "Wes", person=there.wes)
    for person in (there.wes, there.sam, there.vic):
        with pytest.raises(workers.NotOneOfYours):
            added(there, "Bo", person=person)

    assert workers.change(act_of(there.rosa), worker=wes, about=About("Wes Doe", person=there.wes)).name == "Wes Doe"
    assert there.wes not in accounts_for(there.roofing, on=TODAY)
    assert there.wes in accounts_for(there.roofing, on=TODAY, worker=wes)


def test_a_change_that_changes_nothing_is_no_act(there):
    tia = added(there)
    workers.change(act_of(there.rosa), worker=tia, about=About("Tia"))
    assert not Entry.objects.within(ALL).filter(act="worker.changed").exists()
    workers.change(act_of(there.rosa), worker=tia, about=About("Tia Doe"))
    assert Entry.objects.within(ALL).get(act="worker.changed").detail == {"what": ["name"]}


def test_the_last_day_counts_and_the_row_stays(there):
    tia = added(there)
    workers.end(act_of(there.rosa), worker=tia, on=TODAY)

    assert names(working(there.roofing, on=TODAY)) == ["Tia"]
    assert names(working(there.roofing, on=TODAY + timedelta(days=1))) == []
    assert names(left(there.roofing, on=TODAY)) == []
    assert names(left(there.roofing, on=TODAY + timedelta(days=1))) == ["Tia"]
    workers.end(act_of(there.rosa, days=2), worker=tia, on=None)
    assert names(working(there.roofing, on=TODAY + timedelta(days=2))) == ["Tia"]


@pytest.mark.parametrize(("on", "fine"), [(-1, False), (0, True), (365, True), (366, False)])
def test_a_last_day_is_not_before_the_first_and_at_most_a_year_ahead(there, on, fine):
    tia = added(there)
    day = TODAY + timedelta(days=on)
    if fine:
        assert workers.end(act_of(there.rosa), worker=tia, on=day).ended_on == day
    else:
        with pytest.raises(workers.WrongDay):
            workers.end(act_of(there.rosa), worker=tia, on=day)


def test_somebody_who_begins_tomorrow_is_coming(there):
    added(there, began_on=TODAY + timedelta(days=1))

    assert names(coming(there.roofing, on=TODAY)) == ["Tia"]
    assert names(working(there.roofing, on=TODAY)) == []
    assert names(working(there.roofing, on=TODAY + timedelta(days=1))) == ["Tia"]


def test_a_new_code_makes_the_old_wallet_dead(there):
    tia = added(there)
    first = workers.open_wallet(act_of(there.rosa), worker=tia).wallet
    second = workers.open_wallet(act_of(there.rosa), worker=tia).wallet

    assert owner_of_wallet(first, on=TODAY) is None
    assert owner_of_wallet(second, on=TODAY) == tia
    assert first not in str(list(Entry.objects.within(ALL).values_list("subject", "detail")))
    workers.close_wallet(act_of(there.rosa), worker=tia)
    assert owner_of_wallet(second, on=TODAY) is None
    assert owner_of_wallet("", on=TODAY) is None


def test_a_wallet_is_shown_on_the_last_day_and_not_after(there):
    tia = added(there)
    code = workers.open_wallet(act_of(there.rosa), worker=tia).wallet
    workers.end(act_of(there.rosa), worker=tia, on=TODAY)

    assert owner_of_wallet(code, on=TODAY) == tia
    assert owner_of_wallet(code, on=TODAY + timedelta(days=1)) is None


def test_a_new_crew_link_takes_the_place_of_the_one_before(there):
    from secor.queries.crew import crew_of, link_of, opened_by

    worker(there.roofing, "Tia")
    worker(there.siding, "Stan")
    first = crew.open_link(act_of(there.rosa), employer=there.roofing)
    old = opened_by(first)
    second = crew.open_link(act_of(there.rosa), employer=there.roofing)

    assert opened_by(first) is None
    assert crew_of(old.pk, on=TODAY) is None, "whoever came in by the old one is out"
    now = opened_by(second)
    assert now == link_of(there.roofing)
    assert names(crew_of(now.pk, on=TODAY).workers) == ["Tia"]
    assert second not in str(list(CrewLink.objects.within(ALL).values_list("secret_digest")))
    crew.close_link(act_of(there.rosa), employer=there.roofing)
    assert opened_by(second) is None
    assert crew_of(now.pk, on=TODAY) is None
    acts = list(Entry.objects.within(ALL).filter(act__startswith="crew.").values_list("act", flat=True))
    assert acts == ["crew.opened", "crew.opened", "crew.closed"]
    crew.close_link(act_of(there.rosa), employer=there.roofing)
    assert Entry.objects.within(ALL).filter(act="crew.closed").count() == 1


@pytest.mark.parametrize("began", [date(1966, 6, 2), date(2027, 6, 4)])
def test_a_first_day_that_must_be_a_slip_is_asked_again(there, began):
    with pytest.raises(workers.WrongDay):
        added(there, began_on=began)
