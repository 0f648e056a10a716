"""The start of an audit: every obstacle is its own refusal with a way out, and the partner has the last word."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessments import AT, BEGAN, scene
from secor.store.models import Audit, CourseProof, Entry, Headcount, Membership, Partner, Person, Role, Tie
from secor.store.scope import house
from secor.usecases import assessor, staff, starts
from secor.usecases.audits import approve_start, ask, refuse_start

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def there():
    """An employer that is ready to ask, and a registrar who answers."""
    made = scene()
    made.audit.delete()
    registrar = Person.objects.create_user("reg@example.ca", name="Reg")
    Role.objects.create(person=registrar, kind="registrar", partner=made.partner, from_on=BEGAN)
    return made


def asks(there, **more):
    facts = {
        "employer": there.employer,
        "kind": "certification",
        "performer": "external_auditor",
        "assessor": there.dev,
        "records_months": 12,
        **more,
    }
    return ask(facts.pop("act", there.rosa_acts()), **facts)


def registrar(there):
    return replace(there.rosa_acts(), by=Person.objects.get(email="reg@example.ca"))


def refused(there, refusal, words, **more):
    before = Audit.objects.within(ALL).count()
    with pytest.raises(refusal, match=words):
        asks(there, **more)
    assert Audit.objects.within(ALL).count() == before
    assert not Entry.objects.within(ALL).exists()


def test_a_ready_employer_asks_and_the_audit_waits_for_the_partner(there):
    audit = asks(there)

    assert (audit.stage, audit.kind, audit.assessor, audit.headcount) == ("asked", "certification", there.dev, 6)
    assert (audit.edition, audit.instrument) == ("ab-secor-2023", "secor-open")
    (entry,) = Entry.objects.within(ALL)
    assert (entry.act, entry.detail) == (
        "audit.asked",
        {"kind": "certification", "performer": "external_auditor"},
    )


@pytest.mark.parametrize("who", ["wes", "dev", "pat", "sam"])
def test_only_the_employers_own_ask(there, who):
    with pytest.raises(assessor.NotYours):
        asks(there, act=replace(there.rosa_acts(), by=getattr(there, who)))


def test_without_an_approved_partner_nothing_begins(there):
    Membership.objects.within(ALL).update(approved_on=None)
    refused(there, starts.NoPartner, "Choose one")


def test_a_partner_that_left_the_program_yesterday_starts_nothing_and_today_it_still_does(there):
    Partner.objects.update(valid_until=AT.date() - timedelta(days=1))
    refused(there, staff.PartnerEnded, "choose another")
    Partner.objects.update(valid_until=AT.date())
    assert asks(there)


def test_ten_people_may_and_eleven_may_not(there):
    Headcount.objects.within(ALL).update(full_time=9)
    audit = asks(there)
    assert audit.headcount == 10

    audit.delete()
    Entry.objects.within(ALL).delete()
    Headcount.objects.within(ALL).update(full_time=10)
    refused(there, starts.TooMany, "11 people.*COR")


def test_an_employer_whose_size_nobody_knows_reports_it_first(there):
    Headcount.objects.within(ALL).delete()
    refused(there, starts.TooMany, "Report your head-count")


@pytest.mark.parametrize(
    "change",
    [{"accepted": None}, {"accepted": False}, {"course": "other"}, {"valid_until": AT.date() - timedelta(days=1)}],
)
def test_a_course_counts_once_it_is_accepted_and_while_it_is_good(there, change):
    CourseProof.objects.within(ALL).update(**change)
    refused(there, starts.Untrained, "health and safety program building.*proof")


def test_a_proof_is_good_on_its_last_day(there):
    CourseProof.objects.within(ALL).update(valid_until=AT.date())
    assert asks(there)


def test_an_auditor_who_built_the_program_is_refused_with_the_reason(there):
    Tie.objects.create(
        employer=there.employer,
        person=there.dev,
        kind="built_program",
        from_on=date(2010, 1, 1),
        until_on=date(2012, 1, 1),
    )
    refused(there, starts.NotIndependent, "helped to build.*Choose an auditor")


def test_a_partner_that_wants_an_auditor_from_outside_takes_no_self_assessment(there):
    words = "is done by an auditor from outside"
    refused(there, starts.NotAllowedNow, words, performer="self_assessor", assessor=there.rosa)


def test_an_owners_own_ties_forbid_no_self_assessment(there):
    Partner.objects.update(key="esc")
    CourseProof.objects.within(ALL).update(course="safety-program-development")
    Tie.objects.create(employer=there.employer, person=there.rosa, kind="owner", from_on=BEGAN)
    assert asks(there, performer="self_assessor", assessor=there.rosa)


@pytest.mark.parametrize(("performer", "who"), [("external_auditor", "pat"), ("self_assessor", "wes")])
def test_the_assessor_holds_the_role_for_it(there, performer, who):
    Partner.objects.update(key="esc")
    CourseProof.objects.within(ALL).update(course="safety-program-development")
    refused(
        there,
        starts.NotCertified,
        "no (certified auditor|self-assessor)",
        performer=performer,
        assessor=getattr(there, who),
    )


def test_an_auditor_is_certified_by_this_partner_and_today(there):
    Role.objects.filter(person=there.dev).update(until_on=AT.date())
    assert asks(there)
    Audit.objects.within(ALL).delete()
    Entry.objects.within(ALL).delete()
    Role.objects.filter(person=there.dev).update(until_on=AT.date() - timedelta(days=1))
    refused(there, starts.NotCertified, "no certified auditor")


def test_a_performer_that_the_rules_do_not_know_is_refused(there):
    refused(there, starts.NotAllowedNow, "is done by", performer="partner", assessor=there.dev)


@pytest.mark.parametrize("kind", ["maintenance", "recertification"])
def test_only_what_is_owed_is_begun(there, kind):
    refused(there, starts.NotOwed, "What you owe next is a certification audit", kind=kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("limited_scope", "ask for a whole audit"),
        ("administrative", "no work going on"),
        ("action_plan", "Ask for the"),
    ],
)
def test_what_no_rule_offers_is_refused_in_a_sentence(there, kind, words):
    refused(there, starts.NotOffered, words, kind=kind)


def test_records_reach_back_three_months_at_least(there):
    refused(there, starts.TooFewRecords, "at least 3 months", records_months=2)
    assert asks(there, records_months=3)


def test_there_is_one_audit_at_a_time(there):
    asks(there)
    with pytest.raises(starts.UnderWay, match="Finish or withdraw"):
        asks(there)


def test_the_partner_approves_and_pins_the_rules_of_the_day(there):
    audit = asks(there)
    Headcount.objects.create(employer=there.employer, on=date(2026, 5, 1), owners=1, full_time=7)
    opened = approve_start(registrar(there), audit=audit)

    assert (opened.stage, opened.approved_on, opened.headcount) == ("open", AT.date(), 8)
    assert approve_start(registrar(there), audit=audit).stage == "open"
    assert [entry.act for entry in Entry.objects.within(ALL)] == ["audit.asked", "audit.start_approved"]


@pytest.mark.parametrize("who", ["rosa", "dev", "pat", "sam"])
def test_only_a_registrar_answers(there, who):
    audit = asks(there)
    act = replace(there.rosa_acts(), by=getattr(there, who))
    with pytest.raises(staff.NotYourDesk):
        approve_start(act, audit=audit)
    with pytest.raises(staff.NotYourDesk):
        refuse_start(act, audit=audit, reason="no")


def test_an_employer_that_grew_before_the_approval_is_not_approved(there):
    audit = asks(there)
    Headcount.objects.create(employer=there.employer, on=date(2026, 5, 1), full_time=11)
    with pytest.raises(starts.TooMany):
        approve_start(registrar(there), audit=audit)


def test_a_refusal_has_a_reason_and_the_employer_may_ask_anew(there):
    audit = asks(there)
    with pytest.raises(starts.NoReason):
        refuse_start(registrar(there), audit=audit, reason="  ")
    no = refuse_start(registrar(there), audit=audit, reason="Pay the fee first.")

    assert (no.stage, no.reason) == ("withdrawn", "Pay the fee first.")
    assert "Pay" not in str(Entry.objects.within(ALL).get(act="audit.start_refused").detail)
    with pytest.raises(starts.NotAsked):
        approve_start(registrar(there), audit=audit)
    assert asks(there)
