"""The rules in force on a day, typed; and reading each rule with its source and its days.

What the engine needs is read into types; what only people read (fees, letters) is kept as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, cast

from secor.core.action_plan import ActionPlanRule, read_action_plan
from secor.core.anniversary import DueRule, add_months, read_due
from secor.core.audit import Kind, Performer
from secor.core.carryover import CarryOverRule, read_carry_over
from secor.core.certificate import CertificateRules
from secor.core.employer import HeadcountRule, read_headcount_rule
from secor.core.incentive import IncentiveRule, read_incentive
from secor.core.independence import IndependenceRule, read_independence
from secor.core.pass_mark import PassMark, read_pass_mark
from secor.core.reading import Reading
from secor.core.sampling import SamplingRule, read_sampling
from secor.core.sentence import ORDER, Part
from secor.core.sourced import Sourced, read_sourced
from secor.core.term import Expiry, Term, read_expiry, read_terms
from secor.core.timeline import Timelines, read_timelines
from secor.core.upkeep import UpkeepRule, read_upkeep

DatedRules = Mapping[str, tuple[Sourced[Any], ...]]


class NoSuchRule(LookupError):  # noqa: N818 - a refusal is named for what is the matter
    """No rule, partner or edition of that name is in force on that day."""


class Online(Enum):
    """What a partner does with a course that was taken online, here."""

    CHECKED = "checked"  # a person of the partner looks at the proof, with its score
    COUNTS = "counts"  # it counts at once
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True)
class Training:
    """What somebody must have learned before an audit: one course out of ``any_of``, good for so many months.

    It counts for ``grace_months`` more after it has run out.
    """

    any_of: tuple[str, ...]
    valid_months: int | None = None
    same_person_as_assessor: bool = False
    grace_months: int = 0
    online: Online = Online.CHECKED

    def runs_out_on(self, taken_on: date, *, valid_until: date | None = None) -> date | None:
        """The last day a course taken on a day is good; None where it never runs out.

        ``valid_until`` is what its own proof says: the earlier day of the two holds.
        """
        by_rule = add_months(taken_on, self.valid_months) if self.valid_months else None
        return min((day for day in (by_rule, valid_until) if day is not None), default=None)

    def counts_until(self, taken_on: date, *, valid_until: date | None = None) -> date | None:
        """The last day it counts, the grace added; None where it never runs out."""
        last = self.runs_out_on(taken_on, valid_until=valid_until)
        return add_months(last, self.grace_months) if last is not None and self.grace_months else last


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

    def mark(self, kind: Kind, *, cycle_year: int | None = None) -> PassMark:
        """What an audit of ``kind`` must reach, in that year of the cycle where the years differ.

        Raises ``NoSuchRule`` where the scheme has no such audit.
        """
        if "marks_in_year" in self.sources and cycle_year in (in_year := self._of("marks_in_year")):
            return cast("PassMark", in_year[cycle_year])
        if kind not in self.pass_marks:
            raise NoSuchRule(f"The scheme {self.scheme} sets no mark for a {kind.value.replace('_', ' ')} audit.")
        return self.pass_marks[kind]

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
    def action_plan(self) -> ActionPlanRule | None:
        """What it takes to have a plan in place of a maintenance audit, where there are plans at all."""
        return cast("ActionPlanRule", self._of("action_plan")) if "action_plan" in self.sources else None

    @property
    def report_sections(self) -> tuple[Part, ...]:
        """The sections of a report in the partner's order; ours where it has none of its own."""
        return cast("tuple[Part, ...]", self._of("report_sections")) if "report_sections" in self.sources else ORDER

    @property
    def upkeep(self) -> UpkeepRule | None:
        """How many audits an auditor needs to stay certified, where the partner publishes it."""
        return cast("UpkeepRule", self._of("upkeep")) if "upkeep" in self.sources else None

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


def _read_training(reading: Reading, value: Any) -> Training | None:
    told = ("valid_months", "grace_months", "same_person_as_assessor", "online", "note")
    given = reading.mapping(value, required=("any_of",), optional=told)
    if given is None or "any_of" not in given:
        return None
    months = given.get("valid_months")
    if months is not None:
        months = reading.at("valid_months").whole(months, at_least=1)
    courses = reading.at("any_of").texts(given["any_of"])
    grace = reading.at("grace_months").whole(given.get("grace_months", 0)) or 0
    online = reading.at("online").choice(given.get("online", Online.CHECKED.value), Online) or Online.CHECKED
    return Training(courses, months, reading.flag_at(given, "same_person_as_assessor"), grace, online)


def _read_pass_marks(reading: Reading, value: Any) -> Mapping[Kind, PassMark] | None:
    return _by_kind(reading, value, read_pass_mark)


def _read_marks_in_year(reading: Reading, value: Any) -> Mapping[int, PassMark] | None:
    """Marks that hold in one year of the cycle whatever the kind of audit: ``{"3": {overall, element}}``."""
    given = reading.mapping(value, optional=("1", "2", "3", "4"))
    if given is None:
        return None
    marks = {int(year): read_pass_mark(reading.at(year), item) for year, item in given.items() if year in "1234"}
    return {year: mark for year, mark in marks.items() if mark is not None}


def _read_performers(reading: Reading, value: Any) -> Mapping[Kind, frozenset[Performer]] | None:
    return _by_kind(reading, value, lambda place, item: place.choices_at({"": item}, "", Performer))


def _read_report_sections(reading: Reading, value: Any) -> tuple[Part, ...] | None:
    read = [(place, place.choice(item, Part)) for place, item in reading.items(value)]
    parts = [part for _, part in read]
    for nth, (place, part) in enumerate(read):
        if part is not None and part in parts[:nth]:
            place.note(f"{part.value} is there twice; a report has each section once")
    return tuple(part for part in parts if part is not None) if parts and None not in parts else None


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
    "marks_in_year": _read_marks_in_year,
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
    "action_plan": read_action_plan,
    "report_sections": _read_report_sections,
    "upkeep": read_upkeep,
    # Rules that only people read: kept as they were written.
    "fees": _as_written,
    "portable": _as_written,
    "temporary_letter": _as_written,
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


def read_rules(reading: Reading, value: Any) -> DatedRules:
    """Read the rules of an edition or of a partner, each ``{value, source}`` or ``{values: [...]}``."""
    given = reading.mapping(value, optional=tuple(READERS)) or {}
    return {
        name: read_sourced(reading.at(name), item, READERS[name]) for name, item in given.items() if name in READERS
    }
