"""A score against a pass mark."""

from fractions import Fraction

import pytest

from secor.core.pass_mark import read_pass_mark, read_pass_rule
from secor.core.reading import Reading
from secor.core.rounding import one_decimal
from secor.core.score import ElementScore, Score
from secor.core.verdict import LimitedScope, PassMark, Where, decide, decide_quality, elements_to_repeat

CERTIFICATION = PassMark(Fraction(4, 5), Fraction(1, 2))


def scored(*elements, uncounted=()):
    """A score from (awarded, possible) of each element."""
    parts = tuple(
        ElementScore(nth, possible, awarded, counted=nth not in uncounted)
        for nth, (awarded, possible) in enumerate(elements, start=1)
    )
    counted = [part for part in parts if part.counted]
    return Score(parts, (), sum(part.possible for part in counted), sum(part.awarded for part in counted))


def test_exactly_on_both_marks_is_a_pass():
    assert decide(scored((50, 100), (350, 400)), CERTIFICATION).passed


def test_one_point_short_overall_falls_short():
    verdict = decide(scored((50, 100), (349, 400)), CERTIFICATION)

    assert [(each.where, each.share, each.minimum) for each in verdict.shortfalls] == [
        (Where.OVERALL, Fraction(399, 500), Fraction(4, 5))
    ]


def test_one_point_short_in_an_element_falls_short():
    verdict = decide(scored((99, 200), (770, 800)), CERTIFICATION)

    assert not verdict.passed
    assert verdict.elements_below == (1,)
    assert verdict.shortfalls[0].share == Fraction(99, 200)


def test_what_prints_as_the_mark_can_still_be_below_it():
    score = scored((7996, 10000))

    assert one_decimal(score.share * 100) == "80.0"
    assert not decide(score, CERTIFICATION).passed


def test_overall_comes_first_and_elements_in_their_order():
    verdict = decide(scored((1, 10), (9, 10), (2, 10)), CERTIFICATION)

    assert [(each.where, each.element) for each in verdict.shortfalls] == [
        (Where.OVERALL, None),
        (Where.ELEMENT, 1),
        (Where.ELEMENT, 3),
    ]


def test_a_maintenance_mark_without_elements_tests_none():
    mark = PassMark(Fraction(3, 5), None)

    assert decide(scored((0, 40), (60, 60)), mark).passed
    assert not decide(scored((0, 41), (60, 60)), mark).passed


def test_an_element_with_nothing_left_is_not_tested():
    assert decide(scored((0, 0), (80, 100)), CERTIFICATION).passed


def test_an_element_that_is_not_counted_is_not_tested():
    assert decide(scored((85, 100), (0, 50), uncounted={2}), CERTIFICATION).passed


def test_an_audit_with_nothing_left_has_shown_nothing():
    verdict = decide(scored((0, 0)), CERTIFICATION)

    assert [(each.where, each.share) for each in verdict.shortfalls] == [(Where.OVERALL, None)]


@pytest.mark.parametrize(("points", "passed"), [(20, True), (19, True), (18, False)])
def test_a_mark_in_points_is_as_good_as_the_share(points, passed):
    assert decide(scored((points, 24)), PassMark(Fraction(4, 5), None, points=19)).passed is passed


def test_a_mark_in_points_does_not_excuse_a_weak_element():
    mark = PassMark(Fraction(4, 5), Fraction(1, 2), points=19)

    assert decide(scored((19, 20), (1, 4)), mark).elements_below == (2,)


@pytest.mark.parametrize(("points", "passed"), [(19, True), (18, False)])
def test_a_mark_can_be_in_points_alone(points, passed):
    assert decide(scored((points, 24)), PassMark(None, None, points=19)).passed is passed


@pytest.mark.parametrize(("possible", "minimum"), [(24, Fraction(19, 24)), (20, Fraction(19, 20)), (0, Fraction(1))])
def test_a_mark_in_points_alone_is_told_as_the_share_it_is_of_this_audit(possible, minimum):
    (short,) = decide(scored((0, possible)), PassMark(None, None, points=19)).shortfalls

    assert (short.where, short.minimum, short.points_minimum) == (Where.OVERALL, minimum, 19)


def test_no_mark_at_all_is_passed_by_anything():
    assert decide(scored((0, 24)), PassMark(None, None)).passed


@pytest.mark.parametrize(("points", "passed"), [(80, True), (79, False)])
def test_the_quality_of_an_audit_has_its_own_mark(points, passed):
    verdict = decide_quality(points=points, possible=100, mark=Fraction(4, 5))

    assert verdict.passed is passed
    assert [each.where for each in verdict.shortfalls] == [] if passed else [Where.QUALITY]


@pytest.mark.parametrize(("points", "possible", "share"), [(79, 100, Fraction(79, 100)), (3, 4, Fraction(3, 4))])
def test_a_quality_that_falls_short_is_told_with_its_share(points, possible, share):
    (short,) = decide_quality(points=points, possible=possible, mark=Fraction(4, 5)).shortfalls

    assert (short.share, short.minimum) == (share, Fraction(4, 5))


def test_a_review_that_scored_nothing_has_not_shown_quality():
    (short,) = decide_quality(points=0, possible=0, mark=Fraction(4, 5)).shortfalls

    assert short.share is None


BAND = LimitedScope(overall=Fraction(7, 10), at_most=2)


@pytest.mark.parametrize(
    ("elements", "repeated"),
    [
        (((49, 100), (390, 400)), (1,)),
        (((40, 100), (310, 400)), (1,)),  # exactly 70 % overall
        (((40, 100), (309, 400)), None),  # a point under the band
        (((4, 10), (4, 10), (98, 100)), (1, 2)),
        (((4, 10), (4, 10), (4, 10), (98, 100)), None),  # one weak element too many
        (((75, 100), (79, 100)), None),  # no element is weak
        (((90, 100), (90, 100)), None),  # it passed
    ],
)
def test_a_limited_scope_audit_repeats_the_weak_elements_of_an_audit_in_the_band(elements, repeated):
    assert elements_to_repeat(scored(*elements), CERTIFICATION, band=BAND) == repeated


def test_a_scheme_writes_its_mark_in_percent():
    reading = Reading("pass_mark")

    assert read_pass_mark(reading, {"overall": "79.5 %", "element": None, "points": 19}) == PassMark(
        Fraction(159, 200), None, 19
    )
    assert reading.problems == []


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"overall_min_percent": 101}, "rule.overall_min_percent"),
        ({"overall_min_percent": "many"}, "rule.overall_min_percent"),
        ({"overall": 80}, "rule.overall"),
        ({}, "rule"),
        ([80, 50], "rule"),
        ({"overall_min_percent": 80, "or_points_min": 19.5}, "rule.or_points_min"),
    ],
)
def test_a_mark_that_cannot_be_read_says_where(value, place):
    reading = Reading("rule")

    read_pass_rule(reading, value)

    assert place in [problem.place for problem in reading.problems]
