"""From an audit on file to its report. Every number is an answer's or a count's; every wish is the assessor's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from secor.core.finding import BY, Finding, findings, said_by
from secor.core.instrument import Element, Question
from secor.core.method import Method, Points
from secor.core.rounding import one_decimal, shortest
from secor.core.score import ElementScore, QuestionScore
from secor.core.sentence import Place, Section, Sentence, Source
from secor.core.verdict import below
from secor.papers import audit_facts as facts
from secor.papers import photos
from secor.papers.report import ElementPart, Fact, Line, Mark, Photo, QuestionPart, ReportPaper, SectionPart
from secor.papers.report import Finding as Found
from secor.queries import composition, papers
from secor.queries.papers import Exhibit, Readable, Told

IN_NUMBERS = "What people said in interviews is told in numbers only, so the auditor's note stays with the auditor."
SCORE, PARTICULARS = Mark("S", "score"), Mark("P", "particulars")
# A page has room for so many beside one question; the index at the end names all.
PHOTOS_A_QUESTION = 6


def report_of(readable: Readable, *, on: date, specimen: bool) -> ReportPaper:
    """Put an audit on paper: as it was last sent, or as it stands where ``readable`` is live.

    Holds no reviewer's name, and of the people who were asked only how many they were.
    """
    told = papers.told(readable.audit, live=readable.live)
    return _Report(readable, told, on, specimen).paper()


@dataclass(slots=True)
class _Report:
    readable: Readable
    told: Told
    on: date
    specimen: bool
    photos: dict[str, bytes] = field(default_factory=dict)

    def paper(self) -> ReportPaper:
        audit, told = self.readable.audit, self.told
        known = papers.background(audit, before=told.version)
        found = findings(told.instrument, told.answers, told.score)
        elements = tuple(self._elements(found))
        sections = composition.composed(audit, told, known, counted_only=self.readable.counted_only).sections
        return ReportPaper(
            title=f"{facts.kind_of(audit)} report",
            business=audit.employer.legal_name,
            code=audit.code,
            outcome=facts.outcome_of(told),
            percent=_percent(told.score.share),
            possible=_plain(told.score.possible),
            awarded=_plain(told.score.awarded),
            pass_mark=facts.mark_in_words(told.pass_mark.overall, points=told.pass_mark.points),
            element_mark=facts.mark_in_words(told.pass_mark.element),
            element_mark_share=float(told.pass_mark.element or 0),
            sections=tuple(self._section(each) for each in sections),
            employer=facts.employer_of(audit, known),
            performer=facts.performer_of(audit, known),
            dates=facts.dates_of(audit, known),
            scope=facts.scope_of(audit, told, known),
            elements=elements,
            declarations=facts.declarations_of(audit, known),
            evidence=tuple(_indexed(nth, each) for nth, each in enumerate(told.evidence, start=1)),
            conclusion=facts.conclusion_of(audit, told, known),
            printed_on=self.on,
            specimen=self.specimen,
            photos=self.photos,
        )

    def _section(self, section: Section) -> SectionPart:
        lines = (
            Line(each.text, tuple(self._marks(each.cites)), _about(each)) for each in section.sentences if each.text
        )
        return SectionPart(section.part.value, section.title, tuple(lines))

    def _marks(self, cites: tuple[Place, ...]) -> Iterator[Mark]:
        """One mark for each place in this report that a sentence leans on."""
        numbers = {each.code: nth for nth, each in enumerate(self.told.evidence, start=1)}
        marks = dict.fromkeys(_mark(place, numbers) for place in cites)
        yield from (mark for mark in marks if mark is not None)

    def _elements(self, found: tuple[Finding, ...]) -> Iterator[ElementPart]:
        scores = {each.number: each for each in self.told.score.elements}
        weak = {each.number for each in below(self.told.score, self.told.pass_mark)}
        by_question = {each.question: each for each in found}
        for element in self.told.instrument.elements:
            yield self._element(element, scores[element.number], by_question, low=element.number in weak)

    def _element(
        self, element: Element, score: ElementScore, found: Mapping[str, Finding], *, low: bool
    ) -> ElementPart:
        return ElementPart(
            number=element.number,
            name=element.name,
            possible=_plain(score.possible),
            awarded=_plain(score.awarded),
            percent=_percent(score.share),
            share=float(score.share or 0),
            below=low,
            counted=score.counted,
            questions=tuple(
                self._question(question, found[question.id]) for question in element.questions if question.id in found
            ),
        )

    def _question(self, question: Question, finding: Finding) -> QuestionPart:
        mark = next(each for each in self.told.score.questions if each.question == question.id)
        shown = [each for each in self.told.evidence if each.question == question.id]
        given = self.told.answers.get(question.id)
        rows = tuple(_found(question, mark, self.told)) if given and not mark.not_applicable else ()
        return QuestionPart(
            code=question.id,
            text=question.text,
            possible=_plain(finding.possible),
            awarded=_plain(finding.awarded),
            findings=rows,
            remarks=() if mark.not_applicable else finding.words[len(rows) :],
            note=self._note(finding, mark),
            recommendation=self.told.recommendations.get(question.id, ""),
            not_applicable=mark.not_applicable,
            evidence=tuple(f"E{self.told.evidence.index(each) + 1} {each.title}" for each in shown),
            photos=tuple(self._photos(shown)),
        )

    def _note(self, finding: Finding, mark: QuestionScore) -> str:
        """The assessor's note; for the audited business none where people were asked: it could point at one of them."""
        asked = any(each.method is Method.INTERVIEW for each in mark.methods)
        return IN_NUMBERS if finding.note and asked and self.readable.counted_only else finding.note

    def _photos(self, shown: list[Exhibit]) -> Iterator[Photo]:
        pictures = [each for each in shown if each.picture is not None]
        for each in pictures[:PHOTOS_A_QUESTION]:
            assert each.picture is not None, "only pictures were kept"
            name = f"photo-{len(self.photos) + 1}.jpg"
            self.photos[name] = photos.small(each.picture)
            yield Photo(name, each.title or "A photo without a title")


def _found(question: Question, mark: QuestionScore, told: Told) -> Iterator[Found]:
    """What each method found that this audit used, in the order of the question."""
    given = told.answers[question.id].by_method
    for each in mark.methods:
        rule = question.rule_of(each.method)
        if rule is not None and each.method in given:
            said = said_by(rule, given[each.method])
            yield Found(BY[each.method], said, shortest(each.possible), shortest(each.awarded))


def _about(sentence: Sentence) -> str:
    kind, _, rest = sentence.key.partition(".")
    if kind not in {"gap", "strength"}:
        return ""
    return next((each for each in ("note", "wish") if rest.endswith(f".{each}")), "question")


def _mark(place: Place, numbers: Mapping[str, int]) -> Mark | None:
    if place.source is Source.EVIDENCE:
        return Mark(f"E{numbers[place.key]}", f"e-{numbers[place.key]}") if place.key in numbers else None
    if place.question:
        return Mark(place.question, f"q-{place.question}")
    return PARTICULARS if place.source is Source.FACT else SCORE


def _indexed(nth: int, exhibit: Exhibit) -> Fact:
    place = f"Question {exhibit.question}: " if exhibit.question else ""
    return Fact(f"E{nth} {place}{exhibit.title}", exhibit.sha256)


def _percent(share: Fraction | None) -> str:
    return "none" if share is None else f"{one_decimal(share * 100)} %"


def _plain(points: Points) -> float:
    """Whole points stay whole; the press takes no fractions."""
    return points if isinstance(points, int) else float(points)
