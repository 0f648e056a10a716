"""Quality rules: what a certifying partner wants of an audit before it is sent, as data.

The same rules are run by the auditor before sending and by the reviewer afterwards (``secor.core.objection``). A file
of rules belongs to all schemes or to one; a scheme's rule takes the place of the general one of the same key, and a
partner's that of its scheme's. A rule whose severity is ``off`` asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from secor.core.audit import Performer
from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.reading import Reading


class Severity(Enum):
    """What an objection does: it keeps the audit from being sent, or it asks for a second look."""

    MUST = "must"
    LOOK = "look"
    OFF = "off"


class Looks(Enum):
    """What a quality rule looks for."""

    NO_NOTE = "no_note"
    THIN_NOTE = "thin_note"
    REPEATED_NOTE = "repeated_note"
    WORDS = "words"
    NAMED_PERSON = "named_person"
    NO_REASON = "no_reason"
    NO_RECOMMENDATION = "no_recommendation"
    NO_PROOF = "no_proof"
    LOOSE_PROOF = "loose_proof"
    ARITHMETIC = "arithmetic"
    MORE_VOICES = "more_voices_than_people"
    CONTRADICTION = "contradiction"
    SMALL_SAMPLE = "small_sample"
    EXPIRED_EDITION = "expired_edition"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: the share that a question earned, by one method or by all that were used.

    It is met where the share lies between ``at_least`` and ``at_most``, both included.
    """

    question: str
    method: Method | None
    at_least: Fraction
    at_most: Fraction


@dataclass(frozen=True, slots=True)
class QualityRule:
    """One rule: what it looks for, how grave that is, the sentence that a person reads, and who says so.

    ``fewest`` counts words; ``phrases`` are looked for in notes; ``performers`` and ``instrument`` limit the rule to
    audits done by them or on it (empty: any); ``first`` and ``second`` are the two sides of a contradiction.
    """

    key: str
    looks: Looks
    severity: Severity
    says: str
    source: str
    fewest: int = 0
    phrases: tuple[str, ...] = ()
    performers: frozenset[Performer] = frozenset()
    instrument: str = ""
    first: Side | None = None
    second: Side | None = None


@dataclass(frozen=True, slots=True)
class QualityRules:
    """A file of rules: those of everybody, and by partner those that take their place."""

    rules: Mapping[str, QualityRule] = field(default_factory=lambda: MappingProxyType({}))
    partners: Mapping[str, Mapping[str, QualityRule]] = field(default_factory=lambda: MappingProxyType({}))


def laid_over(*files: QualityRules, partner: str) -> tuple[QualityRule, ...]:
    """Give the rules in force for ``partner``: each file over the one before, the partner's own over all.

    In the order in which their keys first stand; rules that are off are left out.
    """
    whole: dict[str, QualityRule] = {}
    for each in files:
        whole |= each.rules
    for each in files:
        whole |= each.partners.get(partner, {})
    return tuple(rule for rule in whole.values() if rule.severity is not Severity.OFF)


_NEEDS = ("looks_for", "severity", "says", "source")
_ALWAYS = ("performers", "instrument", "note")
_OF_EACH: Mapping[Looks, tuple[str, ...]] = {
    Looks.THIN_NOTE: ("fewest_words",),
    Looks.NO_REASON: ("fewest_words",),
    Looks.WORDS: ("phrases",),
    Looks.CONTRADICTION: ("first", "second"),
}


def read_quality_rules(reading: Reading, value: Any) -> QualityRules | None:
    """Read ``{quality_rules: {key: {...}}, partners: {partner: {key: {...}}}}``; None when anything is to be mended."""
    before = len(reading.problems)
    given = reading.mapping(value, required=("quality_rules",), optional=("scheme", "partners", "note"))
    if given is None:
        return None
    rules = _rules(reading.at("quality_rules"), given.get("quality_rules", {}))
    place = reading.at("partners")
    own = place.mapping(given.get("partners", {}), optional=None) or {}
    partners = {str(key): _rules(place.at(key), item) for key, item in own.items()}
    return QualityRules(rules, partners) if len(reading.problems) == before else None


def misnamed(rules: QualityRules, instruments: Mapping[str, Instrument]) -> Iterator[tuple[str, str]]:
    """Tell, with its place, each rule that names a question or a method that its instrument does not have."""
    sets = {"quality_rules": rules.rules} | {f"partners.{key}": own for key, own in rules.partners.items()}
    for place, some in sets.items():
        for rule in some.values():
            instrument = instruments.get(rule.instrument)
            if rule.instrument and instrument is None:
                yield f"{place}.{rule.key}.instrument", f"no instrument has the key {rule.instrument!r}"
            elif instrument is not None:
                yield from _unknown(f"{place}.{rule.key}", rule, instrument)


def _unknown(place: str, rule: QualityRule, instrument: Instrument) -> Iterator[tuple[str, str]]:
    for name, side in (("first", rule.first), ("second", rule.second)):
        if side is None:
            continue
        question = instrument.question(side.question)
        if question is None:
            yield f"{place}.{name}.question", f"names question {side.question!r}, which {instrument.key} does not have"
        elif side.method is not None and question.rule_of(side.method) is None:
            told = f"question {side.question} is not answered by the method {side.method.value}"
            yield f"{place}.{name}.method", told


def _rules(reading: Reading, value: Any) -> Mapping[str, QualityRule]:
    given = reading.mapping(value, optional=None) or {}
    read = {str(key): _rule(reading.at(str(key)), str(key), item) for key, item in given.items()}
    return MappingProxyType({key: rule for key, rule in read.items() if rule is not None})


def _rule(reading: Reading, key: str, value: Any) -> QualityRule | None:
    every = tuple(name for names in _OF_EACH.values() for name in names)
    given = reading.mapping(value, required=_NEEDS, optional=(*_ALWAYS, *every))
    if given is None or any(name not in given for name in _NEEDS):
        return None
    looks = reading.at("looks_for").choice(given["looks_for"], Looks)
    severity = reading.at("severity").choice(given["severity"], Severity)
    if looks is None or severity is None:
        return None
    _fitting_keys(reading, looks, given, every)
    fewest = reading.at("fewest_words").whole(given["fewest_words"]) if "fewest_words" in given else None
    return QualityRule(
        key=key,
        looks=looks,
        severity=severity,
        says=reading.text_at(given, "says"),
        source=reading.text_at(given, "source"),
        fewest=fewest or 0,
        phrases=reading.texts_at(given, "phrases"),
        performers=reading.choices_at(given, "performers", Performer),
        instrument=reading.text_at(given, "instrument"),
        first=_side(reading.at("first"), given["first"]) if "first" in given else None,
        second=_side(reading.at("second"), given["second"]) if "second" in given else None,
    )


def _fitting_keys(reading: Reading, looks: Looks, given: Mapping[str, Any], every: tuple[str, ...]) -> None:
    """Each kind has the keys it needs, and none that it would silently ignore."""
    wants = _OF_EACH.get(looks, ())
    for name in dict.fromkeys(every):
        if name in wants and not given.get(name):
            reading.at(name).note(f"is missing; {looks.value} needs it")
        elif name in given and name not in wants:
            reading.at(name).note(f"means nothing to {looks.value}; take it away")
    if looks is Looks.CONTRADICTION and "instrument" not in given:
        reading.at("instrument").note("is missing; a question is known by its number in one instrument only")


def _side(reading: Reading, value: Any) -> Side | None:
    given = reading.mapping(value, required=("question",), optional=("method", "at_least", "at_most"))
    if given is None or "question" not in given:
        return None
    if not {"at_least", "at_most"} & given.keys():
        reading.note("needs at_least or at_most, or every answer would meet it")
    least = reading.at("at_least").share(given.get("at_least", 0))
    most = reading.at("at_most").share(given.get("at_most", 100))
    if least is not None and most is not None and most < least:
        reading.at("at_most").note("is below at_least, so nothing can meet it")
    method = reading.at("method").choice(given["method"], Method) if "method" in given else None
    return Side(reading.text_at(given, "question"), method, least or Fraction(0), Fraction(1) if most is None else most)
