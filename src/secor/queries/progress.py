"""How far an audit has come: its sheet, its score, what is open, all from one reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secor.core.answer import QuestionAnswer
from secor.core.instrument import Instrument
from secor.core.pass_mark import PassMark
from secor.core.score import Score
from secor.core.verdict import Verdict, decide
from secor.queries.answers import Sheet, answers_of, scored, sheet_of
from secor.queries.audits import Audit, Note, declared, instrument_of, notes_on, pass_mark_of
from secor.queries.evidence import Piece, pieces_of
from secor.queries.outstanding import Open, outstanding
from secor.queries.people import Person
from secor.queries.takes import Apart, apart_in
from secor.store.models import Declaration


@dataclass(frozen=True, slots=True)
class Progress:
    """One audit as it stands now. ``verdict`` tells what the answers so far would come to, not a decision.

    ``open`` is what the program itself wants; ``objections.open_in`` adds what the partner's quality rules find.
    """

    audit: Audit
    instrument: Instrument
    sheet: Sheet
    answers: Mapping[str, QuestionAnswer]
    score: Score
    pass_mark: PassMark
    verdict: Verdict
    declaration: Declaration | None
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    open: tuple[Open, ...]
    apart: tuple[Apart, ...] = ()

    @property
    def declared(self) -> bool:
        """Whether the assessor's last word opened the answers."""
        return self.declaration is not None and self.declaration.clear

    @property
    def answerable(self) -> bool:
        """Whether answers may be written now."""
        return self.declared and self.audit.writable


def progress_of(audit: Audit, *, by: Person | None = None) -> Progress:
    """Read how far ``audit`` has come: five queries, whatever its size; two more where devices were on site.

    ``by`` is who works on it now: a teammate's own declaration opens the answers to them.
    """
    instrument, sheet = instrument_of(audit), sheet_of(audit)
    answers = answers_of(sheet, instrument=instrument)
    score, mark, said = scored(answers, audit=audit, instrument=instrument), pass_mark_of(audit), declared(audit, by=by)
    pieces, notes, apart = pieces_of(audit), notes_on(audit), apart_in(audit)
    return Progress(
        audit=audit,
        instrument=instrument,
        sheet=sheet,
        answers=answers,
        score=score,
        pass_mark=mark,
        verdict=decide(score, mark),
        declaration=said,
        pieces=pieces,
        notes=notes,
        open=outstanding(
            audit,
            instrument=instrument,
            score=score,
            notes=notes,
            declared=said is not None and said.clear,
            apart=apart,
        ),
        apart=apart,
    )
