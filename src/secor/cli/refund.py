"""``secor refund``: an estimate of the WCB premium refund."""

from __future__ import annotations

import argparse

from secor.cli import files, rules
from secor.core.incentive import Earned, Refund, cents, estimate, read_refund_case
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.rounding import shortest
from secor.queries.files import Unreadable


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("refund", help="estimate the premium refund of a year")
    rules.add_options(parser, required=True)
    parser.add_argument("--case", required=True, help="a JSON or YAML file, or - for standard input")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the estimate; problems go to standard error with exit status 2."""
    try:
        reading = Reading()
        case = read_refund_case(reading, files.given(args.case))
        if case is None or reading.problems:
            return files.refuse(reading.problems)
        held = rules.in_force(args)
    except Unreadable as refusal:
        return files.refuse(refusal.problems)
    if held.incentive is None:
        return files.refuse([Problem("--scheme", f"{args.scheme} has no premium refund of this kind")])
    return files.show(printed(estimate(case, rule=held.incentive)))


def printed(refund: Refund) -> dict[str, object]:
    """Give an estimate as the command prints it; only here is the premium rounded."""
    return {
        "estimate": True,
        "industry_rated_premium": str(cents(refund.premium)),
        "measures": [_earned(each) for each in refund.measures],
        "applied": None if refund.applied is None else _earned(refund.applied),
        "refund": str(refund.refund),
        "payable": str(refund.payable),
        "status": refund.status.value,
    }


def _earned(earned: Earned) -> dict[str, str]:
    return {"measure": earned.measure.value, "percent": shortest(earned.share * 100)}
