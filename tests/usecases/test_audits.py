"""Declaring, withdrawing and replying."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessments import AT, BEGAN, scene
from secor.core.independence import TieKind
from secor.store.models import Audit, Declaration, Entry, Note, Review, Tie
from secor.store.scope import house
from secor.usecases import answers, assessor, declarations, owner, replies, withdrawals
from secor.usecases.audits import declare, put_back, record, refuse_start, reply, withdraw
from secor.usecases.declarations import DeclaredTie

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
BUILT = DeclaredTie(TieKind.BUILT_PROGRAM, date(2015, 1, 1), date(2016, 1, 1), "wrote the manual")


def journal() -> list[str]:
    return [entry.act for entry in Entry.objects.within(ALL)]


def answer(there):
    return record(there.dev_acts(), audit=there.audit, question="1.1", method="D", given={"met": 5, "of": 5})


def test_a_clear_word_opens_the_answers():
    there = scene(declared=False)
    said = declare(there.dev_acts(), audit=there.audit, ties=[], clear=True)

    assert (said.clear, said.ties, said.person) == (True, [], there.dev)
    assert journal() == ["audit.declared"]
    assert answer(there)


def test_who_built_the_program_is_told_why_and_answers_nothing():
    there = scene(declared=False)
    said = declare(there.dev_acts(), audit=there.audit, ties=[BUILT], clear=False)

    assert not said.clear
    assert "helped to build the health and safety program until 2016-01-01" in said.ties[0]
    assert journal() == ["audit.conflict_declared"]
    tie = Tie.objects.within(ALL).get()
    assert (tie.kind, tie.until_on, tie.declared_by) == ("built_program", date(2016, 1, 1), there.dev)
    with pytest.raises(answers.Undeclared):
        answer(there)


def test_a_clear_word_does_not_hide_what_is_known():
    there = scene(declared=False)
    Tie.objects.create(employer=there.employer, person=there.dev, kind="family", from_on=BEGAN)
    said = declare(there.dev_acts(), audit=there.audit, ties=[], clear=True)

    assert not said.clear
    assert "is family" in said.ties[0]


def test_a_tie_that_forbids_nothing_is_kept_and_opens_the_answers():
    there = scene(declared=False)
    tie = DeclaredTie(TieKind.AUDITED_LAST_TIME, date(2025, 1, 1))
    said = declare(there.dev_acts(), audit=there.audit, ties=[tie], clear=False)

    assert said.clear
    assert said.ties == ["did the audit before this one"]
    assert answer(there)


@pytest.mark.parametrize(("ties", "clear"), [([BUILT], True), ([], False)])
def test_a_word_that_contradicts_itself_is_no_word(ties, clear):
    with pytest.raises(declarations.Contradiction):
        declare(scene(declared=False).dev_acts(), audit=Audit._base_manager.get(), ties=ties, clear=clear)
    assert not Declaration.objects.within(ALL).exists()


@pytest.mark.parametrize(
    "tie",
    [
        DeclaredTie(TieKind.FAMILY, date(2026, 6, 2)),
        DeclaredTie(TieKind.FAMILY, date(2026, 5, 2), date(2026, 5, 1)),
    ],
)
def test_a_tie_has_begun_and_ends_after_it_began(tie):
    there = scene(declared=False)
    with pytest.raises(declarations.Backwards):
        declare(there.dev_acts(), audit=there.audit, ties=[tie], clear=False)
    assert not Tie.objects.within(ALL).exists()


def test_only_the_assessor_signs():
    there = scene(declared=False, performer="self_assessor")
    there.audit.assessor = there.wes
    there.audit.save()
    with pytest.raises(declarations.NotTheAssessor):
        declare(there.rosa_acts(), audit=there.audit, ties=[], clear=True)


@pytest.mark.parametrize("stage", ["asked", "open", "submitted", "returned"])
def test_an_audit_is_given_up_and_taken_up_again_where_it_stood(stage):
    there = scene(stage=stage)
    assert withdraw(there.dev_acts(), audit=there.audit, reason="moved away").stage == "withdrawn"
    assert withdraw(there.dev_acts(), audit=there.audit).reason == "moved away"
    assert put_back(there.dev_acts(), audit=there.audit).stage == stage
    assert journal() == ["audit.withdrawn", "audit.put_back"]


def test_a_day_later_it_is_given_up_for_good():
    there = scene()
    withdraw(there.dev_acts(), audit=there.audit)
    with pytest.raises(withdrawals.NotWithdrawn, match="more than a day ago"):
        put_back(there.dev_acts(AT + timedelta(days=1)), audit=there.audit)
    assert put_back(there.dev_acts(AT + timedelta(days=1, seconds=-1)), audit=there.audit).stage == "open"
    withdraw(there.dev_acts(AT + timedelta(days=9)), audit=there.audit)
    assert put_back(there.dev_acts(AT + timedelta(days=9)), audit=there.audit), "counted from the last time"


@pytest.mark.parametrize("stage", ["in_review", "accepted", "rejected"])
def test_what_a_reviewer_has_in_hand_or_has_ended_is_not_withdrawn(stage):
    there = scene(stage=stage)
    with pytest.raises(withdrawals.Claimed):
        withdraw(there.dev_acts(), audit=there.audit)


@pytest.mark.parametrize("who", ["wes", "pat", "sam"])
def test_only_its_own_side_withdraws_it(who):
    there = scene()
    act = replace(there.dev_acts(), by=getattr(there, who))
    with pytest.raises(owner.NotOwner):
        withdraw(act, audit=there.audit)
    assert withdraw(there.rosa_acts(), audit=there.audit)


def test_a_refused_start_and_an_audit_beside_another_are_not_put_back(monkeypatch):
    there = scene(stage="asked")
    monkeypatch.setattr("secor.usecases.staff.permit", lambda *_, **__: None)
    refuse_start(there.dev_acts(), audit=there.audit, reason="No.")
    with pytest.raises(withdrawals.NotWithdrawn):
        put_back(there.dev_acts(), audit=there.audit)


def test_beside_another_audit_a_withdrawn_one_stays_so():
    there = scene()
    withdraw(there.dev_acts(), audit=there.audit)
    Audit.objects.create(
        employer=there.employer,
        partner=there.partner,
        assessor=there.dev,
        kind="certification",
        performer="external_auditor",
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        asked_on=BEGAN,
    )
    with pytest.raises(withdrawals.NotWithdrawn, match="Another audit"):
        put_back(there.dev_acts(), audit=there.audit)


def noted(there, *, kind="must_fix", sent=True):
    review = Review.objects.create(
        audit=there.audit, round=1, reviewer=there.pat, claimed_at=AT, concluded_at=AT if sent else None
    )
    return Note.objects.create(review=review, question="1.1", kind=kind, text="How many?", written_at=AT)


def test_a_note_is_answered_in_words_and_one_for_information_is_only_read():
    there = scene(stage="returned")
    note = noted(there)
    with pytest.raises(replies.Wordless):
        reply(there.dev_acts(), note=note, text=" ")
    answered = reply(there.dev_acts(), note=note, text="Four of five.")
    assert (answered.reply, answered.replied_by, answered.replied_at) == ("Four of five.", there.dev, AT)
    assert reply(there.dev_acts(), note=note, text="Four of five.")

    note.kind = "information"
    note.save()
    assert reply(there.dev_acts(), note=note, text="").replied_at == AT
    assert journal() == ["note.replied", "note.replied"]


def test_a_note_that_was_not_sent_yet_is_not_answered():
    there = scene(stage="returned")
    with pytest.raises(replies.NotSent):
        reply(there.dev_acts(), note=noted(there, sent=False), text="x")


def test_nobody_else_answers_a_note_and_none_after_the_audit_is_closed():
    there = scene(stage="returned")
    note = noted(there)
    with pytest.raises(assessor.NotYours):
        reply(there.rosa_acts(), note=note, text="x")
    Audit._base_manager.update(stage="in_review")
    with pytest.raises(assessor.Closed):
        reply(there.dev_acts(), note=note, text="x")
