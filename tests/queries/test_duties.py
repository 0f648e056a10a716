"""What a business owes next, and where it is on the six steps."""

from datetime import date, timedelta

import pytest

from certified import CERTIFIED, a_certificate, a_person, acts, an_audit, happened, maintained, office
from secor.queries.duties import Turn, owed_by
from secor.queries.growth import Level
from secor.queries.situations import with_count
from secor.store.models import Account, Audit, CourseProof, Employer, Membership, Role, Worker
from secor.store.scope import house
from secor.usecases.employers import report_headcount

TODAY = date(2024, 2, 1)
ALL = house("this test")
COURSE = "health-and-safety-program-building"

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    made = office()
    people(made, 6, on=date(2024, 1, 2))
    return made


def people(scene, number, *, on, today=None):
    report_headcount(acts(scene.rosa, today or on), employer=scene.employer, on=on, counts={"full_time": number})


def account(scene):
    Account.objects.create(employer=scene.employer, number="1234567")


def proof(scene, *, accepted=True, **more):
    given = {"course": COURSE, "holder_name": "Rosa", "taken_on": date(2024, 1, 3), "code": "p1", **more}
    return CourseProof.objects.create(employer=scene.employer, accepted=accepted, **given)


def owed(scene, on=TODAY):
    return owed_by(scene.employer, on=on)


def states(scene, on=TODAY):
    return [step.state for step in owed(scene, on).steps]


def test_a_business_without_a_count_is_asked_for_one():
    scene = office()

    told = owed(scene)

    assert (told.next.page, told.next.turn, told.growing.level) == ("headcount", Turn.YOURS, Level.UNKNOWN)
    assert [step.state for step in told.steps] == ["now", "done", "later", "later", "later", "later"]


def test_one_step_after_the_other_comes_next(scene):
    membership = Membership.objects.within(ALL).get()
    Membership.objects.within(ALL).update(left_on=TODAY)
    assert owed(scene).next.page == "partner"

    Membership.objects.within(ALL).update(left_on=None, approved_on=None)
    waiting = owed(scene).next
    assert (waiting.page, waiting.turn, waiting.urgency) == ("partner", Turn.PARTNER, "pending")

    Membership.objects.within(ALL).update(approved_on=membership.approved_on)
    assert owed(scene).next.page == "courses"

    waits = proof(scene, accepted=None)
    assert (owed(scene).next.page, owed(scene).next.turn) == ("courses", Turn.PARTNER)
    waits.accepted = True
    waits.save(update_fields=["accepted"])
    assert owed(scene).next.page == "details"

    account(scene)
    assert owed(scene).next.page == "audit"
    assert states(scene) == ["done", "done", "done", "now", "later", "later"]


def test_after_a_refusal_the_page_says_so(scene):
    Membership.objects.within(ALL).update(refused_on=TODAY, approved_on=None, reason="Only builders.")

    assert owed(scene).next.told.startswith("The partner you asked has said no.")
    assert owed(scene).situation.refusal.reason == "Only builders."


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({}, True),
        ({"accepted": False}, False),
        ({"course": "safety-basics"}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"taken_on": TODAY}, True),
        ({"taken_on": TODAY + timedelta(days=1)}, False),
    ],
)
def test_a_proof_counts_until_its_last_day_once_it_is_accepted(scene, given, counts):
    proof(scene, **given)

    assert owed(scene).situation.trained is counts


@pytest.mark.parametrize(
    ("stage", "performer", "turn", "page"),
    [
        ("asked", "external_auditor", Turn.PARTNER, "audit"),
        ("open", "external_auditor", Turn.AUDITOR, "audit"),
        ("open", "self_assessor", Turn.YOURS, "assessment"),
        ("submitted", "self_assessor", Turn.PARTNER, "audit"),
        ("in_review", "external_auditor", Turn.PARTNER, "audit"),
        ("returned", "self_assessor", Turn.YOURS, "notes"),
        ("returned", "external_auditor", Turn.AUDITOR, "audit"),
    ],
)
def test_whose_move_it_is_follows_from_the_audits_stage(scene, stage, performer, turn, page):
    audit = an_audit(scene, stage=stage, performer=performer, passed=None)

    told = owed(scene).next

    assert (told.turn, told.page) == (turn, page)
    assert told.audit == (audit.code if page in {"assessment", "notes"} else "")


def test_an_accepted_audit_waits_for_the_certificate_and_a_failed_one_begins_again(scene):
    proof(scene)
    account(scene)
    an_audit(scene, stage="accepted", accepted_on=CERTIFIED)
    assert owed(scene, CERTIFIED).next.turn is Turn.PARTNER

    Audit.objects.within(ALL).update(passed=False)
    assert owed(scene, CERTIFIED).next.told.startswith("Your last audit did not reach the mark.")
    assert owed(scene, CERTIFIED).next.page == "audit"

    Audit.objects.within(ALL).update(stage="rejected")
    assert "did not accept your last audit" in owed(scene, CERTIFIED).next.told


@pytest.mark.parametrize(
    ("on", "left", "urgency"),
    [
        (date(2024, 5, 18), 364, "to_do"),
        (date(2025, 3, 17), 61, "to_do"),
        (date(2025, 3, 18), 60, "due_soon"),
        (date(2025, 5, 17), 0, "due_soon"),
    ],
)
def test_a_certificate_owes_its_maintenance_audit_by_the_anniversary(scene, on, left, urgency):
    a_certificate(scene.employer, scene.partner)

    told = owed(scene, on).next

    assert (told.what, told.due_on, told.left, told.urgency) == (
        "Next: your maintenance audit",
        date(2025, 5, 17),
        left,
        urgency,
    )
    assert "first anniversary of 2024-05-17" in told.why[0]
    assert states(scene, on) == ["done", "done", "now", "done", "done", "done"]


def test_an_audit_under_way_keeps_the_day_the_certificate_owes_it(scene):
    a_certificate(scene.employer, scene.partner)
    an_audit(scene, stage="open", kind="maintenance", performer="self_assessor", passed=None)

    told = owed(scene, date(2025, 5, 1)).next

    assert (told.page, told.due_on, told.left, told.urgency) == ("assessment", date(2025, 5, 17), 16, "due_soon")


def test_a_certificate_that_lapsed_begins_again(scene):
    a_certificate(scene.employer, scene.partner)
    proof(scene)
    account(scene)

    told = owed(scene, date(2025, 5, 18))

    assert "ended on 2025-05-18" in told.next.told
    assert told.next.page == "audit"
    assert told.steps[5].state == "later"


def test_after_two_maintenance_audits_the_recertification_is_owed(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, date(2025, 5, 17), date(2025, 6, 1))
    maintained(certificate, date(2026, 5, 17), date(2026, 6, 1))

    told = owed(scene, date(2026, 6, 2)).next

    assert (told.what, told.due_on) == ("Next: your recertification audit", date(2027, 5, 17))


@pytest.mark.parametrize(
    ("number", "level"), [(9, Level.ROOM), (10, Level.FULL), (11, Level.OVER)], ids=["nine", "ten", "eleven"]
)
def test_ten_is_full_and_eleven_is_over(scene, number, level):
    people(scene, number, on=TODAY)

    told = owed(scene).growing

    assert told.level is level
    assert (told.counted, told.maximum) == (str(number), 10)
    assert bool(told.plan) is (level is not Level.ROOM)


def test_ten_with_a_certificate_tells_what_one_more_brings(scene):
    a_certificate(scene.employer, scene.partner)
    people(scene, 10, on=date(2024, 9, 3))

    told = owed(scene, date(2024, 9, 3)).growing

    assert "by 2025-05-17, the day your next audit is due" in told.plan[1]


def test_eleven_with_a_certificate_is_a_plan_with_its_day(scene):
    a_certificate(scene.employer, scene.partner)
    people(scene, 11, on=date(2024, 9, 3))
    people(scene, 7, on=date(2024, 9, 10))

    told = owed(scene, date(2025, 5, 17))

    assert told.growing.level is Level.OVER
    assert told.growing.convert_by == date(2025, 5, 17)
    assert "stays valid until 2025-05-17" in told.growing.plan[0]
    assert (told.next.page, told.next.left) == ("headcount", 0)
    assert told.situation.live


def test_a_business_that_was_too_large_learns_when_it_fits_again(scene):
    people(scene, 11, on=date(2024, 9, 3))
    people(scene, 7, on=date(2024, 9, 10))

    told = owed(scene, date(2024, 10, 1)).growing

    assert told.level is Level.OVER
    assert told.plan[-1] == "If you stay as you are today, you qualify again on 2025-09-09."
    assert owed(scene, date(2025, 9, 8)).growing.level is Level.OVER
    assert owed(scene, date(2025, 9, 9)).growing.level is Level.ROOM


def test_a_business_that_stays_too_large_is_promised_no_day(scene):
    people(scene, 11, on=date(2024, 9, 3))

    assert "qualify again" not in " ".join(owed(scene, date(2024, 10, 1)).growing.plan)


def test_the_plan_can_be_seen_before_anything_is_reported(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    day = date(2024, 9, 3)

    told = with_count(certificate, count=11, since=day, on=day)

    assert told.convert_by == date(2025, 5, 17)
    assert owed(scene, day).growing.level is Level.ROOM
    assert with_count(certificate, count=10, since=day, on=day).convert_by is None


def test_the_partners_own_rule_counts(scene):
    """AMHSA counts subcontractors, within the calendar year, and gives no grace."""
    report_headcount(
        acts(scene.rosa, TODAY), employer=scene.employer, on=TODAY, counts={"full_time": 6, "subcontractors": 5}
    )
    assert owed(scene).growing.counted == "6"
    assert owed(scene).growing.left_out == ("subcontractors",)

    scene.partner.key = "amhsa"
    scene.partner.save(update_fields=["key"])

    assert (owed(scene).growing.counted, owed(scene).growing.left_out) == ("11", ())


def test_a_suspended_certificate_still_owes(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    happened(certificate, "suspended", date(2024, 8, 1))

    assert owed(scene, date(2024, 8, 2)).next.due_on == date(2025, 5, 17)


def test_another_business_changes_nothing(scene):
    other = Employer.objects.create(legal_name="Sam's Siding Ltd.", joined_on=TODAY)
    CourseProof.objects.create(
        employer=other, course=COURSE, holder_name="Sam", taken_on=TODAY, accepted=True, code="p2"
    )
    Account.objects.create(employer=other, number="7654321")
    Audit.objects.create(
        employer=other,
        partner=scene.partner,
        kind="certification",
        performer="self_assessor",
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        asked_on=TODAY,
    )

    assert owed(scene).next.page == "courses"


def certified(scene, **more):
    """A certificate, and Sol, a worker on the list, as the one who is trained."""
    account(scene)
    a_certificate(scene.employer, scene.partner)
    sol = Worker.objects.create(employer=scene.employer, name="Sol Roy", began_on=date(2024, 1, 2))
    proof(scene, **({"holder_name": "Sol Roy", "worker": sol} | more))
    return sol


SUMMER = date(2024, 9, 3)


@pytest.mark.parametrize(("ended_on", "page"), [(None, "audit"), (SUMMER, "audit"), (date(2024, 9, 2), "courses")])
def test_the_trained_person_leaving_opens_a_duty_after_their_last_day(scene, ended_on, page):
    sol = certified(scene)
    sol.ended_on = ended_on
    sol.save()

    told = owed(scene, SUMMER).next

    assert told.page == page
    if page == "courses":
        assert "Sol Roy has left" in told.told
        assert told.due_on == owed(scene, date(2024, 9, 2)).next.due_on  # the certificate's own day stays in sight
        assert told.turn is Turn.YOURS
        assert "left" in owed(scene, SUMMER).steps[2].told


@pytest.mark.parametrize("known", ["worker", "name", "account"])
def test_who_has_left_is_found_by_what_is_known_of_them(scene, known):
    sol = certified(scene)
    row = CourseProof.objects.within(ALL).get()
    row.worker = sol if known == "worker" else None
    if known == "account":
        row.holder = a_person("Sol", "self_assessor", employer=scene.employer)
    row.holder_name = "sol roy" if known == "name" else "Somebody"
    row.save()
    sol.person, sol.ended_on = row.holder, date(2024, 9, 2)
    sol.save()
    Role.objects.filter(person=row.holder).update(until_on=date(2024, 9, 2))

    assert owed(scene, date(2024, 9, 2)).next.page == "audit"
    assert owed(scene, SUMMER).next.page == "courses"


def test_an_owner_is_still_there_whatever_the_list_says_and_a_second_trained_person_is_enough(scene):
    sol = certified(scene, holder_name="Rosa", holder=scene.rosa, worker=None)
    sol.person, sol.ended_on = scene.rosa, date(2024, 9, 2)
    sol.save()
    assert owed(scene, SUMMER).next.page == "audit"

    CourseProof.objects.within(ALL).update(holder=None, worker=sol, holder_name="Sol Roy")
    sol.person = None
    sol.save()
    assert owed(scene, SUMMER).next.page == "courses"
    proof(scene, code="p2", holder_name="Nobody on the list")
    assert owed(scene, SUMMER).next.page == "audit"


def test_who_may_sign_in_no_more_has_not_left_and_who_still_may_is_there(scene):
    certified(scene, worker=None, holder_name="Mo Ray", holder=a_person("Mo", "self_assessor", employer=scene.employer))
    Role.objects.filter(person__email__startswith="mo").update(until_on=date(2024, 9, 2))
    assert owed(scene, SUMMER).next.page == "audit"

    mo = Worker.objects.create(
        employer=scene.employer, name="Mo Ray", began_on=date(2024, 1, 2), ended_on=date(2024, 9, 2)
    )
    assert owed(scene, SUMMER).next.page == "courses"
    mo.person = a_person("Mo again", "self_assessor", employer=scene.employer)
    mo.save()
    assert owed(scene, SUMMER).next.page == "audit"


def test_who_came_back_is_there_though_the_proof_names_the_row_that_ended(scene):
    sol = certified(scene)
    sol.ended_on = date(2024, 9, 2)
    sol.save()
    Worker.objects.create(employer=scene.employer, name="Sol Roy", began_on=SUMMER)
    assert owed(scene, SUMMER).next.page == "audit"


def test_a_proof_that_is_being_checked_of_another_course_or_of_who_has_left_hides_nothing(scene):
    sol = certified(scene)
    sol.ended_on = date(2024, 9, 2)
    sol.save()
    proof(scene, code="p2", accepted=None, holder_name="Rosa", course="safety-basics")
    proof(scene, code="p3", accepted=None, holder_name="Sol Roy")
    assert owed(scene, SUMMER).next.turn is Turn.YOURS


def test_somebody_of_the_same_name_who_is_there_is_taken_for_them(scene):
    sol = certified(scene, worker=None)
    sol.ended_on = date(2024, 9, 2)
    sol.save()
    Worker.objects.create(employer=scene.employer, name="Sol Roy", began_on=SUMMER)

    assert owed(scene, SUMMER).next.page == "audit"


def test_a_new_proof_that_is_being_checked_is_the_partners_turn(scene):
    sol = certified(scene)
    sol.ended_on = date(2024, 9, 2)
    sol.save()
    proof(scene, code="p2", accepted=None, holder_name="Rosa")

    assert (owed(scene, SUMMER).next.page, owed(scene, SUMMER).next.turn) == ("courses", Turn.PARTNER)


def test_a_business_that_never_had_a_proof_here_is_told_of_its_certificate(scene):
    account(scene)
    a_certificate(scene.employer, scene.partner)

    assert owed(scene, SUMMER).next.page == "audit"


def test_where_a_business_stands_is_read_in_few_queries(scene, django_assert_max_num_queries):
    a_certificate(scene.employer, scene.partner)
    an_audit(scene, stage="accepted")

    proof(scene, holder=scene.rosa)

    with django_assert_max_num_queries(10):
        owed(scene, date(2024, 9, 3))
