"""A scheme's edition and its certifying partners: every rule typed, sourced and dated, or every reason it cannot be.

A scheme is data. What the engine needs is read here into types; what only people read (fees, letters) is kept as it
was written, with its source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, cast

from secor.core.anniversary import DueRule, read_due
from secor.core.audit import Kind, Performer
from secor.core.carryover import CarryOverRule, read_carry_over
from secor.core.certificate import CertificateRules
from secor.core.employer import HeadcountRule, read_headcount_rule
from secor.core.incentive import IncentiveRule, read_incentive
from secor.core.independence import IndependenceRule, read_independence
from secor.core.pass_mark import PassMark, read_pass_mark
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.core.sampling import SamplingRule, read_sampling
from secor.core.sourced import Sourced, in_force, note_holes, read_sourced
from secor.core.term import Expiry, Term, read_expiry, read_terms
from secor.core.timeline import Timelines, read_timelines

DatedRules = Mapping[str, tuple[Sourced[Any], ...]]


class NoSuchRule(LookupError):  # noqa: N818 - a refusal is named for what is the matter
    """No rule, partner or edition of that name is in force on that day."""


@dataclass(frozen=True, slots=True)
class Training:
    """What somebody must have learned before an audit: one course out of ``any_of``, good for so many months."""

    any_of: tuple[str, ...]
    valid_months: int | None = None
    same_person_as_assessor: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force on a day, for one partner's employers (or, with no partner, as the scheme itself has them)."""

    scheme: str
    edition: str
    partner: str
    title: str
    sources: Mapping[str, Sourced[Any]]

    def _of(self, name: str) -> Any:
        if name not in self.sources:
            raise NoSuchRule(f"The scheme {self.scheme} sets no rule {name!r}.")
        return self.sources[name].value

    @property
    def headcount(self) -> HeadcountRule:
        """Who is small enough."""
        return cast("HeadcountRule", self._of("headcount"))

    @property
    def pass_marks(self) -> Mapping[Kind, PassMark]:
        """What each kind of audit must reach."""
        return cast("Mapping[Kind, PassMark]", self._of("pass_marks"))

    @property
    def quality_mark(self) -> Fraction:
        """The share the review's own score of an audit's quality must reach."""
        return cast("Fraction", self._of("quality_mark"))

    @property
    def terms(self) -> tuple[Term, ...]:
        """How long certificates live."""
        return cast("tuple[Term, ...]", self._of("terms"))

    @property
    def expiry(self) -> Expiry:
        """From which day a term counts and on which it ends."""
        return cast("Expiry", self._of("expiry"))

    @property
    def due(self) -> DueRule:
        """When yearly audits are due."""
        return cast("DueRule", self._of("due"))

    @property
    def performers(self) -> Mapping[Kind, frozenset[Performer]]:
        """Who may perform each kind of audit."""
        return cast("Mapping[Kind, frozenset[Performer]]", self._of("performers"))

    @property
    def timelines(self) -> Timelines:
        """An audit's clocks."""
        return cast("Timelines", self._of("timelines"))

    @property
    def independence(self) -> IndependenceRule:
        """Who may audit whom."""
        return cast("IndependenceRule", self._of("independence"))

    @property
    def sampling(self) -> SamplingRule:
        """How many interviews, sites and records make a sample."""
        return cast("SamplingRule", self._of("sampling"))

    @property
    def carry_over(self) -> CarryOverRule | None:
        """What may be carried over in a maintenance year, if anything."""
        return cast("CarryOverRule", self._of("carry_over")) if "carry_over" in self.sources else None

    @property
    def incentive(self) -> IncentiveRule | None:
        """What a certificate earns of the premium, if the scheme has such a refund."""
        return cast("IncentiveRule", self._of("incentive")) if "incentive" in self.sources else None

    @property
    def training(self) -> Training | None:
        """What somebody must have learned before an audit, if anything."""
        return cast("Training", self._of("training")) if "training" in self.sources else None

    @property
    def certificate(self) -> CertificateRules:
        """The rules a certificate lives under."""
        return CertificateRules(
            scheme=self.scheme,
            partner=self.partner or self.scheme,
            terms=self.terms,
            due=self.due,
            expiry=self.expiry,
            at_most=self.headcount.at_most,
            growth=self.headcount.growth,
        )

    def told(self, name: str) -> Sourced[Any] | None:
        """A rule that only people read (fees, temporary_letter, action_plan, portable ...), if it is known."""
        return self.sources.get(name)


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


def _read_training(reading: Reading, value: Any) -> Training | None:
    given = reading.mapping(value, required=("any_of",), optional=("valid_months", "same_person_as_assessor", "note"))
    if given is None or "any_of" not in given:
        return None
    months = given.get("valid_months")
    if months is not None:
        months = reading.at("valid_months").whole(months, at_least=1)
    courses = reading.at("any_of").texts(given["any_of"])
    return Training(courses, months, reading.flag_at(given, "same_person_as_assessor"))


def _read_pass_marks(reading: Reading, value: Any) -> Mapping[Kind, PassMark] | None:
    return _by_kind(reading, value, read_pass_mark)


def _read_performers(reading: Reading, value: Any) -> Mapping[Kind, frozenset[Performer]] | None:
    return _by_kind(reading, value, lambda place, item: place.choices_at({"": item}, "", Performer))


def _by_kind(reading: Reading, value: Any, read: Callable[[Reading, Any], Any]) -> Mapping[Kind, Any] | None:
    given = reading.mapping(value, optional=tuple(kind.value for kind in Kind))
    if given is None:
        return None
    kinds = {kind: read(reading.at(kind.value), given[kind.value]) for kind in Kind if kind.value in given}
    return kinds if all(mark is not None for mark in kinds.values()) else None


def _as_written(reading: Reading, value: Any) -> Any:
    if value is None:
        reading.note("needs a value; where nothing is published, leave the rule out")
    return value


READERS: Mapping[str, Callable[[Reading, Any], Any]] = {
    "headcount": read_headcount_rule,
    "pass_marks": _read_pass_marks,
    "quality_mark": lambda reading, value: reading.share(value),
    "terms": read_terms,
    "expiry": read_expiry,
    "due": read_due,
    "performers": _read_performers,
    "timelines": read_timelines,
    "independence": read_independence,
    "sampling": read_sampling,
    "carry_over": read_carry_over,
    "incentive": read_incentive,
    "training": _read_training,
    # Rules that only people read: kept as they were written.
    "fees": _as_written,
    "portable": _as_written,
    "temporary_letter": _as_written,
    "action_plan": _as_written,
    "submission": _as_written,
    "government_review": _as_written,
    "legal": _as_written,
    "documentation": _as_written,
    "reinstatement": _as_written,
    "registration": _as_written,
    "change_notice": _as_written,
    "refund_in_words": _as_written,
}
NEEDED = (
    "headcount",
    "pass_marks",
    "quality_mark",
    "terms",
    "expiry",
    "due",
    "performers",
    "timelines",
    "independence",
    "sampling",
)


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
    rules = _read_rules(reading.at("rules"), given.get("rules", {}))
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
        rules=_read_rules(reading.at("rules"), given.get("rules", {})),
    )


def _span(reading: Reading, value: Any) -> tuple[date | None, date | None]:
    given = reading.mapping(value, optional=("from", "until"))
    if given is None:
        return None, None
    days = [None if given.get(key) is None else reading.at(key).day(given[key]) for key in ("from", "until")]
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        reading.at("until").note(f"is before the first day, {days[0]}")
    return days[0], days[1]


def _read_rules(reading: Reading, value: Any) -> DatedRules:
    given = reading.mapping(value, optional=tuple(READERS)) or {}
    return {
        name: read_sourced(reading.at(name), item, READERS[name]) for name, item in given.items() if name in READERS
    }
