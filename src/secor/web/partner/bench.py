"""An audit laid on the review bench: what the assessor found, and what the reviewer thinks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from secor.core.finding import Finding, findings
from secor.core.instrument import Instrument
from secor.core.score import Score
from secor.core.verdict import Verdict
from secor.queries import answers, reviews
from secor.queries.audits import instrument_of
from secor.queries.evidence import Piece, pieces_of
from secor.queries.reviews import Audit, Note, Review, ReviewMark
from secor.web.http import SignedIn


@dataclass(frozen=True, slots=True)
class Bench:
    """One audit on the bench: what the assessor found, and what the reviewer of the present round thinks."""

    audit: Audit
    instrument: Instrument
    sheet: answers.Sheet
    rounds: tuple[Review, ...]
    review: Review | None
    marks: tuple[ReviewMark, ...]
    notes: tuple[Note, ...]
    pieces: tuple[Piece, ...]
    theirs: tuple[Score, Verdict]
    ours: tuple[Score, Verdict]
    said: Mapping[str, Finding]
    thought: Mapping[str, Finding]
    mine: bool

    @property
    def differs(self) -> bool:
        """Whether the two scores lead to different verdicts."""
        return self.theirs[1].passed != self.ours[1].passed


def reached(request: SignedIn, code: str) -> Audit:
    """The audit of that code, when it was asked of the reader's partner; otherwise it is not there at all."""
    audit = reviews.reached(code, scope=request.scope)
    if audit is None:
        raise Http404
    return audit


def bench_of(request: SignedIn, audit: Audit) -> Bench:
    """Lay an audit on the bench. Eight queries, whatever its size."""
    instrument, sheet = instrument_of(audit), answers.sheet_of(audit)
    rounds = reviews.reviews_of(audit)
    review = rounds[0] if rounds and rounds[0].round == audit.round else None
    marks = reviews.marks_of(review)
    laid = reviews.laid_over(sheet, marks)
    theirs = reviews.verdict_on(audit, sheet, instrument=instrument)
    ours = reviews.verdict_on(audit, laid, instrument=instrument)
    return Bench(
        audit=audit,
        instrument=instrument,
        sheet=sheet,
        rounds=rounds,
        review=review,
        marks=marks,
        notes=reviews.notes_of(audit),
        pieces=pieces_of(audit),
        theirs=theirs,
        ours=ours,
        said=_found(instrument, sheet, theirs[0]),
        thought=_found(instrument, laid, ours[0]),
        mine=review is not None and review.concluded_at is None and review.reviewer_id == request.user.pk,
    )


def _found(instrument: Instrument, sheet: answers.Sheet, score: Score) -> dict[str, Finding]:
    given = answers.answers_of(sheet, instrument=instrument)
    return {each.question: each for each in findings(instrument, given, score)}


def element_of(question: str) -> int:
    """The number of the element that a question belongs to; 0 for the whole audit."""
    head = question.partition(".")[0]
    return int(head) if head.isdigit() else 0
