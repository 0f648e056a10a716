"""Sending an audit: nothing open, scored by the rules, frozen as it was, and closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessments import AT, fill, scene
from secor.core.instrument import Method
from secor.queries import schemes
from secor.queries.objections import open_in, raised_in
from secor.queries.progress import progress_of
from secor.queries.versions import differences, versions_of
from secor.store import shelf
from secor.store.models import Answer, Audit, Entry, Note, Remark, Review, Role, Tie
from secor.store.scope import house
from secor.usecases import answers, assessor, evidence, submission
from secor.usecases.submission import Incomplete, gather, submit, take_back
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def now(there) -> Audit:
    return Audit._base_manager.get(pk=there.audit.pk)


def filled(**more):
    share = more.pop("share", 1)
    there = scene(**more)
    fill(there, share=share)
    return there


def open_of(there):
    progress = progress_of(there.audit)
    return open_in(progress, raised_in(progress))


def unproved(there):
    found = raised_in(progress_of(there.audit))
    return {each.objection.question for each in found if each.objection.rule == "no_proof"}


def acts(there, at=AT):
    return there.dev_acts(at) if there.audit.performer == "external_auditor" else there.rosa_acts(at)


def test_an_audit_with_everything_in_place_is_sent_scored_and_closed():
    there = filled()
    verdict = submit(there.dev_acts(), audit=there.audit)
    audit = now(there)

    assert verdict.passed
    assert (audit.stage, audit.round, audit.submitted_on) == ("submitted", 1, date(2026, 6, 1))
    assert (audit.passed, audit.awarded, audit.possible) == (True, 1000, 1000)
    assert [entry.act for entry in Entry.objects.within(ALL)] == ["audit.submitted"]
    with pytest.raises(assessor.Closed):
        submit(there.dev_acts(), audit=there.audit)


def test_a_weak_audit_is_sent_too_and_its_verdict_says_so():
    there = filled(share=0.5)
    verdict = submit(there.dev_acts(), audit=there.audit)

    assert not verdict.passed
    assert now(there).passed is False


def test_one_missing_answer_keeps_it_open_and_is_named():
    there = filled()
    Answer._base_manager.filter(question="3.1").delete()
    with pytest.raises(Incomplete) as refused:
        submit(there.dev_acts(), audit=there.audit)

    assert [(each.question, each.element, each.what) for each in refused.value.open] == [
        ("3.1", 3, "Answer this question")
    ]
    assert now(there).stage == "open"
    assert not versions_of(there.audit)


def test_what_is_open_in_a_new_audit_is_its_days_and_two_things_a_question():
    there = scene()
    still = open_of(there)

    assert [each.page for each in still[:1]] == ["dates"]
    assert len(still) == 1 + 2 * 63


def test_a_question_below_full_points_wants_a_recommendation_and_a_full_one_does_not():
    there = filled()
    Remark._base_manager.update(recommendation="")
    assert open_of(there) == ()

    answers.record(
        there.dev_acts(), audit=there.audit, question="1.1", method="D", given={"met": 4, "of": 5}, revision=1
    )
    (still,) = open_of(there)
    assert (still.question, still.what) == ("1.1", "Write what you recommend, because points are missing")


def test_a_must_fix_note_wants_a_reply_and_one_for_information_does_not():
    there = filled(stage="returned")
    review = Review.objects.create(audit=there.audit, round=1, reviewer=there.pat, claimed_at=AT, concluded_at=AT)
    Note.objects.create(review=review, question="2.1", kind="information", text="Nice.", written_at=AT)
    note = Note.objects.create(review=review, question="2.1", kind="must_fix", text="Say how many.", written_at=AT)
    assert [each.page for each in open_of(there)] == ["notes"]

    note.reply = "Three of four."
    note.save()
    assert open_of(there) == ()


def test_the_version_can_be_scored_and_explained_again_without_the_database():
    there = filled()
    piece = evidence.add(
        there.dev_acts(), employer=there.employer, audit=there.audit, question="1.1", upload=sent(photo(), "wall.jpg")
    )
    submit(there.dev_acts(), audit=there.audit)
    (version,) = versions_of(there.audit)
    what = version.frozen

    assert what["edition"] == {"key": "ab-secor-2023", "digest": schemes.digest("ab-secor-2023")}
    assert what["instrument"]["digest"] == schemes.digest("secor-open")
    assert shelf.place(what["instrument"]["digest"]).read_text() == schemes.text("secor-open")
    assert shelf.place(what["edition"]["digest"]).exists()
    assert what["form"] == 3
    assert [each["key"] for each in what["quality_rules"]] == ["quality-rules", "ab-secor/quality-rules"]
    for each in what["quality_rules"]:
        assert shelf.place(each["digest"]).read_text() == schemes.text(each["key"])
    assert {each["rule"] for each in what["objections"]} == {"thin_note", "repeated_note", "small_sample"}
    assert what["partners"] == {"key": "ab-secor/partners", "digest": schemes.digest("ab-secor/partners")}
    assert shelf.place(what["partners"]["digest"]).read_text() == schemes.text("ab-secor/partners")
    assert what["answers"]["1.1"]["D"] == {"met": 5, "of": 5}
    assert what["answers"]["1.1"]["note"] == "Seen in the binder."
    assert what["evidence"] == [{"question": "1.1", "code": piece.code, "title": "wall.jpg", "sha256": piece.file_id}]
    assert what["score"]["passed"] is True
    assert what["pass_mark"] == {"overall": "4/5", "element": "1/2", "points": None}
    assert version.digest == Entry.objects.within(ALL).get(act="audit.submitted").detail["version"]


def test_a_self_assessment_is_signed_off_by_its_owner():
    there = filled(performer="self_assessor")
    Role.objects.create(person=there.wes, kind="self_assessor", employer=there.employer, from_on=date(2026, 1, 5))
    with pytest.raises(submission.Unsigned, match="Ask the owner"):
        submit(replace(there.rosa_acts(), by=there.wes), audit=there.audit)
    assert submit(there.rosa_acts(), audit=there.audit).passed


@pytest.mark.parametrize("who", ["rosa", "wes", "pat", "sam"])
def test_nobody_else_sends_an_auditors_audit(who):
    there = filled()
    with pytest.raises(assessor.NotYours):
        submit(replace(there.dev_acts(), by=getattr(there, who)), audit=there.audit)


def test_a_tie_that_became_known_meanwhile_stops_the_sending():
    there = filled()
    Tie.objects.create(employer=there.employer, person=there.dev, kind="built_program", from_on=date(2020, 1, 1))
    with pytest.raises(submission.Conflicted, match="Withdraw it"):
        submit(there.dev_acts(), audit=there.audit)
    assert now(there).stage == "open"


def test_a_sent_audit_is_taken_back_until_a_reviewer_begins_and_goes_out_as_a_second_version():
    there = filled()
    submit(there.dev_acts(), audit=there.audit)
    take_back(there.dev_acts(), audit=there.audit)
    audit = now(there)
    assert (audit.stage, audit.passed, audit.awarded) == ("open", None, None)

    answers.record(
        there.dev_acts(), audit=audit, question="1.2", method=Method.INTERVIEW, given={"pos": 3, "neg": 1}, revision=1
    )
    submit(there.dev_acts(AT + timedelta(days=1)), audit=audit)
    first, second = versions_of(audit)
    (change,) = differences(first.frozen, second.frozen)
    assert (change.question, change.part, change.before, change.after) == (
        "1.2",
        "I",
        {"pos": 4, "neg": 0},
        {"pos": 3, "neg": 1},
    )

    Audit._base_manager.filter(pk=audit.pk).update(stage="in_review")
    with pytest.raises(submission.NotTakenBack):
        take_back(there.dev_acts(), audit=audit)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2026, 6, 1), date(2026, 6, 1), False),
        (date(2026, 6, 2), None, True),
        (date(2026, 6, 1), date(2026, 6, 2), True),
        (date(2026, 5, 2), date(2026, 5, 1), True),
        (date(2026, 5, 2), None, False),
    ],
)
def test_days_of_gathering_have_come_and_are_in_their_order(first, last, refused):
    there = scene()
    if refused:
        with pytest.raises(submission.Backwards):
            gather(there.dev_acts(), audit=there.audit, from_on=first, until_on=last)
        assert not Entry.objects.within(ALL).exists()
    else:
        gather(there.dev_acts(), audit=there.audit, from_on=first, until_on=last)
        assert (now(there).gathering_from, now(there).gathered_on) == (first, last)


def test_a_self_assessment_is_reminded_of_documents_that_nobody_attached():
    there = filled(performer="self_assessor")
    before = unproved(there)
    assert "1.1" in before
    upload = sent(photo())
    evidence.add(there.rosa_acts(), employer=there.employer, audit=there.audit, question="1.1", upload=upload)

    assert unproved(there) == before - {"1.1"}
    scene_of_an_auditor(there)
    assert unproved(there) == set()


def scene_of_an_auditor(there) -> Audit:
    there.audit.performer = "external_auditor"
    return there.audit


def test_an_audit_is_read_in_few_questions_whatever_its_size(django_assert_num_queries):
    there = filled()
    audit = Audit._base_manager.select_related("partner").get(pk=there.audit.pk)
    progress_of(audit)
    with django_assert_num_queries(5):
        progress_of(audit)
