"""Which rules hold for a command: scheme, partner and day."""

import argparse
from datetime import date

import pytest

from secor.cli import rules
from secor.core.audit import Kind
from secor.queries.files import Unreadable
from secor.queries.schemes import folder


def chosen(*options, on=None):
    parser = argparse.ArgumentParser()
    rules.add_options(parser, required=True)
    return rules.in_force(parser.parse_args(["--scheme", "ab-secor", *options]), on=on)


def test_without_a_day_the_newest_edition_holds():
    assert chosen().edition == "ab-secor-2023"


def test_the_day_chooses_the_edition():
    assert chosen("--as-of", "2023-01-01").edition == "ab-secor-2023"
    assert chosen("--as-of", "2022-12-31").edition == "ab-secor-2019"


def test_the_option_wins_over_the_commands_own_day():
    assert chosen(on=date(2020, 6, 1)).edition == "ab-secor-2019"
    assert chosen("--as-of", "2024-01-01", on=date(2020, 6, 1)).edition == "ab-secor-2023"


def test_a_partner_is_laid_over_the_scheme():
    assert chosen("--partner", "asc").partner == "asc"
    assert chosen("--partner", "asc").pass_marks[Kind.CERTIFICATION].overall is not None
    assert chosen().partner == ""


def test_an_edition_of_ones_own_is_taken_by_its_path():
    own = str(folder() / "ab-secor" / "2019.yaml")

    assert chosen("--scheme", own, "--partner", "esc").edition == "ab-secor-2019"


@pytest.mark.parametrize(
    ("options", "place"),
    [
        (("--partner", "nobody"), "--partner"),
        (("--as-of", "1999-12-31"), "--as-of"),
        (("--as-of", "yesterday"), "--as-of"),
        (("--scheme", "no-such"), "--scheme"),
        (("--scheme", ""), "--scheme"),
        (("--scheme", ".."), "--scheme"),
        (("--scheme", "no/such.yaml"), "no/such.yaml"),
    ],
)
def test_rules_that_do_not_exist_are_told_by_their_option(options, place):
    with pytest.raises(Unreadable) as refusal:
        chosen(*options)

    assert refusal.value.problems[0].place == place
