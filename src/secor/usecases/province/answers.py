"""Answers that a real small business might get: mostly good, better in some years, weak where it is told to be."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from typing import Any

from secor.core.instrument import Instrument
from secor.core.method import Method, MethodRule, Rule
from secor.core.question import Question
from secor.usecases.answers import Change, Found, Remarked

_FULL = 1.0


def filled(
    instrument: Instrument, *, level: float, chance: random.Random, weak: Collection[int] = (), share: float = 1.0
) -> Iterator[Change]:
    """Give answers to the first ``share`` of the questions.

    ``level`` (0 to 1) is how much is in order; elements in ``weak`` have less than half of that.
    """
    questions = [(element.number, question) for element in instrument.elements for question in element.questions]
    for number, question in questions[: round(len(questions) * share)]:
        here = level * 0.4 if number in weak else level
        yield from _question(question, min(_FULL, max(0.0, here + chance.uniform(-0.12, 0.12))), chance)


def _question(question: Question, level: float, chance: random.Random) -> Iterator[Change]:
    complete = True
    told = []
    for rule in question.methods:
        given, words = _found(rule, level, chance)
        told.append(words)
        complete = complete and given.get("met", 1) == given.get("of", 1) and not given.get("neg")
        complete = complete and given.get("percent", "100") == "100"
        yield Found(question.id, rule.method, given, 0)
    note = f"{' '.join(told)} {chance.choice(_EXAMPLES)}"
    yield Remarked(question.id, note=note, recommendation="" if complete else chance.choice(_ADVICE))


def _found(rule: MethodRule, level: float, chance: random.Random) -> tuple[dict[str, Any], str]:
    if rule.method is Method.INTERVIEW:
        asked = chance.randint(3, 6)
        positive = min(asked, round(asked * min(_FULL, level + 0.1)))
        given = {"pos": positive, "neg": asked - positive}
        return given, f"{positive} of {asked} people asked could tell."
    if rule.rule is Rule.PER_ITEM:
        of = len(rule.items)
        met = min(of, round(of * min(_FULL, level + 0.08)))
        return {"met": met, "of": of}, f"{met} of the {of} points were found in the papers."
    if rule.rule is Rule.ALL_OR_NOTHING:
        there = chance.random() < level + 0.15
        return {"percent": "100" if there else "0"}, "It was there to see." if there else "It was not found."
    of = chance.randint(6, 12)
    met = min(of, round(of * level))
    return {"met": met, "of": of}, f"{met} of {of} looked at were in order."


_EXAMPLES = (
    "The binder in the lead truck was compared with the office copy.",
    "The spring and the fall job were both looked at.",
    "One card from each month was drawn.",
    "The newest hand was asked first.",
    "The shop board and the trailer were both seen.",
    "Dates were compared with the invoices of the same week.",
    "The ladder log and the truck log were set side by side.",
)
_ADVICE = (
    "Name one person who looks after this, and a day each month to do it.",
    "Put it on the crew's phones as well as in the binder.",
    "Go through it at the next toolbox talk, and write down who was there.",
    "Close the open lines with a date and initials.",
    "Draw up the missing part from the list in the manual.",
)
