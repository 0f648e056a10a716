"""``secor check``: tell whether schemes, instruments and worked cases are in order."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from secor.cli import cases, files
from secor.core.course import read_course
from secor.core.form import read_form
from secor.core.instrument import Instrument, read_instrument
from secor.core.part import read_part
from secor.core.problem import Problem
from secor.core.quality_rule import QualityRules, misnamed, read_quality_rules
from secor.core.reading import Reading
from secor.core.retention import read_retentions
from secor.core.rules import DatedRules
from secor.core.scheme import Edition
from secor.core.trade import read_trade
from secor.core.wording import read_wording
from secor.queries import instruments, schemes
from secor.queries.files import Unreadable, read_file

ENDINGS = {".yaml", ".yml", ".json"}
PROBLEMS = 1
A_DAY = timedelta(days=1)
# The kinds of file in the library, by a key of theirs. A translation has "form" too, so "words" comes first.
LIBRARY: dict[str, Callable[[Reading, Any], object]] = {
    "lessons": read_course,
    "words": read_wording,
    "form": read_form,
    "part": read_part,
    "trade": read_trade,
    "retention": read_retentions,
}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("check", help="check editions, partners, instruments and worked cases")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, or folders with everything below them")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check every file and print all problems; exit status 1 when there are any, 2 when a path is none."""
    missing = [Problem(path, "is not there; give a file or a folder") for path in args.paths if not Path(path).exists()]
    if missing:
        return files.refuse(missing)
    found = sorted({file for path in args.paths for file in _files(Path(path))})
    if not found:
        return files.refuse(
            Problem(path, f"holds no file of rules ({', '.join(sorted(ENDINGS))})") for path in args.paths
        )
    problems = check(found)
    files.show({"files": len(found), "problems": [{"place": p.place, "problem": p.problem} for p in problems]})
    return PROBLEMS if problems else 0


def check(paths: Sequence[Path]) -> list[Problem]:
    """Check files by themselves, and the editions of each folder side by side."""
    problems: list[Problem] = []
    editions: dict[Path, list[tuple[Path, Edition]]] = {}
    for path in paths:
        try:
            value = read_file(path)
        except Unreadable as refusal:
            problems += refusal.problems
            continue
        problems += [Problem(_place(path, each), each.problem) for each in _by_kind(path, value)]
        if isinstance(value, dict) and "edition" in value:
            edition, _ = schemes.checked_edition(path.resolve())
            if edition is not None:
                editions.setdefault(path.parent, []).append((path, edition))
    return problems + [problem for beside in editions.values() for problem in _side_by_side(beside)]


def _place(path: Path, problem: Problem) -> str:
    return f"{path}: {problem.place}" if problem.place else str(path)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in path.rglob("*") if file.suffix in ENDINGS and file.is_file())
    else:
        yield path


def _by_kind(path: Path, value: Any) -> Iterator[Problem]:
    """Tell what kind of file it is by what stands in it, and check it as that."""
    given = value if isinstance(value, dict) else {}
    if "cases" in given:
        runnable, problems = cases.read_cases(value, place="")
        yield from problems
        for case in runnable:
            for difference in cases.differences(case, beside=path.parent):
                yield Problem(f"cases.{case['id']}", difference)
    elif "elements" in given:
        reading = Reading()
        read_instrument(reading, value)
        yield from reading.problems
    elif "quality_rules" in given:
        yield from _of_quality(path, value)
    elif "partners" in given:
        partners, problems = schemes.checked_partners(path.resolve())
        yield from problems
        for partner in partners:
            yield from _names(f"partners.{partner.key}.rules", partner.rules, beside=path.parent)
    elif "rules" in given or "edition" in given:
        yield from _of_an_edition(path)
    else:
        yield from _of_the_library(given)


def _of_the_library(given: dict[str, Any]) -> Iterator[Problem]:
    for key, read in LIBRARY.items():
        if key in given:
            reading = Reading()
            read(reading, given)
            yield from reading.problems
            return
    known = "an edition, a partners file, an instrument, a file of cases, quality rules, " + ", ".join(
        f"a {key} file" for key in LIBRARY
    )
    yield Problem("", f"is none of the kinds that are known: {known}")


def _of_an_edition(path: Path) -> Iterator[Problem]:
    edition, problems = schemes.checked_edition(path.resolve())
    yield from problems
    if edition is not None:
        yield from _names("rules", edition.rules, beside=path.parent)
        own = path.parent / "instruments" / f"{edition.instrument}.yaml"
        if edition.instrument and not own.exists() and edition.instrument not in instruments.keys():  # noqa: SIM118 - a function
            told = f"no instrument has the key {edition.instrument!r}; put its file into {path.parent / 'instruments'}"
            yield Problem("instrument", told)


def _of_quality(path: Path, value: Any) -> Iterator[Problem]:
    reading = Reading()
    rules = read_quality_rules(reading, value)
    yield from reading.problems
    if rules is not None:
        yield from _named_by(rules, beside=path.parent)


def _named_by(rules: QualityRules, *, beside: Path) -> Iterator[Problem]:
    """The instruments, questions, methods and partners that quality rules name must be there."""
    named = {each.instrument for some in (rules.rules, *rules.partners.values()) for each in some.values()} - {""}
    try:
        known = {key: read for key in named if (read := _instrument(key, beside=beside)) is not None}
        partners = {each.key for each in schemes.partners_beside(beside)}
    except Unreadable:
        return  # the file beside it tells its own problems
    yield from (Problem(place, told) for place, told in misnamed(rules, known))
    for key in rules.partners.keys() - partners:
        yield Problem(f"partners.{key}", "is no certifying partner of this scheme; partners.yaml tells their keys")


def _instrument(key: str, *, beside: Path) -> Instrument | None:
    own = beside / "instruments" / f"{key}.yaml"
    if own.exists():
        return instruments.instrument(str(own))
    return instruments.instrument(key) if key in instruments.keys() else None  # noqa: SIM118 - a function


def _names(place: str, rules: DatedRules, *, beside: Path) -> Iterator[Problem]:
    """What a rule names must be there: the scheme an employer grows into."""
    known = schemes.keys()
    for value in rules.get("headcount", ()):
        growth = value.value.growth
        if growth is not None and growth.to not in known and not (beside.parent / growth.to).is_dir():
            told = f"no scheme has the key {growth.to!r}; known are {', '.join(known)}"
            yield Problem(f"{place}.headcount.growth.to", told)


def _side_by_side(beside: list[tuple[Path, Edition]]) -> Iterator[Problem]:
    """The editions of one scheme may neither overlap nor leave a hole between them."""
    keys: dict[str, Path] = {}
    for path, edition in beside:
        if edition.key in keys:
            yield Problem(f"{path}: edition", f"the key {edition.key!r} is also that of {keys[edition.key]}")
        keys[edition.key] = path
    in_order = sorted(beside, key=lambda pair: pair[1].in_force_from or date.min)
    for (_, earlier), (path, later) in pairwise(in_order):
        begins, ended = later.in_force_from, earlier.in_force_until
        if ended is None or begins is None or begins <= ended:
            yield Problem(
                f"{path}: in_force.from", f"overlaps the edition {earlier.key}, which ends on {ended or 'no day'}"
            )
        elif begins > ended + A_DAY:
            yield Problem(
                f"{path}: in_force.from", f"leaves a hole after the edition {earlier.key}, which ends on {ended}"
            )
