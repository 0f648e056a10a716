"""One person of the partner takes an audit and says what becomes of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from certified import (
    GOOD,
    a_certificate,
    a_partner,
    a_person,
    accepted,
    acts,
    an_audit,
    answered,
    happened,
    maintained,
    office,
)
from secor.core.certificate import Standing
from secor.core.method import Method
from secor.core.quality import NOT_MET, PARTLY
from secor.core.role import RoleKind
from secor.queries.certificates import standing_of
from secor.store.models import (
    Answer,
    Audit,
    AuditVisit,
    CertificateEvent,
    Diary,
    Entry,
    Note,
    Review,
    ReviewMark,
    Role,
    Tie,
)
from secor.store.scope import house
from secor.usecases import marks, notes, reviews
from secor.usecases.answers import NotAsked, Unfit
from secor.usecases.staff import NotYourDesk, Tied

DAY = date(2024, 5, 13)
ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return office()


def pat(scene, on=DAY):
    return acts(scene.pat, on)


def entries(act: str) -> int:
    return Entry.objects.within(ALL).filter(act=act).count()


def test_an_audit_that_is_taken_is_in_review_and_belongs_to_its_reviewer(scene):
    review = reviews.claim(pat(scene), audit=an_audit(scene))

    assert (review.reviewer, review.round, review.audit.stage) == (scene.pat, 1, Audit.Stage.IN_REVIEW)
    assert entries("review.claimed") == 1


def test_taking_ones_own_twice_is_one_act(scene):
    audit = an_audit(scene)

    assert reviews.claim(pat(scene), audit=audit) == reviews.claim(pat(scene), audit=audit)
    assert entries("review.claimed") == 1


def test_a_colleague_finds_it_taken(scene):
    audit = an_audit(scene)
    reviews.claim(pat(scene), audit=audit)

    with pytest.raises(reviews.Taken, match="colleague"):
        reviews.claim(acts(a_person("Quinn", RoleKind.REVIEWER, partner=scene.partner), DAY), audit=audit)


@pytest.mark.parametrize("who", ["regan", "ines", "rosa", "dev"])
def test_only_a_reviewer_reviews(scene, who):
    with pytest.raises(NotYourDesk, match="reviewer"):
        reviews.claim(acts(getattr(scene, who), DAY), audit=an_audit(scene))


def test_a_reviewer_of_another_partner_does_not(scene):
    other = a_person("Ola", RoleKind.REVIEWER, partner=a_partner("esc"))

    with pytest.raises(NotYourDesk):
        reviews.claim(acts(other, DAY), audit=an_audit(scene))


def test_nobody_reviews_after_the_last_day_of_their_role(scene):
    Role.objects.filter(person=scene.pat).update(until_on=DAY - timedelta(days=1))

    with pytest.raises(NotYourDesk):
        reviews.claim(pat(scene), audit=an_audit(scene))


def test_the_last_day_of_a_role_still_counts(scene):
    Role.objects.filter(person=scene.pat).update(until_on=DAY)

    assert reviews.claim(pat(scene), audit=an_audit(scene))


def test_nobody_reviews_an_audit_they_did(scene):
    Role.objects.create(person=scene.dev, kind=RoleKind.REVIEWER, partner=scene.partner, from_on=date(2023, 1, 1))

    with pytest.raises(Tied, match="did this audit yourself"):
        reviews.claim(acts(scene.dev, DAY), audit=an_audit(scene))


def test_nobody_reviews_a_business_they_are_tied_to(scene):
    Tie.objects.create(
        employer=scene.employer,
        person=scene.pat,
        kind="built_program",
        from_on=date(2020, 1, 1),
        until_on=date(2020, 2, 1),
    )

    with pytest.raises(Tied, match="helped to build"):
        reviews.claim(pat(scene), audit=an_audit(scene))


def test_nobody_reviews_a_business_they_had_a_role_in(scene):
    Role.objects.create(
        person=scene.pat, kind="worker", employer=scene.employer, from_on=date(2020, 1, 1), until_on=date(2020, 2, 1)
    )

    with pytest.raises(Tied, match="role in this business"):
        reviews.claim(pat(scene), audit=an_audit(scene))


@pytest.mark.parametrize("stage", ["asked", "open", "returned", "accepted", "rejected", "withdrawn"])
def test_only_an_audit_that_waits_can_be_taken(scene, stage):
    with pytest.raises(reviews.NotWaiting):
        reviews.claim(pat(scene), audit=an_audit(scene, stage=stage))


def test_a_colleague_goes_on_where_the_first_one_stopped(scene):
    review = reviews.claim(pat(scene), audit=answered(an_audit(scene)))
    notes.note(pat(scene), review=review, question="1.1", kind="information", text="Well told.")
    quinn = a_person("Quinn", RoleKind.REVIEWER, partner=scene.partner)

    assert reviews.take_over(acts(quinn, DAY), review=review).reviewer == quinn
    with pytest.raises(reviews.Taken, match="taken this review over"):
        reviews.send_back(pat(scene), review=review, reason="…")
    assert Note.objects.within(ALL).count() == 1


def test_both_marks_and_both_scores_are_kept(scene):
    audit = answered(an_audit(scene, awarded=900))
    review = reviews.claim(pat(scene), audit=audit)
    marks.mark(
        pat(scene), review=review, question="1.1", method=Method.DOCUMENT, given={"percent": "0"}, reason="Not shown."
    )
    reviews.accept(pat(scene), review=review, quality=GOOD)

    review = Review.objects.within(ALL).get()
    audit.refresh_from_db()
    assert Answer.objects.within(ALL).get(question="1.1", method="D").given == {"percent": "90"}
    assert audit.awarded == 900
    assert review.possible == 1000
    assert 0 < review.awarded < 900


def test_a_mark_needs_its_reason_and_can_be_taken_back(scene):
    review = reviews.claim(pat(scene), audit=an_audit(scene))
    given = {"percent": "50"}

    with pytest.raises(marks.Unexplained, match=r"1\.1"):
        marks.mark(pat(scene), review=review, question="1.1", method=Method.DOCUMENT, given=given, reason=" ")
    marks.mark(pat(scene), review=review, question="1.1", method=Method.DOCUMENT, given=given, reason="One of two.")
    marks.mark(pat(scene), review=review, question="1.1", method=Method.DOCUMENT, given=given, reason="One of two.")
    assert entries("review.marked") == 1
    marks.mark(pat(scene), review=review, question="1.1", method=Method.DOCUMENT, given=None)

    assert not ReviewMark.objects.within(ALL).exists()


@pytest.mark.parametrize(("question", "method"), [("99.9", Method.DOCUMENT), ("1.1", Method.INTERVIEW)])
def test_only_what_the_audit_asks_can_be_marked(scene, question, method):
    review = reviews.claim(pat(scene), audit=an_audit(scene, methods=["D"]))

    with pytest.raises(NotAsked):
        marks.mark(pat(scene), review=review, question=question, method=method, given={"percent": "1"}, reason="x")


def test_a_mark_that_cannot_be_an_answer_is_refused(scene):
    review = reviews.claim(pat(scene), audit=an_audit(scene))

    with pytest.raises(Unfit, match="more than"):
        marks.mark(
            pat(scene), review=review, question="1.1", method=Method.DOCUMENT, given={"met": 3, "of": 2}, reason="x"
        )


def test_an_audit_sent_back_can_be_worked_on_and_its_next_round_has_a_review_of_its_own(scene):
    audit = answered(an_audit(scene))
    review = reviews.claim(pat(scene), audit=audit)
    note = notes.note(pat(scene), review=review, question="1.1", kind="must_fix", text="Show the signed page.")
    reviews.send_back(pat(scene), review=review, reason="One page is missing.")
    audit.refresh_from_db()
    assert audit.writable

    audit.stage, audit.round = Audit.Stage.SUBMITTED, 2
    audit.save(update_fields=["stage", "round"])
    second = reviews.claim(pat(scene), audit=audit)
    with pytest.raises(reviews.StillToFix, match="One note"):
        reviews.accept(pat(scene), review=second, quality=GOOD)
    notes.settle(pat(scene), note=note)
    reviews.accept(pat(scene), review=second, quality=GOOD)

    audit.refresh_from_db()
    assert audit.stage == Audit.Stage.ACCEPTED
    outcomes = Review.objects.within(ALL).order_by("round").values_list("outcome", flat=True)
    assert list(outcomes) == ["returned", "accepted"]


@pytest.mark.parametrize("outcome", ["accept", "reject", "send_back"])
def test_visits_to_come_are_called_off_once_the_audit_has_ended(scene, outcome):
    audit = answered(an_audit(scene))
    begins = acts(scene.dev, DAY).at + timedelta(days=9)
    diary = Diary.objects.create(person=scene.dev)
    moments = {"starts_at": begins, "ends_at": begins + timedelta(hours=3), "made_at": begins, "changed_at": begins}
    visit = AuditVisit.objects.within(ALL).create(uid=uuid4(), audit=audit, diary=diary, **moments)
    review = reviews.claim(pat(scene), audit=audit)
    if outcome == "accept":
        reviews.accept(pat(scene), review=review, quality=GOOD)
    else:
        getattr(reviews, outcome)(pat(scene), review=review, reason="A page is missing.")
    visit.refresh_from_db()
    assert (visit.cancelled_at is None) is (outcome == "send_back")


def test_each_outcome_needs_its_reason(scene):
    review = reviews.claim(pat(scene), audit=answered(an_audit(scene)))

    for act in (reviews.send_back, reviews.reject):
        with pytest.raises(reviews.Unexplained):
            act(pat(scene), review=review, reason="  ")
    assert Review.objects.within(ALL).get().concluded_at is None


def test_a_round_that_has_ended_stays_as_it_was_read(scene):
    review = reviews.claim(pat(scene), audit=answered(an_audit(scene)))
    note = notes.note(pat(scene), review=review, question="", kind="information", text="Well told.")
    reviews.send_back(pat(scene), review=review, reason="Please look again.")

    with pytest.raises(reviews.Concluded):
        reviews.accept(pat(scene), review=review, quality=GOOD)
    with pytest.raises(reviews.Concluded):
        notes.strike(pat(scene), note=note)
    with pytest.raises(reviews.Concluded):
        marks.mark(pat(scene), review=review, question="1.1", method=Method.DOCUMENT, given=None)


def test_quality_at_its_mark_is_enough_and_a_line_below_is_not(scene):
    audit = answered(an_audit(scene))
    review = reviews.claim(pat(scene), audit=audit)
    at_80 = {**GOOD, "scope": NOT_MET, "clocks": NOT_MET}

    with pytest.raises(reviews.PoorQuality, match="75 of 100"):
        reviews.accept(pat(scene), review=review, quality={**at_80, "notes": PARTLY})
    reviews.accept(pat(scene), review=review, quality=at_80)

    review = Review.objects.within(ALL).get()
    assert (review.quality_awarded, review.quality_possible) == (80, 100)


def test_an_open_line_of_the_quality_sheet_is_named(scene):
    review = reviews.claim(pat(scene), audit=answered(an_audit(scene)))

    with pytest.raises(reviews.Unjudged) as refusal:
        reviews.accept(pat(scene), review=review, quality={**GOOD, "sample": ""})
    assert [problem.place for problem in refusal.value.problems] == ["sample"]


def test_an_accepted_audit_may_have_failed(scene):
    audit = answered(an_audit(scene, passed=False, awarded=500), percent="50")
    accepted(scene, audit)

    assert (audit.stage, audit.passed) == (Audit.Stage.ACCEPTED, False)
    event = CertificateEvent.objects.within(ALL).get()
    assert (event.event, event.kind, event.passed) == ("audit_accepted", "certification", False)


@pytest.mark.parametrize(
    ("passed", "percent", "words"), [(True, "50", "yours it does not"), (False, "90", "yours it passes")]
)
def test_two_verdicts_are_never_accepted(scene, passed, percent, words):
    audit = answered(an_audit(scene, passed=passed), percent=percent)
    review = reviews.claim(pat(scene), audit=audit)

    with pytest.raises(reviews.TwoVerdicts, match=words):
        reviews.accept(pat(scene), review=review, quality=GOOD)
    audit.refresh_from_db()
    assert audit.stage == Audit.Stage.IN_REVIEW


def test_a_rejected_maintenance_audit_opens_the_duty_again(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    sent, due = date(2025, 5, 10), date(2025, 5, 17)
    audit = answered(an_audit(scene, kind="maintenance", submitted_on=sent))
    happened(certificate, "audit_submitted", sent, kind="maintenance")
    review = reviews.claim(pat(scene, due), audit=audit)
    assert standing_of(certificate, on=due + timedelta(days=1)).decision_pending
    reviews.reject(pat(scene, due), review=review, reason="The auditor is not certified.")

    assert standing_of(certificate, on=due).standing is Standing.VALID
    assert standing_of(certificate, on=due + timedelta(days=1)).standing is Standing.LAPSED


def test_a_limited_scope_audit_counts_as_what_the_certificate_owes(scene):
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, date(2025, 5, 10), date(2025, 5, 20))
    maintained(certificate, date(2026, 5, 10), date(2026, 5, 20))
    audit = answered(an_audit(scene, kind="limited_scope", submitted_on=date(2027, 5, 10)))
    accepted(scene, audit, date(2027, 5, 14))
    certificate.refresh_from_db()

    assert (certificate.owed_kind, certificate.owed_due_on) == ("maintenance", date(2028, 5, 17))


def test_a_note_wants_words_and_a_question_that_exists(scene):
    review = reviews.claim(pat(scene), audit=an_audit(scene))

    with pytest.raises(notes.Unwritten):
        notes.note(pat(scene), review=review, question="1.1", kind="must_fix", text="\n ")
    with pytest.raises(notes.NoSuchQuestion):
        notes.note(pat(scene), review=review, question="77.1", kind="must_fix", text="Where?")
    with pytest.raises(notes.Unwritten, match="5001"):
        notes.note(pat(scene), review=review, question="1.1", kind="must_fix", text="a" * 5001)


def test_a_note_that_was_not_sent_can_be_taken_back_and_not_settled(scene):
    review = reviews.claim(pat(scene), audit=an_audit(scene))
    note = notes.note(pat(scene), review=review, question="1.1", kind="must_fix", text="Show it.")

    with pytest.raises(notes.Answered):
        notes.settle(pat(scene), note=note)
    notes.strike(pat(scene), note=note)

    assert not Note.objects.within(ALL).exists()
