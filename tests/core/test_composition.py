"""A composed report: in its order, nothing invented, every number from a place it cites."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import draft, instrument, method, question, read, shipped
from secor.core.answer import Count, Percent, QuestionAnswer, Voices, across
from secor.core.composition import Material, compose
from secor.core.method import Method
from secor.core.pass_mark import PassMark
from secor.core.rounding import one_decimal, shortest
from secor.core.scoring import score
from secor.core.sentence import ORDER, Part, Place, Source

D, I = Method.DOCUMENT, Method.INTERVIEW  # noqa: E741 - the letters of the instrument
MARK = PassMark(Fraction(4, 5), Fraction(1, 2), None)
DRAFT = instrument(
    [question("1.1", D=method(20, measure="signed cards")), question("1.2", I=method(10), D=method(10))],
    [question("2.1", D=method(rule="per_item"), na={"allowed": True, "only_if": "nobody drives"})],
)
ANSWERS = {
    "1.1": QuestionAnswer({D: Count(4, 4)}, note="All four were signed."),
    "1.2": QuestionAnswer({I: Voices(3, 1, 1), D: Count(1, 2)}, note="Three of four knew it."),
    "2.1": QuestionAnswer({D: Count(2, 4, missing=frozenset({"c", "d"}))}),
}
FACTS = {
    "business": "Rosa's Roofing 2000 Ltd.",
    "trade": "roofing",
    "headcount": "6 people",
    "kind": "certification audit",
    "partner": "Alberta Safety Council",
    "edition": "ab-secor-2023",
    "instrument": "secor-open 0.1.0",
    "gathering_from": "May 20, 2026",
    "gathered_on": "May 30, 2026",
    "wanted": "interviews 5: 6 people, table row 6 to 7: 5",
    "methods": "documents and interviews",
    "assessor": "Dev",
    "performer": "an auditor from outside",
}


def material(answers=ANSWERS, of=DRAFT, **more):
    scored = score(of, answers, na_needs_note=True)
    return Material(of, answers, scored, MARK, facts=FACTS, **more)


def sentences(sections):
    return {each.key: each for section in sections for each in section.sentences}


def raw(place: Place, of: Material) -> str:
    """What stands at a place, written down without the help of what is tested."""
    read = {
        Source.FACT: lambda: of.facts[place.key],
        Source.MARK: lambda: f"{shortest((MARK.overall or 0) * 100)} {shortest((MARK.element or 0) * 100)}",
        Source.SCORE: lambda: earned(place, of),
        Source.NOTE: lambda: of.answers[place.key].note,
        Source.RECOMMENDATION: lambda: of.recommendations[place.key],
        Source.EVIDENCE: lambda: place.key,
        Source.QUESTION: lambda: f"{of.instrument.questions[place.key]} {place.key}",
        Source.ANSWER: lambda: counted(place, of),
    }
    return read[place.source]()


def earned(place: Place, of: Material) -> str:
    row = of.score
    if place.key.startswith("element/"):
        row = next(each for each in of.score.elements if place.key == f"element/{each.number}")
    elif place.key:
        mark = next(each for each in of.score.questions if each.question == place.key)
        return " ".join(map(shortest, (mark.awarded, mark.possible, mark.possible - mark.awarded)))
    share = one_decimal(row.share * 100) if row.share is not None else ""
    return f"{place.key} {shortest(row.awarded)} {shortest(row.possible)} {share}"


def counted(place: Place, of: Material) -> str:
    name, letter = place.key.split("/")
    numbers = [shortest(of.instrument.questions[name].rule_of(Method(letter)).threshold * 100)]
    for each in across(of.answers[name].by_method[Method(letter)]):
        if isinstance(each, Count):
            numbers += [str(each.met), str(each.of), str(each.partial)]
        elif isinstance(each, Voices):
            heard = each.positive + each.negative
            numbers += map(str, (each.positive, heard, each.no_comment, each.not_asked, heard + each.no_comment))
        else:
            numbers.append(shortest(each.of_all * 100))
    return " ".join(numbers)


def invented(of: Material) -> list[tuple[str, str]]:
    """Every number of every sentence that stands in none of the places it cites."""
    number = re.compile(r"\d+(?:\.\d+)*")
    return [
        (each.key, found)
        for each in sentences(compose(of)).values()
        for found in number.findall(each.text)
        if found not in number.findall(" ".join(raw(place, of) for place in each.cites))
    ]


def test_each_sentence_says_what_was_counted_and_where_it_stands():
    found = sentences(compose(material(evidence={"1.1": ("E1",)})))

    assert found["strength.1.1"].text == "Question 1.1? Question 1.1 earned 20 of 20 points: documents 4 of 4 met."
    assert found["strength.1.1"].cites == (
        Place(Source.QUESTION, "1.1"),
        Place(Source.SCORE, "1.1"),
        Place(Source.ANSWER, "1.1/D"),
        Place(Source.EVIDENCE, "E1"),
    )
    assert found["gap.1.2"].text == (
        "Question 1.2? Question 1.2 earned 13 of 20 points: "
        "documents 1 of 2 met; interviews 3 of 4 answers positive, 1 without comment."
    )
    assert found["scoring.whole"].text == "The score is 38 of 50 points (76.0 %)."
    assert found["sampling.heard"].text == "On one question, 5 people were heard."
    assert found["summary.lowest"].text == "The lowest element is 2, Element 2, with 5 of 10 points (50.0 %)."
    assert found["summary.strength.1.1"].text == "A strength, with all of its 20 points (1.1): Question 1.1?"
    assert found["summary.gap.1.2"].text == "To put right, with 7 of 20 points still to earn (1.2): Question 1.2?"
    assert found["summary.outcome"].text.startswith("The business did not reach the pass mark. The score is 38 of 50")


def test_a_wish_is_the_assessors_own_and_else_the_instruments():
    found = sentences(compose(material(recommendations={"1.2": "Talk it through 4 times a year."})))

    assert found["gap.1.2.wish"].text == "Talk it through 4 times a year."
    assert found["gap.1.2.wish"].cites == (Place(Source.RECOMMENDATION, "1.2"),)
    assert found["gap.2.1.wish"].text == "Put in place: c; d."
    assert found["gap.2.1.wish"].cites == (Place(Source.QUESTION, "2.1"),)
    assert found["plan.1.2"].text == "Question 1.2, 7 of 20 points to earn: Talk it through 4 times a year."


def test_a_note_is_a_sentence_of_its_own_and_private_where_people_were_asked():
    found = sentences(compose(material()))

    assert (found["strength.1.1.note"].text, found["strength.1.1.note"].private) == ("All four were signed.", False)
    assert found["gap.1.2.note"].private
    assert "gap.2.1.note" not in found


def test_what_is_not_known_makes_no_sentence():
    bare = Material(DRAFT, {}, score(DRAFT, {}), MARK)
    found = sentences(compose(bare))

    assert "profile.people" not in found
    assert "sampling.heard" not in found
    assert found["summary.outcome"].text.startswith("The audit is not finished")
    assert "summary.lowest" not in found
    assert Part.PROFILE not in [section.part for section in compose(bare)]


def test_a_sentence_whose_facts_are_only_half_known_is_not_made():
    of = Material(DRAFT, ANSWERS, score(DRAFT, ANSWERS), MARK, facts={"kind": "certification audit"})

    assert "scope.kind" not in sentences(compose(of))


def test_one_person_was_heard_and_two_people_were():
    for voices, told in ((Voices(1, 0), "1 person was heard"), (Voices(1, 0, 1), "2 people were heard")):
        found = sentences(compose(material({**ANSWERS, "1.2": QuestionAnswer({I: voices, D: Count(1, 2)})})))
        assert found["sampling.heard"].text == f"On one question, {told}."


def test_the_score_tells_what_is_below_its_mark_and_what_is_not_counted():
    of = read(
        draft(
            [question("1.1", D=method(10))],
            [question("2.1", D=method(10))],
            [question("3.1", D=method(10), na={"allowed": True, "only_if": "nobody drives"})],
            informational=(2,),
        )
    )
    answers = {
        "1.1": QuestionAnswer({D: Count(1, 4)}),
        "2.1": QuestionAnswer({D: Count(4, 4)}),
        "3.1": QuestionAnswer(note="Nobody drives here.", not_applicable=True),
    }
    found = sentences(compose(material(answers, of)))

    assert found["scoring.1"].text == "Element 1, Element 1: 3 of 10 points (30.0 %), which is below its mark."
    assert found["scoring.1"].cites == (Place(Source.SCORE, "element/1"), Place(Source.MARK))
    assert found["scoring.2"].text == "Element 2, Element 2: 10 of 10 points (100.0 %); it is shown and not counted."
    assert found["scoring.2"].cites == (Place(Source.SCORE, "element/2"),)
    assert "scoring.3" not in found


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (MARK, "The pass mark is 80 %, and for each element 50 %."),
        (PassMark(Fraction(4, 5), None, 19), "The pass mark is 80 % or 19 points, and for each element none."),
        (PassMark(None, None, 19), "The pass mark is 19 points, and for each element none."),
    ],
)
def test_the_pass_mark_is_told_as_it_is(mark, told):
    of = Material(DRAFT, ANSWERS, score(DRAFT, ANSWERS), mark)

    assert sentences(compose(of))["scoring.mark"].text == told


def test_the_lowest_element_is_one_that_counts_and_of_which_something_is_left():
    of = read(
        draft(
            [question("1.1", D=method(10))],
            [question("2.1", D=method(10))],
            [question("3.1", D=method(10), na={"allowed": True, "only_if": "nobody drives"})],
            informational=(2,),
        )
    )
    answers = {
        "1.1": QuestionAnswer({D: Count(2, 4)}),
        "2.1": QuestionAnswer({D: Count(0, 4)}),
        "3.1": QuestionAnswer(note="Nobody drives here.", not_applicable=True),
    }

    lowest = sentences(compose(material(answers, of)))["summary.lowest"].text
    assert lowest == "The lowest element is 1, Element 1, with 5 of 10 points (50.0 %)."


def test_only_the_methods_that_were_used_are_counted():
    of = instrument(
        [question("1.1", combine="any", D=method(10), O=method(10)), question("1.2", D=method(), I=method())]
    )
    answers = {
        "1.1": QuestionAnswer({D: Count(4, 4)}),
        "1.2": QuestionAnswer({D: Count(4, 4), I: Voices(4, 0)}),
    }
    scored = score(of, answers, methods={D, Method.OBSERVATION})
    found = sentences(compose(Material(of, answers, scored, MARK)))

    assert found["strength.1.1"].text.endswith("earned 10 of 10 points: documents 4 of 4 met.")
    assert found["strength.1.2"].text.endswith("earned 10 of 10 points: documents 4 of 4 met.")


def test_a_gap_stands_under_its_own_element():
    under = {section.element: section for section in compose(material()) if section.part is Part.RECOMMENDATIONS}

    assert [each.key for each in under[1].sentences if each.key.count(".") == 2] == ["gap.1.2"]
    assert [each.key for each in under[2].sentences if each.key.count(".") == 2] == ["gap.2.1"]


def test_what_does_not_apply_is_told_with_its_reason():
    left = {**ANSWERS, "2.1": QuestionAnswer(note="Nobody drives here at all.", not_applicable=True)}
    found = sentences(compose(material(left)))

    assert found["scope.left_out"].text == "This question does not apply here: 2.1."
    assert Place(Source.NOTE, "2.1") in found["scope.left_out"].cites


def test_the_sections_come_in_the_partners_order_and_recommendations_by_element():
    order = (Part.PROFILE, Part.RECOMMENDATIONS, Part.SUMMARY)
    sections = compose(material(), order=order)

    assert [(section.part, section.element) for section in sections] == [
        (Part.PROFILE, None),
        (Part.RECOMMENDATIONS, 1),
        (Part.RECOMMENDATIONS, 2),
        (Part.SUMMARY, None),
    ]
    assert [section.part for section in compose(material())] == [
        part for part in ORDER for _ in range(2 if part is Part.RECOMMENDATIONS else 1)
    ]


def test_every_sentence_has_a_key_of_its_own_and_a_place():
    every = [each for section in compose(material()) for each in section.sentences]

    assert len({each.key for each in every}) == len(every)
    assert all(each.cites and each.text for each in every)
    assert all(len(each.key) <= 60 for each in every)


def test_no_number_is_invented():
    assert invented(material(recommendations={"1.2": "Do it 12 times."}, evidence={"1.1": ("E1",)})) == []


def test_braces_in_a_name_are_only_a_name():
    facts = {**FACTS, "business": "{headcount} {0} Ltd."}
    of = Material(DRAFT, ANSWERS, score(DRAFT, ANSWERS), MARK, facts=facts)

    assert sentences(compose(of))["profile.business"].text == "The audited business is {headcount} {0} Ltd."


counts = st.integers(0, 9)
WHOLE = shipped()


@st.composite
def answered(draw):
    """Any answers to the shipped instrument that its sheet would take."""
    answers = {}
    for name, asked in WHOLE.questions.items():
        by = {}
        for rule in asked.methods:
            if rule.method is Method.INTERVIEW:
                by[rule.method] = draw(st.builds(Voices, counts, counts, counts, counts))
            elif rule.items:
                met = draw(st.integers(0, len(rule.items)))
                missing = frozenset(item.role or item.text for item in rule.items[met:])
                by[rule.method] = Count(met, len(rule.items), missing=missing)
            else:
                by[rule.method] = draw(
                    st.one_of(st.builds(Percent, st.fractions(0, 1, max_denominator=40)), st.just(Count(3, 7, 2)))
                )
        if draw(st.booleans()):
            answers[name] = QuestionAnswer(by, draw(st.sampled_from(["", "We saw 3 of 7."])), draw(st.booleans()))
    return answers


@settings(max_examples=25, deadline=None)
@given(answered())
def test_no_number_is_invented_whatever_was_answered(answers):
    assert invented(material(answers, WHOLE)) == []
