"""Small instruments written in a line or two, for tests of scoring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from secor.core.instrument import Instrument, read_instrument
from secor.core.reading import Reading

SHIPPED = Path(__file__).parents[1] / "schemes/ab-secor/instruments/secor-open.yaml"


def method(points: Any = 10, rule: str = "range", **more: Any) -> dict[str, Any]:
    if rule == "all_or_nothing":
        more.setdefault("threshold_percent", 70)
    if rule == "per_item":
        more.setdefault("items", ["a", "b", "c", "d"])
    return {"points": points, "rule": rule, **more}


def question(name: str, /, combine: str = "sum", **more: Any) -> dict[str, Any]:
    """A question by its id and methods: ``question("1.1", D=method(10))``."""
    methods = {letter: more.pop(letter) for letter in ("D", "I", "O") if letter in more}
    worth = [part["points"] for part in methods.values()]
    points = more.pop("max_points", sum(worth) if combine == "sum" else max(worth))
    given = {"id": name, "text": f"Question {name}?", "max_points": points, "combine": combine}
    return {**given, "methods": methods, **more}


def draft(*elements: list[dict[str, Any]], informational: tuple[int, ...] = (), **head: Any) -> dict[str, Any]:
    """A file: each element is a list of questions, numbered from 1."""
    sums = [sum(each["max_points"] for each in questions) for questions in elements]
    total = sum(points for nth, points in enumerate(sums, start=1) if nth not in informational)
    return {
        "instrument": {"key": "draft", "version": "1", "total_points": total, **head},
        "elements": [
            {
                "no": nth,
                "name": f"Element {nth}",
                "max_points": points,
                "informational": nth in informational,
                "questions": questions,
            }
            for nth, (points, questions) in enumerate(zip(sums, elements, strict=True), start=1)
        ],
    }


def problems(file: Any) -> list[tuple[str, str]]:
    reading = Reading()
    read_instrument(reading, file)
    return [(problem.place, problem.problem) for problem in reading.problems]


def read(file: Any) -> Instrument:
    reading = Reading()
    instrument = read_instrument(reading, file)
    assert instrument is not None, reading.problems
    return instrument


def instrument(*elements: list[dict[str, Any]], **head: Any) -> Instrument:
    return read(draft(*elements, **head))


def shipped() -> Instrument:
    return read(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))
