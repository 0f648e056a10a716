"""Files that people write, read strictly: JSON and YAML to plain values, or every reason they cannot be.

YAML is kind in ways that cost a scheme its meaning: a repeated key is overwritten, ``1.10`` becomes ``1.1``,
``no`` becomes false, and a few lines of aliases fill the memory. All four are problems here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

from secor.core.problem import Problem

_MOST_BYTES = 5_000_000
_DEEPEST = 60
_BRACKETS = 1000  # the parser takes some thousands of levels; nobody's file has so many brackets, let alone levels
_BEGINS = re.compile(r"^[\s\-?:]+", re.MULTILINE)
_WORDS = re.compile(r"^(?:yes|no|on|off|y|n)$", re.IGNORECASE)
_TRAILING_ZERO = re.compile(r"^[-+]?\d+\.\d*0$")


class Unreadable(Exception):  # noqa: N818 -- a refusal is named for what happened
    """The file cannot be read; ``problems`` tell every place to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.problem}" for problem in problems))
        self.problems = problems


def read_file(path: Path) -> Any:
    """Read a JSON or YAML file by its ending, once for as long as it does not change. Raises ``Unreadable``.

    Who is given the values may not change them: others are given the same.
    """
    try:
        about = path.stat()
    except (OSError, ValueError) as reason:
        _refuse(str(path), _unopened(reason))
    try:
        return _read_once(path.resolve(), about.st_size, about.st_mtime_ns)
    except Unreadable:
        return _read(path, about.st_size)  # again, so that the problems name the path as it was given


@lru_cache(maxsize=256)
def _read_once(path: Path, size: int, _changed: int) -> Any:
    return _read(path, size)


def _read(path: Path, size: int) -> Any:
    try:
        if size > _MOST_BYTES:
            _refuse(str(path), f"is larger than {_MOST_BYTES // 1_000_000} MB; no file of rules or answers is")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        _refuse(str(path), "is not written in UTF-8; save it as UTF-8 text")
    except (OSError, ValueError) as reason:
        _refuse(str(path), _unopened(reason))
    return read_text(text, name=str(path), is_json=path.suffix == ".json")


def _unopened(reason: OSError | ValueError) -> str:
    told = reason.strerror if isinstance(reason, OSError) else None
    return f"cannot be opened ({told or reason}); give the path of a file"


def read_text(text: str, *, name: str, is_json: bool | None = None) -> Any:
    """Read JSON or YAML text; where ``is_json`` is not told, text that begins with a brace is JSON.

    Raises ``Unreadable``, whose places are ``name`` and the line.
    """
    text = text.removeprefix("\ufeff")  # some editors put this mark before everything they save
    if not text.strip():
        _refuse(name, "is empty; give the file that was meant")
    if is_json is None:
        is_json = text.lstrip()[:1] in {"{", "["}
    try:
        return _json(text, name) if is_json else _yaml(text, name)
    except RecursionError:
        _refuse(name, "is nested too deeply; no file of rules or answers is")


def _refuse(place: str, problem: str) -> NoReturn:
    raise Unreadable([Problem(place, problem)])


def _json(text: str, name: str) -> Any:
    problems: list[Problem] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        repeated = dict.fromkeys(key for key in keys if keys.count(key) > 1) if len(set(keys)) < len(keys) else ()
        problems.extend(Problem(name, f"the key {key!r} is there twice; keep one of the two") for key in repeated)
        return dict(items)

    def constant(word: str) -> None:
        problems.append(Problem(name, f"{word} is not a number; write one, or null"))

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_float=Decimal, parse_constant=constant)
    except json.JSONDecodeError as reason:
        _refuse(f"{name}:{reason.lineno}", f"is not JSON: {reason.msg} (column {reason.colno})")
    except ValueError:
        _refuse(name, "holds a number with thousands of digits; write a number of this world")
    if problems:
        raise Unreadable(problems)
    return value


def _yaml(text: str, name: str) -> Any:
    loader = _Strict(text)
    loader.file, loader.problems = name, []
    try:
        loader.problems = _knots(text, name) if _may_be_knotted(text) else []
        value = None if loader.problems else loader.get_single_data()
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        place = name if mark is None else f"{name}:{mark.line + 1}"
        raise Unreadable([*loader.problems, Problem(place, f"is not YAML: {reason.problem}")]) from None
    except yaml.YAMLError as reason:
        _refuse(name, f"is not YAML: {str(reason).splitlines()[0]}")
    except ValueError as reason:
        _refuse(name, f"holds a value that is none: {reason}")
    finally:
        loader.dispose()
    if loader.problems:
        raise Unreadable(loader.problems)
    return value


def _may_be_knotted(text: str) -> bool:
    """Tell, in a blink, whether a text could hold an alias or nest so deeply that the C parser crashes."""
    if "*" in text or text.count("[") + text.count("{") > _BRACKETS:
        return True
    return any(len(begin) > _BRACKETS for begin in _BEGINS.findall(text))


def _knots(text: str, name: str) -> list[Problem]:
    """Find aliases and bottomless nesting before anything is built: the C parser crashes on the latter."""
    problems: list[Problem] = []
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        place = f"{name}:{event.start_mark.line + 1}" if event.start_mark is not None else name
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            told = f"*{event.anchor} points elsewhere; write it out, so that each place can be read by itself"
            problems.append(Problem(place, told))
        if depth > _DEEPEST:
            _refuse(place, "is nested too deeply; no file of rules or answers is")
    return problems


class _Strict(yaml.CSafeLoader):
    """The safe loader of YAML without its kindnesses."""

    file: str
    problems: list[Problem]

    def note(self, node: yaml.Node, problem: str) -> None:
        self.problems.append(Problem(f"{self.file}:{node.start_mark.line + 1}", problem))

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 -- PyYAML's own signature
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                name = (key.tag, key.value)
                if name in seen:
                    self.note(key, f"the key {key.value!r} is there twice; keep one of the two")
                seen.add(name)
        return super().construct_mapping(node, deep=deep)


def _flag(loader: _Strict, node: yaml.ScalarNode) -> bool:
    if _WORDS.match(node.value):
        loader.note(node, f"{node.value} would be read as true or false; write true, false, or put it in quotes")
    return bool(loader.construct_yaml_bool(node))


def _number(loader: _Strict, node: yaml.ScalarNode) -> Decimal:
    if _TRAILING_ZERO.match(node.value):
        loader.note(node, f"{node.value} would lose its last 0; put it in quotes")
    exact = loader.construct_yaml_float(node)
    if exact != exact or exact in {float("inf"), float("-inf")}:  # noqa: PLR0124 -- only "not a number" differs from itself
        loader.note(node, f"{node.value} is not a number; write one, or null")
        return Decimal(0)
    return Decimal(str(exact))


_Strict.add_constructor("tag:yaml.org,2002:bool", _flag)
_Strict.add_constructor("tag:yaml.org,2002:float", _number)
