"""A worker's PIN: five tries, then a quarter of an hour; handed out for once, or chosen."""

from datetime import date, timedelta

import pytest

from cast import cast
from programs import NOON, act_of, worker
from secor.store.models import Entry, Worker
from secor.store.scope import house
from secor.usecases import owner, pins
from secor.usecases.act import Act
from secor.usecases.pins import Answer
from together import at_once

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
PIN, OTHER = "402917", "402918"


@pytest.fixture
def there():
    return cast()


@pytest.fixture
def tia(there):
    made = worker(there.roofing, "Tia")
    pins.put(act_of(there.rosa), worker=made, pin=PIN)
    return made


def tried(tia, pin, *, after=timedelta()):
    return pins.check(Act(None, NOON + after), worker=tia, pin=pin)


def of(worker) -> Act:
    return Act(None, NOON, worker=worker.code)


def test_four_wrong_tries_leave_one_and_the_right_one_begins_anew(tia):
    assert [tried(tia, OTHER).left for _ in range(4)] == [4, 3, 2, 1]
    assert tried(tia, PIN).answer is Answer.RIGHT
    assert tried(tia, OTHER).left == 4, "the right one takes the wrong ones back"


def test_the_fifth_wrong_try_waits_fifteen_minutes_even_for_the_right_one(tia):
    answers = [tried(tia, OTHER).answer for _ in range(5)]

    assert answers == [Answer.WRONG] * 4 + [Answer.WAITS]
    assert tried(tia, PIN).waits_until == NOON + pins.WAIT
    short = pins.WAIT - timedelta(seconds=1)
    assert tried(tia, PIN, after=short).answer is Answer.WAITS
    assert tried(tia, OTHER, after=short).waits_until == NOON + pins.WAIT, "waiting is not made longer by trying"
    assert tried(tia, PIN, after=pins.WAIT).answer is Answer.RIGHT


def test_after_the_wait_there_are_five_tries_again(tia):
    for _ in range(5):
        tried(tia, OTHER)

    assert [tried(tia, OTHER, after=pins.WAIT).left for _ in range(4)] == [4, 3, 2, 1]
    assert tried(tia, OTHER, after=pins.WAIT).waits_until == NOON + 2 * pins.WAIT
    assert Entry.objects.within(ALL).filter(act="worker.pin_missed").count() == 2


def test_the_tries_of_one_are_not_the_tries_of_another(there, tia):
    bo = worker(there.roofing, "Bo")
    pins.put(act_of(there.rosa), worker=bo, pin=PIN)
    for _ in range(5):
        tried(tia, OTHER)

    assert tried(bo, PIN).answer is Answer.RIGHT


def test_a_pin_that_was_handed_out_is_good_for_a_week_and_replaced_by_ones_own(there):
    tia = worker(there.roofing, "Tia")
    assert tried(tia, PIN).answer is Answer.NONE
    given = pins.hand_out(act_of(there.rosa), worker=tia)

    assert tried(tia, given, after=pins.ONCE_FOR).answer is Answer.NONE
    assert tried(tia, given, after=pins.ONCE_FOR - timedelta(seconds=1)).answer is Answer.RIGHT
    with pytest.raises(pins.SamePin):
        pins.choose(of(tia), worker=tia, pin=given)
    pins.choose(of(tia), worker=tia, pin=PIN)
    assert tried(tia, PIN, after=pins.ONCE_FOR).answer is Answer.RIGHT
    assert tried(tia, given).answer is Answer.WRONG


def test_nothing_but_a_hash_is_kept_and_the_journal_names_no_pin(there):
    tia = worker(there.roofing, "Tia")
    given = pins.hand_out(act_of(there.rosa), worker=tia)
    pins.choose(of(tia), worker=tia, pin=PIN)

    row = Worker.objects.within(ALL).get(pk=tia.pk)
    assert PIN not in row.pin
    entries = Entry.objects.within(ALL).filter(subject=tia.code)
    assert [each.act for each in entries.order_by("pk")] == ["worker.pin_given", "worker.pin_chosen"]
    told = str([(each.detail, each.hand) for each in entries])
    assert given not in told
    assert "Tia" not in told
    assert entries.get(act="worker.pin_chosen").hand == f"worker:{tia.code}"


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "١٢٣٤٥٦", ""])
def test_a_pin_is_six_digits(there, tia, pin):
    with pytest.raises(pins.NotAPin):
        pins.put(act_of(there.rosa), worker=tia, pin=pin)


@pytest.mark.parametrize("pin", ["000000", "123456", "654321", "890123", "121212", "472472"])
def test_what_everybody_tries_first_is_refused(there, tia, pin):
    with pytest.raises(pins.TooEasy):
        pins.put(act_of(there.rosa), worker=tia, pin=pin)


def test_spaces_do_not_matter(tia):
    assert tried(tia, "402 917").answer is Answer.RIGHT


def test_nobody_sets_the_pin_of_another(there, tia):
    bo = worker(there.roofing, "Bo")
    for person in (there.wes, there.sam, None):
        with pytest.raises(owner.NotOwner):
            pins.put(act_of(person), worker=tia, pin=OTHER)
        with pytest.raises(owner.NotOwner):
            pins.hand_out(act_of(person), worker=tia)
    for act in (of(bo), Act(None, NOON), Act(there.rosa, NOON, worker=tia.code)):
        with pytest.raises(pins.NotYours):
            pins.choose(act, worker=tia, pin=OTHER)


def test_the_last_day_opens_and_the_day_after_does_not(there):
    gus = worker(there.roofing, "Gus", ended_on=date(2026, 6, 3))
    pins.put(act_of(there.rosa), worker=gus, pin=PIN)

    assert tried(gus, PIN).answer is Answer.RIGHT
    assert tried(gus, PIN, after=timedelta(days=1)).answer is Answer.NONE


@pytest.mark.django_db(transaction=True)
def test_eight_phones_at_once_have_five_tries_between_them():
    made = cast()
    tia = worker(made.roofing, "Tia")
    pins.put(act_of(made.rosa), worker=tia, pin=PIN)

    outcomes = at_once(*[lambda: pins.check(Act(None, NOON), worker=tia, pin=OTHER)] * 8)

    answers = [each.answer for each in outcomes]
    assert answers.count(Answer.WRONG) == 4
    assert answers.count(Answer.WAITS) == 4
    assert Entry.objects.within(ALL).filter(act="worker.pin_missed").count() == 1
