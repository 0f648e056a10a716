"""Worked cases: this situation, this outcome, run through the same functions as the commands.

A case names its command, gives what the command would be given, and says what must come out. What it does not
mention may be anything; a list that it mentions is whole. A case is run against the scheme folder it lies in, so
that somebody's own copy of a scheme is held to its own cases.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from secor.cli import eligible, plan, refund, rules, sample, score, standing
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
from secor.core.rules import NoSuchRule, Rules
from secor.core.sampling import OutsideTable
from secor.core.sampling import sample as drawn
from secor.core.verdict import decide
from secor.queries import schemes
from secor.queries.files import Unreadable

KEYS = ("id", "title", "provenance", "source", "command", "input", "expected")
MAY = ("assumes", "notes")
PROVENANCES = ("real_result", "published_example", "derived_from_published_rule", "derived_project_convention")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a case gives to its command, and the scheme folder it lies in."""

    given: Mapping[str, Any]
    folder: Path
    reading: Reading

    def rules(self, *, on: date | None = None) -> Rules:
        """The rules the case names: those of its own folder where it lies in that scheme's, else the shipped ones."""
        key, as_of = self.given["scheme"], self.given.get("as_of")
        own = next((place for place in (self.folder, self.folder.parent / str(key)) if place.name == key), None)
        scheme = str(own) if own is not None and schemes.editions_beside(own) else str(key)
        asked = argparse.Namespace(scheme=scheme, partner=self.given.get("partner"), as_of=as_of and str(as_of))
        return rules.in_force(asked, on=on)

    def instrument(self) -> Instrument:
        """The instrument the case names, or writes out in place."""
        asked = self.given.get("instrument", "secor-open")
        if isinstance(asked, str):
            own = self.folder / "instruments" / f"{asked}.yaml"
            return schemes.instrument(str(own) if own.is_file() else asked)
        reading = self.reading.at("instrument")
        read = read_instrument(reading, asked)
        if read is None:
            raise Unreadable(reading.problems)
        return read

    def day(self, key: str) -> date:
        """A day the case gives."""
        day = self.reading.at(key).day(self.given[key])
        if day is None:
            raise Unreadable(self.reading.problems)
        return day

    def whole(self, key: str) -> int | None:
        """A number the case may give."""
        value = self.given.get(key)
        number = None if value is None else self.reading.at(key).whole(value)
        self.hold()
        return number

    def hold(self) -> None:
        """Stop where the case cannot be run."""
        if self.reading.problems:
            raise Unreadable(self.reading.problems)


@dataclass(frozen=True, slots=True)
class Ask:
    """How a case asks: the function that answers, and what it must and may be given."""

    answer: Callable[[Situation], Mapping[str, Any]]
    must: tuple[str, ...]
    may: tuple[str, ...] = ()


def read_cases(value: Any, *, place: str) -> tuple[list[Mapping[str, Any]], list[Problem]]:
    """Read a file of cases; give those that can be run, and every problem."""
    reading = Reading(place)
    given = reading.mapping(value, required=("cases",), optional=("note",))
    cases: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    for at, item in reading.at("cases").items((given or {}).get("cases", [])):
        case = _read_case(at, item)
        if case is None:
            continue
        if case["id"] in seen:
            at.at("id").note(f"the id {case['id']!r} is there twice")
        seen.add(case["id"])
        cases.append(case)
    return cases, reading.problems


def _read_case(at: Reading, item: Any) -> Mapping[str, Any] | None:
    before = len(at.problems)
    case = at.mapping(item, required=KEYS, optional=MAY)
    if case is None or not set(KEYS) <= case.keys():
        return None
    for key in ("id", "title", "command"):
        at.at(key).text(case[key])
    if case["provenance"] not in PROVENANCES:
        at.at("provenance").note(f"needs one of {', '.join(PROVENANCES)}, not {case['provenance']!r}")
    if not at.at("source").texts(case["source"]):
        at.at("source").note("needs at least one source")
    if not isinstance(case["command"], str) or case["command"] not in ASKS:
        at.at("command").note(f"is no command; known are {', '.join(sorted(ASKS))}")
    else:
        ask = ASKS[case["command"]]
        at.at("input").mapping(case["input"], required=ask.must, optional=ask.may)
    if at.at("expected").mapping(case["expected"], optional=None) == {}:
        at.at("expected").note("says nothing; a case must be able to fail")
    return case if len(at.problems) == before else None


def differences(case: Mapping[str, Any], *, beside: Path) -> list[str]:
    """Run a case that lies in the folder ``beside``; give where its outcome differs, in words. Empty: it holds."""
    situation = Situation(case["input"], beside.resolve().parent, Reading("input"))
    try:
        outcome = ASKS[case["command"]].answer(situation)
    except Unreadable as refusal:
        return [f"{each.place}: {each.problem}" for each in refusal.problems]
    except (NoSuchRule, OutsideTable) as refusal:
        return [str(refusal.args[0])]
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
    elif _plain(wanted) != _plain(found) or isinstance(wanted, bool) != isinstance(found, bool):
        yield f"{place} is {_plain(found)!r}, not {_plain(wanted)!r}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _score(case: Situation) -> Mapping[str, Any]:
    asked = case.instrument()
    kind = case.reading.at("audit_type").choice(case.given.get("audit_type", "certification"), Kind)
    sheet = score.read_case(case.reading.at("answers"), case.given["answers"], instrument=asked)
    if sheet is None or kind is None:
        raise Unreadable(case.reading.problems)
    mark = sheet.rule or (case.rules().mark(kind) if "scheme" in case.given else asked.pass_marks.get(kind))
    if mark is None:
        raise NoSuchRule(f"the instrument {asked.key} sets no mark for a {kind.value} audit; give a rule")
    result = scoring.score(asked, sheet.answers, methods=sheet.methods, default=sheet.default)
    return score.printed(result, decide(result, mark), mark)


def _standing(case: Situation) -> Mapping[str, Any]:
    events = read_history(case.reading.at("history"), case.given["history"])
    on = case.day("on")
    case.hold()
    held = case.rules(on=standing.began(events, on=on))
    return standing.printed(stands(events, rules=held.certificate, on=on))


def _eligible(case: Situation) -> Mapping[str, Any]:
    ledger = read_ledger(case.reading.at("counts"), case.given["counts"])
    on = case.day("on")
    case.hold()
    return eligible.printed(small_enough(ledger, rule=case.rules(on=on).headcount, on=on))


def _refund(case: Situation) -> Mapping[str, Any]:
    read = read_refund_case(case.reading.at("case"), case.given["case"])
    rule = case.rules().incentive
    case.hold()
    if read is None or rule is None:
        raise Unreadable(case.reading.problems or [Problem("input.scheme", "has no refund of this kind")])
    return refund.printed(estimate(read, rule=rule))


def _sample(case: Situation) -> Mapping[str, Any]:
    headcount = case.whole("headcount") or 0
    told = drawn(case.rules().sampling, headcount=headcount, sites=case.whole("sites"), records=case.whole("records"))
    return sample.printed(told)


def _carry_over(case: Situation) -> Mapping[str, Any]:
    rule = case.rules().carry_over
    if rule is None or not rule.allowed:
        return {"max_carried": 0}
    return {"max_carried": carryover.most(case.instrument(), rule=rule)}


_CHOICE = ("partner", "as_of")
ASKS: Mapping[str, Ask] = {
    "score": Ask(_score, ("answers",), ("instrument", "audit_type", "scheme", *_CHOICE)),
    "standing": Ask(_standing, ("scheme", "history", "on"), _CHOICE),
    "eligible": Ask(_eligible, ("scheme", "counts", "on"), _CHOICE),
    "refund": Ask(_refund, ("scheme", "case"), _CHOICE),
    "sample": Ask(_sample, ("scheme", "headcount"), ("sites", "records", *_CHOICE)),
    "carry_over": Ask(_carry_over, ("scheme",), ("instrument", *_CHOICE)),
    "action_plan": Ask(
        lambda case: plan.asked(case.reading, case.given, rules=case.rules()), ("scheme", "year"), (*plan.MAY, *_CHOICE)
    ),
    "clocks": Ask(
        lambda case: plan.clocks(case.reading, case.given, rules=case.rules()), ("scheme",), (*plan.DAYS, *_CHOICE)
    ),
}
