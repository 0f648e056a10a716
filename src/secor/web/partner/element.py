"""One element on the review bench: each question with what was found, its evidence, both marks and the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse

from secor.core.finding import Finding
from secor.core.question import Question
from secor.core.rounding import shortest
from secor.queries import reviews
from secor.queries.evidence import Piece
from secor.queries.reviews import Audit, Note, ReviewMark
from secor.web.auditor.sent import name_of
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.bench import Bench, bench_of, reached
from secor.web.partner.desk import REFUSED, STAFF, kind_words, show


@dataclass(frozen=True, slots=True)
class Card:
    """One question with everything the reviewer looks at."""

    question: Question
    name: str
    worth: str
    said: Finding | None
    recommendation: str
    thought: Finding | None
    marks: tuple[ReviewMark, ...]
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    trouble: str = ""


@door(*STAFF, methods=READING)
def element(request: SignedIn, code: str, number: int) -> HttpResponse:
    """Show one element."""
    return element_page(request, reached(request, code), number)


def element_page(
    request: SignedIn, found: Audit, number: int, *, trouble: Mapping[str, str] | None = None
) -> HttpResponse:
    """Draw one element; ``trouble`` tells, by question, what could not be kept."""
    if found.stage not in reviews.READABLE:
        raise Http404
    bench = bench_of(request, found)
    chosen = bench.instrument.element(number)
    if chosen is None:
        raise Http404
    numbers = [each.number for each in bench.instrument.elements]
    place = numbers.index(number)
    page = {
        "audit": found,
        "kind": kind_words(found.kind),
        "element": chosen,
        "cards": [_card(question, bench, (trouble or {}).get(question.id, "")) for question in chosen.questions],
        "bench": bench,
        "theirs": bench.theirs[0].elements[place],
        "ours": bench.ours[0].elements[place],
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "of": len(numbers),
    }
    return show(request, "element", page, status=REFUSED if trouble else 200)


def _card(question: Question, bench: Bench, trouble: str) -> Card:
    marks = tuple(mark for mark in bench.marks if mark.question == question.id)
    return Card(
        question=question,
        name=name_of(question.id),
        worth=shortest(question.points),
        said=bench.said.get(question.id),
        recommendation=bench.sheet.remark(question.id).recommendation,
        thought=bench.thought.get(question.id) if marks else None,
        marks=marks,
        pieces=tuple(piece for piece in bench.pieces if piece.question == question.id),
        notes=tuple(note for note in bench.notes if note.question == question.id),
        trouble=trouble,
    )
