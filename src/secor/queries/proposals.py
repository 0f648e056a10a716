"""What the builder would write for an employer now, beside what stands in its program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from secor.core.part import BLANKS, Part, blanks_of, write_part
from secor.core.trade import Condition, Trade
from secor.queries import library
from secor.store.models import PartVersion, Program, ProgramPart
from secor.store.scope import house

_ASKED = house("the program of an employer that was itself reached")


class Proposes(Enum):
    """What the builder proposes for a part."""

    NEW = "new"  # the program does not have it yet
    SAME = "same"  # nothing, or nothing that the owner has not left once
    REPLACE = "replace"  # another text in the place of one of its own that nobody has signed
    OFFER = "offer"  # another text beside one that the owner wrote or signed: the owner chooses
    LEFTOVER = "leftover"  # the part belongs to answers that were changed; the owner may take it out


@dataclass(frozen=True, slots=True)
class Proposal:
    """A part, the text the builder would give it, and the row and newest text it has, if any.

    ``part`` is None for a leftover, whose ``text`` is empty.
    """

    proposes: Proposes
    part: Part | None
    text: str
    row: ProgramPart | None = None
    newest: PartVersion | None = None

    @property
    def digest(self) -> str:
        """The fingerprint of the proposed text."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """The fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def trade_of(program: Program) -> Trade:
    """The program's trade, whole. One that left the library gives way to the general one."""
    trades = library.trades()
    return trades.get(program.trade) or trades.get(library.GENERAL) or next(iter(trades.values()))


def conditions_of(program: Program) -> frozenset[Condition]:
    """The conditions that the owner said are so."""
    return frozenset(each for each in Condition if each.value in program.conditions)


def standing_parts(program: Program) -> tuple[Part, ...]:
    """The library's parts that belong into a program under its conditions."""
    conditions = conditions_of(program)
    return tuple(part for part in library.parts() if part.when <= conditions)


def blanks_asked(program: Program) -> tuple[str, ...]:
    """The names that the program's text has a place for, in the order in which they are asked."""
    conditions = conditions_of(program)
    wanted = {blank for part in standing_parts(program) for blank in blanks_of(part, conditions)}
    return tuple(blank for blank in BLANKS if blank in wanted | {"employer", "owner"})


def proposals(program: Program) -> tuple[Proposal, ...]:
    """What the builder proposes, part by part, in the program's order; leftovers come last."""
    trade = trade_of(program).fitting(frozenset(program.jobs), conditions_of(program))
    rows = {
        row.key: row
        for row in ProgramPart.objects.within(_ASKED).filter(employer=program.employer_id).order_by("number", "pk")
    }
    texts = _texts(rows.values())
    standing = standing_parts(program)
    found = []
    for part in standing:
        text = write_part(part, trade=trade, conditions=conditions_of(program), blanks=program.blanks)
        row = rows.get(part.key)
        found.append(_proposal(part, text, row, texts.get(row.pk, ()) if row else ()))
    known, stays = {part.key for part in library.parts()}, {part.key for part in standing}
    for key, row in rows.items():
        if key in known - stays and row.removed_on is None:
            found.append(Proposal(Proposes.LEFTOVER, None, "", row, texts[row.pk][-1]))
    return tuple(found)


def proposal_for(program: Program, row: ProgramPart) -> Proposal | None:
    """What the builder proposes for one part; None for a part of the owner's own."""
    return next((each for each in proposals(program) if each.row is not None and each.row.pk == row.pk), None)


def _proposal(part: Part, text: str, row: ProgramPart | None, texts: Sequence[PartVersion]) -> Proposal:
    if row is None:
        return Proposal(Proposes.NEW, part, text)
    newest, digest = texts[-1], digest_of(text)
    built = [version for version in texts if version.built]
    known = {newest.digest, row.left_digest, built[-1].digest if built else ""}
    if row.removed_on is not None or digest in known:
        proposes = Proposes.SAME
    elif newest.built and newest.signed_on is None:
        proposes = Proposes.REPLACE
    else:
        proposes = Proposes.OFFER
    return Proposal(proposes, part, text, row, newest)


def _texts(rows: Iterable[ProgramPart]) -> dict[int, list[PartVersion]]:
    found: dict[int, list[PartVersion]] = {}
    versions = PartVersion.objects.within(_ASKED).filter(part__in=[row.pk for row in rows]).defer("text", "strokes")
    for version in versions.order_by("number"):
        found.setdefault(version.part_id, []).append(version)
    return found
