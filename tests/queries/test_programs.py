"""What is asked of a program: few questions of the store, the instrument's questions, the first guesses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import cast
from programs import NOON, act_of, built, little_library, signed, worker
from secor.core.trade import Condition
from secor.queries import library, programs
from secor.queries.proposals import Proposes, blanks_asked, proposals, standing_parts, trade_of
from secor.store.models import Employer, Headcount
from secor.usecases import parts, readings
from secor.usecases import programs as acts

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def test_the_overview_asks_as_much_for_two_parts_as_for_twenty(monkeypatch):
    little_library(monkeypatch)
    there = cast()
    policy = built(there.rosa, there.roofing)["policy"]
    readings.read(act_of(there.rosa), version=signed(there.rosa, policy), worker=worker(there.roofing, "Tia"))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            programs.parts_of(there.roofing, on=TODAY)
        return len(queries)

    before = asked()
    for number in range(18):
        parts.add_part(act_of(there.rosa), employer=there.roofing, title=f"Part {number}", text="x")
    assert asked() == before <= 4


def test_one_business_is_never_told_of_another(monkeypatch):
    little_library(monkeypatch)
    there = cast()
    ours, theirs = built(there.rosa, there.roofing), built(there.sam, there.siding)
    worker(there.siding, "Stan")

    assert {now.row for now in programs.parts_of(there.roofing, on=TODAY)} == set(ours.values())
    assert programs.part_of(there.roofing, theirs["policy"].code) is None
    assert programs.workers_of(there.roofing, on=TODAY) == ()


def test_a_part_answers_the_questions_of_its_evidence():
    found = programs.questions_of(["policy_statement"], on=TODAY)

    assert found
    assert all("policy_statement" in question.evidence_types for question in found)
    assert programs.questions_of([], on=TODAY) == ()


@pytest.mark.parametrize(
    ("words", "trade"), [("Electrical", "electrical"), ("roofing and siding", "roofing"), ("", ""), ("falconry", "")]
)
def test_the_trade_on_file_is_guessed_or_left_open(words, trade):
    there = cast()
    Employer._base_manager.filter(pk=there.roofing.pk).update(trade=words)
    there.roofing.refresh_from_db()

    assert programs.guessed_trade(there.roofing) == trade


def test_the_head_count_tells_whether_anybody_else_works_there():
    there = cast()
    assert programs.has_workers(there.roofing) is True
    Headcount._base_manager.filter(employer=there.roofing).update(full_time=0)
    assert programs.has_workers(there.roofing) is False
    Headcount._base_manager.filter(employer=there.roofing).delete()
    assert programs.has_workers(there.roofing) is None


@pytest.mark.parametrize("trade", sorted(library.trades()))
@pytest.mark.parametrize("alone", [True, False])
def test_every_trade_of_the_library_writes_a_whole_program(trade, alone):
    there = cast()
    conditions = {Condition.ALONE} if alone else set(Condition)
    jobs = list(library.trades()[trade].jobs)
    program = acts.begin(
        act_of(there.rosa),
        employer=there.roofing,
        trade=trade,
        jobs=jobs,
        conditions=conditions,
        blanks={"employer": "Volt"},
    )
    acts.build(act_of(there.rosa), employer=there.roofing)

    written = programs.parts_of(there.roofing, on=TODAY)
    assert [now.row.number for now in written] == list(range(1, len(standing_parts(program)) + 1))
    assert all(programs.versions_of(now.row)[0].text.strip() for now in written)
    assert {each.proposes for each in proposals(program)} == {Proposes.SAME}
    assert {"employer", "owner"} <= set(blanks_asked(program))
    assert ("supervisor" in blanks_asked(program)) <= (not alone)


def test_a_trade_that_left_the_library_gives_way_to_the_general_one(monkeypatch):
    there = cast()
    program = acts.begin(act_of(there.rosa), employer=there.roofing, trade="roofing")
    program.trade = "falconry"

    assert trade_of(program).key == library.GENERAL
