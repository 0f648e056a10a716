"""The review's own score of how well an audit was done."""

import pytest

from secor.core.quality import CRITERIA, MET, NOT_MET, PARTLY, Quality, quality

WELL = {each.key: MET for each in CRITERIA}


@pytest.mark.parametrize(
    ("judged", "points"),
    [({}, 100), ({"scope": PARTLY}, 95), ({"scope": NOT_MET}, 90), ({each.key: NOT_MET for each in CRITERIA}, 0)],
)
def test_each_line_earns_all_half_or_none_of_its_points(judged, points):
    assert quality({**WELL, **judged}) == Quality(points, 100)


@pytest.mark.parametrize("judgement", ["", "excellent"])
def test_a_line_that_is_open_or_unknown_is_named(judgement):
    problems = quality({**WELL, "sample": judgement})

    assert isinstance(problems, list)
    assert [problem.place for problem in problems] == ["sample"]
