"""``secor eligible``: whether an employer is small enough, from its head-counts."""

from __future__ import annotations

import argparse
from fractions import Fraction

from secor.cli import files, rules
from secor.core.employer import Eligibility, eligible, read_ledger
from secor.core.reading import Reading
from secor.core.rounding import one_decimal
from secor.queries.files import Unreadable


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("eligible", help="tell whether an employer is small enough")
    rules.add_options(parser, required=True)
    parser.add_argument("--headcounts", required=True, help="a JSON or YAML file of counts, or - for standard input")
    parser.add_argument("--on", required=True, help="the day asked about (YYYY-MM-DD)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the answer; problems go to standard error with exit status 2."""
    try:
        on = rules.day("--on", args.on)
        reading = Reading()
        given = reading.mapping(files.given(args.headcounts), required=("counts",)) or {}
        ledger = read_ledger(reading.at("counts"), given["counts"]) if "counts" in given else ()
        if reading.problems:
            return files.refuse(reading.problems)
        held = rules.in_force(args, on=on)
    except Unreadable as refusal:
        return files.refuse(refusal.problems)
    return files.show(printed(eligible(ledger, rule=held.headcount, on=on)))


def printed(answer: Eligibility) -> dict[str, object]:
    """Give the answer as the command prints it; an average is rounded to one decimal, only here."""
    return {
        "counted": _count(answer.counted),
        "basis": answer.basis,
        "peak_on": answer.peak_on.isoformat() if answer.peak_on else None,
        "maximum": answer.maximum,
        "eligible": answer.eligible,
        "convert_by": answer.convert_by.isoformat() if answer.convert_by else None,
        "why": list(answer.why),
    }


def _count(counted: Fraction) -> int | float:
    return int(counted) if counted.denominator == 1 else float(one_decimal(counted))
