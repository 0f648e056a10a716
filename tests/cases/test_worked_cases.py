"""The published worked cases are all there, each with where its numbers come from."""

from collections import Counter

import pytest

from secor.cli import cases
from secor.queries.files import read_file
from secor.queries.schemes import folder

PUBLISHED = {f"PUB-{nth:03}" for nth in range(1, 28)}
FOUND = [
    case for path in sorted(folder().glob("*/cases/*.yaml")) for case in cases.read_cases(read_file(path), place="")[0]
]


def test_each_published_case_is_run():
    assert {case["id"][:7] for case in FOUND if case["id"].startswith("PUB-")} == PUBLISHED


def test_an_id_names_one_case_in_all_files():
    assert [name for name, times in Counter(case["id"] for case in FOUND).items() if times > 1] == []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in FOUND])
def test_a_case_built_on_a_choice_of_ours_says_which(case):
    assert case["provenance"] != "derived_project_convention" or case.get("assumes") or case.get("notes")


@pytest.mark.parametrize("command", sorted(cases.ASKS))
def test_every_kind_of_case_is_there(command):
    assert [case["id"] for case in FOUND if case["command"] == command]


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ({"interviews": 7}, []),
        ({"interviews": 7, "why": ["interviews 7: 9 people, table row 9: 7"]}, []),
        ({"interviews": 6}, ["interviews is 7, not 6"]),
        ({"interviews": True}, ["interviews is 7, not True"]),
        ({"interviews": "7"}, ["interviews is 7, not '7'"]),
        ({"sites": None}, []),
        ({"sites": 0}, ["sites is None, not 0"]),
        ({"places": None}, ["places is missing"]),
        ({"why": []}, ["why has 1 entries, not 0"]),
    ],
)
def test_an_outcome_is_compared_to_the_letter(expected, told):
    case = {"command": "sample", "input": {"scheme": "ab-secor", "headcount": 9}, "expected": expected}

    assert cases.differences(case, beside=folder() / "ab-secor" / "cases") == told
