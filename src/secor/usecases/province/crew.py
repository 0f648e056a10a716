"""A roofing crew of five that keeps its records: the demonstration's year of one business."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from secor.core.role import RoleKind
from secor.core.trade import Condition
from secor.queries import programs as asked
from secor.store.models import Person, Role, Worker
from secor.usecases import parts, programs, readings, tickets, workers
from secor.usecases.province.businesses import Business
from secor.usecases.province.cast import a_person
from secor.usecases.province.story import Story

ROOFERS = Business("Cottonwood Roofing Ltd.", "", "Roofing", "Lacombe", "Marie Lafleur", (1, 4, 0, 0))


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody of the crew. ``account`` is the role they sign in with, for those who do."""

    name: str
    works_as: str
    language: str = "en"
    leads: bool = False
    account: RoleKind | None = None


HANDS = (
    Hand(ROOFERS.owner, "Owner and estimator", leads=True, account=RoleKind.OWNER),
    Hand("Wes Cardinal", "Lead hand", leads=True, account=RoleKind.WORKER),
    Hand("Ravi Sandhu", "Roofer"),
    Hand("Hugo Tremblay", "Roofer", language="fr"),
    Hand("Tyler Boychuk", "Helper"),
)
NEW_HAND = HANDS[-1]
_JOBS = ("tear_off", "shingles", "repair", "gutters")
_CONDITIONS = (Condition.WORKERS, Condition.SUPERVISOR, Condition.DRIVES, Condition.YOUNG, Condition.CHEMICALS)
_NAMES = {
    "employer": ROOFERS.legal_name,
    "owner": ROOFERS.owner,
    "supervisor": "Wes Cardinal",
    "first_aider": "Wes Cardinal",
    "phone": "403 555 0142",
    "city": ROOFERS.city,
    "hospital": "Lacombe Hospital and Care Centre, 5430 47 Avenue",
    "meeting_place": "The mailbox in front of the house",
}


@dataclass(slots=True)
class Crew:
    """The crew at work: who they are on the business's list, and who holds a phone."""

    story: Story
    workers: dict[str, Worker] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def hires(self, on: date) -> Crew:
        """Enter everybody who works there from ``on``; the helper comes ten weeks later."""
        for hand in HANDS:
            began_on = on + timedelta(days=70) if hand is NEW_HAND else on
            self.workers[hand.name] = Worker.objects.create(
                employer=self.story.employer,
                name=hand.name,
                works_as=hand.works_as,
                language=hand.language,
                leads=hand.leads,
                person=self._account(hand, on),
                began_on=began_on,
            )
        return self

    def writes_program(self, on: date) -> Crew:
        """The owner builds the program and signs it, and the crew reads it."""
        firm, owner = self.story.employer, self.story.owner
        programs.begin(
            self.story.act(owner, on, 15),
            employer=firm,
            trade="roofing",
            jobs=_JOBS,
            conditions=_CONDITIONS,
            blanks=_NAMES,
        )
        programs.build(self.story.act(owner, on, 16), employer=firm)
        parts.sign_all(self.story.act(owner, on, 22), employer=firm, signer=owner.name, strokes=scrawl(owner.name))
        for now in asked.parts_of(firm, on=on):
            for worker in (each for each in self.workers.values() if each.began_on <= on):
                if now.holds is not None and self.story.chance.random() < _READS:
                    by = self.story.act(owner, on, 23)
                    drawn = scrawl(worker.name)
                    readings.read(by, version=now.holds, worker=worker, strokes=drawn, language=worker.language)
        return self

    def brings_tickets(self, on: date, *, today: date) -> Crew:
        """Everybody hands in their tickets; a few run out soon, one has, and one is nowhere to be found."""
        by = self.story.act(self.story.owner, on, 17)
        for name, training, days in _TICKETS:
            worker = self.workers[name]
            expires_on = today + timedelta(days=days) if days is not None else None
            issued_on = on - timedelta(days=400 if days is not None else 3)
            told = tickets.Told(issued_on, training=training, expires_on=expires_on, forever=days is None)
            tickets.add(by, worker=worker, told=told)
        for name, training in _NEEDS_NOT:
            workers.need(by, worker=self.workers[name], training=training, needed=False)
        return self

    def at_work(self, on: date) -> tuple[Worker, ...]:
        """Those who are there on a day: the lead hand always, one of the others is off now and then."""
        there = [each for each in self.workers.values() if each.began_on <= on and each.name != ROOFERS.owner]
        if len(there) > _MISSED and self.story.chance.random() < _OFF:
            there.remove(self.story.chance.choice(there[1:]))
        return tuple(there)

    def _account(self, hand: Hand, on: date) -> Person | None:
        if hand.account is None:
            return None
        person = self.story.owner if hand.account is RoleKind.OWNER else a_person(hand.name)
        self.people[hand.name] = person
        if hand.account is not RoleKind.OWNER:
            for kind in (hand.account, RoleKind.FIRST_AIDER):
                Role.objects.get_or_create(person=person, kind=kind, employer=self.story.employer, from_on=on)
        return person


_ROOF, _OFFICE = ("Wes Cardinal", "Ravi Sandhu", "Hugo Tremblay", "Tyler Boychuk"), ROOFERS.owner
# Who has which ticket, and in how many days from today it runs out (None: never).
_TICKETS: tuple[tuple[str, str, int | None], ...] = (
    *((name, key, None) for name in (*_ROOF, _OFFICE) for key in ("orientation", "hazard_assessment", "violence")),
    *((name, key, 148) for name in (*_ROOF, _OFFICE) for key in ("whmis", "emergency")),
    ("Wes Cardinal", "fall", 402),
    ("Ravi Sandhu", "fall", -6),
    ("Hugo Tremblay", "fall", 52),
    ("Wes Cardinal", "first_aid", 24),
    (_OFFICE, "first_aid", 610),
    ("Wes Cardinal", "supervisor", None),
    ("Wes Cardinal", "lift", 200),
    ("Ravi Sandhu", "licence", 0),
)
_NEEDS_NOT = ((_OFFICE, "fall"), (_OFFICE, "lift"), ("Tyler Boychuk", "licence"), ("Tyler Boychuk", "first_aid"))
_READS = 0.92  # somebody always has a page or two left to read
_OFF, _MISSED = 0.15, 2


def scrawl(name: str) -> list[list[int]]:
    """A signature on a square of 1000, the same for the same name: a line with as many turns as letters."""
    chance = random.Random(name)  # noqa: S311 - a drawing, not a secret
    at, points = 80, []
    for _ in name.replace(" ", ""):
        points += [at, 420 + chance.randint(-180, 120), at + 26, 520 + chance.randint(-60, 120)]
        at += 800 // max(len(name), 1)
    under = [120, 660, 500, 690 + chance.randint(-20, 20), 860, 640]
    return [points, under]
