"""The library on file: forms, parts of a program, trades, courses, translations and retention, read strictly and once.

Our own wording, given to every employer as a start. Nothing here knows Django.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from secor.core.course import Course, read_course
from secor.core.form import Form, read_form
from secor.core.part import Part, read_part
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.retention import Retention, read_retentions
from secor.core.trade import Trade, read_trade
from secor.core.wording import Wording, read_wording
from secor.queries.files import Unreadable, read_file

_INSIDE_THE_WHEEL = Path(__file__).parents[1] / "library"
_AT_THE_ROOT = Path(__file__).parents[3] / "library"
COMMON = "every_trade"
GENERAL = "general"
T = TypeVar("T")


class NotInLibrary(LookupError):  # noqa: N818 - a refusal is named for what is the matter
    """The library holds nothing under that key."""


def folder() -> Path:
    """The folder of the library: beside the code in an installed wheel, at the root of a checkout."""
    return _INSIDE_THE_WHEEL if _INSIDE_THE_WHEEL.is_dir() else _AT_THE_ROOT


def read(path: Path, reader: Callable[[Reading, Any], T | None]) -> T:
    """Read one file of the library. Raises ``Unreadable`` with every problem and its place."""
    reading = Reading()
    found = reader(reading, read_file(path))
    if found is None:
        raise Unreadable([Problem(f"{path}: {each.place}", each.problem) for each in reading.problems])
    return found


@lru_cache
def forms() -> Mapping[str, Form]:
    """Every form by its key, in the order of the files."""
    found = (read(path, read_form) for path in sorted((folder() / "forms").glob("*.yaml")))
    return {form.key: form for form in found}


@lru_cache
def form_text(key: str) -> tuple[str, str]:
    """A form's file as it is written, and its SHA-256: what an employer's records of it are pinned to."""
    path = folder() / "forms" / f"{key}.yaml"
    if not path.exists():
        raise NotInLibrary(f"The library has no form {key!r}.")
    text = path.read_text(encoding="utf-8")
    return text, hashlib.sha256(text.encode()).hexdigest()


@lru_cache
def parts() -> tuple[Part, ...]:
    """Every part of a program, in its order."""
    found = (read(path, read_part) for path in sorted((folder() / "parts").glob("*.yaml")))
    return tuple(sorted(found, key=lambda part: part.number))


@lru_cache
def trades() -> Mapping[str, Trade]:
    """Every trade by its key, each laid over what is common to all."""
    found = [read(path, read_trade) for path in sorted((folder() / "trades").glob("*.yaml"))]
    common = next((trade for trade in found if trade.key == COMMON), None)
    own = (trade for trade in found if trade.key != COMMON)
    return {trade.key: trade.over(common) if common else trade for trade in own}


@lru_cache
def courses() -> Mapping[str, Course]:
    """Every course to take online, by its key."""
    found = (read(path, read_course) for path in sorted((folder() / "courses").glob("*.yaml")))
    return {course.key: course for course in found}


@lru_cache
def languages() -> tuple[str, ...]:
    """The languages that forms can be read in, English first."""
    return ("en", *sorted(path.name for path in (folder() / "words").iterdir() if path.is_dir()))


@lru_cache
def wording(language: str, form: str) -> Wording | None:
    """The translation of a form, or None where there is none yet."""
    path = folder() / "words" / language / f"{form}.yaml"
    return read(path, read_wording) if language in languages() and path.exists() else None


@lru_cache
def retentions() -> Mapping[str, Retention]:
    """How long each kind of record is kept, by its key."""
    return read(folder() / "retention.yaml", read_retentions)
