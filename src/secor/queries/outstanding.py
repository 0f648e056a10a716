"""What is still open in an audit before it can be sent, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secor.core.instrument import Instrument
from secor.core.score import QuestionScore, Score
from secor.queries.answers import Sheet
from secor.queries.audits import BY_EMPLOYER, Note
from secor.store.models import Audit


@dataclass(frozen=True, slots=True)
class Open:
    """One thing to do. ``question`` is empty where it is about the whole audit; ``page`` names where it is done."""

    what: str
    page: str
    element: int | None = None
    question: str = ""


def outstanding(
    audit: Audit, *, instrument: Instrument, sheet: Sheet, score: Score, notes: tuple[Note, ...], declared: bool
) -> tuple[Open, ...]:
    """Everything that must be done before ``audit`` can be sent, in the order of the instrument.

    Every question wants an answer by each method and a note that justifies it; one below full points wants a
    recommendation; a must-fix note of the reviewer wants a reply. Sources: the instrument's own ``notes`` section
    (a note for every question, a recommendation below full points), and the submission package of the scheme.
    """
    return (
        *_before(audit, declared=declared),
        *_questions(instrument, sheet, score),
        *(Open("Answer the reviewer's note", "notes", question=note.question) for note in notes if _unanswered(note)),
    )


def worth_a_look(audit: Audit, *, instrument: Instrument, sheet: Sheet, evidenced: frozenset[str]) -> tuple[Open, ...]:
    """What reviewers most often ask for, though the audit can be sent without it: documents that nobody attached.

    A self-assessment wants a copy of every document that it counts, as nobody from outside has seen them.
    """
    if audit.performer not in BY_EMPLOYER:
        return ()
    counted = {
        question
        for (question, method), kept in sheet.given.items()
        if method.value == "D" and kept.given and str(kept.given.get("met", kept.given.get("percent", 1))) != "0"
    }
    return tuple(
        Open("No document or photo is attached", "element", element.number, question.id)
        for element in instrument.elements
        for question in element.questions
        if question.id in counted - evidenced and not sheet.remark(question.id).not_applicable
    )


def _before(audit: Audit, *, declared: bool) -> Iterator[Open]:
    if not declared:
        yield Open("Declare that nothing ties you to this business", "declare")
    if audit.gathering_from is None or audit.gathered_on is None:
        yield Open("Say on which days you gathered what you found", "dates")


def _questions(instrument: Instrument, sheet: Sheet, score: Score) -> Iterator[Open]:
    marks = {mark.question: mark for mark in score.questions}
    refused = {each.question for each in score.refused}
    for element in instrument.elements:
        for question in element.questions:
            for what in _wants(marks[question.id], sheet, refused=question.id in refused):
                yield Open(what, "element", element.number, question.id)


def _wants(mark: QuestionScore, sheet: Sheet, *, refused: bool) -> Iterator[str]:
    remark = sheet.remark(mark.question)
    if mark.unanswered:
        yield "Answer this question"
    if refused:
        yield "This question may not be left out; answer it"
    if not _asked(mark):
        return
    if not remark.note:
        yield "Write a note that says what you found"
    if not mark.unanswered and mark.awarded < mark.possible and not remark.recommendation:
        yield "Write what you recommend, because points are missing"


def _asked(mark: QuestionScore) -> bool:
    """Whether any method of this audit asks the question; a question of left-out methods alone wants nothing."""
    return mark.not_applicable or bool(mark.possible) or mark.unanswered


def _unanswered(note: Note) -> bool:
    return note.kind == Note.Kind.MUST_FIX and not note.reply and note.resolved_at is None
