"""``secor score``, as it is called and as it answers."""

import argparse
import io
import json

import pytest
import yaml

from drafts import draft, method, question
from secor.cli import score

TWO = draft(
    [question("1.1", D=method(10), I=method(10)), question("1.2", D=method(20), na={"allowed": True})],
    [question("2.1", O=method(10))],
    pass_rules={
        "certification": {"overall_min_percent": 80, "element_min_percent": 50},
        "maintenance": {"overall_min_percent": 60, "element_min_percent": None},
    },
)


@pytest.fixture
def secor(tmp_path, capsys, monkeypatch):
    """Run the command on an instrument and answers; gives status, printed object and complaints."""

    def run(answers, *options, instrument=TWO, text=None):
        (tmp_path / "draft.yaml").write_text(yaml.safe_dump(instrument), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(answers) if text is None else text))
        parser = argparse.ArgumentParser()
        score.add(parser.add_subparsers())
        names = instrument if isinstance(instrument, str) else str(tmp_path / "draft.yaml")
        args = parser.parse_args(["score", "--instrument", names, "--answers", "-", *options])
        status = args.run(args)
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err.splitlines()

    return run


def test_the_whole_answer_is_printed_to_the_letter(secor):
    answers = {
        "1.1": {"D": {"met": 5, "of": 8}, "I": {"pos": 5, "neg": 3, "no_comment": 1}, "note": "Seen."},
        "1.2": "NA",
        "2.1": "NA",
    }

    status, told, problems = secor({"answers": answers})

    assert (status, problems) == (0, [])
    assert json.dumps(told) == json.dumps(
        {
            "complete": True,
            "unanswered": [],
            "elements": [
                {"element": 1, "possible": 20, "awarded": 13, "percent": "65.0", "below_minimum": False},
                {"element": 2, "possible": 10, "awarded": 0, "percent": "0.0", "below_minimum": True},
            ],
            "possible": 30,
            "awarded": 13,
            "percent": "43.3",
            "passed": False,
            "shortfalls": [
                {"where": "overall", "percent": "43.3", "minimum": "80"},
                {"where": "element", "element": 2, "percent": "0.0", "minimum": "50"},
            ],
            "refused": [{"question": "2.1", "why": "not applicable is not allowed for this question"}],
            "questions": [
                {
                    "question": "1.1",
                    "possible": 20,
                    "awarded": 13,
                    "methods": {
                        "D": {"possible": "10", "awarded": "6.3"},
                        "I": {"possible": "10", "awarded": "6.3"},
                    },
                },
                {"question": "1.2", "possible": 0, "awarded": 0, "methods": {}},
                {
                    "question": "2.1",
                    "possible": 10,
                    "awarded": 0,
                    "methods": {"O": {"possible": "10", "awarded": "0"}},
                },
            ],
        }
    )


def test_what_is_not_listed_is_unanswered(secor):
    _, told, _ = secor({"answers": {"1.1": {"D": {"percent": 100}}}, "default_percent": None})

    assert (told["complete"], told["unanswered"]) == (False, ["1.1", "1.2", "2.1"])


def test_the_default_fills_what_is_not_listed(secor):
    _, told, _ = secor({"answers": {}, "default_percent": 100})

    assert (told["complete"], told["percent"], told["passed"]) == (True, "100.0", True)


def test_methods_that_this_audit_does_not_use_leave_the_denominator(secor):
    _, told, _ = secor({"answers": {}, "default_percent": 100, "methods": ["D"]})

    assert told["possible"] == 30
    assert told["elements"][1] == {
        "element": 2,
        "possible": 0,
        "awarded": 0,
        "percent": None,
        "below_minimum": False,
    }
    assert told["questions"][2]["methods"] == {}


WEAK = {"answers": {"2.1": {"O": {"percent": 40}}}, "default_percent": 80}


@pytest.mark.parametrize(
    ("options", "passed"),
    [((), False), (("--audit-type", "certification"), False), (("--audit-type", "maintenance"), True)],
)
def test_each_kind_of_audit_has_its_own_mark(secor, options, passed):
    assert secor(WEAK, *options)[1]["passed"] is passed


def test_a_schemes_mark_wins_over_the_instruments_own(secor):
    bare = draft([question("1.1", D=method())])
    below = {"answers": {}, "default_percent": 70}

    assert not secor(below, "--scheme", "ab-secor", "--partner", "asc", instrument=bare)[1]["passed"]
    assert secor(below, "--scheme", "ab-secor", "--audit-type", "maintenance", instrument=bare)[1]["passed"]


def test_a_scheme_that_is_not_there_is_told_even_when_the_file_has_its_rule(secor):
    answers = {"answers": {}, "rule": {"overall_min_percent": 80}}

    assert secor(answers, "--scheme", "no-such")[0] == 2


def test_a_rule_in_the_file_wins(secor):
    rule = {"overall_min_percent": 72, "element_min_percent": 40, "or_points_min": None}

    assert secor({**WEAK, "rule": rule})[1]["passed"]
    assert not secor({**WEAK, "rule": {**rule, "overall_min_percent": "72.1"}})[1]["passed"]


@pytest.mark.parametrize(("points", "passed"), [(36, True), (37, False)])
def test_points_can_be_enough(secor, points, passed):
    rule = {"overall_min_percent": 99, "element_min_percent": None, "or_points_min": points}

    assert secor({**WEAK, "rule": rule})[1]["passed"] is passed


def test_half_points_are_printed_as_halves(secor):
    halves = draft([question("1.1", D=method(0.5, "majority"))], scoring={"rounding": {"step": 0.5}})
    rule = {"overall_min_percent": 80}

    _, told, _ = secor({"answers": {}, "default_percent": 100, "rule": rule}, instrument=halves)

    assert (told["awarded"], told["questions"][0]["methods"]) == (0.5, {"D": {"possible": "0.5", "awarded": "0.5"}})


def test_yaml_is_read_from_standard_input_too(secor):
    text = 'default_percent: 100\nanswers:\n  "1.2": NA\n'

    assert secor(None, text=text)[1]["possible"] == 30


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"answers": {"1.1": {"D": {"met": 5, "of": 4}}}}, "answers.1.1.D.met: "),
        ({"answers": {"7.7": "NA"}}, "answers.7.7: "),
        ({"answers": {}, "methods": ["X"]}, "methods.1: "),
        ({"answers": {}, "methods": []}, "methods: "),
        ({"answers": {}, "default_percent": 101}, "default_percent: "),
        ({"answers": {}, "rule": {"pass": 80}}, "rule.pass: "),
        ({"answers": {}, "colour": "red"}, "colour: "),
        ({}, "answers: "),
        ([], "the whole file: needs keys with values"),
        ({"answers": []}, "answers: "),
    ],
)
def test_bad_input_prints_nothing_but_where_and_what(secor, answers, line):
    status, told, problems = secor(answers)

    assert (status, told) == (2, None)
    assert any(problem.startswith(line) for problem in problems), problems


def test_every_problem_has_its_line(secor):
    answers = {"1.1": {"D": {"met": 5, "of": 4}, "I": {"pos": -1, "neg": 0}}, "9.9": "NA"}

    _, _, problems = secor({"answers": answers})

    assert [line.split(": ")[0] for line in problems] == ["answers.1.1.D.met", "answers.1.1.I.pos", "answers.9.9"]


@pytest.mark.parametrize("text", ["", "{", "a: [", "\x00", "[" * 9000, '{"answers": {}, "answers": {}}'])
def test_what_is_no_file_at_all_is_told(secor, text):
    status, told, problems = secor(None, text=text)

    assert (status, told, len(problems)) == (2, None, 1)


@pytest.mark.parametrize("name", ["no-such-key", "no/such/file.yaml", "../secor-open"])
def test_an_instrument_that_is_not_there_is_told(secor, name):
    status, told, problems = secor({"answers": {}}, instrument=name)

    assert (status, told, len(problems)) == (2, None, 1)


def test_an_instrument_with_faults_is_told_with_its_places(secor):
    faulty = {**TWO, "instrument": {**TWO["instrument"], "total_points": 41}}

    status, _, problems = secor({"answers": {}}, instrument=faulty)

    assert status == 2
    assert "instrument.total_points" in problems[0]


def test_an_instrument_without_a_mark_asks_for_one(secor):
    bare = draft([question("1.1", D=method())])

    status, _, problems = secor({"answers": {}}, instrument=bare)

    assert status == 2
    assert problems[0].startswith("--audit-type: ")


def test_the_shipped_instrument_is_found_by_its_key(secor):
    _, told, _ = secor({"answers": {}, "default_percent": 100, "methods": ["D"]}, instrument="secor-open")

    assert (told["possible"], told["awarded"]) == (765, 765)
