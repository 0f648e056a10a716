"""A program: begun by a few answers, built from the library, and told anew when the work changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from secor.core.markdown import printable
from secor.core.part import BLANKS
from secor.core.program import settled
from secor.core.rhythm import Rhythm
from secor.core.trade import Condition
from secor.queries import library
from secor.queries.programs import program_of
from secor.queries.proposals import Proposal, Proposes, digest_of, proposals
from secor.store.models import Employer, PartVersion, Program, ProgramPart
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal

NAME_MOST = 120
_HELD = house("an act holds the program of its employer")


class NoSuchTrade(Refusal):
    """A trade, or a job of it, that the library does not have."""


class Begun(Refusal):
    """The program was begun already."""


class NotBegun(Refusal):
    """There is no program yet."""


class Unfinished(Refusal):
    """The builder has not been told enough to write anything."""


@transaction.atomic
def begin(
    act: Act,
    *,
    employer: Employer,
    trade: str,
    jobs: Iterable[str] = (),
    conditions: Iterable[Condition] = (),
    blanks: Mapping[str, str] | None = None,
    rhythms: Mapping[str, str] | None = None,
) -> Program:
    """Begin a program. Nothing is written yet: that is ``build``.

    ``jobs`` are keys of the trade's jobs, ``blanks`` the names that stand in the text, by the keys of ``BLANKS``,
    ``rhythms`` how often the employer makes a kind of record, by the form's key. What is not known yet may be told
    later. Refuses ``NotOwner``, ``NoSuchTrade``, and ``Begun`` where there is a program: tell it anew (``retell``).
    """
    held = owner.hold(act, employer=employer)
    if program_of(held) is not None:
        raise Begun("Your program is begun already. Open it, and change your answers there.")
    program = Program(employer=held, begun_on=act.on, changed_at=act.at)
    told = {"jobs": jobs, "conditions": conditions, "blanks": blanks or {}, "rhythms": rhythms or {}}
    _tell(program, trade=trade, **told)
    program.save(force_insert=True)
    act.enter("program.begun", employer=held, subject=held.code, **_facts(program))
    return program


@transaction.atomic
def retell(
    act: Act,
    *,
    employer: Employer,
    trade: str | None = None,
    jobs: Iterable[str] | None = None,
    conditions: Iterable[Condition] | None = None,
    blanks: Mapping[str, str] | None = None,
    rhythms: Mapping[str, str] | None = None,
) -> Program:
    """Change what the builder was told; what is not said stays. No part changes by it: see ``build``.

    Another trade keeps only the jobs that it has too. Telling the same again is no act. Refuses ``NotOwner``,
    ``NotBegun`` and ``NoSuchTrade``.
    """
    program = _hold(act, employer)
    before = _told(program)
    _tell(
        program,
        trade=program.trade if trade is None else trade,
        jobs=_kept_jobs(program, trade) if jobs is None else jobs,
        conditions=[Condition(each) for each in program.conditions] if conditions is None else conditions,
        blanks=program.blanks if blanks is None else blanks,
        rhythms=program.rhythms if rhythms is None else rhythms,
    )
    if _told(program) == before:
        return program
    program.changed_at = act.at
    program.save(update_fields=[*before, "changed_at"])
    act.enter("program.retold", employer=program.employer, subject=program.employer.code, **_facts(program))
    return program


@transaction.atomic
def build(act: Act, *, employer: Employer) -> tuple[Proposal, ...]:
    """Write every part that stands and is not there yet, and give those left to be chosen by the owner.

    A text that the builder wrote and nobody signed gives way to its new one. What the owner wrote or signed is never
    touched: it stays among the proposals, as does a part that belongs to answers of before. Building twice is one
    act. Refuses ``NotOwner``, ``NotBegun``, and ``Unfinished`` while jobs or conditions have not been told.
    """
    program = _hold(act, employer)
    if unanswered(program):
        raise Unfinished("Answer the questions about your work first. The program is written from them.")
    proposed = proposals(program)
    for each in proposed:
        if each.proposes is Proposes.NEW:
            write_new(act, program, each)
        elif each.proposes is Proposes.REPLACE:
            write_over(act, each)
    _number(program)
    counts = {kind.value: sum(each.proposes is kind for each in proposed) for kind in (Proposes.NEW, Proposes.REPLACE)}
    if any(counts.values()):
        act.enter("program.built", employer=program.employer, subject=program.employer.code, **counts)
    return tuple(each for each in proposed if each.proposes in {Proposes.OFFER, Proposes.LEFTOVER})


def unanswered(program: Program) -> str:
    """Name the first question that was not answered yet: ``jobs`` or ``conditions``; empty where none is left."""
    trade = library.trades().get(program.trade)
    if trade is not None and trade.jobs and not program.jobs:
        return "jobs"
    return "" if program.conditions else "conditions"


def write_new(act: Act, program: Program, proposal: Proposal) -> None:
    """Add a part of the library, with the text that was written for this employer."""
    part = proposal.part
    assert part is not None, "only a leftover has no part"
    row = ProgramPart(employer=program.employer, key=part.key, number=part.number)
    _describe(row, proposal)
    row.save(force_insert=True)
    add_version(act, row, proposal.text, number=1, built=True)


def write_over(act: Act, proposal: Proposal) -> PartVersion:
    """Give a part that is there the builder's new text, as its newest version."""
    row, newest = proposal.row, proposal.newest
    assert row is not None, "only a new part has no row"
    assert newest is not None, "and only a new part has no text"
    _describe(row, proposal)
    row.save(update_fields=["title", "evidence", "review_months"])
    return add_version(act, row, proposal.text, number=newest.number + 1, built=True)


def add_version(
    act: Act, row: ProgramPart, text: str, *, number: int, reason: str = "", built: bool = False
) -> PartVersion:
    """Write a text of a part. Call inside the act's transaction, with the employer held."""
    version = PartVersion(
        part=row,
        number=number,
        text=text,
        digest=digest_of(text),
        reason=reason,
        built=built,
        written_at=act.at,
        written_by=act.by,
    )
    version.save(force_insert=True)
    return version


def _hold(act: Act, employer: Employer) -> Program:
    held = owner.hold(act, employer=employer)
    program = Program.objects.within(_HELD).select_for_update().filter(employer=held).select_related("employer").first()
    if program is None:
        raise NotBegun("There is no program yet. Choose your trade first.")
    return program


def _describe(row: ProgramPart, proposal: Proposal) -> None:
    part = proposal.part
    assert part is not None, "only a leftover has no part"
    row.title, row.evidence, row.review_months = part.title, list(part.evidence), part.review_months


def _number(program: Program) -> None:
    """Number the parts from 1 in the library's order, those of the employer's own last.

    One that was taken out keeps its place, so that it can be put back there.
    """
    places = {part.key: part.number for part in library.parts()}
    last = max(places.values(), default=0)
    rows = ProgramPart.objects.within(_HELD).filter(employer=program.employer)
    ordered = sorted(rows, key=lambda row: (places.get(row.key, last + row.number), row.pk))
    for number, row in enumerate(ordered, start=1):
        if row.number != number:
            row.number = number
            row.save(update_fields=["number"])


def _tell(program: Program, *, trade: str, **told: Any) -> None:
    known = library.trades().get(trade)
    if known is None:
        raise NoSuchTrade("Choose one of the trades on the list.")
    jobs = set(told["jobs"])
    if not jobs <= set(known.jobs):
        raise NoSuchTrade("Choose from the jobs on the list.")
    conditions = settled(frozenset(told["conditions"])) if told["conditions"] else frozenset()
    program.trade, program.jobs = trade, [key for key in known.jobs if key in jobs]
    program.conditions = [each.value for each in Condition if each in conditions]
    program.blanks = {key: _name(told["blanks"].get(key, "")) for key in BLANKS if told["blanks"].get(key, "")}
    rhythms = {each.value for each in Rhythm}
    program.rhythms = {form: how for form, how in told["rhythms"].items() if how in rhythms and form in library.forms()}


def _name(words: str) -> str:
    return " ".join(printable(words).split())[:NAME_MOST]


def _kept_jobs(program: Program, trade: str | None) -> list[str]:
    known = library.trades().get(trade or program.trade)
    return [key for key in program.jobs if known is not None and key in known.jobs]


def _told(program: Program) -> dict[str, Any]:
    return {name: getattr(program, name) for name in ("trade", "jobs", "conditions", "blanks", "rhythms")}


def _facts(program: Program) -> dict[str, Any]:
    return {"trade": program.trade, "jobs": program.jobs, "conditions": program.conditions}
