"""What is still open in an audit before it can be sent, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secor.core.instrument import Instrument
from secor.core.score import Score
from secor.queries.audits import Note
from secor.queries.takes import Apart
from secor.store.models import Audit


@dataclass(frozen=True, slots=True)
class Open:
    """One thing to do. ``question`` is empty where it is about the whole audit; ``page`` names where it is done."""

    what: str
    page: str
    element: int | None = None
    question: str = ""


def outstanding(
    audit: Audit,
    *,
    instrument: Instrument,
    score: Score,
    notes: tuple[Note, ...],
    declared: bool,
    apart: tuple[Apart, ...] = (),
) -> tuple[Open, ...]:
    """What the program itself wants before ``audit`` can be sent, in the order of the instrument.

    Every question wants an answer by each method that the audit uses; a must-fix note of the reviewer wants a reply.
    Without these it could not be scored or read. What a certifying partner wants besides are its quality rules, which
    ``secor.queries.objections`` lays beside these.
    """
    return (
        *_before(audit, declared=declared),
        *(Open("Choose between two answers that differ", "apart", question=each) for each in _once(apart)),
        *_questions(instrument, score),
        *(Open("Answer the reviewer's note", "notes", question=note.question) for note in notes if _unanswered(note)),
    )


def _before(audit: Audit, *, declared: bool) -> Iterator[Open]:
    if not declared:
        yield Open("Declare that nothing ties you to this business", "declare")
    if audit.gathering_from is None or audit.gathered_on is None:
        yield Open("Say on which days you gathered what you found", "dates")


def _questions(instrument: Instrument, score: Score) -> Iterator[Open]:
    unanswered = {mark.question for mark in score.questions if mark.unanswered}
    refused = {each.question for each in score.refused}
    for element in instrument.elements:
        for question in element.questions:
            if question.id in unanswered:
                yield Open("Answer this question", "element", element.number, question.id)
            if question.id in refused:
                yield Open("This question may not be left out; answer it", "element", element.number, question.id)


def _once(apart: tuple[Apart, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.place.question for each in apart))


def _unanswered(note: Note) -> bool:
    return note.kind == Note.Kind.MUST_FIX and not note.reply and note.resolved_at is None
