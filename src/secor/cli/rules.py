"""The rules in force for a command: from ``--scheme``, ``--partner`` and ``--as-of`` to typed rules."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.scheme import Edition, NoSuchRule, Partner, Rules
from secor.queries import schemes
from secor.queries.files import Unreadable

_FOREVER = date.max


def add_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Register the three options that choose a scheme's rules."""
    parser.add_argument("--scheme", required=required, help="a shipped scheme's key, or the path of an edition")
    parser.add_argument("--partner", help="the certifying partner whose rules are laid over the scheme's")
    parser.add_argument("--as-of", help="the day whose edition and values hold (YYYY-MM-DD)")


def in_force(args: argparse.Namespace, *, on: date | None = None) -> Rules:
    """Give the rules that the options choose. Raises ``Unreadable`` where there are none.

    ``--as-of`` wins; without it the rules of ``on`` hold, and without both those of the newest edition, because a
    command never looks at a clock.
    """
    asked = day("--as-of", args.as_of) if args.as_of else on
    try:
        return _rules(args.scheme, args.partner, asked)
    except NoSuchRule as refusal:
        raise Unreadable([Problem("--as-of" if "edition" in str(refusal) else "--partner", str(refusal))]) from None


def day(place: str, text: str) -> date:
    """Read a day given as an option. Raises ``Unreadable``."""
    reading = Reading(place)
    day = reading.day(text)
    if day is None:
        raise Unreadable(reading.problems)
    return day


def _rules(scheme: str, partner: str | None, asked: date | None) -> Rules:
    path = Path(scheme)
    editions: tuple[Edition, ...]
    if path.suffix in {".yaml", ".yml", ".json"}:
        editions, known = (schemes.edition_in(path),), schemes.partners_beside(path.parent)
    elif "/" in scheme:
        editions, known = schemes.editions_beside(path), schemes.partners_beside(path)
    else:
        editions, known = schemes.editions(scheme), schemes.partners(scheme)
    if not editions:
        raise Unreadable([Problem("--scheme", f"{scheme} holds no edition; give the path of one, or a shipped key")])
    own = _partner(known, scheme, partner)
    on = asked or editions[-1].in_force_until or _FOREVER
    for edition in editions:
        if edition.holds_on(on):
            return edition.rules_on(on, partner=own)
    raise NoSuchRule(f"no edition of {scheme} is in force on {on}; the first begins on {editions[0].in_force_from}")


def _partner(known: tuple[Partner, ...], scheme: str, key: str | None) -> Partner | None:
    if key is None:
        return None
    for each in known:
        if each.key == key:
            return each
    names = ", ".join(each.key for each in known) or "none"
    raise NoSuchRule(f"{scheme} has no certifying partner {key!r}; known: {names}")
