"""Asking for an audit, and what its employer is shown of it."""

from datetime import UTC, date, datetime

import pytest

from cast import signed_in
from secor.core.audit import Kind
from secor.post.letters import following
from secor.store.models import (
    Account,
    Audit,
    CourseProof,
    Entry,
    Note,
    Review,
    Role,
    Tie,
)
from secor.store.scope import house

ALL = house("this test")
TODAY = date(2024, 9, 3)
COURSE = "health-and-safety-program-building"

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


@pytest.fixture
def ready(stage):
    """Everything an audit wants."""
    CourseProof.objects.create(
        employer=stage.roofing, course=COURSE, holder_name="Rosa", taken_on=TODAY, code="ok", accepted=True
    )
    Account.objects.create(employer=stage.roofing, number="1234567")
    return stage


def test_what_is_missing_is_named_before_an_audit_is_asked_for(rosa, at):
    page = said(rosa.get(at("audit")))

    assert "An accepted course proof" in page
    assert "Ask for the audit</button>" not in page


def test_an_auditor_is_invited_from_the_partners_list(ready, rosa, at):
    page = said(rosa.get(at("audit")))
    assert "Invite Dev" in page
    assert "Invite Ned" not in page  # another partner's
    assert "does a self-assessment" not in page  # this partner wants an auditor from outside

    form = {"do": "ask", "records_months": "12", "who": f"external_auditor:{ready.dev.pk}"}
    rosa.post(at("audit"), form)

    audit = Audit.objects.within(ALL).get()
    assert (audit.kind, audit.assessor, audit.stage) == (Kind.CERTIFICATION.value, ready.dev, "asked")
    shown = said(rosa.get(at("audit")))
    assert "Your certifying partner&#x27;s move" in shown or "Your certifying partner's move" in shown
    assert "Dev" in shown


@pytest.mark.parametrize("how", ["tie", "role"])
def test_an_auditor_who_is_tied_is_named_with_the_reason_and_cannot_be_chosen(ready, rosa, at, how):
    if how == "tie":
        Tie.objects.create(
            employer=ready.roofing, person=ready.dev, kind="built_program", from_on=date(2020, 1, 1), until_on=TODAY
        )
    else:
        Role.objects.create(person=ready.dev, kind="worker", employer=ready.roofing, from_on=date(2024, 1, 8))

    page = said(rosa.get(at("audit")))
    assert "Not independent" in page
    assert ("elped to build" in page) if how == "tie" else ("orks or worked for the business" in page)
    assert "Invite Dev" not in page
    form = {"do": "ask", "records_months": "12", "who": f"external_auditor:{ready.dev.pk}"}
    assert rosa.post(at("audit"), form).status_code == 422
    assert not Audit.objects.within(ALL).exists()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"records_months": "2"}, "You need records of at least 3 months"),
        ({"records_months": ""}, "Write a number of months."),
        ({"records_months": "-1"}, "greater than or equal to 0"),
        ({"who": ""}, "Choose who does it."),
        ({"who": "external_auditor:1' OR 1=1"}, "Select a valid choice"),
    ],
)
def test_an_audit_asked_for_with_a_slip_is_asked_again(ready, rosa, at, form, words):
    given = {"do": "ask", "records_months": "12", "who": f"external_auditor:{ready.dev.pk}", **form}

    answer = rosa.post(at("audit"), given)

    assert answer.status_code == 422
    assert words in said(answer)
    assert not Audit.objects.within(ALL).exists()


def test_two_people_ask_at_once_and_one_audit_begins(ready, rosa, at):
    form = {"do": "ask", "records_months": "12", "who": f"external_auditor:{ready.dev.pk}"}

    rosa.post(at("audit"), form)
    rosa.post(at("audit"), form)

    assert Audit.objects.within(ALL).count() == 1


def test_the_reviewers_notes_are_shown_once_sent_and_never_the_reviewers_name(ready, rosa, at, stage):
    ready.rey.name = "Reviewer Rey Unnamed"
    ready.rey.save(update_fields=["name"])
    audit = Audit.objects.create(
        employer=stage.roofing,
        partner=stage.asc,
        assessor=stage.dev,
        kind="certification",
        performer="external_auditor",
        stage="in_review",
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        asked_on=TODAY,
        submitted_on=TODAY,
    )
    began = datetime(2024, 9, 3, tzinfo=UTC)
    review = Review.objects.create(audit=audit, round=1, reviewer=stage.rey, claimed_at=began)
    Note.objects.create(review=review, question="2.1", kind="must_fix", text="Which list?", written_at=began)
    assert "Which list?" not in said(rosa.get(at("audit")))

    Audit.objects.within(ALL).update(stage="returned")
    review.concluded_at, review.outcome = datetime(2024, 9, 3, 12, tzinfo=UTC), "returned"
    review.save()

    page = said(rosa.get(at("audit")))
    assert "Which list?" in page
    assert "Must be put right" in page
    for name in ("home", "audit", "history", "people"):
        assert "Unnamed" not in said(rosa.get(at(name)))


def under_way(stage, *, at_stage="open", **more):
    facts = {"performer": "external_auditor", "assessor": stage.dev, "approved_on": TODAY} | more
    return Audit.objects.create(
        employer=stage.roofing,
        partner=stage.asc,
        kind="certification",
        stage=at_stage,
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        methods=["D", "I", "O"],
        asked_on=TODAY,
        **facts,
    )


@pytest.mark.parametrize("at_stage", ["asked", "open"])
def test_an_owner_withdraws_an_auditors_audit_from_the_own_desk_and_the_auditor_is_told(stage, rosa, at, at_stage):
    audit = under_way(stage, at_stage=at_stage)
    assert at("withdraw") in said(rosa.get(at("audit")))

    assert rosa.post(at("withdraw"), {"reason": " "}).status_code == 422
    audit.refresh_from_db()
    assert audit.stage == at_stage
    assert rosa.post(at("withdraw"), {"reason": "We sold the truck."}).status_code == 302

    audit.refresh_from_db()
    assert (audit.stage, audit.reason) == ("withdrawn", "We sold the truck.")
    entry = Entry.objects.within(ALL).get(act="audit.withdrawn")
    assert "dev@example.ca" in {draft.to for draft in following(entry)}
    assert "We sold the truck." not in str(entry.detail)


def test_what_a_reviewer_has_in_hand_is_withdrawn_by_nobody(stage, rosa, at):
    audit = under_way(stage, at_stage="in_review")
    assert at("withdraw") not in said(rosa.get(at("audit")))
    assert rosa.get(at("withdraw")).status_code == 302
    assert rosa.post(at("withdraw"), {"reason": "No."}).status_code == 302
    audit.refresh_from_db()
    assert audit.stage == "in_review"


def test_only_an_owner_withdraws_for_the_business(stage, client, at):
    audit = under_way(stage)
    page = signed_in(client, stage.sol).get(at("withdraw"))
    assert "The owner can withdraw it." in said(page)
    assert client.post(at("withdraw"), {"reason": "No."}).status_code == 403
    audit.refresh_from_db()
    assert audit.stage == "open"
