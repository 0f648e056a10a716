"""From answers to points, rule by rule."""

from fractions import Fraction

import pytest

from drafts import instrument, method, question
from secor.core.answer import NOT_APPLICABLE, Count, Given, Percent, QuestionAnswer, Site, Sites, Voices
from secor.core.instrument import Method
from secor.core.score import MethodScore, QuestionScore
from secor.core.scoring import score

D, I, O = Method.DOCUMENT, Method.INTERVIEW, Method.OBSERVATION  # noqa: E741 -- the letters of the instruments
FULL, NOTHING = Percent(Fraction(1)), Percent(Fraction(0))


def percent(number):
    return Percent(Fraction(str(number)) / 100)


def by(**answers):
    return QuestionAnswer({Method(letter): answer for letter, answer in answers.items()})


def points_of(asked, **answers):
    """The exact and the rounded points of one question, and what it could earn."""
    (mark,) = score(instrument([asked]), {asked["id"]: by(**answers)}).questions
    return mark.awarded, mark.possible


def earned(rule, answer, **more):
    return points_of(question("1.1", D=method(rule=rule, **more)), D=answer)[0]


@pytest.mark.parametrize(
    ("answer", "points", "expected"),
    [
        (percent(73), 10, 7),
        (percent(73), 20, 15),
        (percent(25), 10, 3),  # 2.5: halves go up
        (percent("24.9"), 10, 2),
        (Count(4, 5), 20, 16),
        (Count(3, 5, partial=1), 10, 7),  # a partial one counts one half
        (Voices(5, 3, no_comment=4, not_asked=9), 8, 5),
        (Count(0, 7), 10, 0),
        (Count(7, 7), 10, 10),
    ],
)
def test_a_range_earns_its_share_of_the_points(answer, points, expected):
    assert earned("range", answer, points=points) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(Voices(7, 3), 10), (Voices(5, 2, no_comment=1), 10), (Voices(9, 4), 0), (percent("69.99"), 0), (percent(70), 10)],
)
def test_all_or_nothing_includes_the_threshold_itself(answer, expected):
    assert earned("all_or_nothing", answer) == expected


@pytest.mark.parametrize(("answer", "expected"), [(Voices(3, 2), 10), (Voices(2, 2), 0), (Voices(1, 2), 0)])
def test_a_majority_is_more_than_half(answer, expected):
    assert earned("majority", answer) == expected


def test_items_of_roles_that_do_not_exist_are_not_counted():
    assert earned("per_item", Count(3, 3), skip_items_for_absent_roles=True) == 10
    assert earned("per_item", Count(1, 4), points=20) == 5


@pytest.mark.parametrize(
    ("rounds", "answer", "expected"),
    [
        ("down", percent(99), 1),
        ("down", percent(100), 3),
        ("down", percent(33), 0),
        ("down", Count(1, 3), 1),
        ("nearest", percent(67), 3),  # 2.01 is a hair nearer to 3 than to 1
        ("nearest", percent(66), 1),
        ("nearest", Count(2, 3), 3),  # exactly between: up
        ("nearest", percent(100), 3),
        ("nearest", percent(0), 0),
    ],
)
def test_a_points_list_knows_only_its_own_values(rounds, answer, expected):
    assert earned("points_list", answer, points=3, allowed_points=[0, 1, 3], rounds=rounds) == expected


@pytest.mark.parametrize(("share", "expected"), [(20, 1), (33, 1), (34, 3), (74, 3), (75, 6)])
def test_the_nearest_value_of_a_longer_list_is_a_neighbour(share, expected):
    listed = {"points": 6, "allowed_points": [0, 1, 3, 6], "rounds": "nearest"}

    assert earned("points_list", percent(share), **listed) == expected


def test_points_given_from_the_list_are_taken_as_they_are():
    assert earned("points_list", Given(1, 3), points=3, allowed_points=[0, 1, 3]) == 1


@pytest.mark.parametrize(
    ("documents", "interviews", "expected"), [(FULL, FULL, 3), (FULL, NOTHING, 0), (percent(99), FULL, 0)]
)
def test_both_or_nothing_wants_both(documents, interviews, expected):
    asked = question("1.1", D=method(1, "both_or_nothing"), I=method(2, "both_or_nothing"))

    assert points_of(asked, D=documents, I=interviews) == (expected, 3)


def test_both_or_nothing_leaves_the_methods_beside_it_alone():
    asked = question("1.1", D=method(1, "both_or_nothing"), I=method(2, "both_or_nothing"), O=method(4))

    assert points_of(asked, D=FULL, I=NOTHING, O=FULL) == (4, 7)


def test_methods_are_summed_before_they_are_rounded_once():
    asked = question("1.1", D=method(5), I=method(5))

    assert points_of(asked, D=percent(50), I=percent(50)) == (5, 10)  # 2.5 + 2.5, not 3 + 3
    assert points_of(asked, D=Count(1, 3), I=Count(1, 6)) == (3, 10)  # 5/3 + 5/6 = 2.5


def test_the_best_of_any_methods_counts():
    asked = question("1.1", combine="any", D=method(10), O=method(10))

    assert points_of(asked, D=percent(40), O=percent(60)) == (6, 10)


def test_any_methods_can_together_earn_no_more_than_the_best():
    asked = question("1.1", combine="any", D=method(10), O=method(4))

    assert points_of(asked, D=NOTHING, O=FULL) == (4, 10)
    assert points_of(asked, D=Count(0, 0), O=FULL) == (4, 4)


def test_an_average_is_of_percentages():
    asked = question("1.1", combine="average", D=method(10), I=method(10))

    assert points_of(asked, D=FULL, I=percent(60)) == (8, 10)


def test_half_points_stay_where_a_scheme_awards_them():
    asked = question("1.1", D=method(0.5, "all_or_nothing"), I=method(1))
    half = instrument([asked], scoring={"rounding": {"step": 0.5}})

    (mark,) = score(half, {"1.1": by(D=FULL, I=percent(25))}).questions

    assert (mark.awarded, mark.possible) == (Fraction(1), Fraction(3, 2))  # 0.75 rounds up to 1


def test_a_method_with_nothing_counted_leaves_the_denominator():
    asked = question("1.1", D=method(10), I=method(5))

    assert points_of(asked, D=percent(50), I=Voices(0, 0, no_comment=8)) == (5, 10)
    assert points_of(asked, D=Count(0, 0), I=Voices(0, 0)) == (0, 0)


def test_a_method_left_out_by_the_profile_leaves_the_denominator():
    asked = question("1.1", D=method(10), I=method(5))

    result = score(instrument([asked]), {"1.1": by(D=FULL)}, methods={D})

    assert (result.awarded, result.possible, result.complete) == (10, 10, True)


def test_what_is_unanswered_earns_nothing_and_makes_the_audit_incomplete():
    asked = [question("1.1", D=method(10), I=method(5)), question("1.2", D=method(10))]

    result = score(instrument(asked), {"1.1": by(D=FULL)})

    assert (result.awarded, result.possible) == (10, 25)
    assert result.unanswered == ("1.1", "1.2")
    assert not result.complete


@pytest.mark.parametrize(
    ("given", "allowed", "mark"),
    [
        (NOT_APPLICABLE, True, QuestionScore("1.1", 0, 0, 0, 1, (), not_applicable=True)),
        (NOT_APPLICABLE, False, QuestionScore("1.1", 10, 0, 0, 1, (MethodScore(D, 10, 0, 1, answered=True),))),
        (
            QuestionAnswer(),
            True,
            QuestionScore("1.1", 10, 0, 0, 1, (MethodScore(D, 10, 0, 1, answered=False),), unanswered=True),
        ),
        (by(D=FULL), True, QuestionScore("1.1", 10, 10, 10, 1, (MethodScore(D, 10, 10, 1, answered=True),))),
        (by(D=Count(0, 0)), True, QuestionScore("1.1", 0, 0, 0, 1, ())),
    ],
)
def test_what_earns_nothing_is_told_apart(given, allowed, mark):
    asked = question("1.1", D=method(10), na={"allowed": allowed})

    assert score(instrument([asked]), {"1.1": given}).questions == (mark,)


def test_points_that_another_question_took_are_taken_from_each_method():
    asked = [question("1.1", D=method(10)), question("1.2", D=method(10), I=method(5), **leaning())]

    assert score(instrument(asked), {"1.1": by(D=NOTHING)}, default=Fraction(1)).questions[1] == QuestionScore(
        "1.2",
        15,
        0,
        0,
        1,
        (MethodScore(D, 10, 0, 1, answered=True), MethodScore(I, 5, 0, 1, answered=True)),
        zeroed_by="1.1",
    )


def test_one_answer_is_enough_where_any_method_will_do():
    asked = question("1.1", combine="any", D=method(10), O=method(10))

    assert score(instrument([asked]), {"1.1": by(O=FULL)}).complete
    assert score(instrument([asked]), {}).unanswered == ("1.1",)


def test_the_default_fills_only_what_is_not_listed():
    asked = [question("1.1", D=method(10), I=method(10)), question("1.2", D=method(10))]

    result = score(instrument(asked), {"1.1": by(D=NOTHING)}, default=Fraction(1))

    assert (result.awarded, result.possible, result.complete) == (20, 30, True)
    assert score(instrument(asked), {}, default=Fraction(0)).complete


def test_not_applicable_leaves_the_denominator_where_it_is_allowed():
    asked = [question("1.1", D=method(20), na={"allowed": True}), question("1.2", D=method(40))]

    result = score(instrument(asked), {"1.1": NOT_APPLICABLE, "1.2": by(D=percent(80))})

    assert (result.awarded, result.possible, result.share) == (32, 40, Fraction(4, 5))
    assert result.complete
    assert result.questions[0].not_applicable


def test_a_refused_not_applicable_scores_nothing_and_stays():
    asked = [question("1.1", D=method(20), I=method(5)), question("1.2", D=method(40))]

    result = score(instrument(asked), {"1.1": NOT_APPLICABLE}, methods={D}, default=Fraction(1))

    assert (result.awarded, result.possible) == (40, 60)
    assert [(each.question, each.why) for each in result.refused] == [
        ("1.1", "not applicable is not allowed for this question")
    ]
    assert result.complete


@pytest.mark.parametrize(("note", "refused"), [("", 1), ("  ", 1), ("No contractor was used.", 0)])
def test_not_applicable_needs_its_note_where_the_caller_wants_one(note, refused):
    asked = instrument([question("1.1", D=method(20), na={"allowed": True})])
    given = {"1.1": QuestionAnswer(note=note, not_applicable=True)}

    assert len(score(asked, given, na_needs_note=True).refused) == refused
    assert score(asked, given).refused == ()


def test_an_element_with_nothing_left_has_no_share():
    asked = instrument([question("1.1", D=method(20), na={"allowed": True})], [question("2.1", D=method(10))])

    first, second = score(asked, {"1.1": NOT_APPLICABLE, "2.1": by(D=FULL)}).elements

    assert first.share is None
    assert second.share == 1


def test_an_informational_element_is_scored_but_not_counted():
    asked = instrument([question("1.1", D=method(100))], [question("2.1", D=method(50))], informational=(2,))

    result = score(asked, {"1.1": by(D=percent(85)), "2.1": by(D=percent(40))})

    assert (result.awarded, result.possible) == (85, 100)
    assert [(each.awarded, each.possible, each.counted) for each in result.elements] == [
        (85, 100, True),
        (20, 50, False),
    ]


SITES = (Site(200, percent(60)), Site(50, percent(80)), Site(5, percent(100)))


def test_sites_are_averaged_by_headcount_or_plainly():
    assert earned("range", Sites(SITES, weighted=False), points=100) == 80
    assert earned("range", Sites(SITES), points=1000) == 647


def test_a_site_where_nothing_was_counted_leaves_the_average():
    sites = (*SITES, Site(900, Count(0, 0)))

    assert earned("range", Sites(sites), points=1000) == 647
    assert points_of(question("1.1", D=method()), D=Sites((Site(9, Count(0, 0)),))) == (0, 0)
    assert Sites((Site(9, Count(0, 0)),)).share() == (0, 0)


def leaning(when="score_is_zero", effect="score_zero"):
    return {"cascade": {"depends_on": "1.1", "when": when, "effect": effect}}


def cascade(first, **answers):
    asked = [question("1.2", D=method(10), **leaning()), question("1.1", D=method(10), na={"allowed": True})]
    dependent, _ = score(instrument(asked), {"1.1": first, "1.2": by(**answers)}).questions
    return dependent.awarded, dependent.possible, dependent.zeroed_by


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (by(D=NOTHING), (0, 10, "1.1")),
        (by(D=percent(1)), (10, 10, None)),  # 0.1 points print as 0, and are not zero
        (by(D=FULL), (10, 10, None)),
        (NOT_APPLICABLE, (10, 10, None)),
        (by(D=Count(0, 0)), (10, 10, None)),  # nothing was asked, so nothing is missing
        (QuestionAnswer(), (0, 10, "1.1")),
    ],
)
def test_a_question_earns_nothing_where_the_one_it_leans_on_scores_zero(first, expected):
    assert cascade(first, D=FULL) == expected


def test_a_cascade_runs_through_a_chain_in_any_order():
    asked = [
        question("1.3", D=method(10), cascade={**leaning()["cascade"], "depends_on": "1.2"}),
        question("1.2", D=method(10), **leaning()),
        question("1.1", D=method(10)),
    ]

    result = score(instrument(asked), {"1.1": by(D=NOTHING)}, default=Fraction(1))

    assert (result.awarded, result.possible) == (0, 30)
    assert [mark.zeroed_by for mark in result.questions] == ["1.2", "1.1", None]


def test_a_missing_item_can_take_the_points_of_another_question():
    asked = [
        question("1.1", D=method(10, "per_item")),
        question("1.2", D=method(10), **leaning(when="item_missing")),
    ]

    def awarded(met):
        return score(instrument(asked), {"1.1": by(D=Count(met, 4)), "1.2": by(D=FULL)}).questions[1].awarded

    assert (awarded(4), awarded(3)) == (10, 0)


def test_one_missing_item_among_several_counts_is_enough():
    sites = Sites((Site(1, Count(2, 2)), Site(1, Count(1, 2))))
    asked = [
        question("1.1", D=method(10, "per_item"), O=method(10)),
        question("1.2", D=method(10), **leaning(when="item_missing")),
    ]

    result = score(instrument(asked), {"1.1": by(D=sites, O=Count(3, 3)), "1.2": by(D=FULL)})

    assert result.questions[1].zeroed_by == "1.1"


def test_people_of_a_role_without_written_duties_are_not_asked():
    asked = [
        question("1.1", D=method(10, "per_item", items=["owner or manager", "supervisor", "worker"])),
        question("1.2", I=method(10), **leaning("item_missing", "responses_of_that_role_not_asked")),
    ]
    said = Voices.of_roles({"owner": Voices(1, 0), "supervisor": Voices(0, 2), "worker": Voices(3, 1)})

    def awarded(missing, answer=said):
        duties = Count(3 - len(missing), 3, missing=frozenset(missing))
        mark = score(instrument(asked), {"1.1": by(D=duties), "1.2": by(I=answer)}).questions[1]
        return mark.awarded, mark.possible

    assert awarded([]) == (6, 10)  # 4 of 7
    assert awarded(["supervisor"]) == (8, 10)  # 4 of 5
    assert awarded(["worker"]) == (3, 10)  # 1 of 3
    assert awarded(["owner", "supervisor", "worker"]) == (0, 0)  # nobody is left to ask
    assert awarded(["supervisor"], Voices(4, 3)) == (6, 10)  # not kept by role: taken as given


def test_people_of_every_role_are_asked_where_a_question_only_leans_on_the_score_of_another():
    asked = [
        question("1.1", D=method(10, "per_item", items=["owner or manager", "supervisor", "worker"])),
        question("1.2", I=method(10), **leaning()),
    ]
    said = Voices.of_roles({"owner": Voices(1, 0), "supervisor": Voices(0, 2), "worker": Voices(3, 1)})
    duties = Count(2, 3, missing=frozenset({"supervisor"}))

    assert score(instrument(asked), {"1.1": by(D=duties), "1.2": by(I=said)}).questions[1].awarded == 6


def test_the_order_of_the_answers_changes_nothing():
    asked = instrument([question("1.1", D=method(10)), question("1.2", D=method(7))])
    given = {"1.1": by(D=percent(33)), "1.2": by(D=percent(66))}

    assert score(asked, given) == score(asked, dict(reversed(given.items())))
