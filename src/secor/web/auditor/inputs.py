"""The inputs of one method of one question: how a kept answer fills them, and what a filled form says.

The question's rule decides which inputs there are: items to tick, so many of so many (or a percentage), people who
said yes, no or nothing (role by role where another question may leave a role out), or one of a list of points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from secor.core.method import Item, Method, MethodRule, Rule
from secor.core.question import Question
from secor.core.rounding import shortest
from secor.queries.answers import KeptAnswer
from secor.web.auditor.sent import MISSING, NOBODY, THERE, VOICES, Form, name_of, shape_of

WORDS = {Method.DOCUMENT: "Documents", Method.INTERVIEW: "Interviews", Method.OBSERVATION: "Observation"}


@dataclass(frozen=True, slots=True)
class Box:
    """One item to tick: what it says, and what is ticked for it."""

    name: str
    value: int
    text: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """People of one role (or everybody asked): who said yes, who said no, and who said nothing."""

    label: str
    cells: tuple[tuple[str, str, str], ...]  # the input's name, its words, its value


@dataclass(frozen=True, slots=True)
class Inputs:
    """One method's inputs, ready to be drawn."""

    name: str
    letter: str
    method: str
    worth: str
    shape: str
    seen: int
    values: Mapping[str, str]
    met_label: str = "How many were in order"
    of_label: str = "How many you looked at"
    boxes: tuple[Box, ...] = ()
    rows: tuple[Row, ...] = ()
    points: tuple[tuple[str, bool], ...] = ()
    note: str = ""
    heard: str = ""  # everything that was said, where interviews on site were added to what was counted by hand
    error: str = ""
    error_field: str = ""


def inputs_of(question: Question, rule: MethodRule, kept: KeptAnswer) -> Inputs:
    """Draw what is kept."""
    drawn = _drawn(question, rule, _values_of(question, rule, kept.hand or {}), seen=kept.revision)
    if kept.by_hand is None:
        return drawn
    return replace(drawn, heard=given_words(kept.given or {}))


def inputs_sent(
    question: Question, rule: MethodRule, form: Form, *, seen: int, told: str = "", field: str = ""
) -> Inputs:
    """Draw what was sent, so that nobody types it twice; ``told`` says what is the matter with it."""
    name = name_of(question.id, rule.method.value)
    values = {key.removeprefix(f"{name}-"): _joined(form.getlist(key)) for key in _names(rule, name) if key in form}
    return _drawn(question, rule, values, seen=seen, told=told, field=field)


def worth(rule: MethodRule) -> str:
    """What the method can earn, in words."""
    points = f"{shortest(rule.points)} point{'' if rule.points == 1 else 's'}"
    share = f"{shortest(rule.threshold * 100)} %"
    told = {
        Rule.RANGE: f"up to {points}, by share",
        Rule.PER_ITEM: f"up to {points}, by item",
        Rule.ALL_OR_NOTHING: f"{points} from {share} on, otherwise none",
        Rule.MAJORITY: f"{points} if more than half, otherwise none",
        Rule.BOTH_OR_NOTHING: f"{points} if every method of this kind reaches {share}, otherwise none",
        Rule.POINTS_LIST: f"up to {points}",
    }
    return told[rule.rule]


def _drawn(
    question: Question, rule: MethodRule, values: Mapping[str, str], *, seen: int, told: str = "", field: str = ""
) -> Inputs:
    name = name_of(question.id, rule.method.value)
    met, _, of = rule.looks_at.partition(" / ")
    return Inputs(
        name=name,
        letter=rule.method.value,
        method=WORDS[rule.method],
        worth=worth(rule),
        shape=shape_of(question, rule),
        seen=seen,
        values=values,
        met_label=_sentence(met) if of else "How many were in order",
        of_label=_sentence(of) if of else "How many you looked at",
        note="" if of else _sentence(rule.looks_at),
        boxes=tuple(_boxes(rule, name, values)),
        rows=tuple(_rows(question, rule, name, values)),
        points=tuple((str(points), str(points) == values.get("points")) for points in rule.allowed),
        error=told,
        error_field=field,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _boxes(rule: MethodRule, name: str, values: Mapping[str, str]) -> Iterator[Box]:
    ticked = set(values.get("item", "").split(","))
    for nth, item in enumerate(rule.items, start=1):
        state = values.get(f"item{nth}", "") if rule.skips_absent_roles else "ticked" * (str(nth) in ticked)
        yield Box(f"{name}-item{nth}" if rule.skips_absent_roles else f"{name}-item", nth, item.text, state)


def _rows(question: Question, rule: MethodRule, name: str, values: Mapping[str, str]) -> Iterator[Row]:
    shape = shape_of(question, rule)
    if shape not in {"voices", "roles"}:
        return
    for role in rule.audience if shape == "roles" else ("",):
        prefix = f"{role}-" if role else ""
        asked = f"{role.capitalize()}s" if role else _asked(rule)
        yield Row(
            asked,
            tuple(
                (f"{name}-{prefix}{key}", word, values.get(f"{prefix}{key}", ""))
                for key, word in zip(VOICES, ("Positive", "Negative", "No comment"), strict=True)
            ),
        )


def _asked(rule: MethodRule) -> str:
    if not rule.audience:
        return "People asked"
    *others, last = (f"{role}s" for role in rule.audience)
    return _sentence(f"{', '.join(others)} and {last}" if others else last) + " asked"


def _names(rule: MethodRule, name: str) -> tuple[str, ...]:
    """Every input that this method's form may have."""
    roles = [f"{role}-{key}" for role in rule.audience for key in VOICES]
    items = [f"item{nth}" for nth in range(1, len(rule.items) + 1)]
    parts = ["met", "of", "percent", "item", "none", "points", *VOICES, *roles, *items]
    return tuple(f"{name}-{part}" for part in parts)


def _joined(values: list[str]) -> str:
    return ",".join(values)


def _values_of(question: Question, rule: MethodRule, given: Mapping[str, Any]) -> dict[str, str]:
    if "roles" in given:
        return {f"{role}-{key}": str(count) for role, voices in given["roles"].items() for key, count in voices.items()}
    shape = shape_of(question, rule)
    if shape == "items" and "of" in given:
        missing = set(given.get("missing", ()))
        there = [str(nth) for nth, item in enumerate(rule.items, start=1) if _named(item) not in missing]
        named = len(there) == given["met"]
        return {"item": ",".join(there) if named else "", "none": "" if given["met"] else "yes"}
    if shape == "existing" and "of" in given:
        return _existing_values(rule, given)
    return {key: str(value) for key, value in given.items() if not isinstance(value, list | dict)}


def _existing_values(rule: MethodRule, given: Mapping[str, Any]) -> dict[str, str]:
    """Which roles exist is kept as a count, so which one does not is known only where all are named."""
    missing, absent = set(given.get("missing", ())), set(given.get("absent", ()))
    return {
        f"item{nth}": NOBODY if _named(item) in absent else MISSING if _named(item) in missing else THERE
        for nth, item in enumerate(rule.items, start=1)
    }


def _named(item: Item) -> str:
    return item.role or item.text


def given_words(given: Mapping[str, Any]) -> str:
    """A kept answer in a few words: ``4 of 5``, ``50 %``, ``3 positive, 1 negative``."""
    if "percent" in given:
        return f"{given['percent']} %"
    if "points" in given:
        return f"{given['points']} points"
    if "roles" in given:
        return "; ".join(f"{role}: {given_words(voices)}" for role, voices in given["roles"].items())
    if "sites" in given:
        return "; ".join(f"a site of {site['employees']}: {given_words(site)}" for site in given["sites"])
    if "met" in given:
        return f"{given['met']} of {given['of']}"
    silent = f", {given['no_comment']} without comment" if given.get("no_comment") else ""
    return f"{given.get('pos', 0)} positive, {given.get('neg', 0)} negative{silent}"
