"""``secor check``: every way a scheme can be out of order, each told with its place."""

import json
import shutil

import pytest

from secor.cli.entry import main
from secor.queries.schemes import folder

CASE = """
- id: "OURS-01"
  title: Nine people of twelve are asked, it says
  provenance: derived_project_convention
  source: ["https://example.org/"]
  command: sample
  input: {scheme: ab-secor, headcount: 9}
  expected: {interviews: 7}
"""


@pytest.fixture
def own(tmp_path):
    """A copy of the Alberta scheme that a test may spoil."""
    return shutil.copytree(folder() / "ab-secor", tmp_path / "ab-secor")


@pytest.fixture
def checked(capsys):
    def run(*paths):
        status = main(["check", *map(str, paths)])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err.splitlines()

    return run


def spoil(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_the_shipped_schemes_are_in_order(checked):
    files = len(list(folder().rglob("*.yaml")))

    assert checked(folder()) == (0, {"files": files, "problems": []}, [])


def test_a_copy_elsewhere_is_in_order_too(checked, own):
    assert checked(own)[0] == 0
    assert checked(own / "2023.yaml") == (0, {"files": 1, "problems": []}, [])


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "word"),
    [
        ("2023.yaml", "  quality_mark:", "  qualty_mark:", "rules.qualty_mark", "not a known key"),
        ("2023.yaml", "at_most: 10", "at_moost: 10", "rules.headcount.value.at_moost", "not a known key"),
        ("2023.yaml", "  portable:", "  legal:", "2023.yaml:", "there twice"),
        (
            "2023.yaml",
            "    source: No source grants a",
            "    note: No source grants a",
            "rules.portable.source",
            "missing",
        ),
        ("2023.yaml", "source: No source grants a SECOR standing in another province.", 'source: ""', "source", "text"),
        ("2023.yaml", "80 %", "180 %", "rules.pass_marks.value.certification.overall", "0 to 100"),
        ("2023.yaml", "peak", "peek", "rules.headcount.value.basis", "peak"),
        ("2023.yaml", "snap: none", "snap: no", "2023.yaml:", "quotes"),
        ("2023.yaml", "to: ab-cor", "to: ab-core", "rules.headcount.growth.to", "ab-cor"),
        ("2023.yaml", "instrument: secor-open", "instrument: secor-closed", "instrument", "secor-closed"),
        ("2023.yaml", "first: 5, last: 5", "first: 4, last: 5", "rules.sampling.value.interviews.2", "overlaps"),
        ("2023.yaml", "from: 2023-01-01", "from: 2022-12-31", "in_force.from", "overlaps the edition ab-secor-2019"),
        ("2023.yaml", "from: 2023-01-01", "from: 2023-01-02", "in_force.from", "leaves a hole"),
        ("2023.yaml", "edition: ab-secor-2023", "edition: ab-secor-2019", "edition", "also that of"),
        (
            "2019.yaml",
            "- until: 2020-03-16",
            "- until: 2020-03-17",
            "rules.pass_marks",
            "two values hold on 2020-03-17",
        ),
        ("2019.yaml", "- until: 2020-03-16", "- until: 2020-03-15", "rules.pass_marks", "2020-03-16"),
        (
            "partners.yaml",
            "policy: EXPIRY_MONTH",
            "policy: EXPIRY",
            "partners.esc.rules.due.value.policy",
            "EXPIRY_MONTH",
        ),
        ("partners.yaml", "    sector: any industry", "    sektor: any", "partners.aasp.sektor", "not a known key"),
        ("partners.yaml", "by: immediate", "by: sometime", "growth.by", "next_due"),
        (
            "quality-rules.yaml",
            '{question: "1.4"',
            '{question: "1.44"',
            "quality_rules.duties_known_unwritten.second.question",
            "does not have",
        ),
        ("quality-rules.yaml", "second: {question", "secund: {question", "duties_known_unwritten.secund", "known key"),
        ("quality-rules.yaml", "partners: {}", "partners: {nobody: {}}", "partners.nobody", "no certifying partner"),
        ("quality-rules.yaml", "severity: look", "severity: soft", "duties_known_unwritten.severity", "must"),
        ("instruments/secor-open.yaml", "max_points: 100", "max_points: 101", "elements.1.max_points", "add up to 100"),
        ("instruments/secor-open.yaml", 'id: "1.2"', 'id: "1.1"', "id", "there twice"),
        ("instruments/secor-open.yaml", "depends_on: ", "depends_on: x", "depends_on", "does not exist"),
        ("cases/refund.yaml", 'refund: "900.00"', 'refund: "900.01"', "refund", "900.00"),
    ],
)
def test_each_thing_out_of_order_is_told_with_its_place(checked, own, name, old, new, place, word):
    spoil(own / name, old, new)

    status, told, complaints = checked(own)

    assert (status, complaints) == (1, [])
    assert any(
        str(own / name) in each["place"] and place in each["place"] + " " + each["problem"] and word in each["problem"]
        for each in told["problems"]
    ), told["problems"]


def test_a_changed_rule_breaks_the_cases_of_its_own_folder(checked, own):
    spoil(own / "partners.yaml", "policy: EXPIRY_MONTH", "policy: YEAR_END")

    status, told, _ = checked(own)

    assert status == 1
    assert all("anniversaries.yaml" in each["place"] for each in told["problems"])
    assert any("owed.due_on is '2025-12-31', not '2025-05-31'" in each["problem"] for each in told["problems"])


def test_all_problems_of_all_files_are_told_at_once(checked, own):
    spoil(own / "2023.yaml", "at_most: 10", "at_moost: 10")
    spoil(own / "cases" / "refund.yaml", 'refund: "900.00"', 'refund: "900.01"')

    assert {each["place"].split(":")[0].rsplit("/", 1)[1] for each in checked(own)[1]["problems"]} >= {
        "2023.yaml",
        "refund.yaml",
    }


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("expected: {interviews: 7}", "expected: {interviews: 6}", "interviews is 7, not 6"),
        ("expected: {interviews: 7}", "expected: {interview: 7}", "interview is missing"),
        ("expected: {interviews: 7}", "expected: {}", "must be able to fail"),
        ("command: sample", "command: smaple", "is no command"),
        ("headcount: 9", "heads: 9", "not a known key"),
        ("headcount: 9", "headcount: nine", "whole number"),
        ("headcount: 9", "headcount: 40", "says nothing about 40 people"),
        ("scheme: ab-secor", "scheme: xy-secor", "no scheme has the key"),
        ("scheme: ab-secor", "scheme: ab-secor, partner: nobody", "no certifying partner 'nobody'"),
        ("input: {scheme: ab-secor, headcount: 9}", "input: nothing", "keys with values"),
        ("derived_project_convention", "hearsay", "real_result"),
        ('source: ["https://example.org/"]', "source: []", "at least one source"),
        ("title: Nine people of twelve are asked, it says", "title: 9", "needs a text"),
    ],
)
def test_a_case_that_cannot_hold_is_told(checked, tmp_path, old, new, word):
    path = tmp_path / "cases.yaml"
    path.write_text("cases:" + CASE, encoding="utf-8")
    assert checked(path)[1]["problems"] == []

    spoil(path, old, new)

    assert any(word in each["problem"] for each in checked(path)[1]["problems"])


def test_two_cases_of_one_id_are_told(checked, tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text("cases:" + CASE + CASE, encoding="utf-8")

    assert checked(path)[1]["problems"] == [
        {"place": f"{path}: cases.2.id", "problem": "the id 'OURS-01' is there twice"}
    ]


@pytest.mark.parametrize(
    "content", ["[]", "a: 1", "cases: 7", "edition: [", "", "rules: {}", "elements: {}", "partners: []"]
)
def test_a_file_that_is_none_of_ours_is_a_problem_and_no_crash(checked, tmp_path, content):
    (tmp_path / "x.yaml").write_text(content, encoding="utf-8")

    status, told, complaints = checked(tmp_path)

    assert (status, complaints) == (1, [])
    assert told["problems"]


def test_a_path_that_is_none_is_bad_input(checked, tmp_path):
    assert checked(tmp_path / "none") == (2, None, [f"{tmp_path / 'none'}: is not there; give a file or a folder"])
    status, told, complaints = checked(tmp_path)
    assert (status, told, len(complaints)) == (2, None, 1)
