"""Tells which slips in the rules no test would notice: ``python tests/mutants.py rounding term`` (or no name, for all).

Each module of ``secor.core`` is spoilt in one place at a time: a ``<`` that becomes ``<=``, a number one too great, a
flag turned over. The fast tests of the rules must fail for each. One that they let live wants a test, or, where no
test could ever tell it from the rule, a place in ``equivalent.yaml`` with the reason.

A mutant exists only in the memory of a process of its own; no file is touched.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import hypothesis
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CORE = ROOT / "src" / "secor" / "core"
TESTS = ROOT / "tests"
EQUIVALENT = TESTS / "equivalent.yaml"
SECONDS = 120
PYTEST = ["-x", "-q", "-p", "no:randomly", "-p", "no:django", "-p", "no:xdist", "-p", "no:cacheprovider"]
PYTEST += ["--noconftest", "-W", "ignore", "-m", "not slow"]

SWAPS: dict[type[ast.AST], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "+",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "*",
}
TURNED_OVER_ELSEWHERE = ast.Compare | ast.BoolOp | ast.UnaryOp
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One slip: bytes ``start`` to ``end`` of the module become ``text``."""

    module: str
    line: int
    start: int
    end: int
    text: str

    def source(self, plain: bytes) -> bytes:
        """Give the spoilt module."""
        return plain[: self.start] + self.text.encode() + plain[self.end :]

    def told(self, plain: bytes) -> tuple[str, str]:
        """Give the first line it is in, and what becomes of it there: what ``equivalent.yaml`` knows it by."""
        first = plain.rfind(b"\n", 0, self.start) + 1
        last = plain.find(b"\n", self.end)
        after = self.source(plain)[first : last + len(self.text.encode()) - (self.end - self.start)]
        return squeezed(plain[first:last]), squeezed(after)


Spoil: TypeAlias = Callable[[ast.AST, str], Mutant]


def squeezed(text: bytes) -> str:
    return " ".join(text.decode().split())


def mutants(module: str, plain: bytes) -> Iterator[Mutant]:
    """Every slip of a module, in the order of its lines."""
    starts = [0]
    for line in plain.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def spoil(node: ast.AST, text: str) -> Mutant:
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        return Mutant(module, node.lineno, start, end, text)

    tree = ast.parse(plain)
    found = {mutant.source(plain): mutant for node in walk(tree) for mutant in slips(node, spoil)}
    yield from sorted(found.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.text))


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """Every part of the code that runs; no types, and not the word of ``zip`` that two lists are as long."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"} or (isinstance(node, ast.keyword) and node.arg == "strict"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from walk(child)


def slips(node: ast.AST, spoil: Spoil) -> Iterator[Mutant]:
    """The slips of one part of the code."""
    yield from in_sums(node, spoil)
    yield from in_truths(node, spoil)
    yield from in_values(node, spoil)


def in_sums(node: ast.AST, spoil: Spoil) -> Iterator[Mutant]:
    """A comparison that takes its boundary in or leaves it out; a plus for a minus."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=right):
            for place in range(len(ops)):
                swapped = [SWAPS[type(op)] if nth == place else symbol(op) for nth, op in enumerate(ops)]
                sides = [f"{op} {parts(side)}" for op, side in zip(swapped, right, strict=True)]
                yield spoil(node, " ".join([parts(left), *sides]))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SWAPS:
            yield spoil(node, f"{parts(left)} {SWAPS[type(op)]} {parts(right)}")
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in SWAPS:
            yield spoil(node, f"{ast.unparse(target)} {SWAPS[type(op)]}= {ast.unparse(value)}")


def in_truths(node: ast.AST, spoil: Spoil) -> Iterator[Mutant]:
    """An and for an or; a condition or an answer turned over."""
    match node:
        case ast.BoolOp(op=op, values=values):
            word = " or " if isinstance(op, ast.And) else " and "
            yield spoil(node, f"({word.join(parts(value) for value in values)})")
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield spoil(node, f"bool({ast.unparse(operand)})")
        case ast.FunctionDef(returns=ast.Name(id="bool")):
            answers = (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value is not None)
            yield from (spoil(each, f"not ({ast.unparse(each)})") for each in answers)
    tests = [node.test] if isinstance(node, ast.If | ast.IfExp | ast.While) else getattr(node, "ifs", [])
    yield from (spoil(test, f"(not {parts(test)})") for test in tests if not isinstance(test, TURNED_OVER_ELSEWHERE))


def in_values(node: ast.AST, spoil: Spoil) -> Iterator[Mutant]:
    """A flag turned over, a number one off, the most for the least."""
    match node:
        case ast.Constant(value=bool(value)):
            yield spoil(node, str(not value))
        case ast.Constant(value=int(value)):
            yield spoil(node, f"{value + 1}")
            yield spoil(node, f"({value - 1})")
        case ast.Name(id=name) if name in NAMES:
            yield spoil(node, NAMES[name])


def symbol(op: ast.cmpop) -> str:
    return ast.unparse(ast.Compare(ast.Name("a"), [op], [ast.Name("a")]))[2:-2]


def parts(node: ast.expr) -> str:
    text = ast.unparse(node)
    simple = ast.Name | ast.Constant | ast.Attribute | ast.Call | ast.Subscript
    return text if isinstance(node, simple) or (text.startswith("(") and isinstance(node, ast.Tuple)) else f"({text})"


class Spoilt(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports one module with a slip in it."""

    def __init__(self, mutant: Mutant, plain: bytes) -> None:
        super().__init__(f"secor.core.{mutant.module}", str(CORE / f"{mutant.module}.py"))
        self.spoilt = mutant.source(plain)

    def find_spec(self, fullname, path, target=None):
        if fullname != self.name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=self.path)

    def get_code(self, fullname):
        return compile(self.spoilt, self.path, "exec", dont_inherit=True)


def held(tests: list[str], mutant: Mutant | None, plain: bytes) -> bool:
    """Tell whether the tests all hold, in a process of its own; one that takes too long has noticed."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    signal.alarm(SECONDS)
    out = os.open(os.devnull, os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    if mutant is not None:
        sys.meta_path.insert(0, Spoilt(mutant, plain))
    os._exit(int(pytest.main([*PYTEST, *tests])))


def own_tests(module: str) -> list[str]:
    """The tests likeliest to notice: those of the module's name, then those that lean on it."""
    files = sorted((TESTS / "core").glob("test_*.py"), key=lambda path: not path.name.startswith(f"test_{module}"))
    about = (f"core/test_{module}", "core/test_values", f"secor.core.{module} import")
    return [str(path) for path in files if any(word in f"{path.as_posix()} {path.read_text()}" for word in about)]


def excused() -> dict[tuple[str, str, str], str]:
    if not EQUIVALENT.exists():
        return {}
    return {
        (module, each["line"], each["becomes"]): each["why"]
        for module, listed in (yaml.safe_load(EQUIVALENT.read_text()) or {}).items()
        for each in listed
    }


def judge(module: str, reasons: dict[tuple[str, str, str], str]) -> int:
    """Try every slip of a module; give how many live without a reason."""
    began = time.monotonic()
    plain = (CORE / f"{module}.py").read_bytes()
    first, then = own_tests(module), [str(TESTS / "core"), str(TESTS / "cases")]
    made = killed = excusable = 0
    living = []
    for mutant in mutants(module, plain):
        made += 1
        named = (module, *mutant.told(plain))
        if reasons.pop(named, None) is not None:
            excusable += 1
        elif not (first and not held(first, mutant, plain)) and held(then, mutant, plain):
            living.append(mutant)
            print(f"{module}.py:{mutant.line}\n    - {named[1]}\n    + {named[2]}", flush=True)
        else:
            killed += 1
    took = time.monotonic() - began
    print(
        f"{module}: {made} made, {killed} killed, {excusable} equivalent, {len(living)} living, {took:.0f} s",
        flush=True,
    )
    return len(living)


def main(names: list[str]) -> int:
    """Judge the modules of these names, or all of them; give 0 when nothing lives."""
    sys.path[:0] = [str(ROOT / "src"), str(TESTS)]
    sys.dont_write_bytecode = True
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="secor-mutants-") as folder:
        os.environ["SECOR_DATA"] = folder
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile("mutants", phases=phases, database=None, derandomize=True, deadline=None)
        hypothesis.settings.load_profile("mutants")
        if not held([str(TESTS / "core"), str(TESTS / "cases")], None, b""):
            print("The tests fail with no slip at all. Mend that first: make test-fast")
            return 1
        reasons = excused()
        modules = names or sorted(path.stem for path in CORE.glob("*.py") if path.stem != "__init__")
        living = sum(judge(module, reasons) for module in modules)
    stale = [named for named in reasons if named[0] in modules]
    for module, line, becomes in stale:
        print(f"{module}: nothing like this is left, take it out of {EQUIVALENT.name}:\n    - {line}\n    + {becomes}")
    return 1 if living or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
