"""Plans for a head-count: shown, never counted, with the way to the next scheme in days."""

from datetime import date, timedelta

import pytest

from certified import CERTIFIED, a_certificate, acts, maintained, office
from secor.queries.certificates import standing_of
from secor.queries.hiring import outlook_of, plans_of, plans_past, way_of
from secor.queries.situations import situation_of
from secor.store.models import CertificateEvent, Entry, Headcount, HeadcountPlan
from secor.store.scope import house
from secor.usecases import headcounts, hiring, owner
from secor.usecases.employers import report_headcount

pytestmark = pytest.mark.django_db
ALL = house("this test")
TODAY, SUMMER, DUE = date(2024, 9, 3), date(2025, 3, 3), date(2025, 5, 17)


@pytest.fixture
def scene():
    made = office()
    report_headcount(acts(made.rosa, TODAY), employer=made.employer, on=date(2024, 6, 3), counts={"full_time": 6})
    return made


def planned(scene, on=SUMMER, number=12, today=TODAY, by=None):
    act = acts(by or scene.rosa, today)
    return hiring.plan(act, employer=scene.employer, on=on, counts={"full_time": number})


def test_a_plan_is_kept_apart_from_the_ledger_and_changes_nothing(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    planned(scene)

    assert Headcount.objects.within(ALL).count() == 1
    assert not CertificateEvent.objects.within(ALL).filter(event="headcount").exists()
    for day in (SUMMER, SUMMER + timedelta(days=1)):
        assert situation_of(scene.employer, on=day).size.counted == 6
        assert standing_of(certificate, on=day).convert_by is None
    assert Entry.objects.within(ALL).filter(act="headcount.planned").count() == 1


def test_a_second_plan_for_a_day_replaces_the_first_and_the_same_is_no_act(scene):
    first = planned(scene)
    assert planned(scene).pk == first.pk
    assert planned(scene, number=9).people["full_time"] == 9
    assert HeadcountPlan.objects.within(ALL).count() == 1
    assert Entry.objects.within(ALL).filter(act="headcount.planned").count() == 2


@pytest.mark.parametrize(
    ("on", "fine"),
    [(TODAY, False), (TODAY + timedelta(days=1), True), (date(2026, 9, 3), True), (date(2026, 9, 4), False)],
)
def test_a_plan_is_for_a_day_to_come_within_two_years(scene, on, fine):
    if fine:
        assert planned(scene, on=on).on == on
    else:
        with pytest.raises(hiring.NotAhead):
            planned(scene, on=on)


def test_a_plan_counts_as_a_report_would(scene):
    with pytest.raises(headcounts.NoPeople):
        planned(scene, number=0)
    with pytest.raises(headcounts.Uncountable):
        planned(scene, number=-1)


def test_nobody_but_an_owner_plans(scene):
    from certified import a_person

    for person in (a_person("Vic"), None):
        act = acts(person, TODAY)
        with pytest.raises(owner.NotOwner):
            hiring.plan(act, employer=scene.employer, on=SUMMER, counts={"full_time": 1})
        with pytest.raises(owner.NotOwner):
            hiring.drop(act, employer=scene.employer, on=SUMMER)


def test_the_twenty_fifth_plan_is_too_many(scene):
    for nth in range(1, 25):
        planned(scene, on=TODAY + timedelta(days=nth))
    with pytest.raises(hiring.Full):
        planned(scene, on=TODAY + timedelta(days=25))
    assert planned(scene, on=TODAY + timedelta(days=24), number=3), "a plan that is there may change"


def test_a_plan_is_taken_out_once(scene):
    planned(scene)
    for _ in range(2):
        hiring.drop(acts(scene.rosa, TODAY), employer=scene.employer, on=SUMMER)

    assert plans_of(scene.employer, on=TODAY) == ()
    assert Entry.objects.within(ALL).filter(act="headcount.plan_dropped").count() == 1


def test_a_plan_whose_day_has_come_is_asked_about(scene):
    planned(scene)

    assert [row.on for row in plans_of(scene.employer, on=SUMMER - timedelta(days=1))] == [SUMMER]
    assert plans_of(scene.employer, on=SUMMER) == ()
    assert [row.on for row in plans_past(scene.employer, on=SUMMER)] == [SUMMER]


def way(scene, on=TODAY):
    at = situation_of(scene.employer, on=on)
    return way_of(at, outlook_of(at).over)


def test_the_way_to_the_next_scheme_has_the_day_that_the_partners_rule_gives(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    assert way(scene) is None
    planned(scene)

    told = way(scene)
    assert told.by == DUE
    assert [(day.on, day.ours) for day in told.days] == [
        (date(2024, 11, 17), True),
        (SUMMER, False),
        (date(2025, 3, 18), True),
        (DUE, False),
    ]
    report_headcount(acts(scene.rosa, SUMMER), employer=scene.employer, on=SUMMER, counts={"full_time": 12})
    assert standing_of(certificate, on=SUMMER).convert_by == DUE, "the plan told the truth"
    assert [day.on for day in way(scene, on=SUMMER).days] == [date(2025, 3, 18), DUE]


def test_ten_is_no_reason_to_move(scene):
    a_certificate(scene.employer, scene.partner)
    planned(scene, number=10)

    assert way(scene) is None


def test_where_an_audit_is_due_before_the_hires_the_days_hold_if_it_is_passed(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    hired = DUE + timedelta(days=1)
    planned(scene, on=hired)

    told = way(scene)
    assert told.by == date(2026, 5, 17)
    assert str(DUE) in told.told[0]
    maintained(certificate, DUE, DUE)
    report_headcount(acts(scene.rosa, hired), employer=scene.employer, on=hired, counts={"full_time": 12})
    assert standing_of(certificate, on=hired).convert_by == told.by, "the plan told the truth"


def test_after_a_renewal_no_day_is_made_up(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, DUE, DUE)
    maintained(certificate, date(2026, 5, 17), date(2026, 5, 17))
    today = date(2026, 6, 3)
    planned(scene, on=date(2027, 5, 18), today=today)

    told = way(scene, on=today)
    assert told.by is None
    assert "renewed by 2027-05-17" in told.told[0]
    planned(scene, on=date(2027, 5, 17), today=today)
    assert way(scene, on=today).by == date(2027, 5, 17)


def test_hires_on_the_due_day_itself_must_move_by_that_day(scene):
    a_certificate(scene.employer, scene.partner)
    planned(scene, on=DUE)

    assert way(scene).by == DUE


def test_without_a_certificate_it_is_said_which_one_is_for_them(scene):
    planned(scene)

    assert way(scene).by is None
    assert "Over 10" in way(scene).told[0]
    assert CERTIFIED < TODAY
