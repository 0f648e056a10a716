"""``secor check``: tell whether schemes, instruments and worked cases are in order."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from secor.cli import cases, files
from secor.core.instrument import read_instrument
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.scheme import Edition, read_edition, read_partners
from secor.queries.files import Unreadable, read_file

ENDINGS = {".yaml", ".yml", ".json"}
PROBLEMS = 1


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("check", help="check editions, partners, instruments and worked cases")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, or folders with everything below them")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check every file and print all problems; exit status 1 when there are any, 2 when a path is none."""
    missing = [path for path in args.paths if not Path(path).exists()]
    if missing:
        return files.refuse(Problem(path, "is not there; give a file or a folder") for path in missing)
    found = sorted({file for path in args.paths for file in _files(Path(path))})
    problems = [problem for path in found for problem in _check(path)]
    problems += [problem for folder in sorted({path.parent for path in found}) for problem in _side_by_side(folder)]
    files.show({"files": len(found), "problems": [{"place": p.place, "problem": p.problem} for p in problems]})
    return PROBLEMS if problems else 0


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from (file for file in path.rglob("*") if file.suffix in ENDINGS and file.is_file())


def _check(path: Path) -> Iterator[Problem]:
    try:
        value = read_file(path)
    except Unreadable as refusal:
        yield from refusal.problems
        return
    for problem in _by_kind(path, value):
        place = problem.place if problem.place.startswith(str(path)) else f"{path}: {problem.place}"
        yield Problem(place, problem.problem)


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
    elif "partners" in given:
        yield from read_partners(value)[1]
    elif "rules" in given or "edition" in given:
        yield from read_edition(value)[1]
    else:
        yield Problem("", "is neither an edition, a partners file, an instrument nor a file of cases")


def _side_by_side(folder: Path) -> Iterator[Problem]:
    """The editions of one scheme may neither overlap nor leave a hole between them."""
    editions = sorted(_editions(folder), key=lambda pair: str(pair[1].in_force_from or ""))
    keys: dict[str, Path] = {}
    for path, edition in editions:
        if edition.key in keys:
            yield Problem(str(path), f"the edition {edition.key!r} is also in {keys[edition.key]}")
        keys[edition.key] = path
    for (_, earlier), (path, later) in pairwise(editions):
        begins, ended = later.in_force_from, earlier.in_force_until
        if ended is None or begins is None or begins <= ended:
            yield Problem(f"{path}: in_force", f"overlaps the edition {earlier.key}")
        elif begins > ended + timedelta(days=1):
            yield Problem(f"{path}: in_force", f"leaves a hole after the edition {earlier.key}, which ends on {ended}")


def _editions(folder: Path) -> Iterator[tuple[Path, Edition]]:
    for path in sorted(folder.iterdir()):
        if path.suffix not in ENDINGS:
            continue
        try:
            value = read_file(path)
        except Unreadable:
            continue
        if isinstance(value, dict) and "edition" in value:
            edition, _ = read_edition(value)
            if edition is not None:
                yield path, edition
