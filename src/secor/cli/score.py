"""``secor score``: answers against an instrument, exact to the last point."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from secor.cli import files, rules
from secor.core.answer import QuestionAnswer
from secor.core.audit import Kind
from secor.core.instrument import Instrument
from secor.core.method import Method, Points
from secor.core.pass_mark import PassMark, read_pass_rule
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.rounding import one_decimal, shortest
from secor.core.score import ElementScore, MethodScore, QuestionScore, Score
from secor.core.scoring import ALL_METHODS, score
from secor.core.sheet import read_answers
from secor.core.verdict import Shortfall, Verdict, below, decide
from secor.queries.files import Unreadable
from secor.queries.instruments import instrument

_KINDS = (Kind.CERTIFICATION, Kind.MAINTENANCE, Kind.RECERTIFICATION)


@dataclass(frozen=True, slots=True)
class Case:
    """What an answers file says: which methods, what fills the rest, the mark if it sets one, the answers."""

    methods: frozenset[Method]
    default: Fraction | None
    rule: PassMark | None
    answers: Mapping[str, QuestionAnswer]


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("score", help="score answers against an instrument, and decide")
    parser.add_argument("--instrument", required=True, help="a shipped instrument's key, or the path of a file")
    parser.add_argument("--answers", required=True, help="a JSON or YAML file, or - for standard input")
    rules.add_options(parser, required=False)
    kinds = [kind.value for kind in _KINDS]
    parser.add_argument("--audit-type", choices=kinds, default=kinds[0], help="the kind of audit")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Score the file and print what it came to; problems go to standard error with exit status 2."""
    try:
        asked = instrument(args.instrument)
        reading = Reading()
        case = read_case(reading, files.given(args.answers), instrument=asked)
        if case is None:
            return files.refuse(reading.problems)
        mark = _mark(asked, args, own=case.rule)
    except Unreadable as refusal:
        return files.refuse(refusal.problems)
    result = score(asked, case.answers, methods=case.methods, default=case.default)
    return files.show(printed(result, decide(result, mark), mark))


def read_case(reading: Reading, value: Any, *, instrument: Instrument) -> Case | None:
    """Read an answers file; None when a problem was noted."""
    before = len(reading.problems)
    given = reading.mapping(value, required=("answers",), optional=("methods", "default_percent", "rule"))
    if given is None:
        return None
    default = given.get("default_percent")
    rule = given.get("rule")
    case = Case(
        methods=_methods(reading, given),
        default=None if default is None else reading.at("default_percent").share(default),
        rule=None if rule is None else read_pass_rule(reading.at("rule"), rule),
        answers=read_answers(reading.at("answers"), given.get("answers", {}), instrument=instrument),
    )
    return case if len(reading.problems) == before else None


def _methods(reading: Reading, given: Mapping[str, Any]) -> frozenset[Method]:
    if given.get("methods") is None:
        return ALL_METHODS
    methods = reading.choices_at(given, "methods", Method)
    if not methods:
        reading.at("methods").note("names no method; give those of this audit, out of D, I and O")
    return methods


def _mark(asked: Instrument, args: argparse.Namespace, *, own: PassMark | None) -> PassMark:
    """The mark of this kind of audit: the file's own, else the scheme's where one is named, else the instrument's."""
    kind = Kind(args.audit_type)
    marks = asked.pass_marks if args.scheme is None else rules.in_force(args).pass_marks
    if own is not None:
        return own
    if kind not in marks:
        source = f"instrument {asked.key}" if args.scheme is None else f"scheme {args.scheme}"
        told = f"{source} sets no mark for a {kind.value} audit; put a rule into the answers file"
        raise Unreadable([Problem("--audit-type", told)])
    return marks[kind]


def printed(result: Score, verdict: Verdict, mark: PassMark) -> dict[str, Any]:
    """Give a score and its verdict as the command prints them; only here are they rounded."""
    weak = {element.number for element in below(result, mark)}
    return {
        "complete": result.complete,
        "unanswered": list(result.unanswered),
        "elements": [_element(each, below_minimum=each.number in weak) for each in result.elements],
        "possible": _points(result.possible),
        "awarded": _points(result.awarded),
        "percent": _percent(result.share),
        "passed": verdict.passed,
        "shortfalls": [_shortfall(each) for each in verdict.shortfalls],
        "refused": [{"question": each.question, "why": each.why} for each in result.refused],
        "questions": [_question(each) for each in result.questions],
    }


def _element(element: ElementScore, *, below_minimum: bool) -> dict[str, Any]:
    return {
        "element": element.number,
        "possible": _points(element.possible),
        "awarded": _points(element.awarded),
        "percent": _percent(element.share),
        "below_minimum": below_minimum,
    }


def _shortfall(shortfall: Shortfall) -> dict[str, Any]:
    place = {} if shortfall.element is None else {"element": shortfall.element}
    figures = {"percent": _percent(shortfall.share), "minimum": shortest(shortfall.minimum * 100)}
    return {"where": shortfall.where.value, **place, **figures}


def _question(mark: QuestionScore) -> dict[str, Any]:
    return {
        "question": mark.question,
        "possible": _points(mark.possible),
        "awarded": _points(mark.awarded),
        "methods": _by_method(mark.methods),
    }


def _by_method(methods: Sequence[MethodScore]) -> dict[str, dict[str, str]]:
    return {
        each.method.value: {"possible": shortest(each.possible), "awarded": shortest(each.awarded)} for each in methods
    }


def _percent(share: Fraction | None) -> str | None:
    return None if share is None else one_decimal(share * 100)


def _points(points: Points) -> int | float:
    """Points are numbers in print: whole ones, and halves where a scheme awards them."""
    return points if isinstance(points, int) else float(points)
