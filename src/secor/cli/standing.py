"""``secor standing``: what a certificate is worth on a day, from its history."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from secor.cli import files, rules
from secor.core.certificate import StandingReport, standing
from secor.core.event import Event, EventKind, read_history
from secor.core.reading import Reading
from secor.queries.files import Unreadable


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("standing", help="tell what a certificate is worth on a day")
    rules.add_options(parser, required=True)
    parser.add_argument("--history", required=True, help="a JSON or YAML file of events, or - for standard input")
    parser.add_argument("--on", required=True, help="the day asked about (YYYY-MM-DD)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the standing; problems go to standard error with exit status 2."""
    try:
        on = rules.day("--on", args.on)
        reading = Reading()
        events = read_history(reading, files.given(args.history))
        if reading.problems:
            return files.refuse(reading.problems)
        held = rules.in_force(args, on=began(events, on=on))
    except Unreadable as refusal:
        return files.refuse(refusal.problems)
    return files.show(printed(standing(events, rules=held.certificate, on=on)))


def began(events: Sequence[Event], *, on: date) -> date:
    """The day a certificate began: it stays pinned to the edition of that day, whatever comes into force later."""
    certified = [event.on for event in events if event.event is EventKind.CERTIFIED and event.on <= on]
    return max(certified, default=on)


def printed(report: StandingReport) -> dict[str, object]:
    """Give a standing as the command prints it."""
    owed = report.owed
    return {
        "standing": report.standing.value,
        "since": _day(report.since),
        "cycle_year": report.cycle_year,
        "term_ends_on": _day(report.term_ends_on),
        "owed": None
        if owed is None
        else {
            "kind": owed.kind.value,
            "opens_on": _day(owed.opens_on),
            "due_on": _day(owed.due_on),
            "milestone": owed.milestone.value,
        },
        "decision_pending": report.decision_pending,
        "convert_by": _day(report.convert_by),
        "next_scheme": report.next_scheme,
        "why": list(report.why),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
