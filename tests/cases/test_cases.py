"""Every worked case under schemes/, each through the same functions as the commands."""

from pathlib import Path

import pytest

from secor.cli import cases
from secor.queries.files import read_file
from secor.queries.schemes import folder

FILES = sorted(folder().glob("*/cases/*.yaml"))
ALL = [
    pytest.param(case, path, id=case["id"])
    for path in FILES
    for case in cases.read_cases(read_file(path), place=str(path))[0]
]


def test_there_are_cases_and_every_one_can_be_run():
    assert len(ALL) > 100
    assert [problem for path in FILES for problem in cases.read_cases(read_file(path), place=str(path))[1]] == []


@pytest.mark.parametrize(("case", "path"), ALL)
def test_the_outcome_is_what_the_case_says(case, path):
    assert cases.differences(case, beside=path.parent) == []


def test_a_case_that_is_wrong_is_told_with_its_place():
    case = {
        "command": "refund",
        "input": {
            "scheme": "ab-secor",
            "case": {
                "accounts": [{"industry_code": "A", "insurable_earnings": "450000", "industry_rate": "2.00"}],
                "certificate": {"valid": True},
            },
        },
        "expected": {"refund": "900.01"},
    }

    assert cases.differences(case, beside=Path("x")) == ["refund is '900.00', not '900.01'"]
