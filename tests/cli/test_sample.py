"""``secor sample``, as it is called and as it answers."""

import argparse
import json
from dataclasses import dataclass
from fractions import Fraction

import pytest

from secor.cli import rules, sample
from secor.core.sampling import Row, SamplingRule

RULE = SamplingRule((Row(1, 4), Row(5, 5, 4), Row(6, 7, 5)), (Row(1, 2), Row(3, 8, 3)), 5, 5, Fraction(1, 5))


@dataclass
class Scheme:
    sampling: SamplingRule = RULE


@pytest.fixture
def secor(capsys, monkeypatch):
    """Run the command on a small table of our own; gives status, printed object and complaints."""
    monkeypatch.setattr(rules, "in_force", lambda _: Scheme())

    def run(*options):
        parser = argparse.ArgumentParser()
        sample.add(parser.add_subparsers())
        args = parser.parse_args(["sample", "--scheme", "own", *options])
        status = args.run(args)
        out, err = capsys.readouterr()
        return status, out, err.splitlines()

    return run


def test_the_least_numbers_are_printed_with_their_reasons(secor):
    status, out, problems = secor("--headcount", "5", "--sites", "1", "--records", "5")

    assert (status, problems) == (0, [])
    assert (
        out
        == json.dumps(
            {
                "interviews": 4,
                "sites": 1,
                "records": 5,
                "why": [
                    "interviews 4: 5 people, table row 5: 4",
                    "sites 1: 1 site, table row 1 to 2: all",
                    "records 5: 5 records, all up to 5",
                ],
            }
        )
        + "\n"
    )


def test_what_was_not_asked_about_is_null(secor):
    told = json.loads(secor("--headcount", "7")[1])

    assert (told["interviews"], told["sites"], told["records"]) == (5, None, None)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--headcount", "0"), "--headcount: "),
        (("--headcount", "-1"), "--headcount: "),
        (("--headcount", "4.5"), "--headcount: "),
        (("--headcount", "²"), "--headcount: "),
        (("--headcount", "9" * 5000), "--headcount: "),
        (("--headcount", "5", "--sites", "two"), "--sites: "),
        (("--headcount", "5", "--records", "-3"), "--records: "),
        (("--headcount", "8"), "sampling: The sampling table says nothing about 8 people"),
        (("--headcount", "5", "--sites", "9"), "sampling: The sampling table says nothing about 9 sites"),
    ],
)
def test_bad_input_prints_nothing_but_what_to_do(secor, options, line):
    status, out, problems = secor(*options)

    assert (status, out) == (2, "")
    assert problems[0].startswith(line)


@pytest.mark.parametrize(("headcount", "interviews"), list(enumerate((1, 2, 3, 4, 4, 5, 5, 6, 7, 8), start=1)))
def test_the_shipped_scheme_answers_for_one_to_ten_people(capsys, headcount, interviews):
    parser = argparse.ArgumentParser()
    sample.add(parser.add_subparsers())
    args = parser.parse_args(["sample", "--scheme", "ab-secor", "--partner", "asc", "--headcount", str(headcount)])

    assert args.run(args) == 0
    assert json.loads(capsys.readouterr().out)["interviews"] == interviews
