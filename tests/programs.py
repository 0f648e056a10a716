"""A little library of three parts and two trades, and a program built from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from secor.core.part import Part, Section, Table
from secor.core.trade import Condition, Control, Fit, Hazard, Trade
from secor.queries import library
from secor.queries.programs import parts_of
from secor.store.models import Employer, Person, ProgramPart, Worker
from secor.usecases import parts, programs
from secor.usecases.act import Act

NOON = datetime(2026, 6, 3, 18, 0, tzinfo=UTC)
CREW = frozenset({Condition.WORKERS, Condition.DRIVES})


def act_of(person: Person | None, *, days: int = 0) -> Act:
    return Act(person, NOON + timedelta(days=days))


def _hazard(key: str, *jobs: str) -> Hazard:
    ways = {Control.ENGINEERING: (f"Guard against {key}",)}
    return Hazard(key, f"The {key}", "Harm", 2, 3, ways, fit=Fit(frozenset(jobs)))


WIRING = Trade(
    "wiring", "Wiring", "Wires.", {"houses": "Houses", "shops": "Shops"}, (_hazard("arc", "shops"), _hazard("fall"))
)
MOWING = Trade("mowing", "Mowing", "Lawns.", {"lawns": "Lawns"}, (_hazard("blade"),))
POLICY = Part("policy", 1, "Policy", ("policy_statement",), 12, (Section("{employer} promises. {owner} sees to it."),))
HAZARDS = Part("hazards", 2, "Hazards", ("hazard_assessment_formal",), 6, (Section(table=Table.HAZARDS),))
ALONE = Part("alone", 3, "Alone", (), 12, (Section("Call in."),), when=frozenset({Condition.ALONE}))


def little_library(monkeypatch) -> None:
    monkeypatch.setattr(library, "parts", lambda: (POLICY, HAZARDS, ALONE))
    monkeypatch.setattr(library, "trades", lambda: {"wiring": WIRING, "mowing": MOWING})


def built(owner: Person, employer: Employer, *, conditions=CREW, days: int = 0, **told) -> dict[str, ProgramPart]:
    """A program of the wiring trade, written; its parts by their keys."""
    given = {"trade": "wiring", "jobs": ["houses"], "blanks": {"employer": "Volt", "owner": "Rosa"}, **told}
    programs.begin(act_of(owner, days=days), employer=employer, conditions=conditions, **given)
    programs.build(act_of(owner, days=days), employer=employer)
    return rows_of(employer)


def rows_of(employer: Employer) -> dict[str, ProgramPart]:
    return {now.row.key: now.row for now in parts_of(employer, on=NOON.date())}


def signed(owner: Person, row: ProgramPart, *, days: int = 0, signer: str = "Rosa"):
    return parts.sign(act_of(owner, days=days), version=row.versions.latest("number"), signer=signer)


def worker(employer: Employer, name: str, **more) -> Worker:
    return Worker.objects.create(employer=employer, name=name, began_on=NOON.date(), **more)
