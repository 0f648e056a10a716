"""Answers: kept exactly, never over another tab's head, and by nobody but who does the audit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessments import AT, scene
from secor.core.method import Method
from secor.queries.answers import score_of, sheet_of
from secor.queries.audits import instrument_of
from secor.store.models import Answer, Declaration, Entry, Remark
from secor.store.scope import house
from secor.usecases import answers, assessor
from secor.usecases.answers import Found, Remarked
from secor.usecases.desk import TEXT_MAX

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
FOUR_OF_FIVE = {"met": 4, "of": 5}


def record(there, question="1.1", method="D", given=FOUR_OF_FIVE, *, revision=0, act=None):
    act = act or there.dev_acts()
    return answers.record(act, audit=there.audit, question=question, method=method, given=given, revision=revision)


def remark(there, question="1.1", *, act=None, **more):
    return answers.remark(act or there.dev_acts(), audit=there.audit, question=question, **more)


def nothing_is_kept():
    return not (Answer.objects.within(ALL).exists() or Remark.objects.within(ALL).exists()) and not (
        Entry.objects.within(ALL).exists()
    )


def test_an_answer_is_kept_as_it_was_counted_with_one_line_in_the_journal():
    there = scene()
    row = record(there)

    assert (row.given, row.revision, row.changed_by, row.changed_at) == (FOUR_OF_FIVE, 1, there.dev, AT)
    (entry,) = Entry.objects.within(ALL)
    assert (entry.act, entry.subject, entry.detail) == ("answers.recorded", there.audit.code, {"places": ["1.1.D"]})


def test_a_share_is_kept_as_text_and_voices_role_by_role():
    there = scene()
    assert record(there, "1.2", "O", {"percent": "33.5"}).given == {"percent": "33.5"}
    roles = {"roles": {"worker": {"pos": 3, "neg": 1}, "supervisor": {"pos": 1, "neg": 0}}}
    assert record(there, "1.2", "I", roles).given == roles


def test_the_next_change_names_the_revision_it_saw():
    there = scene()
    record(there)
    row = record(there, given={"met": 5, "of": 5}, revision=1)

    assert (row.given["met"], row.revision) == (5, 2)


def test_a_change_over_an_older_revision_gives_both_values_and_writes_nothing():
    there = scene()
    record(there)
    record(there, given={"met": 5, "of": 5}, revision=1)

    with pytest.raises(answers.Stale, match=r"another tab.*Nothing was overwritten") as stale:
        record(there, given={"met": 1, "of": 5}, revision=1)

    assert (stale.value.kept, stale.value.revision, stale.value.sent) == (
        {"met": 5, "of": 5},
        2,
        {"met": 1, "of": 5},
    )
    assert Answer.objects.within(ALL).get().given["met"] == 5


def test_a_first_answer_from_a_second_tab_is_stale_too():
    there = scene()
    record(there)
    with pytest.raises(answers.Stale):
        record(there, given={"met": 1, "of": 5}, revision=0)


def test_the_same_value_again_is_the_same_act_whatever_revision_it_names():
    there = scene()
    first = record(there)
    assert record(there, revision=0).pk == first.pk
    assert record(there, revision=7).revision == 1
    assert Entry.objects.within(ALL).count() == 1


def test_an_answer_taken_away_is_unanswered_and_an_old_tab_does_not_bring_it_back():
    there = scene()
    record(there)
    record(there, given=None, revision=1)
    assert "1.1" in score_of(sheet_of(there.audit), audit=there.audit, instrument=instrument_of(there.audit)).unanswered
    record(there, given={"met": 2, "of": 5}, revision=2)

    with pytest.raises(answers.Stale):
        record(there, given={"met": 3, "of": 5}, revision=1)


def test_taking_away_what_was_never_there_is_nothing():
    there = scene()
    assert record(there, given=None) is None
    assert nothing_is_kept()


@pytest.mark.parametrize(
    ("question", "method", "given", "refusal", "words"),
    [
        ("9.99", "D", FOUR_OF_FIVE, answers.NotAsked, "no question 9.99"),
        ("1.1", "I", {"pos": 1, "neg": 0}, answers.NotAsked, "not asked by this method"),
        ("1.1", "D", {"met": 6, "of": 5}, answers.Unfit, "more than the 5"),
        ("1.1", "D", {"met": 4, "of": 4}, answers.Unfit, "lists 5 items"),
        ("1.1", "D", {"met": "four", "of": 5}, answers.Unfit, "whole number"),
        ("1.1", "D", {"met": -1, "of": 5}, answers.Unfit, "whole number"),
        ("1.1", "D", {"pos": 1, "neg": 1}, answers.Unfit, "nobody is asked here"),
        ("1.2", "O", {"percent": 101}, answers.Unfit, "0 to 100"),
        ("1.1", "D", {"made": "up"}, answers.Unfit, "needs one of"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_is_kept(question, method, given, refusal, words):
    with pytest.raises(refusal, match=words):
        record(scene(), question, method, given)
    assert nothing_is_kept()


def test_a_method_that_this_audit_leaves_out_is_not_asked():
    there = scene()
    there.audit.methods = ["D"]
    there.audit.save(update_fields=["methods"])
    with pytest.raises(answers.NotAsked):
        record(there, "1.2", "O", {"percent": 50})


@pytest.mark.parametrize("stage", ["asked", "submitted", "in_review", "accepted", "rejected", "withdrawn"])
def test_a_closed_audit_takes_no_answer_and_says_why(stage):
    there = scene(stage=stage)
    with pytest.raises(assessor.Closed):
        record(there)
    with pytest.raises(assessor.Closed):
        remark(there, note="late")
    assert nothing_is_kept()


def test_an_audit_sent_back_takes_answers_again():
    assert record(scene(stage="returned"))


@pytest.mark.parametrize("who", ["rosa", "wes", "pat", "sam"])
def test_an_auditors_audit_is_written_by_that_auditor_alone(who):
    there = scene()
    with pytest.raises(assessor.NotYours):
        record(there, act=replace(there.dev_acts(), by=getattr(there, who)))
    assert nothing_is_kept()


@pytest.mark.parametrize("who", ["wes", "pat", "sam", "dev"])
def test_a_self_assessment_is_written_by_the_employers_own(who):
    there = scene(performer="self_assessor")
    with pytest.raises(assessor.NotYours):
        record(there, act=replace(there.dev_acts(), by=getattr(there, who)))
    assert record(there, act=there.rosa_acts())


def test_the_declaration_comes_before_the_first_answer():
    there = scene(declared=False)
    with pytest.raises(answers.Undeclared, match="declare"):
        record(there)
    assert nothing_is_kept()


def test_the_last_word_about_ties_counts_and_only_the_present_assessors():
    there = scene()
    Declaration.objects.create(audit=there.audit, person=there.dev, signed_at=AT, wording="1", clear=False, ties=["x"])
    with pytest.raises(answers.Undeclared):
        record(there)

    Declaration.objects.create(audit=there.audit, person=there.pat, signed_at=AT, wording="1", clear=True)
    with pytest.raises(answers.Undeclared):
        record(there)


def test_not_applicable_where_none_is_allowed_is_refused_with_the_reason():
    with pytest.raises(answers.AlwaysApplies, match=r"1\.1 always applies"):
        remark(scene(), "1.1", note="We do not do that.", not_applicable=True)
    assert nothing_is_kept()


def test_not_applicable_without_a_note_is_refused_and_its_condition_is_told():
    there = scene()
    question = next(each for each in instrument_of(there.audit).questions.values() if each.na_allowed)
    with pytest.raises(answers.Unexplained, match=question.na_only_if):
        remark(there, question.id, note="  ", not_applicable=True)
    assert nothing_is_kept()


def test_not_applicable_leaves_the_score_and_comes_back_with_what_was_counted():
    there = scene()
    instrument = instrument_of(there.audit)
    question = next(each for each in instrument.questions.values() if each.na_allowed)
    method = question.methods[0].method.value
    record(there, question.id, method, {"percent": "100"} if method != "I" else {"pos": 2, "neg": 0})
    before = score_of(sheet_of(there.audit), audit=there.audit, instrument=instrument)
    remark(there, question.id, note="Nobody works alone.", not_applicable=True)
    without = score_of(sheet_of(there.audit), audit=there.audit, instrument=instrument)
    remark(there, question.id, note="Nobody works alone.", not_applicable=False, revision=1)
    again = score_of(sheet_of(there.audit), audit=there.audit, instrument=instrument)

    assert without.possible == before.possible - question.points
    assert again == before


def test_a_remark_keeps_its_words_as_text_even_when_they_look_like_a_formula():
    row = remark(scene(), note="=HYPERLINK(1)\r\nsecond line\0", recommendation="  +1  ")

    assert (row.note, row.recommendation, row.revision) == ("=HYPERLINK(1)\nsecond line", "+1", 1)


def test_a_text_of_the_longest_length_is_kept_and_one_sign_more_is_not():
    there = scene()
    assert remark(there, note="x" * TEXT_MAX)
    with pytest.raises(answers.TooLong, match="Shorten"):
        remark(there, "1.2", note="x" * (TEXT_MAX + 1))


def test_an_empty_remark_is_nothing_and_a_stale_one_gives_both():
    there = scene()
    remark(there)
    assert nothing_is_kept()

    remark(there, note="first")
    remark(there, note="second", revision=1)
    with pytest.raises(answers.Stale) as stale:
        remark(there, note="third", revision=1)
    assert (stale.value.kept.note, stale.value.sent.note, stale.value.revision) == ("second", "third", 2)


def test_a_page_is_kept_whole_with_one_line():
    there = scene()
    sheet = answers.keep(
        there.dev_acts(),
        audit=there.audit,
        changes=[Found("1.1", Method.DOCUMENT, FOUR_OF_FIVE, 0), Remarked("1.1", note="Seen."), Remarked("1.2")],
    )

    assert sheet.answer("1.1", Method.DOCUMENT).given == FOUR_OF_FIVE
    assert sheet.remark("1.1").note == "Seen."
    (entry,) = Entry.objects.within(ALL)
    assert entry.detail == {"places": ["1.1.D", "1.1"]}


def test_a_page_with_one_refused_change_is_not_kept_at_all_and_tells_each_refusal():
    there = scene()
    bad = [Found("1.1", Method.DOCUMENT, {"met": 9, "of": 5}, 0), Remarked("1.3", note="x", not_applicable=True)]
    with pytest.raises(answers.NotKept) as refused:
        answers.keep(there.dev_acts(), audit=there.audit, changes=[Remarked("1.2", note="Good."), *bad])

    assert [change for change, _ in refused.value.refusals] == bad
    assert [type(why) for _, why in refused.value.refusals] == [answers.Unfit, answers.AlwaysApplies]
    assert nothing_is_kept()


def test_a_page_without_news_leaves_no_line():
    there = scene()
    record(there)
    change = Found("1.1", Method.DOCUMENT, FOUR_OF_FIVE, 1)
    answers.keep(there.dev_acts(AT + timedelta(hours=1)), audit=there.audit, changes=[change])
    assert Entry.objects.within(ALL).count() == 1


def test_one_answer_costs_few_questions_to_the_database(django_assert_max_num_queries):
    there = scene()
    record(there)
    with django_assert_max_num_queries(12):  # with its savepoint
        record(there, given={"met": 5, "of": 5}, revision=1)
