"""The records of one crew, day by day, kept by the same act that phones and pages use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from secor.core.trade import Control
from secor.queries import library
from secor.queries.records import forms_in_use
from secor.store.models import Worker
from secor.usecases import records
from secor.usecases.act import Act
from secor.usecases.province import fixes, sayings
from secor.usecases.province.crew import NEW_HAND, ROOFERS, Crew
from secor.usecases.province.pen import Pen, clock, named, place

SATURDAY, MONDAY = 5, 0
BEGINNING, MIDDLE = 5, 15  # a month's first and second round, on the first working day from there on
# Site inspections of this month were forgotten: what a forecast has to show, and nobody can make up for.
FORGOTTEN = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """A record to be: when it was finished, by whom it is signed, and the words that are its own."""

    form: str
    at: datetime
    signers: Sequence[Worker]
    told: Mapping[str, Any] = field(default_factory=dict)
    minutes: int = 4


class Year:
    """A crew's year, told from one day to another."""

    def __init__(self, crew: Crew, *, begun_on: date) -> None:
        self.begun_on, self.once = begun_on, dict(_ONCE)
        self.crew, self.chance = crew, crew.story.chance
        self.pen, self.forms = Pen(self.chance), forms_in_use(crew.story.employer)
        self.owner, self.lead = crew.workers[ROOFERS.owner], crew.workers["Wes Cardinal"]
        self.hazards = {each.key: each for each in library.trades()["roofing"].hazards}
        self.turn = 0

    def told(self, since: date, until: date) -> int:
        """Keep every record of the days from ``since`` to ``until``, both counted; give how many."""
        kept = 0
        for days in range((until - since).days + 1):
            for planned in sorted(self._day(since + timedelta(days=days)), key=lambda each: each.at):
                self._keep(planned)
                kept += 1
            if _works(since + timedelta(days=days)):
                fixes.evening(self.crew, since + timedelta(days=days))
        return kept

    def _keep(self, planned: Planned) -> None:
        use = self.forms[planned.form]
        sent = self.pen.sent(
            use.form,
            use.digest,
            at=planned.at,
            minutes=planned.minutes,
            signers=planned.signers,
            told=planned.told,
            notes=sayings.NOTES,
        )
        by = self.crew.people.get(planned.signers[0].name, self.crew.story.owner)
        records.keep(Act(by, planned.at + timedelta(minutes=2)), employer=self.crew.story.employer, sent=sent)

    def _day(self, on: date) -> Iterator[Planned]:
        nth = (on - self.begun_on).days
        if nth == 0:
            yield from self._at_the_beginning(on)
        hired = self.crew.workers[NEW_HAND.name]
        if on == hired.began_on:
            yield from self._shown_round(on, hired)
        if not _works(on):
            return
        there = self.crew.at_work(on)
        site = place(sayings.SITES[on.toordinal() // 6 % len(sayings.SITES)])
        yield from self._morning(on, there, site)
        if on.weekday() == MONDAY:
            yield self._talk(on, there, site)
            yield from self._tools(on, there, most=4)
        yield from self._month(on, site)
        yield from self._now_and_then(on, there, site, nth)

    def _morning(self, on: date, there: Sequence[Worker], site: Mapping[str, str]) -> Iterator[Planned]:
        """Before the first step: a card for the site, and a walk round both trucks."""
        task, hazards = sayings.TASKS[self._next(len(sayings.TASKS))]
        told: dict[str, Any] = {
            "site": site,
            "task": task,
            "meet": "The mailbox in front of the house",
            "hazards": [self._row(each) for each in hazards],
        }
        if self.chance.random() < 0.15:  # noqa: PLR2004 - about every seventh day something changes
            told["changed"] = self.chance.choice(sayings.CHANGES)
        yield Planned("site-hazard-card", clock(on, 7, self._minute()), there, told, minutes=6)
        for nth, vehicle in enumerate(sayings.VEHICLES):
            driver = there[nth % len(there)]
            meter = {"meter": str(80_000 + nth * 31_000 + (on - date(2024, 1, 1)).days * 74)}
            yield Planned("vehicle-check", clock(on, 6, self._minute()), [driver], {"vehicle": vehicle, **meter})

    def _row(self, key: str) -> dict[str, Any]:
        hazard = self.hazards[key]
        controls = [each for control in Control for each in hazard.controls.get(control, ())]
        return {
            "hazard": hazard.title,
            "risk": {"likelihood": hazard.likelihood, "severity": hazard.severity},
            "control": self.chance.choice(controls),
        }

    def _talk(self, on: date, there: Sequence[Worker], site: Mapping[str, str]) -> Planned:
        topic, said, concerns = sayings.TALKS[on.toordinal() // 7 % len(sayings.TALKS)]
        leads = self.owner if on.day < 8 else self.lead  # noqa: PLR2004 - the first Monday of a month is the owner's
        told = {"site": site, "topic": topic, "said": said, "concerns": concerns, "leader": named(leads)}
        everybody = [self.owner, *there] if leads is self.owner else there
        return Planned("toolbox-talk", clock(on, 7, 35 + self._minute() // 3), everybody, told, minutes=11)

    def _tools(self, on: date, there: Sequence[Worker], *, most: int) -> Iterator[Planned]:
        for nth in range(most):
            tool = sayings.TOOLS[(on.toordinal() // 7 * most + nth) % len(sayings.TOOLS)]
            who = there[nth % len(there)]
            yield Planned("tool-check", clock(on, 15, 5 + nth * 9), [who], {"tool": tool})

    def _month(self, on: date, site: Mapping[str, str]) -> Iterator[Planned]:
        """What is looked at once a month: kits and extinguishers on its first round, the site on both."""
        first = on == _working_day(on.replace(day=BEGINNING))
        if not first and on != _working_day(on.replace(day=MIDDLE)):
            return
        if on.month != FORGOTTEN:
            inspectors = [self.lead, self.owner] if first else [self.lead]
            told = {"site": site, "inspectors": [named(each) for each in inspectors]}
            yield Planned("site-inspection", clock(on, 10, self._minute()), inspectors, told, minutes=14)
        if not first:
            return
        for kit in sayings.KITS:
            yield Planned("first-aid-kit-check", clock(on, 16, self._minute()), [self.lead], {"kit": kit})
        for where in sayings.EXTINGUISHERS:
            yield Planned("fire-equipment-check", clock(on, 16, self._minute()), [self.lead], {"where": where})
        for nth in range(2):
            thing, work, by = sayings.SERVICES[(on.month * 2 + nth) % len(sayings.SERVICES)]
            told = {"thing": thing, "work": work, "by": by, "ready": "yes"}
            yield Planned("maintenance-log", clock(on, 17, self._minute()), [self.owner], told)
        if on.month % 3 == 0:
            yield self._meeting(on)

    def _meeting(self, on: date) -> Planned:
        everybody = [each for each in self.crew.workers.values() if each.began_on <= on]
        told = {
            "there": [named(each) for each in everybody],
            "decided": "New tags for the anchors. Cards are read in French too. Cooler bought.",
        }
        return Planned("meeting", clock(on, 16, 30), everybody, told, minutes=25)

    def _now_and_then(self, on: date, there: Sequence[Worker], site: Mapping[str, str], nth: int) -> Iterator[Planned]:
        if nth % 44 == 17:  # noqa: PLR2004 - a near miss every six weeks or so
            what, now, then = sayings.NEAR_MISSES[nth // 44 % len(sayings.NEAR_MISSES)]
            told = {"site": site, "happened": what, "now": now, "next": then, "time": "13:20"}
            told |= {"could_be": {"likelihood": 2, "severity": 3}}
            yield Planned("near-miss", clock(on, 13, 40), [there[-1]], told, minutes=3)
        if nth % 80 == 30:  # noqa: PLR2004 - somebody says what worries them
            what, idea, answer = sayings.CONCERNS[nth // 80 % len(sayings.CONCERNS)]
            told = {"what": what, "idea": idea, "answer": answer, "answered": (on + timedelta(days=1)).isoformat()}
            yield Planned("concern", clock(on, 12, 10), [there[-1]], told, minutes=2)
        if nth % 33 == 9:  # noqa: PLR2004 - the client or an inspector comes by
            told = {"site": site, "visitor": "The client", "came": "14:05", "left": "14:20"}
            yield Planned("visitor-log", clock(on, 14, 25), [self.lead], told, minutes=2)
        if nth % 60 == 41:  # noqa: PLR2004 - the lead hand watches somebody at work
            who = there[nth % (len(there) - 1) + 1]
            task = sayings.TASKS[nth % len(sayings.TASKS)][0]
            told = {"worker": named(who), "why": "again", "task": task}
            yield Planned("competency-check", clock(on, 11, 15), [self.lead, who], told, minutes=12)
        for due in [each for each in self.once if each <= nth]:
            yield from self._once(on, there, site, self.once.pop(due))

    def _once(self, on: date, there: Sequence[Worker], site: Mapping[str, str], what: str) -> Iterator[Planned]:
        match what:
            case "incident":
                people = [named(each) for each in there[:2]]
                yield Planned("incident-report", clock(on, 11, 20), [self.lead], {
                    **sayings.INCIDENT, "site": site, "people": people,
                }, minutes=9)  # fmt: skip
                yield Planned("first-aid-record", clock(on, 11, 35), [self.lead], {
                    "person": named(there[1]), "time": "10:45", "told_at": "10:41", "where": site["name"],
                    "happened": "Bruise on the left hand from a pry bar", "given": "Cold pack, half an hour of rest",
                    "works_as": "Roofer", "helper": named(self.lead),
                })  # fmt: skip
            case "investigation":
                change = "A tool list on the door of each truck, ticked at loading"
                due = (on + timedelta(days=10)).isoformat()
                yield Planned("investigation", clock(on, 16, 10), [self.owner, self.lead], {
                    **sayings.INVESTIGATION, "team": [named(self.owner), named(self.lead)],
                    "actions": [{"what": change, "who": named(self.owner), "by": due}], "shared": on.isoformat(),
                }, minutes=35)  # fmt: skip
            case "drill":
                yield Planned("drill", clock(on, 16, 0), there, {
                    "site": site, "kind": "rescue", "began": "15:20", "ended": "15:32",
                    "saw": "Kit was on the roof in four minutes. The address on the card was read to 911 right away.",
                    "better": "The second rope lay under the bundles. It now has its own hook in the truck.",
                }, minutes=15)  # fmt: skip
            case "training":
                until = on.replace(year=on.year + 3, day=min(on.day, 28)).isoformat()
                yield Planned("training-record", clock(on, 16, 30), there, {
                    "course": "Fall protection", "people": [named(each) for each in there], "hours": "8",
                    "teacher": "Central Alberta Safety Training", "learned": "test", "good_until": until,
                }, minutes=10)  # fmt: skip
            case "chemicals":
                products = [
                    {"product": name, "used": used, "label": "yes", "sheet": "yes"} for name, used in sayings.PRODUCTS
                ]
                told = {"place": "Shop and both trucks", "products": products}
                yield Planned("chemical-inventory", clock(on, 15, 0), [self.lead], told, minutes=20)

    def _at_the_beginning(self, on: date) -> Iterator[Planned]:
        """The first day of the year: every job is looked at anew."""
        everybody = [each for each in self.crew.workers.values() if each.began_on <= on]
        for nth, (job, rows) in enumerate(sayings.JOBS_ASSESSED):
            hazards = [
                {
                    "task": step,
                    "hazard": hazard,
                    "risk": {"likelihood": risk[0], "severity": risk[1]},
                    "control": control,
                }
                for step, hazard, risk, control in rows
            ]
            told = {
                "job": job,
                "people": [named(each) for each in everybody],
                "hazards": hazards,
                "removed": "Where a roof takes a guardrail we put one up. On steep roofs: anchors and harness.",
                "again": on.replace(year=on.year + 1, day=min(on.day, 28)).isoformat(),
            }
            yield Planned("formal-hazard-assessment", clock(on, 13 + nth // 2, 10 + nth % 2 * 25), everybody, told, 22)
        for nth, worker in enumerate(each for each in everybody if each is not self.owner):
            seen: dict[str, Any] = {"worker": named(worker), "why": "again", "task": sayings.TASKS[nth][0]}
            yield Planned("competency-check", clock(on, 10, 5 + nth * 15), [self.owner, worker], seen, minutes=12)
            yield from self._shown_round(on - timedelta(days=1), worker)

    def _shown_round(self, on: date, who: Worker) -> Iterator[Planned]:
        """Orientation and protection of somebody new, or once more of those who have been here for years."""
        told: dict[str, Any] = {
            "worker": named(who),
            "works_as": who.works_as,
            "first_day": on.isoformat(),
            "guide": named(self.owner),
        }
        yield Planned("orientation", clock(on, 7, 30), [self.owner, who], told, minutes=45)
        things = [{"thing": thing, "size": size, "condition": "new"} for thing, size in sayings.HANDED_OUT]
        told = {"worker": named(who), "things": things, "shown": "yes"}
        yield Planned("ppe-issue", clock(on, 8, 10), [who], told, minutes=8)

    def _next(self, of: int) -> int:
        self.turn += 1
        return self.turn % of

    def _minute(self) -> int:
        return self.chance.randint(1, 33)


_RESTS = {(7, 1), (9, 30), (11, 11)}
_ONCE = {60: "training", 96: "chemicals", 143: "incident", 146: "investigation", 201: "drill"}


def _works(on: date) -> bool:
    """Weekdays, but for two weeks at the turn of the year and the days on which Alberta rests."""
    day = (on.month, on.day)
    return on.weekday() < SATURDAY and day not in _RESTS and (1, 3) < day < (12, 21)


def _working_day(on: date) -> date:
    while not _works(on):
        on += timedelta(days=1)
    return on
