"""Objections: each rule finds what it looks for, keeps quiet beside it, and never breaks on any answers."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import instrument, method, question, shipped
from secor.core.answer import Count, Percent, QuestionAnswer, Voices
from secor.core.audit import Performer
from secor.core.method import Method
from secor.core.objection import AuditFacts, Proof, objections
from secor.core.quality_rule import Looks, QualityRule, Severity, Side
from secor.core.scoring import score

D, I, O = Method.DOCUMENT, Method.INTERVIEW, Method.OBSERVATION  # noqa: E741 - the letters of the instrument
DRAFT = instrument(
    [
        question("1.1", D=method()),
        question("1.2", I=method(), D=method(rule="per_item", items=["a", "b", "c"])),
    ],
    [question("2.1", D=method(), na={"allowed": True, "only_if": "nobody drives"})],
)
NOTE = "We saw the binder in the shop, four of four."
FULL = {
    "1.1": QuestionAnswer({D: Count(4, 4)}, note=f"{NOTE} One."),
    "1.2": QuestionAnswer({I: Voices(4, 0), D: Count(3, 3)}, note=f"{NOTE} Two."),
    "2.1": QuestionAnswer({D: Count(4, 4)}, note=f"{NOTE} Three."),
}


def facts(changed=None, **more):
    answers = FULL | (changed or {})
    scored = score(DRAFT, answers, methods=more.pop("methods", frozenset(Method)), na_needs_note=True)
    return AuditFacts(DRAFT, answers, scored, **more)


def seen(rule, about):
    return [(each.question, each.element) for each in objections(about, [rule])]


def rule(looks, **more):
    return QualityRule("key", looks, Severity.LOOK, "Look again", "Ours", **more)


def note(words, **more):
    return replace(FULL["1.1"], note=words, **more)


def both(first=1, second=1):
    """A rule against nothing in 1.1 beside everything in 1.2."""
    return rule(
        Looks.CONTRADICTION,
        first=Side("1.1", None, Fraction(0), Fraction(0)),
        second=Side("1.2", I, Fraction(3, 4), Fraction(1)),
    )


NONE = QuestionAnswer({D: Count(0, 4)}, note=NOTE)
CASES = [
    # looks for, parameters, what catches it, where, and what is just beside it
    (Looks.NO_NOTE, {}, {"1.1": note(" ")}, {}, ("1.1", 1), {"1.1": note("x")}, {}),
    (Looks.THIN_NOTE, {"fewest": 4}, {"1.1": note("Seen it there.")}, {}, ("1.1", 1), {"1.1": note("Seen it there too.")}, {}),
    (Looks.THIN_NOTE, {"fewest": 4}, {"1.1": note("x")}, {}, ("1.1", 1), {"1.1": note("")}, {}),
    (Looks.REPEATED_NOTE, {}, {"1.2": note(f"{NOTE}  one!")}, {}, ("1.2", 1), {"1.2": note(f"{NOTE} Once.")}, {}),
    (Looks.WORDS, {"phrases": ("I think",)}, {"1.1": note("All four, i think.")}, {}, ("1.1", 1), {"1.1": note("I thinks")}, {}),
    (
        Looks.NAMED_PERSON,
        {},
        {"1.2": note("Wes said he knows.")},
        {"names": ("Wes Tremblay",)},
        ("1.2", 1),
        {"1.2": note("West of here, they know.")},
        {"names": ("Wes Tremblay",)},
    ),
    (
        Looks.NAMED_PERSON,
        {},
        {"1.2": note("Ask Tremblay.")},
        {"names": ("Wes Tremblay",)},
        ("1.2", 1),
        {"1.1": note("Signed by Tremblay.")},  # nobody was asked there
        {"names": ("Wes Tremblay",)},
    ),
    (
        Looks.NO_REASON,
        {"fewest": 3},
        {"2.1": QuestionAnswer(note="Nobody drives", not_applicable=True)},
        {},
        ("2.1", 2),
        {"2.1": QuestionAnswer(note="Nobody drives here", not_applicable=True)},
        {},
    ),
    (Looks.NO_RECOMMENDATION, {}, {"1.1": QuestionAnswer({D: Count(3, 4)})}, {}, ("1.1", 1), {"1.1": QuestionAnswer({D: Count(3, 4)})}, {"recommendations": {"1.1": "Do it."}}),
    (Looks.NO_PROOF, {}, {}, {"proofs": (Proof("1.2"), Proof("2.1"))}, ("1.1", 1), {"1.1": NONE}, {"proofs": (Proof("1.2"), Proof("2.1"))}),
    (Looks.LOOSE_PROOF, {}, {}, {"proofs": (Proof("1.1"), Proof("", "yard.jpg"))}, ("", None), {}, {"proofs": (Proof("1.1"),)}),
    (Looks.ARITHMETIC, {}, {"1.2": QuestionAnswer({D: Count(3, 4), I: Voices(1, 0)})}, {}, ("1.2", 1), {}, {}),
    (Looks.ARITHMETIC, {}, {"1.2": QuestionAnswer({D: Count(3, 3, missing=frozenset({"a"})), I: Voices(1, 0)})}, {}, ("1.2", 1), {"1.2": QuestionAnswer({D: Count(2, 3, missing=frozenset({"a"})), I: Voices(1, 0)})}, {}),
    (Looks.MORE_VOICES, {}, {"1.2": QuestionAnswer({I: Voices(4, 1, 2), D: Count(3, 3)})}, {"headcount": 6}, ("1.2", 1), {"1.2": QuestionAnswer({I: Voices(4, 1, 1), D: Count(3, 3)})}, {"headcount": 6}),
    (Looks.SMALL_SAMPLE, {}, {}, {"least_heard": 5}, ("", None), {}, {"least_heard": 4}),
    (Looks.SMALL_SAMPLE, {}, {}, {"least_heard": 4, "heard": 3}, ("", None), {}, {"least_heard": 5, "heard": 5}),
    (
        Looks.EXPIRED_EDITION,
        {},
        {},
        {"edition_until": date(2026, 5, 1), "looked_on": date(2026, 5, 2)},
        ("", None),
        {},
        {"edition_until": date(2026, 5, 1), "looked_on": date(2026, 5, 1)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("looks", "more", "caught", "with_these", "place", "quiet", "and_these"), CASES)
def test_each_kind_catches_what_it_looks_for_and_not_what_lies_beside(
    looks, more, caught, with_these, place, quiet, and_these
):
    assert place in seen(rule(looks, **more), facts(caught, **with_these))
    assert place not in seen(rule(looks, **more), facts(quiet, **and_these))


def test_a_full_audit_has_nothing_against_it():
    about = facts(proofs=tuple(Proof(each) for each in FULL), headcount=6, least_heard=4)
    for looks in Looks:
        assert seen(rule(looks, fewest=4, phrases=("I think",)), about) == [], looks


@pytest.mark.parametrize(
    ("written", "known", "caught"),
    [
        (Count(0, 4), Voices(3, 1), True),
        (Count(0, 4), Voices(2, 1), False),
        (Count(1, 4), Voices(4, 0), False),
        (Count(0, 4), Voices(0, 0), False),
    ],
)
def test_two_answers_contradict_each_other_from_the_mark_on(written, known, caught):
    about = facts({"1.1": QuestionAnswer({D: written}), "1.2": QuestionAnswer({I: known, D: Count(3, 3)})})
    found = objections(about, [both()])

    assert [each.question for each in found] == (["1.2"] if caught else [])
    if caught:
        assert found[0].because == "question 1.1 earned 0 %; question 1.2 by interviews earned 75 %"


@pytest.mark.parametrize(("met", "caught"), [(2, False), (3, True)])
def test_a_side_without_a_method_looks_at_the_whole_question(met, caught):
    against = rule(
        Looks.CONTRADICTION,
        first=Side("1.1", None, Fraction(0), Fraction(0)),
        second=Side("2.1", None, Fraction(3, 4), Fraction(3, 4)),
    )
    found = objections(facts({"1.1": NONE, "2.1": QuestionAnswer({D: Count(met, 4)})}), [against])

    assert [each.because for each in found] == (["question 1.1 earned 0 %; question 2.1 earned 75 %"] if caught else [])


def test_a_question_that_does_not_apply_or_is_not_answered_contradicts_nothing():
    against = rule(
        Looks.CONTRADICTION,
        first=Side("1.1", None, Fraction(0), Fraction(0)),
        second=Side("2.1", None, Fraction(0), Fraction(1)),
    )
    left = QuestionAnswer(note="Nobody drives here.", not_applicable=True)

    assert seen(against, facts({"1.1": NONE})) == [("2.1", 2)]
    assert seen(against, facts({"1.1": NONE, "2.1": left})) == []
    assert seen(against, facts({"1.1": NONE, "2.1": QuestionAnswer()})) == []
    assert seen(against, facts({"1.1": QuestionAnswer()})) == []


def test_a_method_that_this_audit_leaves_out_contradicts_nothing():
    only = frozenset({D})
    about = facts({"1.1": NONE}, methods=only)

    assert seen(both(), about) == []
    assert seen(rule(Looks.SMALL_SAMPLE), facts(methods=only, least_heard=4)) == []


def test_a_rule_speaks_only_of_its_performers_and_its_instrument():
    bare = facts(performer=Performer.SELF_ASSESSOR)

    assert seen(rule(Looks.NO_PROOF, performers=frozenset({Performer.SELF_ASSESSOR})), bare)
    assert seen(rule(Looks.NO_PROOF, performers=frozenset({Performer.EXTERNAL_AUDITOR})), bare) == []
    assert seen(rule(Looks.NO_PROOF, instrument="draft"), bare)
    assert seen(rule(Looks.NO_PROOF, instrument="another"), bare) == []


@pytest.mark.parametrize("answers", [{}, {"1.1": QuestionAnswer()}])
def test_nobody_heard_is_a_small_sample_where_interviews_are_all_there_is(answers):
    of = instrument([question("1.1", I=method())])
    (found,) = objections(AuditFacts(of, answers, score(of, answers), least_heard=4), [rule(Looks.SMALL_SAMPLE)])

    assert (found.question, found.because) == ("", "0 people heard; the table wants 4")


@pytest.mark.parametrize(("words", "told"), [("x", "1 word; at least 3"), ("x y", "2 words; at least 3")])
def test_words_are_counted_as_people_say_it(words, told):
    (found,) = objections(facts({"1.1": note(words)}), [rule(Looks.THIN_NOTE, fewest=3)])

    assert found.because == f"{told} are wanted"


def test_a_name_of_two_letters_is_too_short_to_be_looked_for():
    about = facts({"1.2": note("Jo and Li could say it.")}, names=("Jo Li",))

    assert seen(rule(Looks.NAMED_PERSON), about) == []


@pytest.mark.parametrize(("length", "shown"), [(60, "x" * 60), (61, "x" * 60 + "…")])
def test_a_long_title_is_shown_in_part(length, shown):
    (found,) = objections(facts(proofs=(Proof("", "x" * length),)), [rule(Looks.LOOSE_PROOF)])

    assert found.because == shown


def test_a_question_of_left_out_methods_alone_wants_nothing():
    of = instrument([question("1.1", D=method()), question("1.2", I=method())])
    about = AuditFacts(of, {}, score(of, {}, methods={D}))

    assert [each.question for each in objections(about, [rule(Looks.NO_NOTE)])] == ["1.1"]


def test_one_document_that_counts_wants_its_copy():
    assert ("1.1", 1) in seen(rule(Looks.NO_PROOF), facts({"1.1": QuestionAnswer({D: Count(1, 4)})}))
    assert ("1.1", 1) not in seen(rule(Looks.NO_PROOF), facts({"1.1": QuestionAnswer({D: Count(0, 4)})}))


def test_the_numbers_of_a_method_that_is_left_out_are_not_looked_at():
    wrong = {"1.2": QuestionAnswer({D: Count(3, 4), I: Voices(1, 0)})}

    assert seen(rule(Looks.ARITHMETIC), facts(wrong)) == [("1.2", 1)]
    assert seen(rule(Looks.ARITHMETIC), facts(wrong, methods=frozenset({I}))) == []


def test_more_in_order_than_were_looked_at_cannot_be():
    (found,) = objections(facts({"1.1": QuestionAnswer({D: Count(3, 4, 2)})}), [rule(Looks.ARITHMETIC)])

    assert (found.question, found.because) == ("1.1", "5 of 4")
    assert seen(rule(Looks.ARITHMETIC), facts({"1.1": QuestionAnswer({D: Count(3, 4, 1)})})) == []


def test_what_is_about_the_whole_audit_comes_first_and_the_rest_in_the_order_of_the_instrument():
    about = facts({"2.1": QuestionAnswer(), "1.1": QuestionAnswer()}, least_heard=9)
    found = objections(about, [rule(Looks.NO_NOTE), rule(Looks.SMALL_SAMPLE)])

    assert [each.question for each in found] == ["", "1.1", "2.1"]
    assert [each.key for each in found] == ["key:", "key:1.1", "key:2.1"]


numbers = st.integers(0, 12)
given_answers = st.one_of(
    st.builds(Count, numbers, numbers, numbers, st.frozensets(st.text(max_size=5), max_size=2)),
    st.builds(Voices, numbers, numbers, numbers, numbers),
    st.builds(Percent, st.fractions(0, 1)),
)
any_answers = st.dictionaries(
    st.sampled_from([*DRAFT.questions, "9.9"]),
    st.builds(QuestionAnswer, st.dictionaries(st.sampled_from(list(Method)), given_answers), st.text(), st.booleans()),
)
some_rules = st.builds(
    rule,
    st.sampled_from(list(Looks)),
    fewest=st.integers(1, 9),
    phrases=st.lists(st.text(max_size=4), max_size=3).map(tuple),
    first=st.none() | st.builds(Side, st.sampled_from(["1.1", "7.7"]), st.none(), st.just(Fraction(0)), st.fractions(0, 1)),
    second=st.none() | st.builds(Side, st.sampled_from(["1.2", ""]), st.sampled_from(Method), st.fractions(0, 1), st.just(Fraction(1))),
)  # fmt: skip


@given(any_answers, st.lists(some_rules, max_size=4), st.lists(st.text(), max_size=3), st.integers(0, 9))
def test_no_answers_and_no_rules_ever_break_it(answers, rules, names, headcount):
    about = AuditFacts(
        DRAFT, answers, score(DRAFT, answers), names=tuple(names), headcount=headcount, least_heard=3,
        proofs=tuple(Proof(name, name) for name in names),
    )  # fmt: skip
    found = objections(about, rules)

    assert len({(each.key, id(each)) for each in found}) == len(found)
    assert all(each.question in {"", *DRAFT.questions} or each.element is None for each in found)


def test_an_empty_audit_of_the_shipped_instrument_is_looked_at_by_every_kind():
    whole = shipped()
    about = AuditFacts(whole, {}, score(whole, {}))

    assert len(seen(rule(Looks.NO_NOTE), about)) == 63
