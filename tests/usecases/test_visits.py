"""Booking a visit for an audit: who may, what stands in the way, and never in two places at once."""

from datetime import datetime, timedelta

import pytest

from assessments import AT, scene
from certified import a_person
from secor.core.hours import Language, Visit
from secor.core.role import RoleKind
from secor.core.visit import Plan
from secor.queries import bookings as talks
from secor.queries import visits as asked
from secor.store.models import Audit, AuditVisit, Entry, Role, Teammate, Tie
from secor.store.scope import house
from secor.usecases import assessor, audits, bookings, consultations, diaries, teams, visits
from secor.usecases.act import ALBERTA, Act
from together import at_once

ALL = house("this test")
TUESDAY = datetime(2026, 6, 9, 9, 0, tzinfo=ALBERTA)


def plan(begins=TUESDAY, hours=4, town="Lacombe"):
    return Plan(begins, begins + timedelta(hours=hours), town)


def there(**more):
    """A scene whose auditor has declared and sets out from Red Deer."""
    found = scene(**more)
    diaries.open_diary(Act(None, AT), person=found.dev, home="Red Deer")
    return found


def book(there, plan, by=None, at=AT):
    """Book, having read every warning."""
    act = Act(by or there.dev, at)
    try:
        return visits.book(act, audit=there.audit, plan=plan)
    except visits.Warned as warned:
        return visits.book(act, audit=there.audit, plan=plan, read=warned.warnings)


def entered() -> list[str]:
    rows = Entry.objects.within(ALL).filter(act__startswith="visit.").order_by("pk")
    return [row.act for row in rows]


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_a_visit_is_booked_moved_and_called_off_and_stays_the_same_one(self):
        found = there()
        booked = book(found, plan(town="  Red   Deer\0"))
        assert booked.town == "Red Deer"
        later = plan(TUESDAY + timedelta(days=1))
        with pytest.raises(visits.Warned) as warned:
            visits.move(found.dev_acts(), visit=booked, plan=later)
        moved = visits.move(found.dev_acts(), visit=booked, plan=later, read=warned.value.warnings)
        assert (moved.uid, moved.sequence, moved.starts_at) == (booked.uid, 1, later.starts_at)
        assert visits.move(found.dev_acts(), visit=moved, plan=later).sequence == 1
        off = visits.cancel(found.dev_acts(), visit=moved)
        assert visits.cancel(found.dev_acts(), visit=off).sequence == 2
        assert asked.visits_of(found.audit) == ()
        assert entered() == ["visit.booked", "visit.moved", "visit.cancelled"]
        assert {row.employer_id for row in Entry.objects.within(ALL).filter(act__startswith="visit.")} == {
            found.employer.pk
        }

    def test_only_who_does_the_audit_books(self):
        found = there()
        other = a_person("Eli", RoleKind.AUDITOR, partner=found.partner)
        for who in (found.rosa, found.pat, other):
            with pytest.raises(assessor.NotYours):
                book(found, plan(), by=who)
        Teammate._base_manager.create(audit=found.audit, person=other, joined_at=AT)
        theirs = book(found, plan(), by=other)
        with pytest.raises(visits.NotYourVisit):
            visits.move(found.dev_acts(), visit=theirs, plan=plan(TUESDAY + timedelta(days=1)))
        assert theirs.diary.person == other

    @pytest.mark.parametrize("stage", ["submitted", "in_review", "accepted", "rejected", "withdrawn"])
    def test_an_audit_that_is_not_being_done_is_not_visited(self, stage):
        found = there()
        Audit._base_manager.filter(pk=found.audit.pk).update(stage=stage)
        with pytest.raises(visits.NoVisits):
            book(found, plan())

    @pytest.mark.parametrize("stage", ["submitted", "in_review", "accepted", "rejected", "withdrawn"])
    def test_a_visit_of_an_audit_that_is_not_being_done_is_called_off_but_never_moved(self, stage):
        found = there()
        booked = book(found, plan())
        Audit._base_manager.filter(pk=found.audit.pk).update(stage=stage)
        with pytest.raises(visits.NoVisits):
            visits.move(found.dev_acts(), visit=booked, plan=plan(TUESDAY + timedelta(days=1)))
        visits.cancel(found.dev_acts(), visit=booked)
        visits.cancel(found.dev_acts(), visit=booked)
        assert entered() == ["visit.booked", "visit.cancelled"]

    def test_a_teammates_visit_is_called_off_by_the_assessor_or_as_they_leave(self):
        found = there()
        other = a_person("Eli", RoleKind.AUDITOR, partner=found.partner)
        mine = book(found, plan())
        Teammate._base_manager.create(audit=found.audit, person=other, joined_at=AT)
        first, second = (book(found, plan(TUESDAY + timedelta(days=nth)), by=other) for nth in (1, 2))
        with pytest.raises(visits.NotYourVisit):
            visits.cancel(Act(other, AT), visit=mine)
        visits.cancel(found.dev_acts(), visit=first)
        teams.leave(found.dev_acts(), audit=found.audit, person=other)
        second.refresh_from_db()
        assert second.cancelled_at is not None
        assert asked.visits_of(found.audit) == (mine,)

    def test_who_is_not_certified_on_that_day_is_stopped(self):
        found = there()
        Role.objects.filter(person=found.dev).update(until_on=TUESDAY.date() - timedelta(days=1))
        with pytest.raises(visits.Hindered, match="does not certify you on 2026-06-09"):
            book(found, plan())
        assert book(found, plan(TUESDAY - timedelta(days=1)))

    def test_a_tie_that_became_known_stops_it(self):
        found = there()
        Tie._base_manager.create(
            employer=found.employer, person=found.dev, kind="built_program", from_on=TUESDAY.date()
        )
        with pytest.raises(visits.Hindered, match="helped to build"):
            book(found, plan())
        assert book(found, plan(TUESDAY - timedelta(days=1)))

    def test_a_warning_must_have_been_read_and_another_one_is_told_too(self):
        found = there()
        sunday = plan(TUESDAY - timedelta(days=2))
        with pytest.raises(visits.Warned) as warned:
            visits.book(found.dev_acts(), audit=found.audit, plan=sunday)
        assert any("working hours" in each for each in warned.value.warnings)
        with pytest.raises(visits.Warned):
            visits.book(found.dev_acts(), audit=found.audit, plan=sunday, read=("something else",))
        assert visits.book(found.dev_acts(), audit=found.audit, plan=sunday, read=warned.value.warnings)

    def test_a_visit_takes_the_time_from_talks_and_a_talk_from_visits(self):
        found = there()
        wish = {"visit": Visit.PHONE, "language": Language.ENGLISH, "town": ""}

        def free():
            return tuple(talks.free(**wish, at=AT, zone=ALBERTA))

        before = free()
        booked = book(found, plan())
        # Half an hour home from Lacombe, and the pause.
        gone = [each for each in before if each not in free()]
        assert min(gone) >= TUESDAY - timedelta(hours=1)
        assert max(gone) >= booked.ends_at
        enquiry = consultations.ask(Act(None, AT), question=consultations.Question("Nia", "nia@example.ca"))
        talk = bookings.book(Act(None, AT), enquiry=enquiry, starts_at=free()[0], **wish)
        with pytest.raises(visits.Hindered, match="Something else is booked"):
            book(found, plan(talk.starts_at - timedelta(minutes=30)))

    def test_free_times_have_nothing_against_them(self):
        found = there()
        book(found, plan())
        diary = found.dev.diary
        free = asked.free_days(diary, length=timedelta(hours=5), town="Lacombe", at=AT, zone=ALBERTA)
        assert free
        for begins in free[:12]:
            booked = visits.book(found.dev_acts(), audit=found.audit, plan=plan(begins, 5))
            visits.cancel(found.dev_acts(), visit=booked)

    def test_giving_the_audit_up_calls_off_what_is_to_come_and_leaves_what_was(self):
        found = there()
        past, to_come = book(found, plan()), book(found, plan(TUESDAY + timedelta(days=7)))
        audits.withdraw(found.dev_acts(AT + timedelta(days=10)), audit=found.audit, reason="Moved.")
        assert asked.visits_of(found.audit) == (past,)
        to_come.refresh_from_db()
        assert to_come.cancelled_at is not None
        assert entered()[-1] == "visit.cancelled"

    def test_what_has_begun_is_neither_moved_nor_called_off(self):
        found = there()
        booked = book(found, plan())
        begun = found.dev_acts(booked.starts_at)
        for change in (
            lambda: visits.cancel(begun, visit=booked),
            lambda: visits.move(begun, visit=booked, plan=plan(hours=5)),
        ):
            with pytest.raises(visits.Over):
                change()


@pytest.mark.django_db(transaction=True)
def test_of_many_visits_at_one_time_one_is_booked():
    found = there()

    outcomes = at_once(*(lambda: book(found, plan()) for _ in range(12)))

    assert sorted({type(each).__name__ for each in outcomes}) == ["AuditVisit", "Hindered"]
    assert AuditVisit._base_manager.count() == 1
    assert entered() == ["visit.booked"]
