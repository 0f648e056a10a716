"""A question as its page shows it: its words, its inputs, what is kept, and what is the matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from secor.core.evidence_type import in_words
from secor.core.finding import findings
from secor.core.method import Method, MethodRule
from secor.core.question import Question
from secor.core.rounding import shortest
from secor.core.score import QuestionScore, Score
from secor.queries.answers import KeptRemark, Sheet
from secor.queries.evidence import Piece
from secor.queries.progress import Progress
from secor.queries.takes import Point
from secor.usecases.answers import Change, Remarked
from secor.web.auditor.inputs import Inputs, inputs_of, inputs_sent
from secor.web.auditor.sent import Form, Misread, found_in, name_of, revision_in


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend: the input it leads to, and what to do. ``kept`` shows what stands in the other tab."""

    field: str
    told: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One question, ready to be drawn."""

    id: str
    name: str
    text: str
    worth: str
    methods: tuple[Inputs, ...]
    remark: KeptRemark
    guidance: str = ""
    legal: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    owner_operator: str = ""
    na_allowed: bool = False
    na_only_if: str = ""
    mark: str = ""
    state: str = ""
    why: str = ""
    pieces: tuple[Piece, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    points: tuple[Point, ...] = ()
    differs: bool = False

    @property
    def seens(self) -> tuple[tuple[str, int], ...]:
        """The hidden inputs that say which revisions this page was drawn from."""
        return ((self.name, self.remark.revision), *((inputs.name, inputs.seen) for inputs in self.methods))


@dataclass(frozen=True, slots=True)
class Saved:
    """What a question that saved itself is told back: its score, its revisions, and nothing of its inputs."""

    name: str
    mark: str
    state: str
    why: str
    seens: tuple[tuple[str, int], ...]
    troubles: tuple[Trouble, ...] = ()
    pieces: tuple[Piece, ...] | None = None


@dataclass(slots=True)
class Sent:
    """What a page sent: the changes to keep, and the inputs that cannot be read, question by question."""

    changes: list[Change] = field(default_factory=list)
    troubles: dict[str, list[Trouble]] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)

    def trouble(self, question: str, trouble: Trouble) -> None:
        """Keep one thing to mend."""
        self.troubles.setdefault(question, []).append(trouble)


def read_form(form: Form, questions: Sequence[Question], *, methods: frozenset[Method]) -> Sent:
    """Read those of ``questions`` that the form speaks of."""
    sent = Sent()
    for question in questions:
        name = name_of(question.id)
        before = len(sent.changes) + len(sent.troubles)
        if f"{name}-seen" in form:
            sent.changes.append(_remarked(form, question, name))
        for rule in question.methods:
            if rule.method in methods:
                _read_method(form, question, rule, sent)
        if len(sent.changes) + len(sent.troubles) > before:
            sent.questions.append(question.id)
    return sent


def _read_method(form: Form, question: Question, rule: MethodRule, sent: Sent) -> None:
    try:
        found = found_in(question, rule, form)
    except Misread as misread:
        sent.trouble(question.id, Trouble(misread.field, str(misread)))
    else:
        if found is not None:
            sent.changes.append(found)


def _remarked(form: Form, question: Question, name: str) -> Remarked:
    return Remarked(
        question.id,
        note=form.get(f"{name}-note") or "",
        not_applicable=bool(form.get(f"{name}-na")),
        recommendation=form.get(f"{name}-recommendation") or "",
        revision=revision_in(form, f"{name}-seen"),
    )


def cards_of(questions: Sequence[Question], progress: Progress) -> tuple[Card, ...]:
    """Draw what is kept."""
    marks = {mark.question: mark for mark in progress.score.questions}
    methods = frozenset(Method(letter) for letter in progress.audit.methods)
    pieces = by_question(progress.pieces)
    differ = {each.place.question for each in progress.apart}
    return tuple(
        _card(
            question,
            marks[question.id],
            progress.sheet.remark(question.id),
            tuple(
                inputs_of(question, rule, progress.sheet.answer(question.id, rule.method))
                for rule in question.methods
                if rule.method in methods
            ),
            pieces.get(question.id, ()),
            points=progress.sheet.points.get(question.id, ()),
            differs=question.id in differ,
        )
        for question in questions
    )


def saved_of(
    question: Question,
    sheet: Sheet,
    score: Score,
    *,
    methods: frozenset[Method],
    troubles: Sequence[Trouble] = (),
    seen: Mapping[str, int] | None = None,
    pieces: tuple[Piece, ...] | None = None,
) -> Saved:
    """Tell what became of a question that saved itself."""
    mark = next(each for each in score.questions if each.question == question.id)
    name = name_of(question.id)
    kept = {name: sheet.remark(question.id).revision}
    for rule in question.methods:
        if rule.method in methods:
            kept[name_of(question.id, rule.method.value)] = sheet.answer(question.id, rule.method).revision
    revisions = tuple((kept | dict(seen or {}) if troubles else kept).items())
    mine = tuple(each for each in revisions if each[0] in kept)
    return Saved(name, told(mark), state_of(mark), _why(mark), mine, tuple(troubles), pieces)


def as_sent(card: Card, question: Question, form: Form, troubles: Sequence[Trouble], seen: Mapping[str, int]) -> Card:
    """Draw what was sent over what is kept, with what is the matter; ``seen`` are the revisions kept by now."""
    name = name_of(question.id)
    remarked = _remarked(form, question, name)
    at = {trouble.field: trouble.told for trouble in troubles}
    methods = []
    for inputs in card.methods:
        rule = question.rule_of(Method(inputs.letter))
        assert rule is not None, "the card was drawn from this question"
        field_name = next((name for name in at if name.startswith(f"{inputs.name}-")), "")
        methods.append(
            inputs_sent(
                question,
                rule,
                form,
                seen=seen.get(inputs.name, revision_in(form, f"{inputs.name}-seen")),
                told=at.get(field_name, ""),
                field=field_name,
            )
        )
    remark = KeptRemark(
        remarked.note, remarked.recommendation, remarked.not_applicable, seen.get(name, remarked.revision)
    )
    return replace(card, methods=tuple(methods), remark=remark, troubles=tuple(troubles))


def by_question(pieces: Sequence[Piece]) -> dict[str, tuple[Piece, ...]]:
    """Evidence by the question it stands beside."""
    found: dict[str, tuple[Piece, ...]] = {}
    for piece in pieces:
        found[piece.question] = (*found.get(piece.question, ()), piece)
    return found


def _card(
    question: Question,
    mark: QuestionScore,
    remark: KeptRemark,
    methods: tuple[Inputs, ...],
    pieces: tuple[Piece, ...],
    *,
    points: tuple[Point, ...],
    differs: bool,
) -> Card:
    return Card(
        id=question.id,
        name=name_of(question.id),
        text=question.text,
        worth=f"{shortest(question.points)} points",
        methods=methods,
        remark=remark,
        guidance=question.guidance,
        legal=question.legal_basis,
        papers=tuple(in_words(kind) for kind in question.evidence_types),
        owner_operator=question.owner_operator or "",
        na_allowed=question.na_allowed,
        na_only_if=question.na_only_if or "",
        mark=told(mark),
        state=state_of(mark),
        why=_why(mark),
        pieces=pieces,
        points=points,
        differs=differs,
    )


def told(mark: QuestionScore) -> str:
    """What a question has earned, in words."""
    if mark.not_applicable:
        return "Left out"
    if mark.unanswered:
        return "Not answered yet"
    if not mark.possible:
        return "Nothing counted"
    return f"{shortest(mark.awarded)} of {shortest(mark.possible)}"


def state_of(mark: QuestionScore) -> str:
    """Which status the question has: open, left out, full or short."""
    if mark.not_applicable or not (mark.possible or mark.unanswered):
        return "left_out"
    if mark.unanswered:
        return "to_do"
    return "full" if mark.awarded >= mark.possible else "short"


def _why(mark: QuestionScore) -> str:
    return f"It earns no points because of question {mark.zeroed_by}, on which it depends." if mark.zeroed_by else ""


def words_of(progress: Progress) -> dict[str, str]:
    """What was found for every question, in words, for a page without inputs."""
    found = findings(progress.instrument, progress.answers, progress.score)
    return {each.question: " ".join(each.words) for each in found}
