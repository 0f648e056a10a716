"""The rules in force for a command: from ``--scheme``, ``--partner`` and ``--as-of`` to typed rules."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from secor.core.problem import Problem
from secor.core.scheme import NoSuchRule, Partner, Rules
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
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable([Problem(place, f"needs a day such as 2025-05-17, not {text!r}")]) from None


def _rules(scheme: str, partner: str | None, asked: date | None) -> Rules:
    path = Path(scheme)
    if path.suffix in {".yaml", ".yml", ".json"} or "/" in scheme:
        edition = schemes.edition_in(path)
        known = schemes.partners_beside(path.parent)
        on = asked or _newest(edition.in_force_until)
        return edition.rules_on(on, partner=_partner(known, scheme, partner))
    newest = schemes.editions(scheme)[-1]
    own = _partner(schemes.partners(scheme), scheme, partner)
    edition = newest if asked is None else schemes.edition_on(scheme, asked)
    return edition.rules_on(asked or _newest(newest.in_force_until), partner=own)


def _newest(until: date | None) -> date:
    return until or _FOREVER


def _partner(known: tuple[Partner, ...], scheme: str, key: str | None) -> Partner | None:
    if key is None:
        return None
    for each in known:
        if each.key == key:
            return each
    names = ", ".join(each.key for each in known) or "none"
    raise NoSuchRule(f"{scheme} has no certifying partner {key!r}; known: {names}")
