"""An action plan in place of a maintenance audit: who may have one, its days, its aims, and what it comes to."""

from datetime import date, timedelta

import pytest

from certified import a_certificate, acts, happened, maintained, office
from secor.core.certificate import Standing
from secor.queries import plans as asked
from secor.queries.certificates import standing_of
from secor.store.models import (
    Aim,
    Audit,
    Certificate,
    CertificateEvent,
    CorrectiveAction,
    CourseProof,
    Entry,
    Headcount,
    Leaf,
)
from secor.store.scope import house
from secor.usecases import actions, answers, assessor, audits, owner, plans, reviews, staff, starts
from secor.usecases.actions import Wanted
from secor.usecases.plans import Promise

ALL = house("this test")
MARCH = date(2026, 3, 2)
JANUARY, DUE = date(2026, 1, 31), date(2026, 5, 31)
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """A business of Energy Safety Canada in the second cycle, whose maintenance audit is due by 31 May 2026."""
    there = office("esc")
    certificate = a_certificate(there.employer, there.partner, on=date(2022, 5, 17))
    for year in (2023, 2024):
        maintained(certificate, date(year, 5, 1), date(year, 5, 10))
    happened(certificate, "audit_accepted", date(2025, 5, 10), kind="recertification", passed=True, records_months=12)
    Headcount.objects.create(employer=there.employer, on=date(2022, 1, 1), owners=1, full_time=5)
    CourseProof.objects.create(
        employer=there.employer,
        code="proof",
        course="safety-program-development",
        holder_name="Rosa",
        taken_on=date(2025, 1, 5),
        accepted=True,
    )
    return there


def ask(scene, *, on=JANUARY, kind="action_plan", performer="self_assessor"):
    return audits.ask(
        acts(scene.rosa, on),
        employer=scene.employer,
        kind=kind,
        performer=performer,
        assessor=scene.rosa,
        records_months=0,
    )


def begun(scene) -> Audit:
    plan = ask(scene)
    return audits.approve_start(acts(scene.regan, date(2026, 2, 2)), audit=plan)


def promise(due_on=date(2026, 9, 1), objective="Everybody ties off"):
    return Promise(objective, "Harnesses are bought", "A photo of each harness", due_on)


def add(scene, plan, *, on=date(2026, 3, 1), **more):
    return plans.add_aim(acts(scene.rosa, on), plan=plan, promise=promise(**more))


def was_sent(scene, *, on=date(2026, 3, 31), aims=1) -> Audit:
    plan = begun(scene)
    for nth in range(aims):
        add(scene, plan, objective=f"Aim {nth}")
    return plans.send(acts(scene.rosa, on), plan=plan)


def worth(scene, on: date):
    return standing_of(Certificate.objects.within(ALL).get(), on=on)


def scored(scene, plan, *percents: int, on=date(2026, 12, 1)) -> Audit:
    codes = [aim.code for aim in asked.aims_of(plan)]
    return plans.score(acts(scene.pat, on), plan=plan, percents=dict(zip(codes, percents, strict=False)))


def test_a_plan_is_asked_for_up_to_the_partners_last_day(scene):
    assert ask(scene).kind == "action_plan"


def test_the_day_after_is_too_late(scene):
    with pytest.raises(starts.NotOffered, match="asked for by 2026-01-31"):
        ask(scene, on=date(2026, 2, 1))


def test_a_first_cycle_is_too_soon(scene):
    Leaf.objects.filter(event__kind="recertification").delete()
    CertificateEvent._base_manager.filter(kind="recertification").delete()
    with pytest.raises((starts.NotOffered, starts.NotOwed)):
        ask(scene)


def test_a_partner_without_plans_takes_none():
    there = office("asc")
    a_certificate(there.employer, there.partner, on=date(2025, 5, 17))
    with pytest.raises(starts.NotOffered, match="takes no action plan"):
        ask(there)


@pytest.mark.parametrize(("kind", "words"), [("limited_scope", "what fell short"), ("administrative", "no work going")])
def test_kinds_without_a_published_rule_are_refused_in_a_sentence(scene, kind, words):
    with pytest.raises(starts.NotOffered, match=words):
        ask(scene, kind=kind)


def test_somebody_from_outside_carries_no_plan(scene):
    with pytest.raises(starts.NotAllowedNow):
        audits.ask(
            acts(scene.rosa, JANUARY),
            employer=scene.employer,
            kind="action_plan",
            performer="external_auditor",
            assessor=scene.dev,
            records_months=0,
        )


def test_the_days_are_those_of_the_year_the_audit_is_owed_in(scene):
    days = asked.days_of(begun(scene))
    assert (days.plan_by, days.amend_by, days.deliver_by) == (
        date(2026, 3, 31),
        date(2026, 10, 30),
        date(2026, 11, 30),
    )


def test_an_aim_lies_ahead_and_within_the_partners_last_day_and_twice_is_one(scene):
    plan = begun(scene)
    for due_on in (date(2026, 2, 28), date(2026, 12, 1)):
        with pytest.raises(plans.WrongDay):
            add(scene, plan, due_on=due_on)
    assert add(scene, plan, due_on=date(2026, 11, 30)) == add(scene, plan, due_on=date(2026, 11, 30))
    add(scene, plan, due_on=date(2026, 3, 1))
    assert Aim.objects.within(ALL).count() == 2
    with pytest.raises(plans.Blank):
        add(scene, plan, objective=" \0")
    with pytest.raises(owner.NotOwner):
        plans.add_aim(acts(scene.dev, date(2026, 3, 1)), plan=plan, promise=promise())


def test_twenty_aims_are_enough(scene):
    plan = begun(scene)
    for nth in range(20):
        add(scene, plan, objective=f"Aim {nth}")
    with pytest.raises(plans.Full):
        add(scene, plan, objective="One more")


def test_a_plan_without_aims_is_not_sent_and_one_with_aims_keeps_the_certificate_past_its_due_day(scene):
    plan = begun(scene)
    with pytest.raises(plans.NoAims):
        plans.send(acts(scene.rosa, date(2026, 3, 1)), plan=plan)
    add(scene, plan)
    plans.send(acts(scene.rosa, date(2026, 3, 31)), plan=plan)
    plans.send(acts(scene.rosa, date(2026, 3, 31)), plan=plan)

    assert worth(scene, date(2026, 6, 1)).standing is Standing.VALID
    assert worth(scene, date(2026, 6, 1)).decision_pending
    assert [entry.act for entry in Entry.objects.within(ALL)].count("plan.sent") == 1


def test_after_the_partners_last_day_a_plan_is_not_sent(scene):
    with pytest.raises(plans.NotNow, match="ask for the maintenance audit"):
        was_sent(scene, on=date(2026, 4, 1))
    assert worth(scene, date(2026, 6, 1)).standing is Standing.LAPSED


def test_aims_are_added_to_a_sent_plan_until_the_last_day_for_changes_and_none_is_taken_out(scene):
    plan = was_sent(scene)
    assert add(scene, plan, on=date(2026, 10, 30), due_on=date(2026, 11, 30))
    with pytest.raises(plans.NotNow):
        add(scene, plan, on=date(2026, 10, 31), due_on=date(2026, 11, 29))
    with pytest.raises(plans.NotNow):
        plans.remove_aim(acts(scene.rosa, date(2026, 4, 1)), aim=asked.aims_of(plan)[0])
    assert Aim.objects.within(ALL).count() == 2


def test_what_was_done_is_told_up_to_the_last_day(scene):
    (aim,) = asked.aims_of(was_sent(scene))
    told = plans.deliver(acts(scene.rosa, date(2026, 11, 30)), aim=aim, told="Bought four.")
    assert told.delivered == "Bought four."
    with pytest.raises(plans.NotNow):
        plans.deliver(acts(scene.rosa, date(2026, 12, 1)), aim=aim, told="Five.")


@pytest.mark.parametrize(("percents", "passed"), [((60, 60), True), ((100, 20), True), ((100, 19), False)])
def test_the_average_of_the_aims_is_held_against_the_mark_exactly(scene, percents, passed):
    plan = scored(scene, was_sent(scene, aims=2), *percents)

    assert (plan.stage, plan.passed, plan.awarded, plan.possible) == ("accepted", passed, sum(percents), 200)
    after = worth(scene, date(2026, 12, 1))
    assert after.standing is (Standing.VALID if passed else Standing.LAPSED)
    if passed:
        assert after.owed.due_on == date(2027, 5, 31)


def test_every_aim_wants_a_score_that_is_one(scene):
    plan = was_sent(scene, aims=2)
    for percents in ((60,), (60, 101), (60, -1)):
        with pytest.raises(plans.Unscored):
            scored(scene, plan, *percents)
    assert not Aim.objects.within(ALL).filter(percent__isnull=False).exists()


def test_a_plan_that_promises_too_little_is_sent_back_and_stays_in_time(scene):
    plan = was_sent(scene)
    with pytest.raises(plans.Blank):
        plans.send_back(acts(scene.pat, date(2026, 4, 10)), plan=plan, reason=" ")
    plan = plans.send_back(acts(scene.pat, date(2026, 4, 10)), plan=plan, reason="By whom?")
    assert (plan.stage, plan.reason) == ("returned", "By whom?")
    plan = plans.send(acts(scene.rosa, date(2026, 4, 20)), plan=plan)

    assert (plan.stage, plan.round, plan.reason) == ("submitted", 2, "")
    assert worth(scene, date(2026, 6, 1)).decision_pending


def test_a_withdrawn_plan_leaves_the_audit_owed(scene):
    plan = was_sent(scene)
    audits.withdraw(acts(scene.rosa, date(2026, 4, 10)), audit=plan)
    assert not worth(scene, date(2026, 4, 10)).decision_pending
    assert ask(scene, on=date(2026, 4, 11), kind="maintenance").kind == "maintenance"


def test_a_plan_has_no_questions_and_no_review(scene):
    plan = begun(scene)
    with pytest.raises(assessor.Closed, match="action plan"):
        answers.record(
            acts(scene.rosa, date(2026, 3, 1)),
            audit=plan,
            question="1.1",
            method="D",
            given={"met": 5, "of": 5},
            revision=0,
        )
    add(scene, plan)
    plans.send(acts(scene.rosa, date(2026, 3, 2)), plan=plan)
    with pytest.raises(reviews.NotWaiting):
        reviews.claim(acts(scene.pat, date(2026, 3, 3)), audit=plan)


def test_only_a_reviewer_of_the_partner_scores_it(scene):
    plan = was_sent(scene)
    for person in (scene.rosa, scene.regan, scene.ines):
        with pytest.raises(staff.NotYourDesk):
            plans.score(acts(person, date(2026, 12, 1)), plan=plan, percents={})


def added(scene, what, due_on=None, *, on=MARCH):
    return actions.add(acts(scene.rosa, on), employer=scene.employer, wanted=Wanted(what, due_on=due_on))


def aims(plan):
    return [(aim.objective, aim.due_on) for aim in asked.aims_of(plan)]


def test_open_things_whose_day_fits_become_aims_by_the_same_day_once(scene):
    plan = begun(scene)
    last = asked.days_of(plan).deliver_by
    fits = [added(scene, "Rail", MARCH), added(scene, "Guard", last), added(scene, "Cord", date(2026, 9, 1))]
    added(scene, "No day")
    added(scene, "Too late", last + timedelta(days=1))
    gone = added(scene, "Done", date(2026, 9, 1))
    actions.finish(acts(scene.rosa, MARCH), action=gone, how="x")

    assert len(plans.add_actions(acts(scene.rosa, MARCH), plan=plan)) == len(fits)
    assert aims(plan) == [("Rail", MARCH), ("Cord", date(2026, 9, 1)), ("Guard", last)]
    linked = CorrectiveAction.objects.within(ALL).filter(aim__isnull=False)
    assert {row.aim.objective for row in linked} == {"Rail", "Guard", "Cord"}
    with pytest.raises(plans.NoAims):
        plans.add_actions(acts(scene.rosa, MARCH), plan=plan)


def test_a_day_that_has_passed_does_not_fit(scene):
    plan = begun(scene)
    added(scene, "Rail", MARCH)
    assert asked.fitting(plan, on=MARCH + timedelta(days=1)) == ()
    with pytest.raises(plans.NoAims):
        plans.add_actions(acts(scene.rosa, MARCH + timedelta(days=1)), plan=plan)


def test_there_are_never_more_aims_than_a_year_can_hold(scene, monkeypatch):
    monkeypatch.setattr(plans, "MOST", 2)
    plan = begun(scene)
    for nth in range(3):
        added(scene, f"Fix {nth}", MARCH + timedelta(days=nth))
    plans.add_actions(acts(scene.rosa, MARCH), plan=plan)
    assert [objective for objective, _ in aims(plan)] == ["Fix 0", "Fix 1"]


def test_an_aim_that_was_taken_out_can_be_taken_in_again(scene):
    plan, row = begun(scene), added(scene, "Rail", MARCH)
    (aim,) = plans.add_actions(acts(scene.rosa, MARCH), plan=plan)
    plans.remove_aim(acts(scene.rosa, MARCH), aim=aim)
    row.refresh_from_db()
    assert row.aim is None
    plans.add_actions(acts(scene.rosa, MARCH), plan=plan)
    assert Aim.objects.within(ALL).count() == 1


def test_only_an_owner_does_it_and_only_while_the_plan_can_be_changed(scene):
    plan = begun(scene)
    added(scene, "Rail", MARCH)
    for stranger in (scene.dev, scene.regan, scene.pat):
        with pytest.raises(owner.NotOwner):
            plans.add_actions(acts(stranger, MARCH), plan=plan)
    plan.stage = "accepted"
    plan.save()
    with pytest.raises(plans.NotNow):
        plans.add_actions(acts(scene.rosa, MARCH), plan=plan)
    assert aims(plan) == []
