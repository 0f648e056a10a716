"""Schemes on file: editions, certifying partners and instruments, read strictly and once.

A scheme is a folder: one file for each edition, ``partners.yaml`` for what each partner does differently,
``instruments/`` and ``cases/``. Nothing here knows Django, so that the rule commands start fast.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from secor.core.instrument import Instrument
from secor.core.problem import Problem
from secor.core.quality_rule import QualityRule, QualityRules, laid_over, read_quality_rules
from secor.core.reading import Reading
from secor.core.scheme import Edition, NoSuchRule, Partner, Rules, read_edition, read_partners
from secor.queries import instruments
from secor.queries.files import Unreadable, read_file

_INSIDE_THE_WHEEL = Path(__file__).parents[1] / "schemes"
_AT_THE_ROOT = Path(__file__).parents[3] / "schemes"
PARTNERS = "partners.yaml"
QUALITY_RULES = "quality-rules.yaml"


def folder() -> Path:
    """The folder of the shipped schemes: beside the code in an installed wheel, at the root of a checkout."""
    return _INSIDE_THE_WHEEL if _INSIDE_THE_WHEEL.is_dir() else _AT_THE_ROOT


@lru_cache
def keys() -> tuple[str, ...]:
    """The keys of the shipped schemes."""
    return tuple(sorted(path.name for path in folder().iterdir() if any(_edition_files(path))))


@lru_cache
def editions(scheme: str) -> tuple[Edition, ...]:
    """The editions of a shipped scheme, the oldest first. Raises ``Unreadable``."""
    if scheme not in keys():
        raise Unreadable([Problem("--scheme", f"no scheme has the key {scheme!r}; shipped: {', '.join(keys())}")])
    return editions_beside(folder() / scheme)


@lru_cache
def editions_beside(place: Path) -> tuple[Edition, ...]:
    """The editions in a scheme's folder, the oldest first; none where it holds none. Raises ``Unreadable``."""
    read = [edition_in(path) for path in _edition_files(place)]
    return tuple(sorted(read, key=lambda edition: edition.in_force_from or date.min))


def edition_in(path: Path) -> Edition:
    """The edition in a file. Raises ``Unreadable`` with every problem and its place."""
    read_file(path)  # a file that cannot be read is told by the path as it was given
    edition, problems = checked_edition(path.resolve())
    if edition is None:
        raise Unreadable([Problem(f"{path}: {each.place}", each.problem) for each in problems])
    return edition


@lru_cache
def checked_edition(path: Path) -> tuple[Edition | None, list[Problem]]:
    """The edition in a file, or every problem with its place in the file. Raises ``Unreadable`` where it is no file."""
    return read_edition(read_file(path))


def edition_on(scheme: str, on: date) -> Edition:
    """The edition of a scheme in force on a day. Raises ``NoSuchRule``."""
    for edition in editions(scheme):
        if edition.holds_on(on):
            return edition
    raise NoSuchRule(f"No edition of {scheme} is in force on {on}.")


@lru_cache
def edition(key: str) -> Edition:
    """The edition of that key, whichever scheme's it is. Raises ``NoSuchRule``."""
    for scheme in keys():
        for each in editions(scheme):
            if each.key == key:
                return each
    raise NoSuchRule(f"No edition has the key {key!r}.")


@lru_cache
def partners(scheme: str) -> tuple[Partner, ...]:
    """The certifying partners of a scheme as public sources know them, by name."""
    return partners_beside(folder() / scheme)


def partners_beside(place: Path) -> tuple[Partner, ...]:
    """The partners in a scheme's folder, by name; none where it has no such file. Raises ``Unreadable``."""
    path = place / PARTNERS
    if not path.exists():
        return ()
    read, problems = checked_partners(path.resolve())
    if problems:
        raise Unreadable([Problem(f"{path}: {each.place}", each.problem) for each in problems])
    return tuple(sorted(read, key=lambda partner: partner.name))


@lru_cache
def checked_partners(path: Path) -> tuple[tuple[Partner, ...], list[Problem]]:
    """The partners in a file, and every problem with its place. Raises ``Unreadable`` where it is no file."""
    return read_partners(read_file(path))


def partner(scheme: str, key: str) -> Partner:
    """The partner of that key. Raises ``NoSuchRule``."""
    for each in partners(scheme):
        if each.key == key:
            return each
    raise NoSuchRule(f"{scheme} has no certifying partner {key!r}.")


@lru_cache(maxsize=4096)
def rules(scheme: str, *, partner: str | None, on: date) -> Rules:
    """The rules of a scheme in force on a day, with the partner's own laid over them. Raises ``NoSuchRule``."""
    own = _partner_or_none(scheme, partner)
    return edition_on(scheme, on).rules_on(on, partner=own)


@lru_cache(maxsize=4096)
def pinned(edition_key: str, *, partner: str | None, on: date) -> Rules:
    """The rules an audit or a certificate began under: those of its edition, as they were on the day it began."""
    held = edition(edition_key)
    return held.rules_on(on, partner=_partner_or_none(held.scheme, partner))


@lru_cache
def quality_rules(scheme: str, *, partner: str) -> tuple[QualityRule, ...]:
    """The quality rules of a scheme's audits: those of every scheme, the scheme's own and the partner's over them."""
    places = (folder() / QUALITY_RULES, folder() / scheme / QUALITY_RULES)
    return laid_over(*(_quality_rules_in(path) for path in places if path.exists()), partner=partner)


def _quality_rules_in(path: Path) -> QualityRules:
    reading = Reading()
    read = read_quality_rules(reading, read_file(path))
    if read is None:
        raise Unreadable([Problem(f"{path}: {each.place}", each.problem) for each in reading.problems])
    return read


@lru_cache
def instrument(key: str) -> Instrument:
    """The shipped instrument of that key. Raises ``Unreadable``."""
    return instruments.instrument(key)


@lru_cache
def digest(key: str) -> str:
    """The SHA-256 of a text by its key, so that a frozen audit can name it. See ``text``."""
    return hashlib.sha256(text(key).encode()).hexdigest()


@lru_cache
def text(key: str) -> str:
    """The whole text of the file of an edition or an instrument, by its key; ``ab-secor/partners`` is its partners'.

    ``ab-secor/quality-rules`` are the scheme's quality rules, and ``quality-rules`` those of every scheme. Frozen with
    an audit, they explain it when the files have long changed. Raises ``NoSuchRule``.
    """
    name = key.rpartition("/")[2]
    if name in {Path(PARTNERS).stem, Path(QUALITY_RULES).stem} and (own := folder() / f"{key}.yaml").is_file():
        return own.read_text(encoding="utf-8")
    for path in sorted(folder().glob("*/instruments/*.yaml")):
        if path.stem == key:
            return path.read_text(encoding="utf-8")
    for scheme in keys():
        for path in _edition_files(folder() / scheme):
            if edition_in(path).key == key:
                return path.read_text(encoding="utf-8")
    raise NoSuchRule(f"No edition or instrument has the key {key!r}.")


def _edition_files(place: Path) -> Iterator[Path]:
    """Edition files are named for their year."""
    return (path for path in sorted(place.glob("*.yaml")) if path.stem[:4].isdigit())


def _partner_or_none(scheme: str, key: str | None) -> Partner | None:
    """A partner that the files do not know has no rules of its own; the scheme's hold."""
    return next((each for each in partners(scheme) if each.key == key), None) if key else None
