"""What records find wrong or decide on is opened once, whatever is sent in which order."""

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest

from cards import FOUND_WRONG, NOON, act_of, card, looked_round, worker_of
from cast import cast
from secor.queries import actions as asked
from secor.store.models import CorrectiveAction, Entry, Record, Worker
from secor.store.scope import house
from secor.usecases import actions, records
from secor.usecases.actions import Wanted

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
DAY = NOON.date()


def rows():
    return CorrectiveAction.objects.within(ALL).order_by("pk")


def acted(what):
    return Entry.objects.within(ALL).filter(act=what)


@pytest.fixture
def there():
    return cast()


def keep(there, made, *, who="wes"):
    return records.keep(act_of(getattr(there, who)), employer=there.roofing, sent=made)


def test_each_line_found_wrong_opens_one_action_and_no_other_line_does(there):
    receipt = keep(there, looked_round(ladders="not_ok", electrical="not_ok", fire="ok", ppe="na"))

    assert list(rows().values_list("line", "what", "due_on", "worker", "source")) == [
        ("lines.ladders", "Ladders and scaffolds are sound, tied and on firm ground: Cord taped", None, None, "record"),
        ("lines.electrical", "Cords, panels and tools are whole and grounded: Cord taped", None, None, "record"),
    ]
    assert {row.record.uid for row in rows()} == {receipt.uid}
    assert acted("record.kept").get().detail["actions"] == [row.code for row in rows()]
    assert not acted("action.opened").exists(), "keeping a record is one act with one entry"


def test_a_record_sent_twice_opens_its_actions_once(there):
    made = looked_round(ladders="not_ok")
    keep(there, made)
    keep(there, made, who="rosa")

    assert rows().count() == 1


CHAIN = [UUID(int=nth + 1, version=4) for nth in range(3)]


def chained():
    """A record, what corrects it, and what corrects that."""
    return [
        looked_round(uid=CHAIN[0], ladders="not_ok", fire="not_ok"),
        looked_round(uid=CHAIN[1], corrects=CHAIN[0], ladders="not_ok", edges="not_ok", fire="ok"),
        looked_round(uid=CHAIN[2], corrects=CHAIN[1], ladders="ok"),
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_correction_keeps_the_actions_whatever_comes_first(there, order):
    for nth in order:
        keep(there, chained()[nth])

    assert {(row.record.uid, row.line) for row in rows()} == {
        (CHAIN[0], "lines.ladders"),
        (CHAIN[0], "lines.fire"),
        (CHAIN[0], "lines.edges"),
    }
    assert rows().count() == 3
    newest = Record.objects.within(ALL).get(uid=CHAIN[2])
    assert {row.pk for row in asked.of_record(newest)} == {row.pk for row in rows()}


def test_two_actions_for_one_line_that_met_late_are_one_unless_somebody_touched_the_second(there):
    first, second, third = chained()
    third["values"]["lines"]["ladders"] = FOUND_WRONG
    keep(there, first)
    keep(there, third)
    late = rows().get(record__uid=CHAIN[2])
    keep(there, second)
    assert not rows().filter(pk=late.pk).exists()

    rows().delete()
    Record.objects.within(ALL).delete()
    keep(there, first)
    keep(there, third)
    late = rows().get(record__uid=CHAIN[2])
    actions.change(act_of(there.rosa), action=late, wanted=Wanted(late.what, due_on=DAY))
    keep(there, second)
    assert rows().filter(pk=late.pk, line="lines.ladders").exists()


def investigated(*measures, **more):
    made = card(form="investigation", **more)
    made["values"] = {"about": "The hammer", "actions": list(measures)}
    return made


def measure(what="Toe boards on the scaffold list", *, who=None, by=None):
    named = {"code": who.code, "name": who.name} if isinstance(who, Worker) else {"code": "", "name": who}
    return {"what": what} | ({"who": named} if who else {}) | ({"by": by.isoformat()} if by else {})


def test_what_an_investigation_changes_is_given_to_whom_it_names_by_the_day_it_says(there):
    sam = worker_of(there.roofing, "Sam")
    receipt = keep(there, investigated(measure(who=sam, by=DAY + timedelta(days=9)), measure("Order rope", who="Al")))

    assert [(row.what, row.worker, row.due_on) for row in rows()] == [
        ("Toe boards on the scaffold list", sam, DAY + timedelta(days=9)),
        ("Order rope (Al)", None, None),
    ]
    assert {row.record.uid for row in rows()} == {receipt.uid}
    assert acted("record.kept").get().detail["actions"] == [row.code for row in rows()]


@pytest.mark.parametrize("days", [(0, True), (-1, False), (3 * 366, True), (3 * 366 + 1, False)])
def test_a_measure_has_its_day_while_that_day_can_be(there, days):
    away, is_kept = days
    day = DAY + timedelta(days=away)
    keep(there, investigated(measure(by=day)))

    assert rows().get().due_on == (day if is_kept else None)


def test_a_measure_for_somebody_of_elsewhere_or_who_has_left_is_nobodys_but_says_the_name(there):
    left, other = worker_of(there.roofing, "Lee"), worker_of(there.siding, "Ali")
    Worker.objects.within(ALL).filter(pk=left.pk).update(ended_on=DAY - timedelta(days=1))
    keep(there, investigated(measure("One", who=left), measure("Two", who=other)))

    assert [(row.what, row.worker) for row in rows()] == [("One (Lee)", None), ("Two (Ali)", None)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_measures_that_were_corrected_in_words_or_place_are_opened_once_each(there, order):
    chain = [
        investigated(measure("One", by=DAY), measure("Two"), uid=CHAIN[0]),
        investigated(measure("two"), measure("ONE", by=DAY), uid=CHAIN[1], corrects=CHAIN[0]),
        investigated(measure("One", by=DAY), measure("Three"), uid=CHAIN[2], corrects=CHAIN[1]),
    ]
    for nth in order:
        keep(there, chain[nth])

    assert sorted(row.what.casefold() for row in rows()) == ["one", "three", "two"]
    assert {row.record.uid for row in rows()} == {CHAIN[0]}
    assert rows().get(what__iexact="one").due_on == DAY


def test_a_record_that_not_everybody_reads_opens_nothing_that_everybody_reads(there, monkeypatch):
    made = looked_round(ladders="not_ok")
    real = records._row

    def restricted(*args):
        row = real(*args)
        row.read_by = "owner"
        return row

    monkeypatch.setattr(records, "_row", restricted)
    keep(there, made)

    assert not rows().exists()
