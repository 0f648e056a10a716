"""An element: a numbered part of an instrument, with its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secor.core.method import Points, read_points
from secor.core.question import Question, read_question
from secor.core.reading import Reading


@dataclass(frozen=True, slots=True)
class Element:
    """A numbered part of an instrument. An informational one is scored and shown, but never counted."""

    number: int
    key: str
    name: str
    points: Points
    questions: tuple[Question, ...]
    purpose: str = ""
    iso_45001: tuple[str, ...] = ()
    informational: bool = False


_ELEMENT_NEEDS = ("no", "name", "max_points", "questions")
_ELEMENT_MAY = ("key", "purpose", "iso_45001", "informational")


def read_element(reading: Reading, value: Any) -> Element | None:
    """Read one element with its questions, and note what is to be mended."""
    given = reading.mapping(value, required=_ELEMENT_NEEDS, optional=_ELEMENT_MAY)
    if given is None:
        return None
    questions = (
        read_question(_place(reading.at("questions"), nth, item), item)
        for nth, (_, item) in enumerate(reading.at("questions").items(given.get("questions", ())), start=1)
    )
    return Element(
        number=(reading.at("no").whole(given["no"], at_least=1) or 0) if "no" in given else 0,
        key=reading.text_at(given, "key"),
        name=reading.text_at(given, "name"),
        points=read_points(reading, given, "max_points"),
        questions=tuple(question for question in questions if question is not None),
        purpose=reading.text_at(given, "purpose"),
        iso_45001=reading.texts_at(given, "iso_45001"),
        informational=reading.flag_at(given, "informational"),
    )


def _place(reading: Reading, nth: int, value: Any) -> Reading:
    """A question's place is its id, which people can find in their file; its number where it has none."""
    name = value.get("id") if isinstance(value, Mapping) else None
    return reading.at(name if isinstance(name, str) and name else nth)
