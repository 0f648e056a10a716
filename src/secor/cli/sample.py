"""``secor sample``: how many people, sites and records an audit must at least look at."""

from __future__ import annotations

import argparse
from typing import Any

from secor.cli import files, rules
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.sampling import OutsideTable, Sample, sample
from secor.queries.files import Unreadable

_NUMBERS = ("headcount", "sites", "records")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("sample", help="tell the least interviews, sites and records of an audit")
    rules.add_options(parser, required=True)
    parser.add_argument("--headcount", required=True, help="how many people work there")
    parser.add_argument("--sites", help="how many sites there are")
    parser.add_argument("--records", help="how many records there are")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the least numbers and why; problems go to standard error with exit status 2."""
    reading = Reading()
    headcount, sites, records = (_number(reading.at(f"--{name}"), getattr(args, name)) for name in _NUMBERS)
    if headcount == 0:
        reading.at("--headcount").note("is 0; an employer has at least one person")
    if reading.problems or headcount is None:
        return files.refuse(reading.problems)
    try:
        rule = rules.in_force(args).sampling
        return files.show(printed(sample(rule, headcount=headcount, sites=sites, records=records)))
    except Unreadable as refusal:
        return files.refuse(refusal.problems)
    except OutsideTable as refusal:
        return files.refuse([Problem("sampling", str(refusal))])


def printed(told: Sample) -> dict[str, Any]:
    """Give a sample as the command prints it; null where nothing was asked about."""
    return {
        "interviews": told.interviews,
        "sites": told.sites,
        "records": told.records,
        "why": list(told.why),
    }


def _number(reading: Reading, written: str | None) -> int | None:
    """Take a count from the command line: digits, and few of them."""
    if written is None:
        return None
    if written.isascii() and written.isdigit() and len(written) <= len("1000000"):
        return int(written)
    reading.note(f"needs a whole number of 0 or more, not {written!r}")
    return None
