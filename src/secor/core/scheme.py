"""A scheme's edition and its certifying partners: every rule typed, sourced and dated, or every reason it cannot be.

A scheme is data; the rules of an edition and what a partner lays over them are read by ``secor.core.rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.rules import NEEDED, DatedRules, NoSuchRule, Rules, Training, read_rules
from secor.core.sourced import Sourced, in_force, note_holes

__all__ = ["Edition", "NoSuchRule", "Partner", "Rules", "Training", "read_edition", "read_partners"]


@dataclass(frozen=True, slots=True)
class Partner:
    """A certifying partner, as public sources know it, and the rules it has of its own."""

    key: str
    name: str
    acronym: str
    sector: str
    funding: str
    accepting_new: bool
    valid_from: date | None
    valid_until: date | None
    website: str
    source: str
    rules: DatedRules


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated version of a scheme."""

    key: str
    scheme: str
    title: str
    jurisdiction: str
    issuer: str
    in_force_from: date | None
    in_force_until: date | None
    instrument: str
    rules: DatedRules

    def holds_on(self, day: date) -> bool:
        """Tell whether the edition is in force on ``day``."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)

    def rules_on(self, day: date, *, partner: Partner | None = None) -> Rules:
        """Give the rules in force on ``day``, with the partner's own laid over the scheme's."""
        sources: dict[str, Sourced[Any]] = {}
        for dated in (self.rules, partner.rules if partner else {}):
            for name, values in dated.items():
                if (value := in_force(values, day)) is not None:
                    sources[name] = value
        return Rules(self.scheme, self.key, partner.key if partner else "", self.title, sources)


def read_edition(value: Any) -> tuple[Edition | None, list[Problem]]:
    """Read an edition file; give it, or every problem with its place."""
    reading = Reading()
    given = reading.mapping(
        value,
        required=("scheme", "edition", "title", "jurisdiction", "in_force", "rules"),
        optional=("issuer", "instrument", "note"),
    )
    if given is None:
        return None, reading.problems
    first, last = _span(reading.at("in_force"), given.get("in_force"))
    rules = read_rules(reading.at("rules"), given.get("rules", {}))
    for name in NEEDED:
        if name not in rules and not any(p.place.startswith(f"rules.{name}") for p in reading.problems):
            reading.at("rules").at(name).note("is missing")
    for name, values in rules.items():
        note_holes(reading.at("rules").at(name), values, first=first, last=last)
    edition = Edition(
        key=reading.text_at(given, "edition"),
        scheme=reading.text_at(given, "scheme"),
        title=reading.text_at(given, "title"),
        jurisdiction=reading.text_at(given, "jurisdiction"),
        issuer=reading.text_at(given, "issuer"),
        in_force_from=first,
        in_force_until=last,
        instrument=reading.text_at(given, "instrument"),
        rules=rules,
    )
    return (None if reading.problems else edition), reading.problems


def read_partners(value: Any) -> tuple[tuple[Partner, ...], list[Problem]]:
    """Read a partners file: ``{scheme, partners: {key: {...}}}``."""
    reading = Reading()
    given = reading.mapping(value, required=("scheme", "partners"), optional=("note",))
    entries = reading.at("partners").mapping((given or {}).get("partners", {}), optional=None) or {}
    partners = tuple(_read_partner(reading.at("partners").at(key), key, item) for key, item in entries.items())
    return tuple(partner for partner in partners if partner is not None), reading.problems


def _read_partner(reading: Reading, key: str, value: Any) -> Partner | None:
    given = reading.mapping(
        value,
        required=("name", "acronym", "sector", "source"),
        optional=("funding", "accepting_new", "valid", "website", "note", "rules"),
    )
    if given is None:
        return None
    first, last = _span(reading.at("valid"), given.get("valid", {}))
    accepting = reading.at("accepting_new").flag(given.get("accepting_new", True))
    return Partner(
        key=key,
        name=reading.text_at(given, "name"),
        acronym=reading.text_at(given, "acronym"),
        sector=reading.text_at(given, "sector"),
        funding=reading.text_at(given, "funding"),
        accepting_new=bool(accepting),
        valid_from=first,
        valid_until=last,
        website=reading.text_at(given, "website"),
        source=reading.text_at(given, "source"),
        rules=read_rules(reading.at("rules"), given.get("rules", {})),
    )


def _span(reading: Reading, value: Any) -> tuple[date | None, date | None]:
    given = reading.mapping(value, optional=("from", "until"))
    if given is None:
        return None, None
    days = [None if given.get(key) is None else reading.at(key).day(given[key]) for key in ("from", "until")]
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        reading.at("until").note(f"is before the first day, {days[0]}")
    return days[0], days[1]
