"""Instruments on file: the shipped ones by their key, and anybody's own by its path."""

from __future__ import annotations

from pathlib import Path

from secor.core.instrument import Instrument, read_instrument
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.queries.files import Unreadable, read_file

_INSIDE_THE_WHEEL = Path(__file__).parents[1] / "schemes"
_AT_THE_ROOT = Path(__file__).parents[3] / "schemes"
_ENDINGS = {".yaml", ".yml", ".json"}


def instrument(name: str) -> Instrument:
    """Give the shipped instrument of that key, or the one in the file of that path.

    Raises ``Unreadable`` with every reason why there is none.
    """
    path = Path(name)
    if path.suffix not in _ENDINGS and "/" not in name:
        shipped = _shipped()
        if name not in shipped:
            known = ", ".join(sorted(shipped)) or "none"
            told = f"no shipped instrument has the key {name!r} (shipped: {known}); give a key, or a file's path"
            raise Unreadable([Problem("--instrument", told)])
        path = shipped[name]
    reading = Reading()
    read = read_instrument(reading, read_file(path))
    if read is None:
        raise Unreadable([Problem(f"{path}: {each.place}", each.problem) for each in reading.problems])
    return read


def keys() -> tuple[str, ...]:
    """The keys of the shipped instruments."""
    return tuple(sorted(_shipped()))


def _shipped() -> dict[str, Path]:
    """Shipped instruments are named for their keys, so that none has to be opened to be found."""
    root = _INSIDE_THE_WHEEL if _INSIDE_THE_WHEEL.is_dir() else _AT_THE_ROOT
    return {path.stem: path for path in root.glob("*/instruments/*.yaml")}
