"""Answers in words."""

from fractions import Fraction

import pytest

from drafts import instrument, method, question
from secor.core.answer import NOT_APPLICABLE, Count, Given, Percent, QuestionAnswer, Site, Sites, Voices
from secor.core.finding import Says, findings, gaps, strengths
from secor.core.instrument import Method
from secor.core.scoring import score


def by(note="", **answers):
    return QuestionAnswer({Method(letter): answer for letter, answer in answers.items()}, note)


def told(asked, answers, **more):
    drafted = instrument(asked)
    return findings(drafted, answers, score(drafted, answers, **more))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Count(3, 5), "Documents: 3 of 5 met."),
        (Count(3, 5, partial=1), "Documents: 3 of 5 met, 1 in part."),
        (Percent(Fraction(159, 200)), "Documents: 79.5 %."),
        (
            Voices(5, 3, no_comment=1, not_asked=2),
            "Documents: 5 of 8 answers positive, 1 without comment, 2 not asked.",
        ),
        (
            Sites((Site(6, Count(1, 2)), Site(3, Percent(Fraction(1))))),
            "Documents: a site of 6: 1 of 2 met; a site of 3: 100 %.",
        ),
    ],
)
def test_words_hold_the_numbers_of_the_answer(answer, words):
    (finding,) = told([question("1.1", D=method())], {"1.1": by(D=answer)})

    assert finding.words == (words,)


def test_points_from_a_list_are_told_as_points():
    (finding,) = told(
        [question("1.1", D=method(3, "points_list", allowed_points=[0, 1, 3]))], {"1.1": by(D=Given(1, 3))}
    )

    assert finding.words == ("Documents: 1 of 3 points.",)


@pytest.mark.parametrize(("positive", "word"), [(7, "70 % is reached"), (6, "70 % is needed")])
def test_a_threshold_is_quoted(positive, word):
    asked = [question("1.1", I=method(rule="all_or_nothing"))]

    (finding,) = told(asked, {"1.1": by(I=Voices(positive, 10 - positive))})

    assert finding.words == (f"Interviews: {positive} of 10 answers positive; {word}.",)


def test_full_points_are_a_strength_and_less_is_a_gap():
    asked = [question("1.1", D=method(10)), question("1.2", D=method(10, measure="talks held / talks due"))]

    full, short = told(asked, {"1.1": by("Seen.", D=Count(2, 2)), "1.2": by(D=Count(1, 2))})

    assert (full.says, full.note, full.recommendations) == (Says.STRENGTH, "Seen.", ())
    assert (short.says, short.lost, short.recommendations) == (Says.GAP, 5, ("Documents: talks held / talks due.",))


def test_missing_items_are_what_to_put_in_place():
    asked = [question("1.1", D=method(rule="per_item", items=["a signature", "worker duties", "a date"]))]
    by_role = frozenset({"worker", "a date"})

    (finding,) = told(asked, {"1.1": by(D=Count(1, 3, missing=by_role))})

    assert finding.recommendations == ("Put in place: worker duties; a date.",)


def test_every_method_has_its_words():
    (finding,) = told([question("1.1", D=method(), O=method())], {"1.1": by(D=Count(1, 2), O=Count(2, 2))})

    assert finding.words == ("Documents: 1 of 2 met.", "Observation: 2 of 2 met.")


def test_guidance_is_the_wish_where_the_instrument_counts_nothing_in_words():
    asked = [question("1.1", D=method(), I=method(), guidance="One page is enough.")]

    (finding,) = told(asked, {"1.1": by(D=Count(0, 1), I=Voices(0, 1))})

    assert finding.recommendations == ("One page is enough.",)


def test_nothing_is_wished_where_the_instrument_says_nothing():
    (finding,) = told([question("1.1", D=method())], {"1.1": by(D=Count(0, 1))})

    assert (finding.says, finding.recommendations) == (Says.GAP, ())


def test_only_methods_that_lost_points_get_a_wish():
    asked = [question("1.1", D=method(measure="papers"), O=method(observe="the poster"))]

    (finding,) = told(asked, {"1.1": by(D=Count(1, 1), O=Count(0, 1))})

    assert finding.recommendations == ("Observation: the poster.",)


def test_not_applicable_unanswered_and_refused_are_told_as_what_they_are():
    asked = [
        question("1.1", D=method(), na={"allowed": True}),
        question("1.2", D=method()),
        question("1.3", D=method(), guidance="Keep a list."),
    ]

    spared, open_, refused = told(asked, {"1.1": NOT_APPLICABLE, "1.3": NOT_APPLICABLE})

    assert (spared.says, open_.says, refused.says) == (Says.NOT_APPLICABLE, Says.UNANSWERED, Says.GAP)
    assert spared.recommendations == open_.recommendations == ()
    assert spared.words == ("This question does not apply.",)
    assert refused.words == ("It was marked as not applicable, which was not accepted here.",)
    assert refused.recommendations == ("Keep a list.",)


def test_a_cascade_names_the_question_to_put_right_first():
    leans = {"depends_on": "1.1", "when": "score_is_zero", "effect": "score_zero"}
    asked = [question("1.1", D=method()), question("1.2", D=method(), cascade=leans)]

    _, second = told(asked, {"1.1": by(D=Count(0, 1)), "1.2": by(D=Count(1, 1))})

    assert second.words[-1] == "It earns no points because of question 1.1, on which it depends."
    assert second.recommendations == ("Put question 1.1 right first; this one depends on it.",)


def test_a_question_left_out_by_the_profile_says_nothing():
    asked = [question("1.1", D=method()), question("1.2", I=method())]

    found = told(asked, {"1.1": by(D=Count(1, 1)), "1.2": by(I=Voices(1, 1))}, methods={Method.DOCUMENT})

    assert [each.question for each in found] == ["1.1"]


def test_the_weightiest_strengths_and_gaps_come_first():
    asked = [question(f"1.{nth}", D=method(points)) for nth, points in enumerate((5, 20, 10, 30, 8), start=1)]
    half, whole = by(D=Count(1, 2)), by(D=Count(1, 1))
    found = told(asked, {"1.1": whole, "1.2": whole, "1.3": half, "1.4": half, "1.5": half})

    assert [each.question for each in strengths(found)] == ["1.2", "1.1"]
    assert [each.question for each in gaps(found)] == ["1.4", "1.3", "1.5"]
    assert [each.question for each in gaps(found, at_most=2)] == ["1.4", "1.3"]
