"""A trade: the hazards, procedures, equipment and training that its work brings, as data.

``read_trade`` turns a file into one, or into every reason why it cannot be one. A trade is laid over the common one,
which holds what every employer has; ``Trade.fitting`` keeps what fits the work of one employer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, TypeVar

from secor.core.reading import Reading
from secor.core.rhythm import Rhythm


class Condition(Enum):
    """What may or may not be so at an employer. The builder asks each as one question."""

    ALONE = "alone"
    DRIVES = "drives"
    CHEMICALS = "chemicals"
    CONTRACTORS = "contractors"
    VISITORS = "visitors"
    SHOP = "shop"
    YOUNG = "young"
    REPRESENTATIVE = "representative"
    SUPERVISOR = "supervisor"  # somebody besides the owner leads the work
    WORKERS = "workers"  # somebody besides the owner works here; without it, an owner works alone


class Control(Enum):
    """The ways to control a hazard, the best first (OHS Code Part 2, section 9)."""

    ELIMINATION = "elimination"
    ENGINEERING = "engineering"
    ADMINISTRATIVE = "administrative"
    PPE = "ppe"


class ProcedureKind(Enum):
    """A practice says how work of a kind is done safely; a procedure goes through one job step by step."""

    PRACTICE = "practice"
    PROCEDURE = "procedure"


# The evidence type that a copy of any ticket is.
TICKET = "ticket_copy"
RISK_MOST = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """When a thing belongs into an employer's program: any of these jobs (none: every job), all of these conditions."""

    jobs: frozenset[str] = frozenset()
    when: frozenset[Condition] = frozenset()

    def holds(self, jobs: frozenset[str], conditions: frozenset[Condition]) -> bool:
        """Tell whether it fits an employer that does ``jobs`` under ``conditions``."""
        return (not self.jobs or bool(self.jobs & jobs)) and self.when <= conditions


@dataclass(frozen=True, slots=True)
class Hazard:
    """What can hurt people, how badly, and what is done about it. Likelihood and severity go from 1 to 3."""

    key: str
    title: str
    harm: str
    likelihood: int
    severity: int
    controls: Mapping[Control, tuple[str, ...]]
    procedures: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    fit: Fit = Fit()

    @property
    def risk(self) -> int:
        """Likelihood times severity: 1 to 9."""
        return self.likelihood * self.severity


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a piece of work is done safely."""

    key: str
    title: str
    kind: ProcedureKind
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    stop_when: tuple[str, ...]
    fit: Fit = Fit()


@dataclass(frozen=True, slots=True)
class Equipment:
    """A tool or machine that is looked after: what is checked, and how often."""

    key: str
    title: str
    checks: tuple[str, ...]
    rhythm: Rhythm
    fit: Fit = Fit()


@dataclass(frozen=True, slots=True)
class Protection:
    """Personal protective equipment, and when it is worn."""

    key: str
    title: str
    when_worn: str
    fit: Fit = Fit()


@dataclass(frozen=True, slots=True)
class Training:
    """A ticket or course, who needs it, and after how many months it runs out (None: never).

    ``evidence`` names the evidence types of an instrument that a ticket of it is.
    """

    key: str
    title: str
    who: str
    months: int | None
    fit: Fit = Fit()
    evidence: tuple[str, ...] = (TICKET,)

    @property
    def for_everybody(self) -> bool:
        """Whether it is meant for each of the crew, unless somebody says otherwise; else it hangs on what one does."""
        return self.who.startswith("Everybody")


@dataclass(frozen=True, slots=True)
class Emergency:
    """Something that may happen, and what people do then."""

    key: str
    title: str
    steps: tuple[str, ...]
    fit: Fit = Fit()


class Fitted(Protocol):
    """Anything of a trade that has a key and fits some work."""

    @property
    def key(self) -> str:
        """What it is known by."""

    @property
    def fit(self) -> Fit:
        """When it belongs into an employer's program."""


T = TypeVar("T", bound=Fitted)


@dataclass(frozen=True, slots=True)
class Trade:
    """Everything a kind of work brings. ``jobs`` maps the key of each kind of job to its name."""

    key: str
    title: str
    about: str
    jobs: Mapping[str, str]
    hazards: tuple[Hazard, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    protection: tuple[Protection, ...] = ()
    training: tuple[Training, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    talks: tuple[str, ...] = ()

    def over(self, common: Trade) -> Trade:
        """Lay this trade over the common one; where both have a thing of one key, this trade's stands."""
        return Trade(
            key=self.key,
            title=self.title,
            about=self.about,
            jobs=self.jobs,
            hazards=_over(self.hazards, common.hazards),
            procedures=_over(self.procedures, common.procedures),
            equipment=_over(self.equipment, common.equipment),
            protection=_over(self.protection, common.protection),
            training=_over(self.training, common.training),
            emergencies=_over(self.emergencies, common.emergencies),
            talks=tuple(dict.fromkeys((*self.talks, *common.talks))),
        )

    def fitting(self, jobs: frozenset[str], conditions: frozenset[Condition]) -> Trade:
        """Keep what fits an employer that does ``jobs`` under ``conditions``; hazards come worst first."""

        def keep(things: Iterable[T]) -> tuple[T, ...]:
            return tuple(thing for thing in things if thing.fit.holds(jobs, conditions))

        return Trade(
            key=self.key,
            title=self.title,
            about=self.about,
            jobs={key: title for key, title in self.jobs.items() if key in jobs},
            hazards=tuple(sorted(keep(self.hazards), key=lambda hazard: -hazard.risk)),
            procedures=keep(self.procedures),
            equipment=keep(self.equipment),
            protection=keep(self.protection),
            training=keep(self.training),
            emergencies=keep(self.emergencies),
            talks=self.talks,
        )


def _over(own: tuple[T, ...], common: tuple[T, ...]) -> tuple[T, ...]:
    keys = {thing.key for thing in own}
    return (*own, *(thing for thing in common if thing.key not in keys))


_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_FIT = ("jobs", "when")
_LISTS = ("hazards", "procedures", "equipment", "protection", "training", "emergencies")


def read_trade(reading: Reading, value: Any) -> Trade | None:
    """Read a trade's file; None when anything is to be mended, and then every problem has been noted."""
    before = len(reading.problems)
    given = reading.mapping(value, required=("trade", "title", "about"), optional=("jobs", "talks", *_LISTS))
    if given is None:
        return None
    jobs = reading.at("jobs").mapping(given.get("jobs", {}), optional=None) or {}
    trade = Trade(
        key=_key(reading.at("trade"), given.get("trade")),
        title=reading.text_at(given, "title"),
        about=reading.text_at(given, "about"),
        jobs={
            _key(reading.at("jobs"), key): reading.at(f"jobs.{key}").text(title) or "" for key, title in jobs.items()
        },
        hazards=_things(reading, given, "hazards", _hazard),
        procedures=_things(reading, given, "procedures", _procedure),
        equipment=_things(reading, given, "equipment", _equipment),
        protection=_things(reading, given, "protection", _protection),
        training=_things(reading, given, "training", _training),
        emergencies=_things(reading, given, "emergencies", _emergency),
        talks=reading.texts_at(given, "talks"),
    )
    _check_jobs(reading, given, trade)
    return trade if len(reading.problems) == before else None


def unknown_procedures(trade: Trade) -> tuple[tuple[str, str], ...]:
    """Name each hazard that points at a procedure which ``trade`` (laid over the common one) does not have."""
    known = {procedure.key for procedure in trade.procedures}
    return tuple((hazard.key, key) for hazard in trade.hazards for key in hazard.procedures if key not in known)


def _key(reading: Reading, value: Any) -> str:
    key = reading.text(value) or ""
    if key and not _KEY.fullmatch(key):
        reading.note(f"{key!r} is no key; use small letters, digits and underscores, such as edge_work")
    return key


def _things(
    reading: Reading, given: Mapping[str, Any], name: str, read: Callable[[Reading, Any], T | None]
) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for place, item in reading.at(name).items(given.get(name, ())):
        thing = read(place, item)
        if thing is None:
            continue
        if thing.key in found:
            place.at("key").note(f"{thing.key!r} stands twice")
        found[thing.key] = thing
    return tuple(found.values())


def _fit(reading: Reading, given: Mapping[str, Any]) -> Fit:
    return Fit(frozenset(reading.texts_at(given, "jobs")), reading.choices_at(given, "when", Condition))


def _check_jobs(reading: Reading, given: Mapping[str, Any], trade: Trade) -> None:
    for name in _LISTS:
        for place, item in Reading(reading.at(name).place, []).items(given.get(name, ())):
            named = item.get("jobs", ()) if isinstance(item, Mapping) else ()
            for job in named if isinstance(named, list) else ():
                if job not in trade.jobs:
                    reading.at(place.place.removeprefix(f"{reading.place}.") if reading.place else place.place).note(
                        f"names the job {job!r}, which this trade does not have"
                    )


def _hazard(reading: Reading, value: Any) -> Hazard | None:
    needs = ("key", "title", "harm", "likelihood", "severity", "controls")
    given = reading.mapping(value, required=needs, optional=("procedures", "law", *_FIT))
    if given is None:
        return None
    controls = reading.at("controls").mapping(given.get("controls", {}), optional=tuple(each.value for each in Control))
    if not controls:
        reading.at("controls").note("needs at least one way to control the hazard")
    return Hazard(
        key=_key(reading.at("key"), given.get("key")),
        title=reading.text_at(given, "title"),
        harm=reading.text_at(given, "harm"),
        likelihood=_level(reading.at("likelihood"), given.get("likelihood")),
        severity=_level(reading.at("severity"), given.get("severity")),
        controls={
            each: reading.at("controls").texts_at(controls or {}, each.value)
            for each in Control
            if each.value in (controls or {})
        },
        procedures=reading.texts_at(given, "procedures"),
        law=reading.texts_at(given, "law"),
        fit=_fit(reading, given),
    )


def _level(reading: Reading, value: Any) -> int:
    level = reading.whole(value, at_least=1) or 1
    if level > RISK_MOST:
        reading.note(f"goes from 1 to {RISK_MOST}")
    return level


def _procedure(reading: Reading, value: Any) -> Procedure | None:
    given = reading.mapping(value, required=("key", "title", "kind", "steps"), optional=("needs", "stop_when", *_FIT))
    if given is None:
        return None
    return Procedure(
        key=_key(reading.at("key"), given.get("key")),
        title=reading.text_at(given, "title"),
        kind=reading.at("kind").choice(given.get("kind"), ProcedureKind) or ProcedureKind.PRACTICE,
        needs=reading.texts_at(given, "needs"),
        steps=reading.texts_at(given, "steps"),
        stop_when=reading.texts_at(given, "stop_when"),
        fit=_fit(reading, given),
    )


def _equipment(reading: Reading, value: Any) -> Equipment | None:
    given = reading.mapping(value, required=("key", "title", "checks", "rhythm"), optional=_FIT)
    if given is None:
        return None
    return Equipment(
        key=_key(reading.at("key"), given.get("key")),
        title=reading.text_at(given, "title"),
        checks=reading.texts_at(given, "checks"),
        rhythm=reading.at("rhythm").choice(given.get("rhythm"), Rhythm) or Rhythm.MONTHLY,
        fit=_fit(reading, given),
    )


def _protection(reading: Reading, value: Any) -> Protection | None:
    given = reading.mapping(value, required=("key", "title", "when_worn"), optional=_FIT)
    if given is None:
        return None
    return Protection(
        key=_key(reading.at("key"), given.get("key")),
        title=reading.text_at(given, "title"),
        when_worn=reading.text_at(given, "when_worn"),
        fit=_fit(reading, given),
    )


def _training(reading: Reading, value: Any) -> Training | None:
    given = reading.mapping(value, required=("key", "title", "who"), optional=("months", "evidence", *_FIT))
    if given is None:
        return None
    return Training(
        key=_key(reading.at("key"), given.get("key")),
        title=reading.text_at(given, "title"),
        who=reading.text_at(given, "who"),
        months=reading.at("months").whole(given["months"], at_least=1) if "months" in given else None,
        fit=_fit(reading, given),
        evidence=reading.texts_at(given, "evidence") if "evidence" in given else (TICKET,),
    )


def _emergency(reading: Reading, value: Any) -> Emergency | None:
    given = reading.mapping(value, required=("key", "title", "steps"), optional=_FIT)
    if given is None:
        return None
    return Emergency(
        key=_key(reading.at("key"), given.get("key")),
        title=reading.text_at(given, "title"),
        steps=reading.texts_at(given, "steps"),
        fit=_fit(reading, given),
    )
