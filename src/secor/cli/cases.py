"""Worked cases: this situation, this outcome, run through the same functions as the commands.

A case names its command, gives what the command would be given, and says what must come out. What it does not
mention may be anything; a list that it mentions is whole.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from secor.cli import eligible, refund, rules, sample, score, standing
from secor.core import carryover, scoring
from secor.core.audit import Kind
from secor.core.certificate import standing as stands
from secor.core.employer import eligible as small_enough
from secor.core.employer import read_ledger
from secor.core.event import read_history
from secor.core.incentive import estimate, read_refund_case
from secor.core.instrument import Instrument, read_instrument
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.sampling import sample as drawn
from secor.core.scheme import Rules
from secor.core.verdict import decide
from secor.queries import schemes
from secor.queries.files import Unreadable

KEYS = ("id", "title", "provenance", "source", "command", "input", "expected")
MAY = ("assumes", "notes")


def read_cases(value: Any, *, place: str) -> tuple[list[Mapping[str, Any]], list[Problem]]:
    """Read a file of cases; give those that can be run, and every problem."""
    reading = Reading(place)
    given = reading.mapping(value, required=("cases",))
    cases, seen = [], set()
    for at, item in reading.at("cases").items((given or {}).get("cases", [])):
        case = at.mapping(item, required=KEYS, optional=MAY)
        if case is None or not set(KEYS) <= case.keys():
            continue
        if case["id"] in seen:
            at.note(f"the id {case['id']!r} is there twice")
        seen.add(case["id"])
        if case["command"] not in COMMANDS:
            at.at("command").note(f"is no command; known are {', '.join(sorted(COMMANDS))}")
            continue
        cases.append(case)
    return cases, reading.problems


def differences(case: Mapping[str, Any], *, beside: Path) -> list[str]:
    """Run a case; give where its outcome differs from what it says, in words. Empty: it holds."""
    try:
        outcome = COMMANDS[case["command"]](case["input"], beside)
    except Unreadable as refusal:
        return [f"{each.place}: {each.problem}" for each in refusal.problems]
    return list(_compare(case["expected"], outcome, ""))


def _compare(wanted: Any, found: Any, place: str) -> Iterator[str]:
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        for key, value in wanted.items():
            where = f"{place}.{key}" if place else str(key)
            if key in found:
                yield from _compare(value, found[key], where)
            else:
                yield f"{where} is missing"
    elif isinstance(wanted, list) and isinstance(found, list | tuple):
        if len(wanted) != len(found):
            yield f"{place} has {len(found)} entries, not {len(wanted)}"
        for nth, (one, other) in enumerate(zip(wanted, found, strict=False), start=1):
            yield from _compare(one, other, f"{place}.{nth}")
    elif _plain(wanted) != _plain(found):
        yield f"{place} is {_plain(found)!r}, not {_plain(wanted)!r}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _score(given: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    asked = _instrument(given.get("instrument", "secor-open"))
    reading = Reading("input.answers")
    case = score.read_case(reading, given["answers"], instrument=asked)
    if case is None:
        raise Unreadable(reading.problems)
    kind = Kind(given.get("audit_type", "certification"))
    held = _rules(given, beside).pass_marks if "scheme" in given else asked.pass_marks
    mark = case.rule or held[kind]
    result = scoring.score(asked, case.answers, methods=case.methods, default=case.default)
    return score.printed(result, decide(result, mark), mark)


def _instrument(asked: Any) -> Instrument:
    if isinstance(asked, str):
        return schemes.instrument(asked)
    reading = Reading("input.instrument")
    read = read_instrument(reading, asked)
    if read is None:
        raise Unreadable(reading.problems)
    return read


def _standing(given: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    reading = Reading("input")
    events = read_history(reading.at("history"), given["history"])
    on = reading.at("on").day(given["on"])
    if reading.problems or on is None:
        raise Unreadable(reading.problems)
    held = _rules(given, beside, on=min((event.on for event in events), default=on))
    return standing.printed(stands(events, rules=held.certificate, on=on))


def _eligible(given: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    reading = Reading("input")
    ledger = read_ledger(reading.at("counts"), given["counts"])
    on = reading.at("on").day(given["on"])
    if reading.problems or on is None:
        raise Unreadable(reading.problems)
    return eligible.printed(small_enough(ledger, rule=_rules(given, beside, on=on).headcount, on=on))


def _refund(given: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    reading = Reading("input.case")
    case = read_refund_case(reading, given["case"])
    rule = _rules(given, beside).incentive
    if case is None or rule is None:
        raise Unreadable(reading.problems or [Problem("input.scheme", "has no refund of this kind")])
    return refund.printed(estimate(case, rule=rule))


def _sample(given: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    told = drawn(
        _rules(given, beside).sampling,
        headcount=given["headcount"],
        sites=given.get("sites"),
        records=given.get("records"),
    )
    return sample.printed(told)


def _carry_over(given: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    rule = _rules(given, beside).carry_over
    if rule is None or not rule.allowed:
        return {"max_carried": 0}
    return {"max_carried": carryover.most(_instrument(given.get("instrument", "secor-open")), rule=rule)}


def _rules(given: Mapping[str, Any], beside: Path, *, on: date | None = None) -> Rules:
    """The rules a case names; a case beside an edition file of one's own is run against that folder's editions."""
    key = given["scheme"]
    scheme = str(beside.parent / key) if key.endswith(".yaml") else key
    as_of = given.get("as_of")
    asked = argparse.Namespace(scheme=scheme, partner=given.get("partner"), as_of=str(as_of) if as_of else None)
    return rules.in_force(asked, on=on)


COMMANDS: Mapping[str, Callable[[Mapping[str, Any], Path], dict[str, Any]]] = {
    "score": _score,
    "standing": _standing,
    "eligible": _eligible,
    "refund": _refund,
    "sample": _sample,
    "carry_over": _carry_over,
}
