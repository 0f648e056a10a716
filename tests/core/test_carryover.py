"""What a maintenance audit may take from the certification audit."""

from fractions import Fraction

import pytest

from drafts import draft, method, question, read, shipped
from secor.core.answer import NOT_APPLICABLE, Percent, QuestionAnswer
from secor.core.audit import Kind, Performer
from secor.core.carryover import CarryOverRule, carry, check_chosen, most, offer, read_carry_over
from secor.core.instrument import Method
from secor.core.reading import Reading
from secor.core.scoring import score

RULE = CarryOverRule(allowed=True)
PAPER = {"carry_over_eligible": True, "document_kind": "directive", "na": {"allowed": True}}
INSTRUMENT = read(
    draft(
        [
            question("1.1", D=method(), **PAPER),
            question("1.2", D=method(), I=method(), **PAPER),
            question("1.3", D=method(), **{**PAPER, "document_kind": "operational"}),
            question("1.4", D=method(), **{**PAPER, "carry_over_eligible": False}),
            question("1.5", I=method(), **PAPER),
        ]
    )
)


def offered(rule=RULE, kind=Kind.MAINTENANCE, performer=Performer.SELF_ASSESSOR, **answers):
    given = {name.replace("_", "."): answer for name, answer in answers.items()}
    last = score(INSTRUMENT, given, default=Fraction(1))
    return offer(INSTRUMENT, last, rule=rule, kind=kind, performer=performer)


def test_only_eligible_directive_documents_with_full_marks_are_carried():
    told = offered()

    assert told.questions == ("1.1", "1.2")
    assert set(told.why_not) == {"1.3", "1.4", "1.5"}
    assert "operational" in told.why_not["1.3"]
    assert "every year" in told.why_not["1.4"]
    assert told.why_not["1.5"] == "it is not answered by documents"


def test_only_the_documents_of_a_question_must_have_had_full_marks():
    half = Percent(Fraction(1, 2))

    assert "1.2" in offered(**{"1_2": QuestionAnswer({Method.INTERVIEW: half})}).questions
    assert "1.2" not in offered(**{"1_2": QuestionAnswer({Method.DOCUMENT: half})}).questions


def test_every_carried_method_must_have_had_full_marks():
    rule = CarryOverRule(allowed=True, methods=frozenset({Method.DOCUMENT, Method.INTERVIEW}))

    told = offered(rule, **{"1_2": QuestionAnswer({Method.INTERVIEW: Percent(Fraction(1, 2))})})

    assert told.questions == ("1.1", "1.5")


def test_every_carried_method_must_have_been_scored_last_time():
    rule = CarryOverRule(allowed=True, methods=frozenset({Method.DOCUMENT, Method.INTERVIEW}))
    last = score(INSTRUMENT, {"1.2": QuestionAnswer({Method.DOCUMENT: Percent(Fraction(1))})})

    told = offer(INSTRUMENT, last, rule=rule, kind=Kind.MAINTENANCE, performer=Performer.SELF_ASSESSOR)

    assert told.why_not["1.2"] == "it was not scored last time"


def test_carrying_keeps_this_years_interviews():
    now, before = Percent(Fraction(1, 2)), Percent(Fraction(1))
    last = {"1.2": QuestionAnswer({Method.DOCUMENT: before, Method.INTERVIEW: before}, note="Last year.")}
    this = {"1.2": QuestionAnswer({Method.INTERVIEW: now}, note="This year.")}

    carried = carry(this, last=last, chosen=["1.2"], rule=RULE)

    assert dict(carried["1.2"].by_method) == {Method.DOCUMENT: before, Method.INTERVIEW: now}
    assert carried["1.2"].note == "This year."
    assert dict(this["1.2"].by_method) == {Method.INTERVIEW: now}


@pytest.mark.parametrize("answer", [Percent(Fraction(99, 100)), Percent(Fraction(0))])
def test_full_marks_are_exact_and_not_the_rounded_ones(answer):
    told = offered(**{"1_1": QuestionAnswer({Method.DOCUMENT: answer})})  # 9.9 points print as 10

    assert told.questions == ("1.2",)
    assert told.why_not["1.1"] == "its documents scored less than 100 % last time"


def test_a_lower_share_can_be_enough_and_includes_itself():
    rule = CarryOverRule(allowed=True, required_share=Fraction(9, 10))

    assert offered(rule, **{"1_1": QuestionAnswer({Method.DOCUMENT: Percent(Fraction(9, 10))})}).questions[0] == "1.1"
    assert offered(rule, **{"1_1": QuestionAnswer({Method.DOCUMENT: Percent(Fraction(89, 100))})}).questions == ("1.2",)


def test_what_did_not_apply_last_time_was_not_shown():
    assert offered(**{"1_1": NOT_APPLICABLE}).why_not["1.1"] == "it was not scored last time"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"rule": CarryOverRule(allowed=False)}, "scheme"),
        ({"kind": Kind.RECERTIFICATION}, "recertification"),
        ({"performer": Performer.EXTERNAL_AUDITOR}, "external auditors"),
    ],
)
def test_nothing_is_carried_where_the_rule_does_not_allow_it(change, word):
    told = offered(**change)

    assert (told.questions, told.at_most) == ((), 0)
    assert all(word in reason for reason in told.why_not.values())
    assert len(told.why_not) == 5


@pytest.mark.parametrize(
    ("share", "expected"), [(Fraction(1, 3), 21), (Fraction(33, 100), 20), (Fraction(1), 63), (Fraction(0), 0)]
)
def test_the_most_that_may_be_carried_is_rounded_down(share, expected):
    assert most(shipped(), rule=CarryOverRule(allowed=True, max_share=share)) == expected


def test_the_shipped_instrument_offers_its_seventeen_questions():
    instrument = shipped()
    last = score(instrument, {}, default=Fraction(1))

    told = offer(instrument, last, rule=RULE, kind=Kind.MAINTENANCE, performer=Performer.SELF_ASSESSOR)

    assert (len(told.questions), told.at_most) == (17, 21)


def test_choosing_too_many_or_the_wrong_ones_is_told():
    instrument = shipped()
    last = score(instrument, {}, default=Fraction(1))
    rule = CarryOverRule(allowed=True, max_share=Fraction(2, 63))
    told = offer(instrument, last, rule=rule, kind=Kind.MAINTENANCE, performer=Performer.SELF_ASSESSOR)
    first, second, third = told.questions[:3]

    assert check_chosen([first, second, second], offered=told) == []
    assert [each.place for each in check_chosen([first, second, third], offered=told)] == ["carried over"]
    assert [each.place for each in check_chosen([first, "1.2", "99"], offered=told)] == ["1.2", "99", "carried over"]


def test_a_scheme_writes_a_third_as_a_third():
    reading = Reading()
    written = {"allowed": True, "max_share": "1/3", "required_share": "100 %", "performers": ["self_assessor"]}

    assert read_carry_over(reading, written) == RULE
    assert reading.problems == []


@pytest.mark.parametrize(
    ("written", "share"),
    [("0/3", 0), ("0 %", 0), (0, 0), ("1/3", Fraction(1, 3)), ("100 %", 1), (None, Fraction(1, 3))],
)
def test_a_share_that_is_nothing_is_nothing_and_one_that_is_not_written_is_the_usual(written, share):
    assert read_carry_over(Reading(), {"allowed": True, "max_share": written}).max_share == share


def test_a_scheme_may_let_others_carry_and_carry_everything():
    written = {
        "allowed": True,
        "max_share": "3/3",
        "performers": ["external_auditor"],
        "kinds": ["recertification"],
        "methods": ["O"],
    }

    assert read_carry_over(Reading(), written) == CarryOverRule(
        allowed=True,
        max_share=Fraction(1),
        performers=frozenset({Performer.EXTERNAL_AUDITOR}),
        kinds=frozenset({Kind.RECERTIFICATION}),
        methods=frozenset({Method.OBSERVATION}),
    )


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({}, "carry_over.allowed"),
        ({"allowed": True, "max_share": "4/3"}, "carry_over.max_share"),
        ({"allowed": True, "max_share": "1/0"}, "carry_over.max_share"),
        ({"allowed": True, "required_share": 101}, "carry_over.required_share"),
        ({"allowed": True, "document_kind": "paper"}, "carry_over.document_kind"),
        ({"allowed": True, "performers": ["boss"]}, "carry_over.performers.1"),
        ({"allowed": True, "kinds": "maintenance"}, "carry_over.kinds"),
        ({"allowed": True, "colour": "red"}, "carry_over.colour"),
    ],
)
def test_a_rule_that_cannot_be_read_says_where(value, place):
    reading = Reading("carry_over")

    assert read_carry_over(reading, value) is None
    assert place in [problem.place for problem in reading.problems]
