"""Another auditor goes on with an audit: only who may, with everything found so far, and nobody else keeps a key."""

from datetime import datetime, timedelta

import pytest

from assessments import AT, scene
from certified import a_person
from secor.core.method import Method
from secor.core.role import RoleKind
from secor.core.visit import Plan
from secor.post import letters
from secor.queries import handovers as asked
from secor.queries import viewings as looks
from secor.store.models import Audit, Entry, Review, Role, Teammate, Tie, Viewing
from secor.store.scope import house
from secor.usecases import answers, assessor, declarations, diaries, handovers, staff, viewings, visits
from secor.usecases.act import ALBERTA, Act

ALL = house("this test")
pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 6, 9, 9, 0, tzinfo=ALBERTA)


@pytest.fixture
def there():
    return scene()


@pytest.fixture
def eli(there):
    return a_person("Eli", RoleKind.AUDITOR, partner=there.partner)


@pytest.fixture
def regan(there):
    return a_person("Regan", RoleKind.REGISTRAR, partner=there.partner)


def answer(person, there):
    act = Act(person, AT)
    answers.record(act, audit=there.audit, question="1.5", method=Method.DOCUMENT, given={"met": 3, "of": 5})


def test_the_colleague_goes_on_after_their_own_word_and_the_former_one_is_out(there, eli):
    answer(there.dev, there)
    handovers.hand_over(there.dev_acts(), audit=there.audit, to=eli)

    there.audit.refresh_from_db()
    assert there.audit.assessor == eli
    with pytest.raises(assessor.NotYours):
        answer(there.dev, there)
    with pytest.raises(answers.Undeclared):
        answer(eli, there)
    declarations.declare(Act(eli, AT), audit=there.audit, ties=[], clear=True)
    answer(eli, there)


def test_everybody_concerned_gets_a_letter_and_the_one_who_did_it_none(there, eli, regan):
    handovers.hand_over(Act(regan, AT), audit=there.audit, to=eli)
    handovers.hand_over(Act(regan, AT), audit=there.audit, to=eli)
    (entry,) = Entry.objects.within(ALL).filter(act="audit.handed_over")
    told = {draft.to: draft.subject for draft in letters.following(entry)}
    assert set(told) == {eli.email, there.dev.email, there.rosa.email}
    assert "yours to go on with" in told[eli.email]
    assert "Another auditor" in told[there.rosa.email]
    assert all(there.dev.name not in draft.body + draft.subject for draft in letters.following(entry))


def test_only_the_assessor_or_a_registrar_hands_it_over(there, eli):
    reviewer = a_person("Rey", RoleKind.REVIEWER, partner=there.partner)
    for who in (there.rosa, eli, reviewer, None):
        with pytest.raises(staff.NotYourDesk):
            handovers.hand_over(Act(who, AT), audit=there.audit, to=eli)


def test_who_may_not_do_the_audit_does_not_get_it_and_is_told_apart(there, eli, regan):
    a_stranger = a_person("Sid")
    Tie._base_manager.create(employer=there.employer, person=eli, kind="built_program", from_on=AT.date())
    for to, why in ((a_stranger, "does not certify"), (eli, "helped to build"), (there.rosa, "does not certify")):
        with pytest.raises(handovers.CannotTakeIt, match=why):
            handovers.hand_over(Act(regan, AT), audit=there.audit, to=to)
    (barred,) = asked.colleagues(there.audit, on=AT.date())
    assert (barred.person, bool(barred.why)) == (eli, True)
    Role.objects.filter(person=eli).update(until_on=AT.date() - timedelta(days=1))
    assert asked.colleagues(there.audit, on=AT.date()) == ()


def test_who_reviews_it_never_gets_it(there, regan):
    both = a_person("Ria", RoleKind.AUDITOR, partner=there.partner)
    Review._base_manager.create(audit=there.audit, round=1, reviewer=both, claimed_at=AT)
    with pytest.raises(handovers.CannotTakeIt, match="reviews it"):
        handovers.hand_over(Act(regan, AT), audit=there.audit, to=both)


@pytest.mark.parametrize("stage", ["accepted", "rejected", "withdrawn"])
def test_an_audit_that_has_ended_is_handed_to_nobody(there, eli, stage):
    Audit._base_manager.filter(pk=there.audit.pk).update(stage=stage)
    with pytest.raises(handovers.NotGoingOn):
        handovers.hand_over(there.dev_acts(), audit=there.audit, to=eli)


def test_a_self_assessment_is_handed_to_nobody():
    own = scene(performer="self_assessor")
    registrar = a_person("Regan", RoleKind.REGISTRAR, partner=own.partner)
    with pytest.raises(handovers.OwnPeople):
        handovers.hand_over(Act(registrar, AT), audit=own.audit, to=own.rosa)


def test_a_teammate_who_takes_it_over_is_on_the_team_no_more(there, eli):
    Teammate._base_manager.create(audit=there.audit, person=eli, joined_at=AT)
    handovers.hand_over(there.dev_acts(), audit=there.audit, to=eli)
    assert Teammate._base_manager.get().left_at == AT


def test_visits_and_the_leave_to_look_at_records_end_with_the_former_one(there, eli):
    diaries.open_diary(Act(None, AT), person=there.dev, home="Red Deer")
    plan = Plan(BEGINS, BEGINS + timedelta(hours=4), "Lacombe")
    with pytest.raises(visits.Warned) as warned:
        visits.book(there.dev_acts(), audit=there.audit, plan=plan)
    visit = visits.book(there.dev_acts(), audit=there.audit, plan=plan, read=warned.value.warnings)
    viewings.give(Act(there.rosa, AT), audit=there.audit)
    handovers.hand_over(there.dev_acts(), audit=there.audit, to=eli)
    visit.refresh_from_db()
    assert visit.cancelled_at is not None
    there.audit.refresh_from_db()
    assert looks.held(there.audit, on=AT.date()) is None
    assert Viewing.objects.within(ALL).get().ended_at == AT
